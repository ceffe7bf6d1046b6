namespace Hookswitch.Notifications;

/// <summary>
/// Whether a host of callbacks is asked. One that gave no answer several times in a row is asked by one notification at a time, now and then,
/// until it answers. Pure. <c>reliability.md</c>, section 1.
/// </summary>
/// <param name="Failures">Attempts in a row without an answer.</param>
/// <param name="AskAgainAt">Null: it is closed, and every notification may go.</param>
/// <param name="IsProbing">One of them is under way to find out.</param>
/// <param name="Problem">Why there was no answer last.</param>
internal sealed record Circuit(int Failures, DateTimeOffset? AskAgainAt, bool IsProbing, string Problem)
{
    public static readonly Circuit Closed = new(0, null, false, "");

    /// <summary>It opens after so many.</summary>
    public const int MaxFailures = 5;

    /// <summary>Between two that go to find out. Shorter than any wait of a notification that failed so often.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public bool IsOpen => AskAgainAt is not null;

    public bool Admits(DateTimeOffset now) => AskAgainAt is not { } at || (now >= at && !IsProbing);

    /// <summary>One that is admitted is on its way.</summary>
    public Circuit Asked() => this with { IsProbing = IsOpen };

    /// <summary>There was no answer. (After one, whichever it was, it is <see cref="Closed"/>.)</summary>
    /// <param name="chance">Between 0 and 1.</param>
    public Circuit Failed(string problem, DateTimeOffset now, double chance) => Failures + 1 < MaxFailures
        ? new Circuit(Failures + 1, null, false, problem)
        : new Circuit(Failures + 1, now + DeliveryPolicy.Vary(Pause, chance), false, problem);

    /// <summary>It is not known whether there would have been one.</summary>
    public Circuit BrokenOff() => this with { IsProbing = false };
}
