using Hookswitch.Graph;

namespace Hookswitch.Api;

/// <summary>The requests of a batch, checked. Graph, JSON batching.</summary>
/// <param name="Requests">In the order in which they are answered.</param>
/// <param name="Sequence">In the order in which they are run: each after those on which it depends.</param>
internal sealed record BatchOrder(IReadOnlyList<BatchRequest> Requests, IReadOnlyList<BatchRequest> Sequence)
{
    /// <summary>Graph, JSON batching.</summary>
    private const int MaxRequests = 20;

    /// <summary>Reports the first bad member, by its path. Then nothing of the batch is run.</summary>
    public static Checked<BatchOrder> From(BatchRequests body)
    {
        if (body.Requests is not { Count: > 0 } requests)
        {
            return GraphError.InvalidArgument("requests", "is missing");
        }

        if (requests.Count > MaxRequests)
        {
            return GraphError.InvalidArgument("requests", $"has {requests.Count}: {MaxRequests} at most can be sent at once");
        }

        if (requests.Select((one, index) => Problem(requests, one, index)).FirstOrDefault(found => found is not null) is { } problem)
        {
            return problem;
        }

        var sequence = InSequence(requests);
        return sequence.Count == requests.Count
            ? new BatchOrder(requests, sequence)
            : GraphError.InvalidArgument("requests", "depend on each other in a circle");
    }

    private static GraphError? Problem(IReadOnlyList<BatchRequest> requests, BatchRequest request, int index)
    {
        return request switch
        {
            { Id: null or "" } => At("id", "is missing"),
            { Id: { } id } when requests.Take(index).Any(one => one.Id == id) => At("id", "is that of another request"),
            { Method: null or "" } => At("method", "is missing"),
            { Method: { } method } when !method.All(char.IsAsciiLetter) => At("method", "must be a method of HTTP, such as GET"),
            { Url: null or "" } => At("url", "is missing"),
            { Url: { } url } when IsAbsolute(url) => At("url", "must be relative to the version, such as /communications/calls"),
            _ when request.DependsOn?.FirstOrDefault(id => !requests.Any(one => one.Id == id)) is not null =>
                At("dependsOn", "names an id that no request of the batch has"),
            _ => null,
        };

        GraphError At(string member, string problem) => GraphError.InvalidArgument($"requests[{index}].{member}", problem);
    }

    private static bool IsAbsolute(string url) =>
        url.StartsWith("//", StringComparison.Ordinal)
        || url.StartsWith("http:", StringComparison.OrdinalIgnoreCase)
        || url.StartsWith("https:", StringComparison.OrdinalIgnoreCase);

    // As they stand, but for those that have to wait. What depends on itself never comes.
    private static List<BatchRequest> InSequence(IReadOnlyList<BatchRequest> requests)
    {
        var (sequence, run) = (new List<BatchRequest>(), new HashSet<string>());
        while (requests.FirstOrDefault(one => !run.Contains(one.Id!) && (one.DependsOn ?? []).All(run.Contains)) is { } next)
        {
            sequence.Add(next);
            run.Add(next.Id!);
        }

        return sequence;
    }
}
