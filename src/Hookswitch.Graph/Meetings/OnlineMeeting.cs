using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>A meeting that was agreed on: what a bot needs to join it. Graph, onlineMeeting resource type.</summary>
public sealed record OnlineMeeting
{
    [JsonPropertyName("@odata.context"), JsonPropertyOrder(-2)]
    public string? ODataContext { get; init; }

    [JsonPropertyName("@odata.type"), JsonPropertyOrder(-1)]
    public string ODataType => "#microsoft.graph.onlineMeeting";

    public string? Id { get; init; }

    public string? Subject { get; init; }

    [JsonConverter(typeof(UtcInstant))]
    public DateTimeOffset? StartDateTime { get; init; }

    [JsonConverter(typeof(UtcInstant))]
    public DateTimeOffset? EndDateTime { get; init; }

    public string? JoinWebUrl { get; init; }

    public ChatInfo? ChatInfo { get; init; }

    public MeetingParticipants? Participants { get; init; }

    public JoinMeetingIdSettings? JoinMeetingIdSettings { get; init; }

    public LobbyBypassSettings? LobbyBypassSettings { get; init; }
}

/// <summary>Who organizes a meeting, and who is invited. Graph, meetingParticipants resource type.</summary>
public sealed record MeetingParticipants
{
    [JsonPropertyName("@odata.type"), JsonPropertyOrder(-1)]
    public string ODataType => "#microsoft.graph.meetingParticipants";

    public MeetingParticipantInfo? Organizer { get; init; }

    public IReadOnlyList<MeetingParticipantInfo>? Attendees { get; init; }
}

/// <summary>Someone who is invited to a meeting. Graph, meetingParticipantInfo resource type.</summary>
public sealed record MeetingParticipantInfo
{
    [JsonPropertyName("@odata.type"), JsonPropertyOrder(-1)]
    public string ODataType => "#microsoft.graph.meetingParticipantInfo";

    public IdentitySet? Identity { get; init; }

    public string? Upn { get; init; }

    public OnlineMeetingRole? Role { get; init; }
}

/// <summary>What someone may do in a meeting. Graph, meetingParticipantInfo resource type.</summary>
[JsonConverter(typeof(GraphEnum<OnlineMeetingRole>))]
public enum OnlineMeetingRole
{
    Attendee,
    Presenter,
    UnknownFutureValue,
    Producer,
    Coorganizer,
}

/// <summary>What people type to join a meeting. Graph, joinMeetingIdSettings resource type.</summary>
public sealed record JoinMeetingIdSettings
{
    [JsonPropertyName("@odata.type"), JsonPropertyOrder(-1)]
    public string ODataType => "#microsoft.graph.joinMeetingIdSettings";

    public string? JoinMeetingId { get; init; }

    public string? Passcode { get; init; }

    public bool? IsPasscodeRequired { get; init; }
}

/// <summary>Who need not wait in the lobby. Graph, lobbyBypassSettings resource type.</summary>
public sealed record LobbyBypassSettings
{
    [JsonPropertyName("@odata.type"), JsonPropertyOrder(-1)]
    public string ODataType => "#microsoft.graph.lobbyBypassSettings";

    public LobbyBypassScope? Scope { get; init; }

    public bool? IsDialInBypassEnabled { get; init; }
}

/// <summary>Who need not wait in the lobby. Graph, lobbyBypassSettings resource type.</summary>
[JsonConverter(typeof(GraphEnum<LobbyBypassScope>))]
public enum LobbyBypassScope
{
    Organizer,
    Organization,
    OrganizationAndFederated,
    Everyone,
    UnknownFutureValue,
    Invited,
    OrganizationExcludingGuests,
}

/// <summary>Graph writes instants in UTC, and says so with a Z.</summary>
internal sealed class UtcInstant : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String && reader.TryGetDateTimeOffset(out var instant) ? instant : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime);
}
