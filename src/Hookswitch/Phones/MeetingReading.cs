using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml;
using Hookswitch.Calling;

namespace Hookswitch.Phones;

/// <summary>Makes meetings that people wrote into meetings to which people come. Every one passes here, also those that bots create.</summary>
internal static class MeetingReading
{
    /// <summary>More than fit on any screen; each is a leg of the conversation that a meeting begins with.</summary>
    private const int MaxAttendees = 300;

    /// <summary>As many as Teams has.</summary>
    private const int MaxRooms = 50;

    /// <summary>As many as Teams has.</summary>
    private const int MaxCoOrganizers = 10;

    private const int MinDigits = 6;
    private const int MaxDigits = 20;

    /// <summary>No time of a meeting is longer, as no timeout of the server is.</summary>
    private static readonly TimeSpan MaxTime = TimeSpan.FromDays(7);

    private static readonly string[] Instants = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];

    /// <summary>By Graph's word. Graph, lobbyBypassSettings: scope.</summary>
    private static readonly FrozenDictionary<string, LobbyBypass> Lobbies = Words<LobbyBypass>();

    private static readonly FrozenDictionary<string, MeetingRole> Roles = Words<MeetingRole>();

    private static readonly FrozenDictionary<string, ConversationKind> Kinds = Words(ConversationKind.Meeting, ConversationKind.GroupCall);

    /// <exception cref="DirectoryEntryException">A member makes no sense.</exception>
    public static Meeting Meeting(MeetingEntry entry, string defaultTenant)
    {
        var id = Needed(entry.Id, "id");
        var tenant = DirectoryReading.Text(entry.TenantId, "tenantId") ?? defaultTenant;
        var (kind, start, end) = (Word(Kinds, entry.Kind, "kind", ConversationKind.Meeting), Instant(entry.Start, "start"), Instant(entry.End, "end"));
        var meeting = new Meeting(
            id, tenant,
            DirectoryReading.Text(entry.ThreadId, "threadId") ?? DrawThread(tenant, id),
            DirectoryReading.Text(entry.MessageId, "messageId") ?? Phones.Meeting.NoMessage,
            DirectoryReading.Text(entry.Organizer, "organizer") is { } organizer ? new Calling.Identity(IdentityKind.User, organizer) : null)
        {
            Kind = kind,
            ReplyChainMessageId = DirectoryReading.Text(entry.ReplyChainMessageId, "replyChainMessageId"),
            Subject = DirectoryReading.Text(entry.Subject, "subject"),
            CoOrganizers = CoOrganizers(entry.CoOrganizers),
            StartAt = start,
            EndAt = end < start ? throw new DirectoryEntryException("end", "is before 'start'") : end,
            JoinMeetingId = Digits(entry.JoinMeetingId) ?? DrawDigits(tenant, id),
            Passcode = DirectoryReading.Text(entry.Passcode, "passcode"),
            Lobby = Word(Lobbies, entry.Lobby, "lobby", LobbyBypass.Everyone),
            IsCancelled = entry.Cancelled ?? false,
            AllowWithoutHost = entry.AllowConversationWithoutHost ?? true,
            EndsWithInitiator = Only(ConversationKind.GroupCall, kind, "endsWithInitiator", entry.EndsWithInitiator == true),
            LobbyTime = Time(entry.LobbyTime, "lobbyTime"),
            AloneTime = Time(entry.AloneTime, "aloneTime"),
            JoinTime = Time(entry.JoinTime, "joinTime"),
            EndsAfter = Time(entry.EndsAfter, "endsAfter"),
        };
        Only(ConversationKind.Meeting, kind, "rooms", entry.Rooms?.Count > 0);
        return meeting with { Attendees = Attendees(entry.Attendees, meeting), Rooms = Rooms(entry.Rooms, meeting) };
    }

    public static MeetingEntry Entry(Meeting meeting) => new()
    {
        Id = meeting.Id,
        TenantId = meeting.Tenant,
        Kind = WordOf(meeting.Kind),
        Subject = meeting.Subject,
        ThreadId = meeting.ThreadId,
        MessageId = meeting.MessageId,
        ReplyChainMessageId = meeting.ReplyChainMessageId,
        Organizer = meeting.Organizer?.Id,
        CoOrganizers = meeting.CoOrganizers.IsEmpty ? null : meeting.CoOrganizers,
        Start = Text(meeting.StartAt),
        End = Text(meeting.EndAt),
        JoinMeetingId = meeting.JoinMeetingId,
        Passcode = meeting.Passcode,
        Lobby = WordOf(meeting.Lobby),
        Cancelled = meeting.IsCancelled,
        AllowConversationWithoutHost = meeting.AllowWithoutHost,
        EndsWithInitiator = meeting.Kind == ConversationKind.GroupCall ? meeting.EndsWithInitiator : null,
        LobbyTime = Text(meeting.LobbyTime),
        AloneTime = Text(meeting.AloneTime),
        JoinTime = Text(meeting.JoinTime),
        EndsAfter = Text(meeting.EndsAfter),
        Attendees = meeting.Attendees.IsEmpty ? null : [.. meeting.Attendees.Select(Entry)],
        Rooms = meeting.Rooms.IsEmpty ? null
            : [.. meeting.Rooms.Select(room => new RoomEntry { Name = room.Name, ThreadId = room.ThreadId, Duration = Text(room.Duration) })],
    };

    /// <summary>The thread that a meeting has of which nobody said another. The same for the same names.</summary>
    public static string DrawThread(params ReadOnlySpan<string> names) => $"19:meeting_{Base64Url.EncodeToString(Hash(names))}@thread.v2";

    /// <summary>What people type, without the spaces that are there for readers.</summary>
    public static string WithoutSpaces(string typed) => typed.Replace(" ", "", StringComparison.Ordinal);

    private static AttendeeEntry Entry(Attendee attendee) => new()
    {
        User = attendee.Identity.Kind == IdentityKind.User ? attendee.Identity.Id : null,
        Guest = attendee.Identity.Kind == IdentityKind.Guest ? attendee.Identity.Id : null,
        Role = WordOf(attendee.Role),
        Phone = DirectoryReading.Entry(attendee.Phone),
        Hidden = attendee.Hidden ? true : null,
    };

    private static ImmutableArray<string> CoOrganizers(IReadOnlyList<string>? ids) =>
        AtMost(MaxCoOrganizers, ids, "coOrganizers", (id, path) => Needed(id, path));

    private static ImmutableArray<Attendee> Attendees(IReadOnlyList<AttendeeEntry>? entries, Meeting meeting)
    {
        var seen = new HashSet<(IdentityKind, string)>();
        return AtMost(MaxAttendees, entries, "attendees", (entry, path) =>
        {
            var identity = entry switch
            {
                { User: { } user, Guest: null } => new Calling.Identity(IdentityKind.User, Needed(user, $"{path}.user")),
                { User: null, Guest: { } guest } => new Calling.Identity(IdentityKind.Guest, Needed(guest, $"{path}.guest"), guest),
                _ => throw new DirectoryEntryException(path, "must have a 'user' or a 'guest'"),
            };
            if (!seen.Add((identity.Kind, identity.Id.ToUpperInvariant())))
            {
                throw new DirectoryEntryException(path, $"is '{identity.Id}' once more");
            }

            return new Attendee(
                identity, Role(entry!.Role, $"{path}.role", RoleOf(identity, meeting)),
                DirectoryReading.Phone(entry.Phone ?? new PhoneEntry(), $"{path}.phone", whenLeftOut: Script.None), entry.Hidden ?? false);
        });
    }

    private static MeetingRole RoleOf(Calling.Identity identity, Meeting meeting) =>
        identity.Kind != IdentityKind.User ? MeetingRole.Attendee
        : Same(identity.Id, meeting.Organizer?.Id) ? MeetingRole.Organizer
        : meeting.CoOrganizers.Any(one => Same(identity.Id, one)) ? MeetingRole.CoOrganizer
        : MeetingRole.Attendee;

    // Who organizes is said by the meeting: a second word about it could only contradict the first.
    private static MeetingRole Role(string? word, string path, MeetingRole known)
    {
        var role = Word(Roles, word, path, known);
        return role == known || (role < MeetingRole.CoOrganizer && known < MeetingRole.CoOrganizer)
            ? role
            : throw new DirectoryEntryException(path, "is another than 'organizer' and 'coOrganizers' say");
    }

    private static ImmutableArray<Room> Rooms(IReadOnlyList<RoomEntry>? entries, Meeting meeting)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return AtMost(MaxRooms, entries, "rooms", (entry, path) =>
        {
            var name = Needed(entry?.Name, $"{path}.name");
            return new Room(
                names.Add(name) ? name : throw new DirectoryEntryException($"{path}.name", "is that of another room"),
                DirectoryReading.Text(entry!.ThreadId, $"{path}.threadId") ?? DrawThread(meeting.Tenant, meeting.Id, name),
                Time(entry.Duration, $"{path}.duration"));
        });
    }

    private static ImmutableArray<TOut> AtMost<TIn, TOut>(int most, IReadOnlyList<TIn>? entries, string name, Func<TIn?, string, TOut> read) =>
        entries?.Count > most
            ? throw new DirectoryEntryException(name, $"are more than {most}")
            : [.. (entries ?? []).Select((entry, i) => read(entry, DirectoryReading.At(name, i)))];

    private static bool Only(ConversationKind needed, ConversationKind kind, string property, bool isSaid) =>
        isSaid && kind != needed ? throw new DirectoryEntryException(property, $"needs the kind {WordOf(needed)}") : isSaid;

    private static string Needed(string? text, string property) =>
        DirectoryReading.Text(text, property) ?? throw new DirectoryEntryException(property, "is missing");

    private static DateTimeOffset? Instant(string? text, string property) =>
        text is null ? null
        : DateTimeOffset.TryParseExact(text, Instants, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant
        : throw new DirectoryEntryException(property, "must be an instant of ISO 8601, such as 2026-01-31T08:00:00Z");

    private static string? Digits(string? text) =>
        text is null ? null
        : WithoutSpaces(text) is { Length: >= MinDigits and <= MaxDigits } digits && digits.All(char.IsAsciiDigit) ? digits
        : throw new DirectoryEntryException("joinMeetingId", $"must have {MinDigits} to {MaxDigits} digits");

    private static TimeSpan? Time(string? text, string property)
    {
        try
        {
            return text is null ? null
                : XmlConvert.ToTimeSpan(text) is var time && time > TimeSpan.Zero && time <= MaxTime ? time
                : throw new DirectoryEntryException(property, "must be longer than nothing, and P7D at most");
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new DirectoryEntryException(property, "must be an ISO 8601 duration, such as PT30M");
        }
    }

    // Twelve digits, as Teams has them, of which the first is no zero. Two of a million meetings could have the same.
    private static string DrawDigits(params ReadOnlySpan<string> names) => string.Create(
        CultureInfo.InvariantCulture, $"{100_000_000_000 + (BinaryPrimitives.ReadUInt64BigEndian(Hash(names)) % 900_000_000_000)}");

    // Ids are compared without regard to case.
    private static byte[] Hash(ReadOnlySpan<string> names) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', names!).ToUpperInvariant()));

    private static bool Same(string id, string? other) => id.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static string? Text(DateTimeOffset? instant) => instant?.ToString(Instants[0], CultureInfo.InvariantCulture);

    private static string? Text(TimeSpan? time) => time is { } length ? XmlConvert.ToString(length) : null;

    private static T Word<T>(FrozenDictionary<string, T> words, string? word, string property, T whenLeftOut) =>
        word is null ? whenLeftOut
        : words.TryGetValue(word, out var value) ? value
        : throw new DirectoryEntryException(property, $"must be one of {string.Join(", ", words.Keys.Order(StringComparer.Ordinal))}");

    private static FrozenDictionary<string, T> Words<T>(params ReadOnlySpan<T> values)
        where T : struct, Enum =>
        (values.IsEmpty ? Enum.GetValues<T>() : values.ToArray()).ToFrozenDictionary(WordOf, StringComparer.OrdinalIgnoreCase);

    private static string WordOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
