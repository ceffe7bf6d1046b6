using System.Collections.Immutable;

namespace Hookswitch.Calling;

/// <summary>A bot calls several at once. Starts the conversation. Graph, Create call.</summary>
public sealed record PlaceGroupCall(Guid CallChain, Party Caller, ImmutableArray<Invitee> Invitees, MeetingTerms Terms) : Command
{
    /// <summary>The times of this conversation; null: those of the server.</summary>
    public Timeouts? Timeouts { get; init; }
}

/// <summary>Someone joins a meeting or a group call; the first to join starts the conversation. Graph, Create call.</summary>
/// <param name="Terms">What is agreed if the conversation begins now.</param>
public sealed record Join(Guid CallChain, Party Party, MeetingTerms Terms) : Command
{
    /// <summary>Those who are there when the conversation begins.</summary>
    public ImmutableArray<Party> Company { get; init; } = [];

    /// <summary>The times of the conversation, if it begins now; null: those of the server.</summary>
    public Timeouts? Timeouts { get; init; }

    /// <summary>It does not stay without someone who could host. Graph, <c>allowConversationWithoutHost</c> is false.</summary>
    public bool RequiresHost { get; init; }

    /// <summary>It need not wait in the lobby though it is a guest. Graph, <c>allowGuestToBypassLobby</c>.</summary>
    public bool BypassesLobby { get; init; }
}

/// <summary>A bot calls others into its call. Graph, participant: invite.</summary>
/// <param name="Terms">With which a peer-to-peer call becomes a group call.</param>
public sealed record Invite(
    LegId Leg, AppId Application, Guid Operation, string? ClientContext, ImmutableArray<Invitee> Invitees, MeetingTerms Terms) : Command;

/// <summary>A bot removes someone, or takes an invitation back. Graph, Delete participant.</summary>
public sealed record RemoveParticipant(LegId Leg, AppId Application, Guid Participant) : Command;

/// <summary>A bot mutes someone. Graph, participant: mute.</summary>
public sealed record MuteParticipant(LegId Leg, AppId Application, Guid Participant, Guid Operation, string? ClientContext) : Command;

/// <summary>A bot mutes itself. Graph, call: mute.</summary>
public sealed record Mute(LegId Leg, AppId Application, Guid Operation, string? ClientContext) : Command;

/// <summary>A bot unmutes itself, whoever muted it. Graph, call: unmute.</summary>
public sealed record Unmute(LegId Leg, AppId Application, Guid Operation, string? ClientContext) : Command;

/// <summary>A bot lets someone in who waits in the lobby. Graph, beta: admitFromLobby, admitAllFromLobby.</summary>
/// <param name="Participant">Null: all who wait.</param>
public sealed record AdmitFromLobby(LegId Leg, AppId Application, Guid? Participant, Guid Operation, string? ClientContext) : Command;

/// <summary>A bot refuses someone entry who waits in the lobby. Graph, beta: removeFromLobby.</summary>
public sealed record RemoveFromLobby(LegId Leg, AppId Application, Guid Participant, Guid Operation, string? ClientContext) : Command;

/// <summary>A bot makes a way of sound between participants. Graph, Create audioRoutingGroup.</summary>
public sealed record CreateRoutingGroup(LegId Leg, AppId Application, RoutingGroup Group) : Command;

/// <summary>A bot changes a way of sound that it made; null: that stays. Graph, Update audioRoutingGroup.</summary>
public sealed record UpdateRoutingGroup(LegId Leg, AppId Application, string Group) : Command
{
    public RoutingMode? Mode { get; init; }

    public ImmutableArray<Guid>? Sources { get; init; }

    public ImmutableArray<Guid>? Receivers { get; init; }
}

/// <summary>A bot takes a way of sound away. Graph, Delete audioRoutingGroup.</summary>
public sealed record DeleteRoutingGroup(LegId Leg, AppId Application, string Group) : Command;

/// <summary>A bot begins, or ceases, to share a screen. Graph, call: changeScreenSharingRole.</summary>
public sealed record ChangeScreenSharingRole(LegId Leg, AppId Application, ScreenSharingRole Role) : Command;

/// <summary>The operator ends the conversation for everyone.</summary>
public sealed record EndConversation : Command;

/// <summary>People of a meeting go to a breakout room.</summary>
/// <param name="Room">What is agreed of the room; it begins with whoever comes first.</param>
/// <param name="Participants">Who goes.</param>
public sealed record OpenRoom(MeetingTerms Room, ImmutableArray<Guid> Participants) : Command;

/// <summary>The breakout room is closed before its time: people go back to the main room, bots are told that it is over.</summary>
public sealed record CloseRoom : Command;

/// <summary>A call in another conversation replaces this bot's peer-to-peer call: the other party is to go there. May come again.</summary>
/// <param name="Participant">The id of the invitation, there.</param>
public sealed record Release(LegId Leg, AppId Application, ConversationId To, Guid Participant) : Command;

/// <summary>A person comes from another conversation. May come again.</summary>
/// <param name="Terms">What is agreed if the conversation begins now; null: it must live, unless it is one between two.</param>
public sealed record Arrive(Guid CallChain, Party Party, MeetingTerms? Terms) : Command
{
    /// <summary>It was muted where it comes from, and stays so.</summary>
    public bool Muted { get; init; }

    /// <summary>The participant whom it meets here, between the two of them; null: it comes to others.</summary>
    public Guid? Meets { get; init; }

    /// <summary>It held the call where it comes from, and still does.</summary>
    public bool OnHold { get; init; }

    /// <summary>The times of the conversation, if it begins now; null: those of the server.</summary>
    public Timeouts? Timeouts { get; init; }
}

/// <summary>The other conversation has taken the person, or never will.</summary>
/// <param name="Leg">That departs from here.</param>
public sealed record DepartureAnswered(LegId Leg, bool Arrived) : Command;

/// <summary>The call that was to be replaced is not there.</summary>
/// <param name="Participant">The id of the invitation.</param>
public sealed record ReplacementRefused(Guid Participant) : Command;
