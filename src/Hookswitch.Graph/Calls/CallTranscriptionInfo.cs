using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>Whether a call is being transcribed. Graph, callTranscriptionInfo resource type.</summary>
public sealed record CallTranscriptionInfo
{
    [JsonPropertyName("@odata.type"), JsonPropertyOrder(-1)]
    public string ODataType => "#microsoft.graph.callTranscriptionInfo";

    public CallTranscriptionState? State { get; init; }

    public DateTimeOffset? LastModifiedDateTime { get; init; }
}

/// <summary>The state of a transcription. Graph, callTranscriptionInfo resource type.</summary>
[JsonConverter(typeof(GraphEnum<CallTranscriptionState>))]
public enum CallTranscriptionState
{
    NotStarted,
    Active,
    Inactive,
    UnknownFutureValue,
}
