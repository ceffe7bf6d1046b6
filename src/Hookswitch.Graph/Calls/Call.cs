using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>A call as the bot that owns it sees it. Graph, call resource type.</summary>
public sealed record Call
{
    [JsonPropertyName("@odata.context"), JsonPropertyOrder(-2)]
    public string? ODataContext { get; init; }

    [JsonPropertyName("@odata.type"), JsonPropertyOrder(-1)]
    public string ODataType => "#microsoft.graph.call";

    // The order of the members is the order of the documented notifications.
    public CallState? State { get; init; }

    public CallDirection? Direction { get; init; }

    /// <summary>Why the call ended; null while it lives.</summary>
    public ResultInfo? ResultInfo { get; init; }

    public CallMediaState? MediaState { get; init; }

    public ToneInfo? ToneInfo { get; init; }

    /// <summary>The same for all calls that belong together, such as the legs of a transfer.</summary>
    public string? CallChainId { get; init; }

    public string? Subject { get; init; }

    /// <summary>Where the notifications of this call go.</summary>
    public string? CallbackUri { get; init; }

    public IReadOnlyList<CallRoute>? CallRoutes { get; init; }

    public ParticipantInfo? Source { get; init; }

    public IReadOnlyList<InvitationParticipantInfo>? Targets { get; init; }

    public IReadOnlyList<Modality>? RequestedModalities { get; init; }

    public MediaConfig? MediaConfig { get; init; }

    public CallOptions? CallOptions { get; init; }

    public ChatInfo? ChatInfo { get; init; }

    public MeetingInfo? MeetingInfo { get; init; }

    public CallTranscriptionInfo? Transcription { get; init; }

    public IncomingContext? IncomingContext { get; init; }

    public string? TenantId { get; init; }

    /// <summary>The roster entry of the bot itself.</summary>
    public string? MyParticipantId { get; init; }

    // Navigations: Graph leaves them out unless they are asked for.
    public IReadOnlyList<AudioRoutingGroup>? AudioRoutingGroups { get; init; }

    public IReadOnlyList<ContentSharingSession>? ContentSharingSessions { get; init; }

    public IReadOnlyList<CommsOperation>? Operations { get; init; }

    public IReadOnlyList<Participant>? Participants { get; init; }

    [JsonPropertyOrder(100)]
    public string? Id { get; init; }
}

/// <summary>Where a call is in its life. Graph, call resource type.</summary>
[JsonConverter(typeof(GraphEnum<CallState>))]
public enum CallState
{
    Incoming,
    Establishing,
    /// <summary>Beta only: the phone of an outgoing call rings.</summary>
    Ringing,
    Established,
    Hold,
    Transferring,
    TransferAccepted,
    Redirecting,
    Terminating,
    Terminated,
    UnknownFutureValue,
}

/// <summary>Who placed the call, seen from the bot. Graph, call resource type.</summary>
[JsonConverter(typeof(GraphEnum<CallDirection>))]
public enum CallDirection
{
    Incoming,
    Outgoing,
}

/// <summary>A kind of media in a call. Graph, call resource type.</summary>
[JsonConverter(typeof(GraphEnum<Modality>))]
public enum Modality
{
    Audio,
    Video,
    VideoBasedScreenSharing,
    Data,
    UnknownFutureValue,
}
