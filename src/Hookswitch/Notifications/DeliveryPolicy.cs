using System.Collections.Immutable;
using System.Diagnostics;
using Hookswitch.Storage;

namespace Hookswitch.Notifications;

/// <summary>What a callback answered to one attempt.</summary>
/// <param name="Status">Null: there was no answer.</param>
/// <param name="Detail">Why there was none, or the beginning of the answer's body.</param>
internal sealed record CallbackAnswer(int? Status, string Detail)
{
    public TimeSpan? RetryAfter { get; init; }

    public string? Location { get; init; }

    /// <summary>The address is none that this server connects to.</summary>
    public bool IsForbidden { get; init; }

    /// <summary>The host was not asked: it had given no answer too often.</summary>
    public bool IsUnsent { get; init; }

    /// <summary>The span of the attempt, which whoever judges the answer ends. Null: nothing was sent, or nobody listens.</summary>
    public Activity? Span { get; init; }

    /// <summary>What a person reads of it.</summary>
    public string Summary => Status is { } status ? $"{status} {Detail}".TrimEnd() : Detail;
}

/// <summary>What follows from an answer.</summary>
internal enum Verdict
{
    /// <summary>The bot has it.</summary>
    Delivered,

    /// <summary>The same again later; what comes after it waits.</summary>
    Retry,

    /// <summary>The same again at once, at the address that the answer named.</summary>
    Redirect,

    /// <summary>Given up: kept as a dead letter, and the next one goes.</summary>
    GiveUp,

    /// <summary>The bot wants to hear no more of this call.</summary>
    Stop,
}

/// <summary>When a notification is delivered, tried again or given up. Pure. <c>reliability.md</c>, section 1.</summary>
internal static class DeliveryPolicy
{
    /// <summary>Failed attempts are repeated this late, then every <see cref="LastWait"/>.</summary>
    public static readonly ImmutableArray<TimeSpan> Waits = [.. new[] { 1, 2, 4, 8, 15, 30, 60 }.Select(seconds => TimeSpan.FromSeconds(seconds))];

    public static readonly TimeSpan LastWait = TimeSpan.FromMinutes(5);

    /// <summary>A receiver may ask for no longer a pause than this.</summary>
    public static readonly TimeSpan MaxRetryAfter = TimeSpan.FromMinutes(5);

    /// <summary>Waits vary by this share, so that calls that failed together do not come back together.</summary>
    public const double Jitter = 0.2;

    /// <summary>Where a cursor stands after an attempt to deliver a notification, and what is to be done.</summary>
    /// <param name="giveUpAfter">Since the first attempt.</param>
    /// <param name="chance">Between 0 and 1.</param>
    public static (Verdict Verdict, DeliveryCursor Cursor) After(
        DeliveryCursor cursor, Notification notification, CallbackAnswer answer, DateTimeOffset now, TimeSpan giveUpAfter, double chance)
    {
        var verdict = Judge(cursor, notification, answer, now, giveUpAfter);
        return (verdict, verdict switch
        {
            Verdict.Retry => cursor with
            {
                // Rosters that waited before it a newer one has replaced: after a start the attempts must not be taken for theirs.
                Settled = notification.Sequence - 1,
                Attempts = cursor.Attempts + 1,
                FirstAttemptAt = cursor.FirstAttemptAt ?? now,
                NextAttemptAt = now + Wait(cursor.Attempts, answer.RetryAfter, chance),
            },
            Verdict.Redirect => cursor with { Redirected = new Redirection(notification.Bot.Callback, answer.Location!) },
            Verdict.Stop => Settled(cursor, notification) with { Stopped = true },
            _ => Settled(cursor, notification),
        });
    }

    /// <summary>A wait as it is waited.</summary>
    /// <param name="chance">Between 0 and 1.</param>
    public static TimeSpan Vary(TimeSpan wait, double chance) => wait * (1 - Jitter + (2 * Jitter * chance));

    private static Verdict Judge(
        DeliveryCursor cursor, Notification notification, CallbackAnswer answer, DateTimeOffset now, TimeSpan giveUpAfter) => answer.Status switch
        {
            _ when answer.IsForbidden => Verdict.GiveUp,
            >= 200 and < 300 => Verdict.Delivered,
            410 => Verdict.Stop,
            302 or 307 when notification.IsIncomingCall && cursor.Redirected is null && answer.Location is not null => Verdict.Redirect,
            null or 408 or 429 or >= 500 => now - (cursor.FirstAttemptAt ?? now) >= giveUpAfter ? Verdict.GiveUp : Verdict.Retry,
            _ => Verdict.GiveUp,
        };

    private static TimeSpan Wait(int attempts, TimeSpan? asked, double chance)
    {
        var varied = Vary(attempts < Waits.Length ? Waits[attempts] : LastWait, chance);
        return asked is { } pause && pause > varied ? TimeSpan.FromTicks(Math.Min(pause.Ticks, MaxRetryAfter.Ticks)) : varied;
    }

    private static DeliveryCursor Settled(DeliveryCursor cursor, Notification notification) => cursor with
    {
        Settled = notification.Sequence,
        Attempts = 0,
        FirstAttemptAt = null,
        NextAttemptAt = null,
    };
}
