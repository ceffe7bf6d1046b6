namespace Hookswitch.Phones;

/// <summary>A meeting, as people write it. What is left out takes its default.</summary>
internal sealed record MeetingEntry
{
    public string? Id { get; init; }

    /// <summary>Left out: the development tenant.</summary>
    public string? TenantId { get; init; }

    /// <summary>meeting or groupCall. Left out: meeting.</summary>
    public string? Kind { get; init; }

    public string? Subject { get; init; }

    /// <summary>Left out: made from the tenant and the id, so that it is the same after a restart.</summary>
    public string? ThreadId { get; init; }

    /// <summary>The message of a channel that began it. Left out: 0.</summary>
    public string? MessageId { get; init; }

    public string? ReplyChainMessageId { get; init; }

    /// <summary>The id of a user. Left out: nobody organized it.</summary>
    public string? Organizer { get; init; }

    /// <summary>Ids of users. Left out: none.</summary>
    public IReadOnlyList<string>? CoOrganizers { get; init; }

    /// <summary>An instant of ISO 8601; UTC where it does not say.</summary>
    public string? Start { get; init; }

    /// <summary>The same.</summary>
    public string? End { get; init; }

    /// <summary>Digits; spaces between them are for readers. Left out: made from the tenant and the id.</summary>
    public string? JoinMeetingId { get; init; }

    /// <summary>Left out: none is asked for.</summary>
    public string? Passcode { get; init; }

    /// <summary>Who need not wait, as Graph's lobbyBypassScope. Left out: everyone.</summary>
    public string? Lobby { get; init; }

    /// <summary>Left out: false.</summary>
    public bool? Cancelled { get; init; }

    /// <summary>Left out: true.</summary>
    public bool? AllowConversationWithoutHost { get; init; }

    /// <summary>Of a group call: it is over when the one who began it leaves. Left out: false.</summary>
    public bool? EndsWithInitiator { get; init; }

    /// <summary>How long someone may wait in the lobby: an ISO 8601 duration. Left out: as the server's settings say.</summary>
    public string? LobbyTime { get; init; }

    /// <summary>How long someone may be alone. Left out: as the server's settings say.</summary>
    public string? AloneTime { get; init; }

    /// <summary>In which someone must have joined. Left out: as the server's settings say.</summary>
    public string? JoinTime { get; init; }

    /// <summary>The operator ends it that long after it began. Left out: it goes on.</summary>
    public string? EndsAfter { get; init; }

    /// <summary>As the server shows it: what people and bots are given to join. Not read.</summary>
    public string? JoinUrl { get; init; }

    /// <summary>Who is in it when it begins. Left out: nobody.</summary>
    public IReadOnlyList<AttendeeEntry>? Attendees { get; init; }

    /// <summary>Breakout rooms. Left out: none.</summary>
    public IReadOnlyList<RoomEntry>? Rooms { get; init; }
}

/// <summary>A person in a meeting, as people write it: a user or a guest.</summary>
internal sealed record AttendeeEntry
{
    /// <summary>The id of a user.</summary>
    public string? User { get; init; }

    /// <summary>The name of someone who has no account, which is their id as well.</summary>
    public string? Guest { get; init; }

    /// <summary>attendee or presenter. Who organizes it is said once, by the meeting. Left out: attendee.</summary>
    public string? Role { get; init; }

    /// <summary>Left out: one that does nothing by itself.</summary>
    public PhoneEntry? Phone { get; init; }

    /// <summary>No roster shows them. Left out: false.</summary>
    public bool? Hidden { get; init; }
}

/// <summary>A breakout room, as people write it.</summary>
internal sealed record RoomEntry
{
    public string? Name { get; init; }

    /// <summary>Left out: made from the tenant, the id of the meeting and the name.</summary>
    public string? ThreadId { get; init; }

    /// <summary>After which its time is over: an ISO 8601 duration. Left out: it stays open.</summary>
    public string? Duration { get; init; }
}
