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
            _ when !conversation.IsPeerToPeer && !command.MayJoinGroups => Refusal.MayNotJoinGroups,
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
                .. Accept(conversation, leg with { Bot = leg.Bot! with { Media = command.Media } }, now, timeouts),
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
                .. Decline(conversation, leg, EndReasons.Rejected, EndReasons.Declined, now, timeouts),
            ],
        };

    /// <summary>
    /// One who was called has accepted, and nobody else is called any longer. The two are connected once the phone of the one who
    /// called, or else of the one who accepted, has confirmed it: bots need not.
    /// </summary>
    public static IEnumerable<ConversationEvent> Accept(Conversation conversation, Leg callee, DateTimeOffset now, Timeouts timeouts)
    {
        if (!conversation.IsPeerToPeer)
        {
            return GroupCalling.Accept(conversation, callee, now, timeouts);
        }

        IEnumerable<ConversationEvent> others =
        [
            .. conversation.PendingLegs.Where(leg => leg.Id != callee.Id).Select(leg => new LegTerminated(leg.Id, EndReasons.AnsweredElsewhere)),
            .. WaitNoLonger(conversation, conversation.Waiting),
            .. conversation.Transfer is { } transfer ? [new TransferAccepted(transfer.By)] : Enumerable.Empty<ConversationEvent>(),
        ];
        return Confirming(conversation, callee) is { Habits.Acknowledges: false } phone
            ?
            [
                .. callee.Bot is null ? [new PhoneAnswered(callee.Id)] : Enumerable.Empty<ConversationEvent>(),
                .. others,
                new DeadlineSet(DeadlineKind.Acknowledgement, phone.Id, now + timeouts.Acknowledgement),
            ]
            : [.. others, .. Connect(conversation, callee, now, timeouts)];
    }

    /// <summary>The two who talk from now on.</summary>
    public static IEnumerable<ConversationEvent> Connect(Conversation conversation, Leg callee, DateTimeOffset now, Timeouts timeouts)
    {
        if (conversation.Transfer is not null)
        {
            return Transferring.Connect(conversation, callee, now, timeouts);
        }

        var caller = conversation.Caller;
        return
        [
            new LegEstablished(callee.Id),
            new LegEstablished(caller.Id),
            .. Media.Begin([callee, caller], now, timeouts),
            .. Phones.Begin(caller.Id, caller.Script, now),
        ];
    }

    /// <summary>One who was called does not take the call. The others are called on; when nobody is left, the caller hears why.</summary>
    /// <param name="own">Why, for the one who was called.</param>
    /// <param name="callers">Why, for the caller.</param>
    public static IEnumerable<ConversationEvent> Decline(
        Conversation conversation, Leg callee, EndReason own, EndReason callers, DateTimeOffset now, Timeouts timeouts)
    {
        if (!conversation.IsPeerToPeer)
        {
            return [new LegTerminated(callee.Id, callee.Bot is null ? callers : own)]; // the consequences say what becomes of the invitation
        }

        var othersAreCalled = conversation.PendingLegs.Any(leg => leg.Id != callee.Id);
        return
        [
            new LegTerminated(callee.Id, own),
            .. othersAreCalled
                ? callee.Bot is null ? Phones.Signalled(conversation, conversation.Waiting.Id, now, timeouts) : []
                : NobodyCame(conversation, callers),
        ];
    }

    /// <summary>Nobody is called any longer, and nobody came: whoever waits hears why.</summary>
    public static IEnumerable<ConversationEvent> NobodyCame(Conversation conversation, EndReason why) =>
        conversation.Transfer is null
            ? [new LegTerminated(conversation.Caller.Id, why), new ConversationEnded()]
            : Transferring.Fail(conversation, why);

    private static Leg? Confirming(Conversation conversation, Leg callee) =>
        callee.Bot is null ? callee : conversation.Waiting.Bot is null ? conversation.Waiting : null;

    /// <summary>Whoever waited waits no longer.</summary>
    public static IEnumerable<ConversationEvent> WaitNoLonger(Conversation conversation, Leg waiting) =>
        from kind in new[] { DeadlineKind.Signalling, DeadlineKind.Ring, DeadlineKind.Patience }
        where conversation.Awaits(kind, waiting.Id)
        select new DeadlineCleared(kind, waiting.Id);
}
