namespace Hookswitch.Calling.Rules;

/// <summary>What those who take part do to each other.</summary>
internal static class Participants
{
    /// <summary>A bot removes someone, or takes an invitation back.</summary>
    public static Decision Decide(Conversation conversation, RemoveParticipant command) =>
        Member.Act(conversation, command.Leg, command.Application, own =>
        {
            var legs = conversation.LiveLegs.Where(leg => leg.Participant == command.Participant && !leg.IsDeparting).ToArray();
            return own.Participant == command.Participant ? Refusal.ThatIsTheCallItself
                : legs.Length > 0 ? [.. legs.Select(leg => new LegTerminated(leg.Id, EndReasons.RemovedThroughApi))]
                : conversation.FindInvitation(command.Participant) is { IsOpen: true } ? [new InvitationFailed(command.Participant, EndReasons.RemovedThroughApi)]
                : Refusal.ParticipantNotFound;
        });

    public static Decision Decide(Conversation conversation, MuteParticipant command) =>
        Member.Act(conversation, command.Leg, command.Application, own =>
            Inside(conversation, command.Participant) is { } leg
                ? Member.Done(
                    command.Operation, own, OperationKind.MuteParticipant, command.ClientContext, [leg], leg.Muted ? [] : [new LegMuted(leg.Id)])
                : Refusal.ParticipantNotFound);

    public static Decision Decide(Conversation conversation, Mute command) =>
        Member.Act(conversation, command.Leg, command.Application, own => Member.Done(
            command.Operation, own, OperationKind.MuteParticipant, command.ClientContext, [own], own.Muted ? [] : [new LegMuted(own.Id)]));

    public static Decision Decide(Conversation conversation, Unmute command) =>
        Member.Act(conversation, command.Leg, command.Application, own => Member.Done(
            command.Operation, own, OperationKind.UnmuteParticipant, command.ClientContext, [own], own.Muted ? [new LegUnmuted(own.Id)] : []));

    /// <summary>A person who is inside does something that only makes sense where several talk.</summary>
    public static Decision Decide(Conversation conversation, Leg person, PhoneActed acted, DateTimeOffset now, Timeouts timeouts) => acted.Action switch
    {
        PhoneAction.EndForEveryone =>
            [.. HangingUp.All(conversation, leg => leg.Id == person.Id ? EndReasons.Left : EndReasons.EndedForEveryone)],
        PhoneAction.Remove => Other(conversation, person, acted) is { } leg ? [new LegTerminated(leg.Id, RemovedBy(person))] : Refusal.PhoneCannotDoThat,
        PhoneAction.Admit => Waiting(conversation, acted) is { Length: > 0 } waiting
            ? [.. waiting.SelectMany(leg => Lobby.Admit(leg, now, timeouts))]
            : Refusal.PhoneCannotDoThat,
        PhoneAction.Deny => Waiting(conversation, acted) is { Length: > 0 } waiting
            ? [.. waiting.Select(leg => new LegTerminated(leg.Id, EndReasons.RefusedEntry))]
            : Refusal.PhoneCannotDoThat,
        PhoneAction.Mute => (acted.Participant is { } named ? Inside(conversation, named) : person) is { Muted: false } leg
            ? [new LegMuted(leg.Id)]
            : Refusal.PhoneCannotDoThat,
        PhoneAction.Unmute => person.Muted ? [new LegUnmuted(person.Id)] : Refusal.PhoneCannotDoThat,
        PhoneAction.Promote => Become(conversation, person, acted, MeetingRole.Presenter),
        PhoneAction.Demote => Become(conversation, person, acted, MeetingRole.Attendee),
        _ => Refusal.PhoneCannotDoThat,
    };

    private static Decision Become(Conversation conversation, Leg person, PhoneActed acted, MeetingRole role) =>
        Other(conversation, person, acted) is { } leg && leg.Role != role ? [new RoleChanged(leg.Id, role)] : Refusal.PhoneCannotDoThat;

    // What another application does, it does through the API.
    private static EndReason RemovedBy(Leg leg) =>
        leg.Identity.Kind == IdentityKind.Application ? EndReasons.RemovedThroughApi : EndReasons.RemovedByPerson;

    /// <summary>Who is inside under that id; null: nobody.</summary>
    public static Leg? Inside(Conversation conversation, Guid participant) =>
        conversation.InsideLegs.FirstOrDefault(leg => leg.Participant == participant);

    // Nobody picks whom no roster shows.
    private static Leg? Other(Conversation conversation, Leg person, PhoneActed acted) =>
        conversation.InsideLegs.LastOrDefault(leg => leg.Id != person.Id && (acted.Participant is { } named ? leg.Participant == named : !leg.Hidden));

    private static Leg[] Waiting(Conversation conversation, PhoneActed acted) =>
        [.. conversation.Legs.Where(leg => leg is { IsLive: true, InLobby: true } && (acted.Participant is not { } named || leg.Participant == named))];
}
