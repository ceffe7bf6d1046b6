using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>One entry of the roster. Graph, participant resource type.</summary>
public sealed record Participant
{
    /// <summary>Of responses only.</summary>
    [JsonPropertyName("@odata.context"), JsonPropertyOrder(-2)]
    public string? ODataContext { get; init; }

    [JsonPropertyName("@odata.type"), JsonPropertyOrder(-1)]
    public string ODataType => "#microsoft.graph.participant";

    public ParticipantInfo? Info { get; init; }

    public IReadOnlyList<MediaStream>? MediaStreams { get; init; }

    public bool? IsMuted { get; init; }

    public bool? IsInLobby { get; init; }

    /// <summary>Not declared, but sent by Graph: what the participant shows of itself, in what was captured nothing.</summary>
    public IReadOnlyList<string>? PublishedStates { get; init; }

    /// <summary>As <see cref="PublishedStates"/>; none in what was captured.</summary>
    public string? MeetingRole { get; init; }

    /// <summary>Declared in beta only, but sent by Graph.</summary>
    public bool? IsIdentityAnonymized { get; init; }

    public RecordingInfo? RecordingInfo { get; init; }

    public string? Metadata { get; init; }

    public RemovedState? RemovedState { get; init; }

    public OnlineMeetingRestricted? RestrictedExperience { get; init; }

    public long? RosterSequenceNumber { get; init; }

    [JsonPropertyOrder(100)]
    public string? Id { get; init; }
}

/// <summary>A media stream of a participant. Graph, mediaStream resource type.</summary>
public sealed record MediaStream
{
    [JsonPropertyName("@odata.type"), JsonPropertyOrder(-1)]
    public string ODataType => "#microsoft.graph.mediaStream";

    public Modality? MediaType { get; init; }

    public string? Label { get; init; }

    public string? SourceId { get; init; }

    public MediaDirection? Direction { get; init; }

    public bool? ServerMuted { get; init; }
}

/// <summary>Which way a stream flows, seen from the participant. Graph, mediaStream resource type.</summary>
[JsonConverter(typeof(GraphEnum<MediaDirection>))]
public enum MediaDirection
{
    Inactive,
    SendOnly,
    ReceiveOnly,
    SendReceive,
}

/// <summary>Whether a participant records. Graph, recordingInfo resource type.</summary>
public sealed record RecordingInfo
{
    [JsonPropertyName("@odata.type"), JsonPropertyOrder(-1)]
    public string ODataType => "#microsoft.graph.recordingInfo";

    public RecordingStatus? RecordingStatus { get; init; }

    public IdentitySet? Initiator { get; init; }
}

/// <summary>The state of a recording. Graph, recordingInfo resource type.</summary>
[JsonConverter(typeof(GraphEnum<RecordingStatus>))]
public enum RecordingStatus
{
    Unknown,
    NotRecording,
    Recording,
    Failed,
    UnknownFutureValue,
}

/// <summary>Why a participant was removed. Graph, removedState resource type.</summary>
public sealed record RemovedState
{
    [JsonPropertyName("@odata.type"), JsonPropertyOrder(-1)]
    public string ODataType => "#microsoft.graph.removedState";

    public string? Reason { get; init; }
}

/// <summary>What a participant may not see. Graph, onlineMeetingRestricted resource type.</summary>
public sealed record OnlineMeetingRestricted
{
    [JsonPropertyName("@odata.type"), JsonPropertyOrder(-1)]
    public string ODataType => "#microsoft.graph.onlineMeetingRestricted";

    public OnlineMeetingContentSharingDisabledReason? ContentSharingDisabled { get; init; }

    public OnlineMeetingVideoDisabledReason? VideoDisabled { get; init; }
}

/// <summary>Why shared content is not shown. Graph, onlineMeetingRestricted resource type.</summary>
[Flags]
[JsonConverter(typeof(GraphEnum<OnlineMeetingContentSharingDisabledReason>))]
public enum OnlineMeetingContentSharingDisabledReason
{
    WatermarkProtection = 1,
    UnknownFutureValue = 2,
}

/// <summary>Why video is not shown. Graph, onlineMeetingRestricted resource type.</summary>
[Flags]
[JsonConverter(typeof(GraphEnum<OnlineMeetingVideoDisabledReason>))]
public enum OnlineMeetingVideoDisabledReason
{
    WatermarkProtection = 1,
    UnknownFutureValue = 2,
}
