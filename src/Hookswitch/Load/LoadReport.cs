using System.Globalization;

namespace Hookswitch.Load;

/// <summary>How long something took, in milliseconds, in ascending order of rarity.</summary>
internal sealed record Latency(int Count, double P50, double P90, double P99, double Max)
{
    public static Latency Of(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Select(time => Math.Round(time.TotalMilliseconds, 1)).Order().ToArray();
        return sorted.Length == 0
            ? new Latency(0, 0, 0, 0, 0)
            : new Latency(sorted.Length, At(0.5), At(0.9), At(0.99), sorted[^1]);

        double At(double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
    }
}

/// <summary>What a load showed. Pure: it follows from the history.</summary>
/// <param name="Requested">Calls that were asked for.</param>
/// <param name="Ended">Calls whose bot took the notification of their end.</param>
/// <param name="Failed">Calls that did not come and go as planned.</param>
/// <param name="Answers">Of the requests that asked for calls: how many got which answer.</param>
/// <param name="Reasons">Why calls ended, as their bots were told: how many.</param>
internal sealed record LoadReport(
    int Requested, int Acknowledged, int Refused, int Ambiguous, int Ended, int Failed, double Seconds, Latency Post, Latency Delete, Latency FirstWebhook,
    IReadOnlyDictionary<string, int> Answers, IReadOnlyDictionary<string, int> Reasons, IReadOnlyList<Violation> Violations)
{
    /// <summary>All that was asked for came and went, and nothing happened that must not.</summary>
    public bool IsClean => Violations.Count == 0 && Failed == 0 && Acknowledged == Requested;

    /// <param name="failed">See <see cref="LoadRun.Progress"/>.</param>
    public static LoadReport Of(IReadOnlyList<HistoryEntry> history, int failed)
    {
        var seen = new SeenCalls(history);
        var made = seen.Requests.Where(one => one.Deed is Deed.Create or Deed.Dial).ToArray();
        var ends = seen.Calls.Select(call => call.Notified.Find(one => one is { IsFinal: true, IsAccepted: true })).OfType<Notified>().ToArray();
        return new LoadReport(
            made.Length, made.Count(one => one.Outcome == Outcome.Acknowledged), made.Count(one => one.Outcome is Outcome.Refused or Outcome.Unsent),
            made.Count(one => one.Outcome == Outcome.Ambiguous), ends.Length, failed, Math.Round(history.Count == 0 ? 0 : history.Max(one => one.At).TotalSeconds, 1),
            Took(made), Took(seen.Requests.Where(one => one.Deed == Deed.Delete)),
            Latency.Of(seen.Calls.Where(call => call is { Origin: not null, Notified.Count: > 0 }).Select(call => call.Notified[0].At - call.Origin!.Planned)),
            Tally(made.Select(Answer)), Tally(ends.Select(Reason)), HistoryChecker.Check(history));
    }

    private static Latency Took(IEnumerable<Requested> requests) =>
        Latency.Of(requests.Where(one => one.Outcome == Outcome.Acknowledged).Select(one => one.At - one.Planned));

    private static string Answer(Requested request) =>
        request.Status is { } status ? string.Create(CultureInfo.InvariantCulture, $"{status} {request.Problem}").TrimEnd() : request.Problem ?? "connection refused";

    private static string Reason(Notified end) =>
        end.Reason is { } reason ? string.Create(CultureInfo.InvariantCulture, $"{reason.Code}/{reason.Subcode}") : "none";

    private static Dictionary<string, int> Tally(IEnumerable<string> words) =>
        words.CountBy(word => word).OrderByDescending(count => count.Value).ToDictionary();
}
