using System.Runtime.InteropServices;
using System.Text.Json;
using Hookswitch.Graph;
using Microsoft.AspNetCore.Http.Features;

namespace Hookswitch.Api;

/// <summary>The way of a request below <c>/v1.0</c> and <c>/beta</c> from its beginning: <see cref="GraphProtocol"/>, and what follows it.</summary>
internal sealed record GraphPipeline(RequestDelegate Run)
{
    /// <summary>Hands the way that a request has come to its endpoint.</summary>
    public static ValueTask<GraphPipeline?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<GraphPipeline>());
}

/// <summary>A request that came inside a batch, as a request of its own: without a connection, and with the token of the batch.</summary>
internal sealed class BatchedRequest
{
    /// <summary>What the whole batch says of itself, unless the request says otherwise.</summary>
    private static readonly string[] Inherited = ["client-request-id", "Scenario-Id"];

    private static readonly BatchedRequest Mark = new();

    private BatchedRequest()
    {
    }

    /// <summary>Whether the request came inside a batch.</summary>
    public static bool IsOne(HttpContext context) => context.Features.Get<BatchedRequest>() is not null;

    /// <param name="batch">The request that holds it.</param>
    /// <param name="pipeline">What answers it.</param>
    public static async Task<BatchResponse> Run(HttpContext batch, BatchRequest request, RequestDelegate pipeline)
    {
        using var content = new MemoryStream();
        var body = new StreamResponseBodyFeature(content);
        var features = new FeatureCollection();
        features.Set(Mark);
        features.Set<IHttpRequestFeature>(Unwrap(batch.Request, request));
        features.Set<IHttpResponseFeature>(new PartOf(batch.Response));
        features.Set<IHttpResponseBodyFeature>(body);
        features.Set(batch.Features.Get<IHttpRequestLifetimeFeature>());
        var context = new DefaultHttpContext(features) { RequestServices = batch.RequestServices };

        await pipeline(context);
        await body.CompleteAsync();
        return new BatchResponse
        {
            Id = request.Id,
            Status = context.Response.StatusCode,
            Headers = context.Response.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()),
            Body = content.Length == 0 ? null : JsonElement.Parse(content.GetBuffer().AsSpan(0, (int)content.Length)),
        };
    }

    private static HttpRequestFeature Unwrap(HttpRequest batch, BatchRequest request)
    {
        IHeaderDictionary headers = new HeaderDictionary();
        foreach (var name in Inherited)
        {
            headers[name] = batch.Headers[name];
        }

        foreach (var (name, value) in request.Headers ?? new Dictionary<string, string>())
        {
            headers[name] = value;
        }

        (headers.Host, headers.Authorization) = (batch.Headers.Host, batch.Headers.Authorization);
        var (path, query) = request.Url!.IndexOf('?', StringComparison.Ordinal) is >= 0 and var end
            ? (request.Url[..end], request.Url[end..])
            : (request.Url, "");
        return new HttpRequestFeature
        {
            Method = request.Method!.ToUpperInvariant(),
            Scheme = batch.Scheme,
            Protocol = batch.Protocol,
            Path = GraphAnswers.Version(batch) + PathString.FromUriComponent($"/{path.TrimStart('/')}"),
            QueryString = query,
            Headers = headers,
            Body = request.Body is { } body ? new MemoryStream(JsonMarshal.GetRawUtf8Value(body).ToArray()) : Stream.Null,
        };
    }

    /// <summary>It is complete when the response of the whole batch is: until then nobody has seen it.</summary>
    private sealed class PartOf(HttpResponse batch) : HttpResponseFeature
    {
        public override void OnCompleted(Func<object, Task> callback, object state) => batch.OnCompleted(callback, state);
    }
}
