namespace Hookswitch.Calling.Rules;

/// <summary>
/// How people go from one conversation to another. The one they leave says so until the other has answered; whoever is on the way is in
/// neither, and is lost in none.
/// </summary>
internal static class Moving
{
    /// <summary>How long another conversation is given to answer before it is told again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static Decision Decide(Conversation conversation, OpenRoom command)
    {
        var people = conversation.InsideLegs.Where(leg => leg.Bot is null && command.Participants.Contains(leg.Participant)).ToArray();
        return conversation.Kind != ConversationKind.Meeting ? Refusal.ConflictsWithCallState
            : people.Length != command.Participants.Distinct().Count() ? Refusal.ParticipantNotFound
            : [.. people.Select(leg => Go(leg.Id, leg.Participant, command.Room))];
    }

    public static Decision Close(Conversation conversation) =>
        conversation is { Kind: ConversationKind.BreakoutRoom, HasEnded: false }
            ? [.. GoBack(conversation, EndReasons.EndedForEveryone)]
            : Refusal.ConflictsWithCallState;

    /// <summary>The time of a breakout room is over, or the time at which the operator ends the conversation has come.</summary>
    public static IEnumerable<ConversationEvent> TimeIsOver(Conversation conversation) =>
        conversation.Kind == ConversationKind.BreakoutRoom
            ? GoBack(conversation, EndReasons.BreakoutRoomOver)
            : [new DeadlineCleared(DeadlineKind.End, Leg: null), .. HangingUp.All(conversation, _ => EndReasons.ConversationEnded)];

    /// <summary>What other conversations have not answered they are told again: see <see cref="Message"/>.</summary>
    public static IEnumerable<ConversationEvent> Repeat(DateTimeOffset now) => [new DeadlineSet(DeadlineKind.Message, Leg: null, now + Patience)];

    // The order of the lines is their precedence. Only people move: bots are called.
    public static Decision Decide(Conversation conversation, Release command, DateTimeOffset now) =>
        conversation.Legs.Any(leg => leg.Departure is { } departure && departure.To == command.To && departure.Participant == command.Participant) ? []
        : conversation is { IsPeerToPeer: true, Transfer: null }
            && Owned.Find(conversation, command.Leg, command.Application) is { IsInside: true } own
            && conversation.InsideLegs.FirstOrDefault(leg => leg.Id != own.Id && leg.Bot is null) is { } person
            ? [new LegReleased(person.Id, new Departure(Departure.Next(person.Id), command.Participant, command.To, Room: null)), .. Repeat(now)]
            : Refusal.CallNotFound;

    public static Decision Decide(Conversation conversation, Arrive command, DateTimeOffset now, Timeouts timeouts) => conversation switch
    {
        _ when conversation.Find(command.Party.Leg) is not null => [], // it has arrived before
        { HasStarted: false } when command.Meets is { } other => [Begin(command, other), .. ComeAside(command, now, timeouts)],
        { HasEnded: false, Expected: { } expected } when command.Meets is not null && command.Party.Participant == expected =>
            [.. ComeAside(command, now, timeouts)],
        { HasEnded: true } or { HasStarted: false } when command.Terms is null || conversation.HasEnded => Refusal.ConversationOver,
        { HasStarted: true, IsPeerToPeer: true } => Transferring.IsAwaited(conversation, command.Party.Participant)
            ? [.. Transferring.Connect(conversation, command.Party, now, timeouts), .. Held(command)]
            : Refusal.ConversationOver, // nobody is called over into one otherwise
        _ when Transferring.IsAwaited(conversation, command.Party.Participant) => [.. GoingAside.Connect(conversation, command.Party, Held(command))],
        _ when command.Terms is null && conversation.FindInvitation(command.Party.Participant) is not { Failure: null } =>
            Refusal.ConversationOver, // it was taken back, or whoever wanted it has left
        _ =>
        [
            .. conversation.HasStarted ? [] : Joining.Start(command.CallChain, command.Terms!, [], command.Timeouts, now),
            Placing.Add(
                command.Party with
                {
                    Role = Joining.RoleOf(command.Party, conversation.Terms ?? command.Terms),
                    OutsideDefaultGroup = conversation.FindInvitation(command.Party.Participant)?.OutsideDefaultGroup ?? command.Party.OutsideDefaultGroup,
                },
                CallDirection.Outgoing),
            new LegArrived(command.Party.Leg),
            .. command.Muted ? [new LegMuted(command.Party.Leg)] : Enumerable.Empty<ConversationEvent>(),
            .. Held(command),
            .. Media.Enter(command.Party.Leg, command.Party.Bot, command.Party.BringsMedia, now, timeouts),
            .. Phones.Begin(command.Party.Leg, command.Party.Script.Steps, now),
            .. IsClosed(conversation)
                ? [Go(command.Party.Leg, command.Party.Participant, conversation.Terms!.MainRoom)]
                : Enumerable.Empty<ConversationEvent>(),
        ],
    };

