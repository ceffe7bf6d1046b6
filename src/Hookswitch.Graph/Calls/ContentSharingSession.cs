using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>Content that someone shares in a call. Graph, contentSharingSession resource type.</summary>
public sealed record ContentSharingSession
{
    [JsonPropertyName("@odata.type"), JsonPropertyOrder(-1)]
    public string ODataType => "#microsoft.graph.contentSharingSession";

    [JsonPropertyOrder(100)]
    public string? Id { get; init; }
}
