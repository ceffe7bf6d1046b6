using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>On whose behalf an incoming call was placed. Graph, incomingContext resource type.</summary>
public sealed record IncomingContext
{
    [JsonPropertyName("@odata.type"), JsonPropertyOrder(-1)]
    public string ODataType => "#microsoft.graph.incomingContext";

    public string? SourceParticipantId { get; init; }

    /// <summary>The participant that a recording bot is to record.</summary>
    public string? ObservedParticipantId { get; init; }

    public IdentitySet? OnBehalfOf { get; init; }

    public IdentitySet? Transferor { get; init; }
}
