using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Hookswitch.Bench.Load;

namespace Hookswitch.Bench.Floor;

/// <summary>
/// What any server would have to do that keeps the same promises: take the request, make its rows durable, answer, send the webhooks.
/// It reads nothing, decides nothing and remembers nothing.
/// </summary>
internal sealed class FloorServer : IAsyncDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json", "utf-8");

    private readonly WebApplication _app;
    private readonly FloorStore _store;
    private readonly HttpClient _http;

    private FloorServer(WebApplication app, FloorStore store, HttpClient http) => (_app, _store, _http) = (app, store, http);

    public string Address => _app.Urls.First();

    public static async Task<FloorServer> Start(string folder, string callbacks, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, ActivityHeadersPropagator = null })
        {
            BaseAddress = new Uri(callbacks),
        };
        var floor = new FloorServer(app, FloorStore.Open(Path.Combine(folder, "floor.db")), http);
        app.MapPost("/v1.0/communications/calls", context => floor.Take(context, Traffic.Create, new FloorCall()));
        app.MapPost("/v1.0/communications/calls/{id}/answer", context => floor.Take(context, Traffic.Answer, new FloorCall(Id(context))));
        app.MapDelete("/v1.0/communications/calls/{id}", context => floor.Take(context, Traffic.Delete, new FloorCall(Id(context))));
        await app.StartAsync(cancellation);
        return floor;

        static string Id(HttpContext context) => (string)context.GetRouteValue("id")!;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _http.Dispose();
        _store.Dispose();
    }

    private async Task Take(HttpContext context, Step step, FloorCall call)
    {
        var response = context.Response;
        if (context.Request.Headers.Authorization.Count == 0)
        {
            response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        await _store.Append(step.Rows, step.RowBytes);
        response.StatusCode = step.Status;
        if (step.AnswerBytes > 0)
        {
            response.Headers.Location = $"/v1.0/communications/calls/{call.Of(Side.Caller)}";
            response.ContentType = "application/json";
            response.ContentLength = step.AnswerBytes;
            await response.Body.WriteAsync(new byte[step.AnswerBytes], context.RequestAborted);
        }

        await response.CompleteAsync();
        var slot = int.Parse(context.Request.Headers["client-request-id"].ToString(), CultureInfo.InvariantCulture);
        _ = Tell(Side.Caller, slot, call, step.ToCaller);
        _ = Tell(Side.Callee, slot, call, step.ToCallee);
    }

    // In order for each call, as the server does. What fails is found out by the load, which waits for it.
    private async Task Tell(Side side, int slot, FloorCall call, IEnumerable<Webhook> webhooks)
    {
        foreach (var webhook in webhooks)
        {
            using var content = new ByteArrayContent(Body(webhook, call.Of(side))) { Headers = { ContentType = Json } };
            using var response = await _http.PostAsync(Receiver.Path(side, slot), content);
            response.EnsureSuccessStatusCode();
            _store.Acknowledge();
        }
    }

    // What the load looks for, and blanks up to the length that the server's body has.
    private static byte[] Body(Webhook webhook, string call)
    {
        var body = new byte[webhook.Bytes];
        var length = Encoding.ASCII.GetBytes(
            $$$"""{"changeType":"{{{webhook.Change}}}","resourceUrl":"/communications/calls/{{{call}}}","resourceData":{"state":"{{{webhook.State}}}"}}""", body);
        body.AsSpan(length).Fill((byte)' ');
        return body;
    }
}

/// <summary>The ids of a cycle's two calls: they differ in their last digit, so that nothing has to be remembered.</summary>
internal readonly record struct FloorCall(string Either)
{
    public FloorCall()
        : this(Guid.NewGuid().ToString("D"))
    {
    }

    public string Of(Side side) => string.Concat(Either.AsSpan(0, Either.Length - 1), side == Side.Caller ? "a" : "b");
}
