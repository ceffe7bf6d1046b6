using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Hookswitch.Cli;

namespace Hookswitch.Tests.Harness;

/// <summary>What went over the wire, as a text: ids are named in the order in which they appear, times are offsets of the manual clock.</summary>
internal sealed partial class Transcript(Func<TimeSpan> now)
{
    private readonly Lock _lock = new();
    private readonly List<(string Text, string Name)> _names = [];
    private readonly Dictionary<string, string> _ids = [];
    private readonly StringBuilder _lines = new();

    /// <summary>From now on a text is written as its name.</summary>
    public void Name(string text, string name)
    {
        lock (_lock)
        {
            _names.Add((text, name));
        }
    }

    public void Add(string way, string line, string body)
    {
        lock (_lock)
        {
            _lines.Append(CultureInfo.InvariantCulture, $"{now():hh\\:mm\\:ss\\.fff}  {way}  {Plain(line)}\n");
            if (body.Length > 0)
            {
                _lines.Append("              ").Append(Plain(ReadableJson.Of(body)).ReplaceLineEndings("\n              ")).Append('\n');
            }
        }
    }

    public override string ToString()
    {
        lock (_lock)
        {
            return _lines.ToString();
        }
    }

    private string Plain(string text)
    {
        foreach (var (plain, name) in _names)
        {
            text = text.Replace(plain, name, StringComparison.Ordinal);
        }

        return Ids().Replace(text, match => _ids.TryGetValue(match.Value, out var name)
            ? name
            : _ids[match.Value] = string.Create(CultureInfo.InvariantCulture, $"{{id-{_ids.Count + 1}}}"));
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ids();
}
