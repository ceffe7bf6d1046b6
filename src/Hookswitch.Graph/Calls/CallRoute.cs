using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>How a call came to the bot that it was not placed to. Graph, callRoute resource type.</summary>
public sealed record CallRoute
{
    [JsonPropertyName("@odata.type"), JsonPropertyOrder(-1)]
    public string ODataType => "#microsoft.graph.callRoute";

    public RoutingType? RoutingType { get; init; }

    public IdentitySet? Original { get; init; }

    public IdentitySet? Final { get; init; }
}

/// <summary>Why a call was routed on. Graph, callRoute resource type.</summary>
[JsonConverter(typeof(GraphEnum<RoutingType>))]
public enum RoutingType
{
    Forwarded,
    Lookup,
    SelfFork,
    UnknownFutureValue,
}
