using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>Whether media flows. Graph, callMediaState resource type.</summary>
public sealed record CallMediaState
{
    [JsonPropertyName("@odata.type"), JsonPropertyOrder(-1)]
    public string ODataType => "#microsoft.graph.callMediaState";

    public MediaState? Audio { get; init; }
}

/// <summary>The state of one kind of media. Graph, callMediaState resource type.</summary>
[JsonConverter(typeof(GraphEnum<MediaState>))]
public enum MediaState
{
    Active,
    Inactive,
    UnknownFutureValue,
}
