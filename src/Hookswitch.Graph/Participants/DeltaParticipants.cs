using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>Who came, changed or went since the last update of the roster. Graph, deltaParticipants resource type.</summary>
public sealed record DeltaParticipants
{
    [JsonPropertyName("@odata.type"), JsonPropertyOrder(-1)]
    public string ODataType => "#microsoft.graph.deltaParticipants";

    public IReadOnlyList<Participant>? Participants { get; init; }

    /// <summary>Orders the updates.</summary>
    public long? SequenceNumber { get; init; }

    [JsonPropertyOrder(100)]
    public string? Id { get; init; }
}
