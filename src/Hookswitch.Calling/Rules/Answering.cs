namespace Hookswitch.Calling.Rules;

/// <summary>How a call is accepted or declined.</summary>
internal static class Answering
{
    // The order of the lines is their precedence.
    public static Decision Decide(Conversation conversation, Answer command, DateTimeOffset now, Timeouts timeouts) =>
        Owned.Find(conversation, command.Leg, command.Application) switch
        {
            null => Refusal.CallNotFound,
            { IsPending: false } => Refusal.ConflictsWithCallState,
            { } leg =>
            [
                new LegAccepted(leg.Id, command.Callback ?? leg.Bot!.Callback, command.Media)
                {
                    Modalities = command.Modalities,
                    Options = command.Options,
                    Scenario = command.Scenario,
                },
                new DeadlineCleared(DeadlineKind.Answer, leg.Id),
                new DeadlineSet(DeadlineKind.KeepAlive, leg.Id, now + timeouts.KeepAlive),
                .. Connect(conversation, leg, now),
            ],
        };

    public static Decision Decide(Conversation conversation, Reject command, DateTimeOffset now, Timeouts timeouts) =>
        Owned.Find(conversation, command.Leg, command.Application) switch
        {
            null => Refusal.CallNotFound,
            { IsPending: false } => Refusal.ConflictsWithCallState,
            { } leg =>
            [
                .. command.Callback is { } callback ? [new CallbackChanged(leg.Id, callback)] : Enumerable.Empty<ConversationEvent>(),
                .. Decline(conversation, leg, EndReasons.Rejected, now, timeouts),
            ],
        };

    /// <summary>One who was called has accepted: it is connected with the caller, and nobody else is called any longer.</summary>
    public static IEnumerable<ConversationEvent> Connect(Conversation conversation, Leg callee, DateTimeOffset now)
    {
        var caller = conversation.Caller;
        return
        [
            new LegEstablished(callee.Id),
            .. conversation.PendingLegs.Where(leg => leg.Id != callee.Id).Select(leg => new LegTerminated(leg.Id, EndReasons.AnsweredElsewhere)),
            new LegEstablished(caller.Id),
            .. Waits(conversation, caller),
            new MediaStarted(callee.Id),
            new MediaStarted(caller.Id),
            .. Phones.Begin(caller.Id, caller.Script, now),
        ];
    }

    /// <summary>One who was called has declined. The others are called on; when nobody is left, the caller hears of it.</summary>
    public static IEnumerable<ConversationEvent> Decline(
        Conversation conversation, Leg callee, EndReason own, DateTimeOffset now, Timeouts timeouts)
    {
        var othersAreCalled = conversation.PendingLegs.Any(leg => leg.Id != callee.Id);
        return
        [
            new LegTerminated(callee.Id, own),
            .. othersAreCalled
                ? callee.Bot is null ? Phones.Signalled(conversation, now, timeouts) : []
                : [new LegTerminated(conversation.Caller.Id, Reasons.DeclinedBy(callee)), new ConversationEnded()],
        ];
    }

    private static IEnumerable<ConversationEvent> Waits(Conversation conversation, Leg caller) =>
        from kind in new[] { DeadlineKind.Signalling, DeadlineKind.Ring }
        where conversation.Awaits(kind, caller.Id)
        select new DeadlineCleared(kind, caller.Id);
}
