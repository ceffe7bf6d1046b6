using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>Who hears whom in a group call. Graph, audioRoutingGroup resource type.</summary>
public sealed record AudioRoutingGroup
{
    /// <summary>Of responses only.</summary>
    [JsonPropertyName("@odata.context"), JsonPropertyOrder(-2)]
    public string? ODataContext { get; init; }

    [JsonPropertyName("@odata.type"), JsonPropertyOrder(-1)]
    public string ODataType => "#microsoft.graph.audioRoutingGroup";

    public RoutingMode? RoutingMode { get; init; }

    /// <summary>Ids of participants.</summary>
    public IReadOnlyList<string>? Sources { get; init; }

    /// <summary>Ids of participants.</summary>
    public IReadOnlyList<string>? Receivers { get; init; }

    [JsonPropertyOrder(100)]
    public string? Id { get; init; }
}

/// <summary>How many may hear. Graph, audioRoutingGroup resource type.</summary>
[JsonConverter(typeof(GraphEnum<RoutingMode>))]
public enum RoutingMode
{
    OneToOne,
    Multicast,
    UnknownFutureValue,
}
