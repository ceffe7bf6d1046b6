using Hookswitch.Identity;

namespace Hookswitch.Api;

/// <summary>Answers for a cloud that does not offer an operation, or the whole API, in the version that is asked for.</summary>
internal static class CloudOffer
{
    private const string Qualifier = "microsoft.graph.";

    /// <summary>Null: it is offered, as far as the cloud goes.</summary>
    public static GraphError? Refuse(Cloud cloud, HttpRequest request)
    {
        if (request.Path.Value?.Split('/', StringSplitOptions.RemoveEmptyEntries) is not [var version, var root, .. var rest]
            || !(Is(root, "communications") || Is(root, "app") || (Is(root, "users") && rest is [_, var owned, ..] && Is(owned, "onlineMeetings"))))
        {
            return null;
        }

        var operations = rest is [var kind, .. var below] && Is(kind, "calls") ? Operations(below) : [];
        return cloud.Lacks.FirstOrDefault(lack => lack.Covers(version, request.Method, operations)) is { } lacking
            ? new GraphError(400, "BadRequest", $"The cloud {cloud.Name} does not offer {lacking.Name} in {version}.")
            : null;
    }

    // Below calls/{id}: an action or what the call contains, plain or qualified. Nothing: the call itself.
    private static string[] Operations(string[] segments) => segments switch
    {
        [] => [],
        [_] => [Lack.Call],
        [_, .. var names] => [.. names.Select(name => name.StartsWith(Qualifier, StringComparison.OrdinalIgnoreCase) ? name[Qualifier.Length..] : name)],
    };

    private static bool Is(string segment, string name) => segment.Equals(name, StringComparison.OrdinalIgnoreCase);
}
