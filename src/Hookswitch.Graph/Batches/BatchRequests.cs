using System.Text.Json;

namespace Hookswitch.Graph;

/// <summary>Several requests in one body. Graph, JSON batching.</summary>
public sealed record BatchRequests
{
    public IReadOnlyList<BatchRequest>? Requests { get; init; }
}

/// <summary>One request of a batch. Graph, JSON batching.</summary>
public sealed record BatchRequest
{
    /// <summary>By which its response is found, and by which others depend on it.</summary>
    public string? Id { get; init; }

    public string? Method { get; init; }

    /// <summary>Relative to the version.</summary>
    public string? Url { get; init; }

    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    public JsonElement? Body { get; init; }

    /// <summary>The ids of those that have to succeed first.</summary>
    public IReadOnlyList<string>? DependsOn { get; init; }
}
