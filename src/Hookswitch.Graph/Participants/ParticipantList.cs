using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>The roster of a call, as a response lists it. Graph, List participants.</summary>
public sealed record ParticipantList
{
    [JsonPropertyName("@odata.context"), JsonPropertyOrder(-1)]
    public string? ODataContext { get; init; }

    public IReadOnlyList<Participant>? Value { get; init; }
}
