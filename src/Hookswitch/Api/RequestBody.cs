using Hookswitch.Graph;
using Microsoft.AspNetCore.Http.Features;

namespace Hookswitch.Api;

/// <summary>A value, or the error that a bot gets instead of it.</summary>
internal readonly record struct Checked<T>(T? Value, GraphError? Error)
    where T : class
{
    /// <summary>Checks further what was good so far.</summary>
    public Checked<TNext> Then<TNext>(Func<T, Checked<TNext>> check)
        where TNext : class => Error is { } error ? error : check(Value!);

    public static implicit operator Checked<T>(T value) => new(value, Error: null);

    public static implicit operator Checked<T>(GraphError error) => new(Value: null, error);
}

/// <summary>Reads what a bot sends.</summary>
internal static class RequestBody
{
    /// <summary>Reads a body that may be left out.</summary>
    public static async Task<Checked<T>> ReadOptional<T>(HttpRequest request)
        where T : class, new() => IsSent(request) ? await Read<T>(request) : new T();

    /// <summary>Whether a body was sent. Some clients announce its type and send none.</summary>
    public static bool IsSent(HttpRequest request) =>
        request.ContentLength != 0 && request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true;

    public static async Task<Checked<T>> Read<T>(HttpRequest request)
        where T : class
    {
        if (request.ContentType is { } type && !type.Contains("json", StringComparison.OrdinalIgnoreCase))
        {
            return GraphError.NotJson;
        }

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted); // the server stops it at the limit
        try
        {
            return GraphJson.Read(body.GetBuffer().AsSpan(0, (int)body.Length), GraphJson.TypeOf<T>());
        }
        catch (MalformedBodyException e)
        {
            return GraphError.InvalidArgument(e.Message);
        }
    }
}
