using System.Collections.Immutable;

namespace Hookswitch.Calling;

/// <summary>Where a meeting or a group call is. Unique among conversations that live. Graph, chatInfo.</summary>
/// <param name="Thread">Such as <c>19:meeting_…@thread.v2</c> (scheduled) or <c>19:…@thread.skype</c> (a channel's).</param>
/// <param name="Message">0 for scheduled meetings; the message that began it for meetings of a channel.</param>
public sealed record MeetingThread(string Tenant, string Thread, string Message);

/// <summary>Who need not wait in the lobby. Graph, lobbyBypassSettings. The organizers never wait.</summary>
public enum LobbyBypass
{
    Everyone,
    OrganizationAndFederated,
    Organization,
    OrganizationExcludingGuests,

    /// <summary>Those who were invited by name.</summary>
    Invited,
    Organizer,
}

/// <summary>What someone may do in a meeting. Graph, onlineMeetingRole.</summary>
public enum MeetingRole
{
    Attendee,
    Presenter,
    CoOrganizer,
    Organizer,
}

/// <summary>What is agreed of a conversation of many when it begins.</summary>
/// <param name="JoinKey">Chance as an argument: whoever shows it may join by a token.</param>
public sealed record MeetingTerms(ConversationKind Kind, MeetingThread Thread, Guid JoinKey)
{
    public string? Subject { get; init; }

    /// <summary>Null: nobody organized it.</summary>
    public Identity? Organizer { get; init; }

    /// <summary>Ids of those who were invited by name. A guest calls itself what it likes, and is none of them.</summary>
    public ImmutableArray<string> Invited { get; init; } = [];

    /// <summary>Ids of users who may do what the organizer may.</summary>
    public ImmutableArray<string> CoOrganizers { get; init; } = [];

    public LobbyBypass Lobby { get; init; }

    /// <summary>It ends for whoever is in it when the last one leaves who could host it.</summary>
    public bool RequiresHost { get; init; }

    /// <summary>Of a group call: it is over when the one who began it leaves.</summary>
    public bool EndsWithInitiator { get; init; }

    /// <summary>Whoever joins has a conversation of their own: it is not to be shared.</summary>
    public bool StandsAlone { get; init; }

    /// <summary>Since it began: then a breakout room's time is over, and any other conversation is ended by its operator. Null: it goes on.</summary>
    public TimeSpan? EndsAfter { get; init; }

    /// <summary>Of a breakout room: the meeting to which people go back. Null: to none.</summary>
    public MeetingTerms? MainRoom { get; init; }
}
