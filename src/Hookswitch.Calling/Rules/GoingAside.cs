namespace Hookswitch.Calling.Rules;

/// <summary>
/// How a bot transfers one of a group call: to someone who is rung (blind), or who is the other party of another of its calls
/// (consultative). Once the target has accepted, the two go to a conversation of their own, and the others stay. Graph, call: transfer.
/// </summary>
/// <remarks>Until then all happens in the group call, so that nothing is between two conversations but people who move.</remarks>
internal static class GoingAside
{
    // The order of the lines is their precedence. Only people go: bots are called.
    public static Decision Decide(Conversation conversation, Leg by, TransferCall command, DateTimeOffset now, Timeouts timeouts) =>
        command.Transferee is not { } named ? Refusal.TransfereeMissing
        : conversation.InsideLegs.FirstOrDefault(named.Is) is not { } transferee ? Refusal.ParticipantNotFound
        : transferee.Id == by.Id ? Refusal.ThatIsTheCallItself
        : transferee.Bot is not null ? Refusal.TransfereeIsNoPerson
        : command.Target.Replaces is null && GroupCalling.Participates(conversation, command.Target.Identity) ? Refusal.TargetParticipates
        :
            [
                new TransferStarted(by.Id, command.Target.Participant, command.Target.Identity)
                {
                    Replaces = command.Target.Replaces,
                    Aside = new Aside(transferee.Id, command.Aside),
                },
                .. command.Target.Replaces is null ? Ring(by, transferee, command.Target, now, timeouts) : [],
            ];

    /// <summary>Whether that leg is called, and not connected yet, to go aside with one of a group call.</summary>
    public static bool IsCalled(Conversation conversation, Leg leg) =>
        leg is { CalledFor: { } transferee, State: < LegState.Established, IsDeparting: false } && conversation.Transfer?.Aside?.Transferee == transferee;

    /// <summary>Whoever was called has accepted, or has confirmed it.</summary>
    public static IEnumerable<ConversationEvent> Connect(Conversation conversation, Leg called) =>
    [
        .. called.IsPending ? [new PhoneAnswered(called.Id)] : Enumerable.Empty<ConversationEvent>(),
        .. Accept(conversation),
        .. Part(conversation, called.Id, called.Participant),
    ];

    /// <summary>The other party of the call that is replaced has come. It goes on at once.</summary>
    /// <param name="held">That it holds, if it does: it goes on holding.</param>
    public static IEnumerable<ConversationEvent> Connect(Conversation conversation, Party arrived, IEnumerable<ConversationEvent> held) =>
    [
        Placing.Add(arrived, CallDirection.Outgoing),
        .. held,
        .. Accept(conversation),
        .. Part(conversation, arrived.Leg, arrived.Participant),
    ];

    /// <summary>The target has accepted. Its bot is told once.</summary>
    public static IEnumerable<ConversationEvent> Accept(Conversation conversation) =>
        conversation.Transfer is { } transfer && conversation.Find(transfer.By) is { State: LegState.Transferring } by ? [new TransferAccepted(by.Id)] : [];

    /// <summary>
    /// Nobody is called any longer once the bot, or the one who is to go, has left; and the bot is where it was once nobody is called.
    /// </summary>
    /// <param name="before">Before the decision.</param>
    public static IEnumerable<ConversationEvent> InVain(Conversation before, Conversation state)
    {
        var called = state.Legs.Where(leg => leg is { CalledFor: not null, State: < LegState.Established, IsDeparting: false }).ToArray();
        if (state.Transfer is not { Aside: { } aside } transfer)
        {
            return GiveUp(state, called);
        }

        if (state.Find(aside.Transferee) is not { IsInside: true })
        {
            return [.. GiveUp(state, called), new TransferFailed(transfer.By, transfer.IsConsultative, EndReasons.OtherParticipantLeft)];
        }

        var line = state.Legs.Where(leg => leg.Participant == transfer.Participant).ToArray();
        var last = line.LastOrDefault(leg => before.Find(leg.Id) is not { IsLive: false }) ?? line.LastOrDefault();
        return called.Length > 0 || transfer.IsConsultative
            ? []
            : [new TransferFailed(transfer.By, IsConsultative: false, Reasons.NotReached(last))];
    }

    private static IEnumerable<ConversationEvent> GiveUp(Conversation state, Leg[] called) =>
        called.Select(leg => new LegTerminated(leg.Id, Reasons.GivenUpBy(state.Find(leg.CalledBy!.Value))));

    // Whoever shares the line of the target and is a bot has a call here, which it cannot leave.
    private static IEnumerable<ConversationEvent> Ring(Leg by, Leg transferee, Invitee target, DateTimeOffset now, Timeouts timeouts)
    {
        var phones = target.Callees.Where(callee => callee.Bot is null).ToArray();
        return phones.Length == 0
            ? [new TransferFailed(by.Id, IsConsultative: false, target.Unreachable ?? EndReasons.NoEndpoints)]
            : phones.SelectMany(phone => GroupCalling.Call(
                phone with { Participant = target.Participant }, by.Id, timeouts.InviteRing, now, timeouts, transferee.Id));
    }

    private static IEnumerable<ConversationEvent> Part(Conversation conversation, LegId target, Guid participant)
    {
        var (transfer, aside) = (conversation.Transfer!, conversation.Transfer!.Aside!);
        var transferee = conversation.Find(aside.Transferee)!;
        return
        [
            Moving.Go(target, participant, aside.To, transferee.Participant),
            Moving.Go(transferee.Id, transferee.Participant, aside.To, participant),
            new LegTerminated(transfer.By, EndReasons.Transferred),
        ];
    }
}
