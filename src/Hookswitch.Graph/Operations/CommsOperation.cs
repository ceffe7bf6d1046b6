using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>Something a bot asked for that takes its time. Graph, commsOperation resource type.</summary>
public sealed record CommsOperation
{
    [JsonPropertyName("@odata.type"), JsonPropertyOrder(-1)]
    public string ODataType => "#microsoft.graph.commsOperation";

    public OperationStatus? Status { get; init; }

    /// <summary>What the bot sent with its request, by which it finds the answer.</summary>
    public string? ClientContext { get; init; }

    public ResultInfo? ResultInfo { get; init; }

    [JsonPropertyOrder(100)]
    public string? Id { get; init; }
}

/// <summary>How far an operation is. Graph, commsOperation resource type.</summary>
[JsonConverter(typeof(GraphEnum<OperationStatus>))]
public enum OperationStatus
{
    NotStarted,
    Running,
    Completed,
    Failed,
}
