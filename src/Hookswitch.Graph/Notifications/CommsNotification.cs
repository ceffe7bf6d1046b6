using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>What is posted to a callback. Graph, commsNotifications resource type.</summary>
public sealed record CommsNotifications
{
    [JsonPropertyName("@odata.type"), JsonPropertyOrder(-1)]
    public string ODataType => "#microsoft.graph.commsNotifications";

    public IReadOnlyList<CommsNotification>? Value { get; init; }
}

/// <summary>One change of one resource. Graph, commsNotification resource type.</summary>
public sealed record CommsNotification
{
    [JsonPropertyName("@odata.type"), JsonPropertyOrder(-1)]
    public string ODataType => "#microsoft.graph.commsNotification";

    public ChangeType? ChangeType { get; init; }

    /// <summary>Deprecated: the address below /app. Sent beside <see cref="ResourceUrl"/>, or not at all.</summary>
    public string? Resource { get; init; }

    /// <summary>The address without host and version, such as /communications/calls/{id}.</summary>
    public string? ResourceUrl { get; init; }

    /// <summary>The resource after the change. Not declared on the open type.</summary>
    public ResourceData? ResourceData { get; init; }
}

/// <summary>What happened to the resource. Graph, commsNotification resource type.</summary>
[JsonConverter(typeof(GraphEnum<ChangeType>))]
public enum ChangeType
{
    Created,
    Updated,
    Deleted,
}
