using System.Globalization;
using System.Text.RegularExpressions;

namespace Hookswitch.Chaos;

/// <summary>
/// What strace saw of a server, line by line, and whether each acknowledgement left after the sync that covers it.
/// </summary>
/// <remarks>
/// A creation's answer quotes its callback, and so does the page of the log in which its event stands: the answer must begin after a sync of the log has
/// ended that began after that page was written. An answer that quotes nothing must have between its request and itself a write of the log, and after it
/// a whole sync of the log. The order is that of strace, which sees each call begin and end.
/// </remarks>
internal sealed partial class SyscallLog
{
    private readonly Dictionary<string, Pending> _pending = [];
    private readonly Dictionary<string, Received> _received = [];
    private readonly Dictionary<string, long> _written = [];
    private readonly List<string> _bad = [];
    private long _line;

    /// <summary>When the newest sync began of all that have ended.</summary>
    private long _synced = -1;

    /// <summary>Answers that were held against the very page that they rest on.</summary>
    public int Exact { get; private set; }

    /// <summary>Answers that were held against any write and sync since their request.</summary>
    public int Between { get; private set; }

    public int Syncs { get; private set; }

    /// <summary>Acknowledgements that left too early.</summary>
    public IReadOnlyList<string> Bad => _bad;

    public void Add(string line)
    {
        _line++;
        var (thread, rest) = Split(line);
        if (Resumed().Match(rest) is { Success: true } resumed)
        {
            if (_pending.Remove(thread, out var pending))
            {
                End(pending with { Text = pending.Text + rest[resumed.Length..] });
            }
        }
        else if (Begun().Match(rest) is { Success: true } begun)
        {
            var call = new Pending(begun.Groups["name"].Value, begun.Groups["file"].Value, begun.Groups["path"].Value, rest, _line);
            Begin(call);
            if (rest.EndsWith("<unfinished ...>", StringComparison.Ordinal))
            {
                _pending[thread] = call;
            }
            else
            {
                End(call);
            }
        }
    }

    private static (string Thread, string Call) Split(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? ("", line) : (line[..space], line[space..].TrimStart());
    }

    private void Begin(Pending call)
    {
        if (call.Name is "sendto" or "sendmsg" or "write" or "writev" && Answer().IsMatch(call.Text) && _received.Remove(call.File, out var request))
        {
            Judge(call, request);
        }
    }

    private void Judge(Pending answer, Received request)
    {
        if (Callback().Match(answer.Text) is { Success: true } quoted && _written.TryGetValue(quoted.Value, out var page))
        {
            Exact++;
            Expect(_synced > page, "its page was not synced");
            return;
        }

        Between++;
        Expect(request.Written is { } written && _synced > written, request.Written is null ? "nothing was written since its request" : "nothing was synced since its request");

        void Expect(bool condition, string otherwise)
        {
            if (!condition)
            {
                _bad.Add(string.Create(CultureInfo.InvariantCulture, $"line {_line}: the answer to {request.Line}: {otherwise}"));
            }
        }
    }

    private void End(Pending call)
    {
        if (call.Path.EndsWith("calls.db-wal", StringComparison.Ordinal))
        {
            EndOfLog(call);
        }
        else if (call.Name is "recvfrom" or "recvmsg" or "read" && Change().Match(call.Text) is { Success: true } asked)
        {
            _received[call.File] = new Received(asked.Value);
        }
    }

    private void EndOfLog(Pending call)
    {
        if (call.Name is "fdatasync" or "fsync")
        {
            Syncs++;
            _synced = Math.Max(_synced, call.Line);
        }
        else if (call.Name is "pwrite64" or "write")
        {
            foreach (var quoted in Callback().Matches(call.Text).Select(match => match.Value))
            {
                _written.TryAdd(quoted, _line);
            }

            foreach (var request in _received.Values)
            {
                request.Written ??= _line;
            }
        }
    }

    [GeneratedRegex(@"^<\.\.\. \w+ resumed>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Resumed();

    [GeneratedRegex(@"^(?<name>\w+)\((?<file>\d+)<(?<path>[^>]*)>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Begun();

    [GeneratedRegex("\"HTTP/1\\.1 20[124] ", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Answer();

    [GeneratedRegex(@"(POST|DELETE) /v1\.0/communications/calls[^ ]*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Change();

    [GeneratedRegex(@"/b0000000-0000-4000-8000-\d{12}/\d+\\""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Callback();

    /// <param name="Line">At which it began.</param>
    private sealed record Pending(string Name, string File, string Path, string Text, long Line);

    private sealed record Received(string Line)
    {
        /// <summary>When the log was first written after it.</summary>
        public long? Written { get; set; }
    }
}
