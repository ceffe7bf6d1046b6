using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>The operations of a call, as a response lists them. Graph, Data format.</summary>
public sealed record OperationList
{
    [JsonPropertyName("@odata.context"), JsonPropertyOrder(-1)]
    public string? ODataContext { get; init; }

    public IReadOnlyList<CommsOperation>? Value { get; init; }
}
