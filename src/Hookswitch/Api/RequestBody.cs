using Hookswitch.Graph;

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
    /// <exception cref="BadHttpRequestException">The body is larger than the server reads.</exception>
    public static async Task<Checked<T>> Read<T>(HttpRequest request)
        where T : class => (await Receive(request)).Then(Parse<T>);

    /// <summary>Reads a body that may be left out. Some clients announce its type and send none.</summary>
    /// <exception cref="BadHttpRequestException">The body is larger than the server reads.</exception>
    public static async Task<Checked<T>> ReadOptional<T>(HttpRequest request)
        where T : class, new() => (await Receive(request)).Then(body => body.Length == 0 ? new T() : Parse<T>(body));

    private static async Task<Checked<MemoryStream>> Receive(HttpRequest request)
    {
        if (request.ContentType is { } type && !type.Contains("json", StringComparison.OrdinalIgnoreCase))
        {
            return GraphError.NotJson;
        }

        var body = new MemoryStream(); // of memory alone: nothing has to be disposed
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted); // the server stops it at the limit
        return body;
    }

    private static Checked<T> Parse<T>(MemoryStream body)
        where T : class
    {
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
