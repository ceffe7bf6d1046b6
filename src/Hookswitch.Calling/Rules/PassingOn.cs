using System.Collections.Immutable;

namespace Hookswitch.Calling.Rules;

/// <summary>How others are called into a peer-to-peer call by a bot that leaves it to them.</summary>
internal static class PassingOn
{
    /// <param name="by">The bot's leg.</param>
    /// <param name="waits">The leg that hears what becomes of it.</param>
    /// <param name="party">Who remains.</param>
    /// <param name="ring">For which they are called in all.</param>
    public static IEnumerable<ConversationEvent> Call(
        Conversation conversation, Leg by, LegId waits, LegId party, ImmutableArray<Party> callees, TimeSpan ring,
        DateTimeOffset now, Timeouts timeouts) =>
    [
        .. callees.Select(callee => Placing.Add(callee, CallDirection.Incoming) with { CalledBy = by.Id, CalledFor = party }),
        .. Signals(conversation, waits, callees, now, timeouts),
        new DeadlineSet(DeadlineKind.Ring, waits, now + ring),
        .. callees.SelectMany(callee => Placing.Await(callee, now, timeouts)),
    ];

    // A bot signals by its answer, for which it has a deadline of its own.
    private static IEnumerable<ConversationEvent> Signals(
        Conversation conversation, LegId waits, ImmutableArray<Party> callees, DateTimeOffset now, Timeouts timeouts) =>
        callees.Any(callee => callee.Bot is null) ? [new DeadlineSet(DeadlineKind.Signalling, waits, now + timeouts.Signalling)]
        : conversation.Awaits(DeadlineKind.Signalling, waits) ? [new DeadlineCleared(DeadlineKind.Signalling, waits)]
        : [];
}