    public static Decision Decide(Conversation conversation, DepartureAnswered command) =>
        conversation.Find(command.Leg) is { IsDeparting: true } leg
            ?
            [
                .. HangingUp.End(
                    conversation, leg, command.Arrived ? EndReasons.Moved : EndReasons.ConversationEnded, EndReasons.OtherParticipantLeft),
            ]
            : [];

    public static Decision Decide(Conversation conversation, ReplacementRefused command) =>
        Transferring.IsAwaited(conversation, command.Participant) ? [.. Transferring.Fail(conversation, EndReasons.ReplacedCallNotFound)]
        : conversation.FindInvitation(command.Participant) is { IsOpen: true, Replaces: not null }
            ? [new InvitationFailed(command.Participant, EndReasons.ReplacedCallNotFound)]
            : [];

    // Nobody leaves a breakout room for another room but when it is closed. Whoever comes too late is sent back at once.
    private static bool IsClosed(Conversation conversation) =>
        conversation.Kind == ConversationKind.BreakoutRoom && conversation.Legs.Any(leg => leg.Departure?.Room is not null);

    private static IEnumerable<ConversationEvent> Held(Arrive command) => command.OnHold ? [new LegHeld(command.Party.Leg)] : [];

    /// <summary>One of two who go to a conversation of their own.</summary>
    /// <param name="meets">The participant who is the other.</param>
    public static LegReleased Go(LegId leg, Guid participant, ConversationId to, Guid meets) =>
        new(leg, new Departure(Departure.Next(leg), participant, to, Room: null) { Meets = meets });

    private static LegReleased Go(LegId leg, Guid participant, MeetingTerms? room) =>
        new(leg, new Departure(Departure.Next(leg), participant, To: null, room));

    private static ConversationStarted Begin(Arrive command, Guid other) =>
        new(ConversationKind.PeerToPeer, command.CallChain, []) { Timeouts = command.Timeouts, Expects = other };

    // Between two nobody is muted: nobody could be unmuted.
    private static IEnumerable<ConversationEvent> ComeAside(Arrive command, DateTimeOffset now, Timeouts timeouts) =>
    [
        Placing.Add(command.Party with { Role = MeetingRole.Attendee, Hidden = false }, CallDirection.Outgoing),
        new LegArrived(command.Party.Leg),
        .. Held(command),
        .. Media.Enter(command.Party.Leg, command.Party.Bot, command.Party.BringsMedia, now, timeouts),
        .. Phones.Begin(command.Party.Leg, command.Party.Script.Steps, now),
    ];

    // Bots are told; people go on in the meeting, if there is one.
    private static IEnumerable<ConversationEvent> GoBack(Conversation room, EndReason reason) =>
    [
        .. room.Awaits(DeadlineKind.End, leg: null) ? [new DeadlineCleared(DeadlineKind.End, Leg: null)] : Enumerable.Empty<ConversationEvent>(),
        .. room.LiveLegs.Where(leg => !leg.IsDeparting).Select(ConversationEvent (leg) => leg is { Bot: null, IsInside: true } && room.Terms?.MainRoom is { } main
            ? Go(leg.Id, leg.Participant, main)
            : new LegTerminated(leg.Id, reason)),
    ];
}
