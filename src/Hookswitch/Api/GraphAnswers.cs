using Hookswitch.Graph;

namespace Hookswitch.Api;

/// <summary>What all answers with a resource share.</summary>
internal static class GraphAnswers
{
    /// <summary>The address of the API in the version in which it was asked.</summary>
    public static string Root(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}{Version(context.Request)}";

    /// <summary>The version in which it was asked, as a path.</summary>
    public static PathString Version(HttpRequest request) => IsBeta(request) ? "/beta" : "/v1.0";

    public static bool IsBeta(HttpRequest request) => !request.Path.StartsWithSegments("/v1.0");

    /// <summary>200 with a resource, as Graph writes it.</summary>
    public static IResult Ok<T>(T resource) => Of(resource, StatusCodes.Status200OK);

    /// <summary>A resource, as Graph writes it.</summary>
    public static IResult Of<T>(T resource, int status) => TypedResults.Json(resource, GraphJson.EntityOf<T>(), statusCode: status);
}
