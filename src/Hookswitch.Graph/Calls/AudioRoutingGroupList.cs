using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>The routing groups of a call, as a response lists them. Graph, Data format.</summary>
public sealed record AudioRoutingGroupList
{
    [JsonPropertyName("@odata.context"), JsonPropertyOrder(-1)]
    public string? ODataContext { get; init; }

    public IReadOnlyList<AudioRoutingGroup>? Value { get; init; }
}
