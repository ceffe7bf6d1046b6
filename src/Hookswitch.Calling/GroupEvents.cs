using System.Collections.Immutable;

namespace Hookswitch.Calling;

/// <summary>A peer-to-peer call is a group call from now on.</summary>
public sealed record ConversationWidened(MeetingTerms Terms) : ConversationEvent;

/// <summary>Someone is called into the conversation.</summary>
/// <param name="By">Whose wish it was.</param>
public sealed record ParticipantInvited(Guid Participant, Identity Identity, LegId By) : ConversationEvent
{
    /// <summary>The peer-to-peer call whose other party is to come over; null: the invitee is rung.</summary>
    public CallId? Replaces { get; init; }

    /// <summary>True: it neither hears the others nor is heard by them, unless a routing group leads. Null: it does.</summary>
    public bool? OutsideDefaultGroup { get; init; }
}

/// <summary>Whoever was called into the conversation does not come. Once for each invitation.</summary>
public sealed record InvitationFailed(Guid Participant, EndReason Reason) : ConversationEvent;

/// <summary>The leg has to wait until someone lets it in.</summary>
public sealed record LegPutInLobby(LegId Leg) : ConversationEvent;

/// <summary>The leg was let in from the lobby.</summary>
public sealed record LegAdmitted(LegId Leg) : ConversationEvent;

/// <summary>Nobody hears the leg any longer.</summary>
public sealed record LegMuted(LegId Leg) : ConversationEvent;

/// <summary>The others hear the leg again.</summary>
public sealed record LegUnmuted(LegId Leg) : ConversationEvent;

/// <summary>The bot behind the leg has made a way of sound between participants, or changed it.</summary>
public sealed record RoutingGroupSet(LegId Leg, RoutingGroup Group) : ConversationEvent;

/// <summary>The way of sound leads nothing any longer.</summary>
public sealed record RoutingGroupDeleted(LegId Leg, string Group) : ConversationEvent;

/// <summary>The bot behind the leg began, or ceased, to share a screen.</summary>
public sealed record ScreenSharingRoleChanged(LegId Leg, ScreenSharingRole Role) : ConversationEvent;

/// <summary>The leg may do more, or less, than before.</summary>
public sealed record RoleChanged(LegId Leg, MeetingRole Role) : ConversationEvent;

/// <summary>The person goes to another conversation. Told there until it is answered.</summary>
public sealed record LegReleased(LegId Leg, Departure Departure) : ConversationEvent;

/// <summary>The person has come from another conversation, and is connected.</summary>
public sealed record LegArrived(LegId Leg) : ConversationEvent;

/// <summary>A bot asked for something.</summary>
public sealed record OperationStarted(
    Guid Operation, LegId Leg, OperationKind Kind, string? ClientContext, ImmutableArray<Guid> Participants) : ConversationEvent
{
    /// <summary>What is to be done with sound; null: nothing.</summary>
    public MediaWork? Work { get; init; }
}

/// <summary>What a bot asked for is done, or has failed.</summary>
/// <param name="IsTold">False: it was over before the request was answered, and the answer said so.</param>
public sealed record OperationEnded(Guid Operation, bool IsTold) : ConversationEvent
{
    /// <summary>Of what was to be done with sound: what became of it.</summary>
    public MediaResult? Result { get; init; }

    /// <summary>More of it, in words.</summary>
    public string? Detail { get; init; }
}

/// <summary>Who takes part has changed, or how: what rosters show. Once for each decision at most.</summary>
/// <param name="Participants">Those who came, left, or are otherwise than before.</param>
public sealed record RosterChanged(ImmutableArray<Guid> Participants) : ConversationEvent;
