namespace Hookswitch.Api;

/// <summary>The former address of calls: the same resource, in beta only. Graph, Create call (beta).</summary>
internal static class DeprecatedPaths
{
    public const string App = "/beta/app";

    public const string Successor = "/beta/communications";

    /// <summary>Says on every answer that the address is deprecated, and where its successor is (RFC 8594, RFC 5829).</summary>
    public static void Mark(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments(App, out var rest))
        {
            context.Response.Headers["Deprecation"] = "true"; // Graph publishes no date since when
            context.Response.Headers.Link = $"<{Successor}{rest.ToUriComponent()}>; rel=\"successor-version\"";
        }
    }
}
