using System.Collections.Immutable;
using System.Text.Json;
using Hookswitch.Calling;

namespace Hookswitch.Phones;

/// <summary>A meeting to which people and bots can come, or the thread of a group call. Graph, onlineMeeting resource type.</summary>
/// <param name="ThreadId">With the message and the tenant: where it is.</param>
/// <param name="MessageId">0 for scheduled meetings; the message that began it for meetings of a channel.</param>
/// <param name="Organizer">A user; null: nobody organized it.</param>
internal sealed record Meeting(string Id, string Tenant, string ThreadId, string MessageId, Calling.Identity? Organizer)
{
    /// <summary>The message of every meeting that is not a channel's.</summary>
    public const string NoMessage = "0";

    /// <summary>A meeting, or a group call that was agreed on before.</summary>
    public ConversationKind Kind { get; init; } = ConversationKind.Meeting;

    public string? ReplyChainMessageId { get; init; }

    public string? Subject { get; init; }

    /// <summary>Ids of users who may do what the organizer may.</summary>
    public ImmutableArray<string> CoOrganizers { get; init; } = [];

    public DateTimeOffset? StartAt { get; init; }

    public DateTimeOffset? EndAt { get; init; }

    /// <summary>The digits that people type to join it.</summary>
    public required string JoinMeetingId { get; init; }

    /// <summary>What people type after the digits; null: nothing.</summary>
    public string? Passcode { get; init; }

    public LobbyBypass Lobby { get; init; }

    /// <summary>It was called off: nobody can join it.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>It goes on without its organizers.</summary>
    public bool AllowWithoutHost { get; init; } = true;

    /// <summary>Of a group call: it is over when the one who began it leaves.</summary>
    public bool EndsWithInitiator { get; init; }

    /// <summary>How long someone may wait in its lobby; null: as the server's settings say.</summary>
    public TimeSpan? LobbyTime { get; init; }

    /// <summary>How long someone may be alone in it; null: as the server's settings say.</summary>
    public TimeSpan? AloneTime { get; init; }

    /// <summary>In which someone must have joined it; null: as the server's settings say.</summary>
    public TimeSpan? JoinTime { get; init; }

    /// <summary>The operator ends it that long after it began; null: it goes on.</summary>
    public TimeSpan? EndsAfter { get; init; }

    public ImmutableArray<Attendee> Attendees { get; init; } = [];

    public ImmutableArray<Room> Rooms { get; init; } = [];

    public MeetingThread Thread => new(Tenant.ToLowerInvariant(), ThreadId, MessageId);

    /// <summary>The link that people are invited with, and from which bots take what they need to join.</summary>
    /// <remarks>Graph, call resource type: the thread, the message, and the rest as JSON in <c>context</c>.</remarks>
    public string JoinUrl
    {
        get
        {
            var context = new List<KeyValuePair<string, string?>>
            {
                new("Tid", Tenant),
                new("Oid", Organizer?.Id),
                new("MessageId", ReplyChainMessageId),
            };
            var members = context.Where(one => one.Value is not null).Select(one => $"\"{one.Key}\":\"{JsonEncodedText.Encode(one.Value!)}\"");
            return $"https://teams.microsoft.com/l/meetup-join/{Uri.EscapeDataString(ThreadId)}/{Uri.EscapeDataString(MessageId)}"
                + $"?context={Uri.EscapeDataString($"{{{string.Join(',', members)}}}")}";
        }
    }

    /// <summary>Where one of its rooms is.</summary>
    public MeetingThread ThreadOf(Room room) => new(Tenant.ToLowerInvariant(), room.ThreadId, NoMessage);

    /// <summary>What is agreed when it begins.</summary>
    public MeetingTerms Terms(Guid joinKey) => new(Kind, Thread, joinKey)
    {
        Subject = Subject,
        Organizer = Organizer,
        CoOrganizers = CoOrganizers,
        Lobby = Lobby,
        RequiresHost = !AllowWithoutHost,
        EndsWithInitiator = EndsWithInitiator,
        EndsAfter = EndsAfter,
    };

    /// <summary>What is agreed when one of its rooms begins. Whoever does not come from the meeting waits as there.</summary>
    public MeetingTerms Terms(Room room, Guid joinKey) => new(ConversationKind.BreakoutRoom, ThreadOf(room), joinKey)
    {
        Subject = room.Name,
        Organizer = Organizer,
        CoOrganizers = CoOrganizers,
        Lobby = Lobby,
        EndsAfter = room.Duration,
    };
}

/// <summary>A person who is in a meeting when it begins.</summary>
/// <param name="Identity">A user or a guest.</param>
/// <param name="Hidden">No roster shows them.</param>
internal sealed record Attendee(Calling.Identity Identity, MeetingRole Role, Phone Phone, bool Hidden);

/// <summary>A breakout room of a meeting.</summary>
/// <param name="ThreadId">Its own; its message is 0.</param>
/// <param name="Duration">After which its time is over; null: it stays open.</param>
internal sealed record Room(string Name, string ThreadId, TimeSpan? Duration);
