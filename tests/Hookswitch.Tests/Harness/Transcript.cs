using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Hookswitch.Cli;

namespace Hookswitch.Tests.Harness;

/// <summary>
/// What went over the wire, as a text: ids are named in the order in which they appear, times are offsets of the manual clock. Each bot has
/// its own part, since chance decides which of two hears first.
/// </summary>
internal sealed partial class Transcript(Func<TimeSpan> now)
{
    private readonly Lock _lock = new();
    private readonly List<(string Text, string Name)> _names = [];
    private readonly List<Entry> _entries = [];
    private readonly Queue<Entry> _held = new();
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
                _entries.Add(held);
            }
        }
    }

    /// <summary>What arrived at the webhook of that bot.</summary>
    public void AddNotification(string bot, string line, string body)
    {
        lock (_lock)
        {
            _held.Enqueue(new Entry(now(), bot, "⇐", line, body));
            _asking++;
            EndRequest();
        }
    }

    public void Add(string bot, string way, string line, string body)
    {
        lock (_lock)
        {
            _entries.Add(new Entry(now(), bot, way, line, body));
        }
    }

    public override string ToString() => ToString(body => body);

    /// <param name="shorten">Bodies, where whole ones would hide what the text is about.</param>
    public string ToString(Func<string, string> shorten)
    {
        lock (_lock)
        {
            var (text, ids) = (new StringBuilder(), new Dictionary<string, string>(StringComparer.Ordinal));
            foreach (var entry in _entries.GroupBy(one => one.Bot).SelectMany(ofBot => ofBot))
            {
                text.Append(CultureInfo.InvariantCulture, $"{entry.At:hh\\:mm\\:ss\\.fff}  {entry.Bot} {entry.Way} server  {Plain(entry.Line, ids)}\n");
                if (entry.Body.Length > 0)
                {
                    text.Append("              ").Append(Plain(ReadableJson.Of(shorten(entry.Body)), ids).ReplaceLineEndings("\n              ")).Append('\n');
                }
            }

            return text.ToString();
        }
    }

    private string Plain(string text, Dictionary<string, string> ids)
    {
        foreach (var (plain, name) in _names)
        {
            text = text.Replace(plain, name, StringComparison.Ordinal);
        }

        return Ids().Replace(text, match => ids.TryGetValue(match.Value, out var name)
            ? name
            : ids[match.Value] = string.Create(CultureInfo.InvariantCulture, $"{{id-{ids.Count + 1}}}"));
    }

    // Also those of the threads of group calls, and the tokens with which these are joined.
    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?<=19:)[0-9a-f]{32}(?=@)|(?<=\"token\": ?\")[^\"]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ids();

    private sealed record Entry(TimeSpan At, string Bot, string Way, string Line, string Body);
}
