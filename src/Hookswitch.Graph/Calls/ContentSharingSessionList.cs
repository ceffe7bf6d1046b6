using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>What is shared in a call, as a response lists it. Graph, Data format.</summary>
public sealed record ContentSharingSessionList
{
    [JsonPropertyName("@odata.context"), JsonPropertyOrder(-1)]
    public string? ODataContext { get; init; }

    public IReadOnlyList<ContentSharingSession>? Value { get; init; }
}
