using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Hookswitch.Cli;

/// <summary>What went over the wire, in its order, for people to read.</summary>
internal sealed class Timeline
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Lock _lock = new();
    private readonly List<(TimeSpan At, string Way, string Line, string Body)> _entries = [];

    public void Sent(string method, string path, string body) => Add("bot → server", $"{method} {path}", body);

    public void Answered(int status, string body) => Add("bot ← server", $"{status}", body);

    /// <summary>A notification, and what the bot answered.</summary>
    public void Notification(string summary, string body, bool tokenIsValid, int answer) =>
        Add("bot ← server", $"notification: {summary} (token {(tokenIsValid ? "valid" : "NOT valid")}, bot answers {answer})", body);

    public void Write()
    {
        foreach (var (at, way, line, body) in Entries())
        {
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[grey]{at:ss\\.fff}[/]  [blue]{way}[/]  [bold]{line}[/]");
            if (body.Length > 0)
            {
                AnsiConsole.Write(new Padder(new Text(ReadableJson.Of(body)), new Padding(8, 0, 0, 0)));
            }
        }

        AnsiConsole.WriteLine();
    }

    // After a demo that failed, notifications may still come in.
    private (TimeSpan At, string Way, string Line, string Body)[] Entries()
    {
        lock (_lock)
        {
            return [.. _entries];
        }
    }

    private void Add(string way, string line, string body)
    {
        lock (_lock)
        {
            _entries.Add((Stopwatch.GetElapsedTime(_start), way, line, body));
        }
    }
}
