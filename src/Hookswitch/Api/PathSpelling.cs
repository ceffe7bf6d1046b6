namespace Hookswitch.Api;

/// <summary>
/// Other spellings of a path lead where the one leads that is mapped: actions qualified by their namespace
/// (<c>/calls/{id}/microsoft.graph.answer</c>), and the former address of calls (<c>/beta/app</c>). Each is one endpoint so: endpoints take
/// time to build, at every start. Whoever answers sees the path as it was written.
/// </summary>
internal static class PathSpelling
{
    private const string Namespace = "/microsoft.graph.";

    private static readonly object Written = new();

    /// <summary>Routes, by the spelling that is mapped.</summary>
    public static void UseSpellingRouting(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            var request = context.Request;
            context.Items[Written] = request.Path;
            request.Path = Mapped(request);
            return next(context);
        });
        app.UseRouting();
        app.Use((context, next) =>
        {
            context.Request.Path = (PathString)context.Items[Written]!;
            return next(context);
        });
    }

    private static PathString Mapped(HttpRequest request)
    {
        var path = request.Path.StartsWithSegments(DeprecatedPaths.App, out var rest) ? new PathString(DeprecatedPaths.Successor).Add(rest) : request.Path;
        var text = path.Value ?? "";
        var last = text.LastIndexOf('/');
        return HttpMethods.IsPost(request.Method) && last >= 0 && text.AsSpan(last).StartsWith(Namespace, StringComparison.OrdinalIgnoreCase)
            ? new PathString($"{text.AsSpan(0, last)}/{text.AsSpan(last + Namespace.Length)}")
            : path;
    }
}
