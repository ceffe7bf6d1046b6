namespace Hookswitch.Calling.Rules;

/// <summary>How others are called into a peer-to-peer call by a bot that leaves it to them.</summary>
internal static class PassingOn
{
    /// <param name="by">The bot's.</param>
    /// <param name="party">Who remains.</param>
    /// <param name="ring">For which they are called in all.</param>
    public static IEnumerable<ConversationEvent> Call(
        Conversation conversation, Leg by, LegId party, Party[] callees, TimeSpan ring, DateTimeOffset now, Timeouts timeouts) =>
    [
        .. callees.Select(callee => Placing.Add(callee, CallDirection.Incoming) with { CalledBy = by.Id, CalledFor = party }),
        .. Signals(conversation, callees, now, timeouts),
        new DeadlineSet(DeadlineKind.Ring, conversation.Caller.Id, now + ring),
        .. callees.SelectMany(callee => Placing.Await(callee, now, timeouts)),
    ];

    // A bot signals by its answer, for which it has a deadline of its own.
    private static IEnumerable<ConversationEvent> Signals(Conversation conversation, Party[] callees, DateTimeOffset now, Timeouts timeouts) =>
        callees.Any(callee => callee.Bot is null) ? [new DeadlineSet(DeadlineKind.Signalling, conversation.Caller.Id, now + timeouts.Signalling)]
        : conversation.Awaits(DeadlineKind.Signalling, conversation.Caller.Id) ? [new DeadlineCleared(DeadlineKind.Signalling, conversation.Caller.Id)]
        : [];
}
