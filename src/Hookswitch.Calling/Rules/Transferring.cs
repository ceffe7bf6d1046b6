namespace Hookswitch.Calling.Rules;

/// <summary>
/// How a bot leaves its peer-to-peer call to another: to someone who is rung (blind), or to the other party of another of its calls
/// (consultative). Whoever remains talks on in the same conversation. Graph, call: transfer. Out of a group call: <see cref="GoingAside"/>.
/// </summary>
internal static class Transferring
{
    // The order of the lines is their precedence.
    public static Decision Decide(Conversation conversation, TransferCall command, DateTimeOffset now, Timeouts timeouts) =>
        Owned.Find(conversation, command.Leg, command.Application) switch
        {
            null => Refusal.CallNotFound,
            { InLobby: true } => Refusal.CallIsInLobby,
            { State: < LegState.Established } => Refusal.CallNotEstablished,
            _ when conversation.Transfer is not null => Refusal.ConflictsWithCallState,
            _ when conversation.IsPeerToPeer && conversation.LiveLegs.Any(leg => leg.IsDeparting) => Refusal.ConflictsWithCallState,
            { Identity.Kind: not IdentityKind.ApplicationInstance } when IsRung(command.Target, IdentityKind.Phone) => Refusal.NumberNeedsResourceAccount,
            { } leg when !conversation.IsPeerToPeer => GoingAside.Decide(conversation, leg, command, now, timeouts),
            { } leg =>
            [
                new TransferStarted(leg.Id, command.Target.Participant, command.Target.Identity) { Replaces = command.Target.Replaces },
                .. Call(conversation, leg, command.Target, now, timeouts),
            ],
        };

    /// <summary>Whether that leg is called, and not connected yet, to take the place of a bot.</summary>
    public static bool IsCalled(Conversation conversation, Leg leg) =>
        conversation is { IsPeerToPeer: true, Transfer: not null } && leg.State < LegState.Established;

    /// <summary>Whether that person comes over to take the place of a bot.</summary>
    public static bool IsAwaited(Conversation conversation, Guid participant) =>
        conversation.Transfer is { IsConsultative: true } transfer && transfer.Participant == participant;

    /// <summary>One who is called to take the place of a bot goes: the two who talk do not.</summary>
    public static IEnumerable<ConversationEvent> Leave(Conversation conversation, Leg called, EndReason own, EndReason why) =>
    [
        new LegTerminated(called.Id, own),
        .. conversation.Legs.Any(other => other.Id != called.Id && IsCalled(conversation, other)) ? [] : Fail(conversation, why),
    ];

    /// <summary>Nobody comes: the bot is where it was.</summary>
    public static IEnumerable<ConversationEvent> Fail(Conversation conversation, EndReason why) =>
    [
        .. Answering.WaitNoLonger(conversation, conversation.Waiting),
        .. NoLongerAsks(conversation),
        new TransferFailed(conversation.Transfer!.By, conversation.Transfer.IsConsultative, why),
    ];

    /// <summary>Whoever was called is connected, in the place of the bot.</summary>
    public static IEnumerable<ConversationEvent> Connect(Conversation conversation, Leg called, DateTimeOffset now, Timeouts timeouts) =>
    [
        new LegTerminated(conversation.Transfer!.By, EndReasons.Transferred),
        new LegEstablished(called.Id),
        .. Media.Join(conversation, called.Id, called.Bot, called.BringsMedia, now, timeouts),
    ];

    /// <summary>The other party of the call that is replaced has come, in the place of the bot.</summary>
    public static IEnumerable<ConversationEvent> Connect(Conversation conversation, Party arrived, DateTimeOffset now, Timeouts timeouts) =>
    [
        .. NoLongerAsks(conversation),
        new TransferAccepted(conversation.Transfer!.By),
        new LegTerminated(conversation.Transfer.By, EndReasons.Transferred),
        Placing.Add(arrived, CallDirection.Outgoing),
        new LegArrived(arrived.Leg),
        .. Media.Join(conversation, arrived.Leg, arrived.Bot, arrived.BringsMedia, now, timeouts),
        .. Phones.Begin(arrived.Leg, arrived.Script.Steps, now),
    ];

    private static bool IsRung(Invitee target, IdentityKind kind) => target.Replaces is null && target.Identity.Kind == kind;

    private static IEnumerable<ConversationEvent> Call(Conversation conversation, Leg by, Invitee target, DateTimeOffset now, Timeouts timeouts) =>
        target switch
        {
            { Replaces: not null } => Moving.Repeat(now),
            { Unreachable: { } reason } => [new TransferFailed(by.Id, IsConsultative: false, reason)],
            _ => PassingOn.Call(
                conversation, by, by.Id, conversation.InsideLegs.Single(leg => leg.Id != by.Id).Id, target.Callees, timeouts.InviteRing, now, timeouts),
        };

    private static IEnumerable<ConversationEvent> NoLongerAsks(Conversation conversation) =>
        conversation.Awaits(DeadlineKind.Message, leg: null) ? [new DeadlineCleared(DeadlineKind.Message, Leg: null)] : [];
}
