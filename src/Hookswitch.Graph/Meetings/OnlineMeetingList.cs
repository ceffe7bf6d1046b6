using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>Meetings that were found. Graph, Get onlineMeeting.</summary>
public sealed record OnlineMeetingList
{
    [JsonPropertyName("@odata.context"), JsonPropertyOrder(-1)]
    public string? ODataContext { get; init; }

    public IReadOnlyList<OnlineMeeting>? Value { get; init; }
}
