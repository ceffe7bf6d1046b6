using System.Text.Json;

namespace Hookswitch.Graph;

/// <summary>What became of the requests of a batch. Graph, JSON batching.</summary>
public sealed record BatchResponses
{
    public IReadOnlyList<BatchResponse>? Responses { get; init; }
}

/// <summary>The response to one request of a batch. Graph, JSON batching.</summary>
public sealed record BatchResponse
{
    /// <summary>That of the request.</summary>
    public string? Id { get; init; }

    public int Status { get; init; }

    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>Null: the response has none.</summary>
    public JsonElement? Body { get; init; }
}
