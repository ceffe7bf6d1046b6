using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>The chat that belongs to a meeting. Graph, chatInfo resource type.</summary>
public sealed record ChatInfo
{
    [JsonPropertyName("@odata.type"), JsonPropertyOrder(-1)]
    public string ODataType => "#microsoft.graph.chatInfo";

    public string? ThreadId { get; init; }

    public string? MessageId { get; init; }

    public string? ReplyChainMessageId { get; init; }
}
