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
    private readonly Queue<(TimeSpan At, string Way, string Line, string Body)> _held = new();
    private int _asking;

    /// <summary>From now on a text is written as its name.</summary>
    public void Name(string text, string name)
    {
        lock (_lock)
        {
            _names.Add((text, name));
        }
    }

    /// <summary>
    /// A request is under way: what arrives at the webhook meanwhile stands after its answer. The server sends it after the answer, and
    /// which of the two a bot's threads see first is chance.
    /// </summary>
    public void BeginRequest()
    {
        lock (_lock)
        {
            _asking++;
        }
    }

    public void EndRequest()
    {
        lock (_lock)
        {
            _asking--;
            while (_asking == 0 && _held.TryDequeue(out var held))
            {
                Write(held.At, held.Way, held.Line, held.Body);
            }
        }
    }

    /// <summary>What arrived at the webhook.</summary>
    public void AddNotification(string line, string body)
    {
        lock (_lock)
        {
            _held.Enqueue((now(), "bot ⇐ server", line, body));
            _asking++;
            EndRequest();
        }
    }

    public void Add(string way, string line, string body)
    {
        lock (_lock)
        {
            Write(now(), way, line, body);
        }
    }

    public override string ToString()
    {
        lock (_lock)
        {
            return _lines.ToString();
        }
    }

    private void Write(TimeSpan at, string way, string line, string body)
    {
        _lines.Append(CultureInfo.InvariantCulture, $"{at:hh\\:mm\\:ss\\.fff}  {way}  {Plain(line)}\n");
        if (body.Length > 0)
        {
            _lines.Append("              ").Append(Plain(ReadableJson.Of(body)).ReplaceLineEndings("\n              ")).Append('\n');
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
