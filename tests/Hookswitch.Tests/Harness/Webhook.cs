using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Channel = System.Threading.Channels.Channel;

namespace Hookswitch.Tests.Harness;

/// <summary>A notification as a bot received it.</summary>
internal sealed record Received(JsonObject Body, IHeaderDictionary Headers, string Path)
{
    public JsonObject Item => Body["value"]![0]!.AsObject();

    /// <summary>The call, of which other notifications tell nothing: then it is empty.</summary>
    public JsonObject Call => Kind == "call" ? Item["resourceData"]!.AsObject() : [];

    /// <summary>The roster, or what has changed in it; empty when something else is told.</summary>
    public JsonArray Participants => Changes?["participants"]!.AsArray() ?? Item["resourceData"] as JsonArray ?? [];

    /// <summary>What has changed in the roster; null when something else is told.</summary>
    public JsonObject? Changes => Item["resourceData"] is JsonArray { Count: 1 } list && list[0] is JsonObject one && TypeOf(one) == "deltaParticipants" ? one : null;

    /// <summary>The operation; null when something else is told.</summary>
    public JsonObject? Operation => Kind.EndsWith("Operation", StringComparison.Ordinal) ? Item["resourceData"]!.AsObject() : null;

    public string Change => (string)Item["changeType"]!;

    /// <summary>Of a call; of others what they are.</summary>
    public string State => Kind == "call" ? (string)Call["state"]! : Kind;

    public string Summary => $"{Change} {State}";

    /// <summary>Also of the resources of a call: /communications/calls/{id}/participants.</summary>
    public string CallId => ((string)Item["resourceUrl"]!).Split('/')[3];

    public string? Reason => (Operation ?? Call)["resultInfo"] is { } info ? $"{info["code"]}/{info["subcode"]}" : null;

    private string Kind => TypeOf(Changes ?? Item["resourceData"] as JsonObject) ?? "participants";

    public override string ToString() => $"{Summary} {Reason}";

    private static string? TypeOf(JsonObject? one) => ((string?)one?["@odata.type"])?.Split('.')[^1];
}

/// <summary>A real webhook on a port of its own. It may outlive the server that calls it.</summary>
internal sealed class Webhook : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Action<string, string> _seen;
    private readonly Channel<Received> _new = Channel.CreateUnbounded<Received>();
    private readonly Lock _lock = new();
    private readonly List<Received> _all = [];

    private Webhook(WebApplication app, Action<string, string> seen) => (_app, _seen) = (app, seen);

    public string Address => _app.Urls.First();

    public string Callback => $"{Address}/callback";

    /// <summary>What it answers. 202 at first.</summary>
    public Func<HttpRequest, Received, Task<IResult>> Answer { get; set; } = (_, _) => Task.FromResult(Results.StatusCode(202));

    /// <summary>All notifications so far, in the order of their arrival.</summary>
    public IReadOnlyList<Received> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _all];
            }
        }
    }

    /// <param name="seen">Gets the path and the body of each notification.</param>
    public static async Task<Webhook> Start(Action<string, string>? seen = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        var webhook = new Webhook(builder.Build(), seen ?? ((_, _) => { }));
        webhook._app.Urls.Add("http://127.0.0.1:0");
        webhook._app.MapPost("/{**path}", webhook.Receive);
        await webhook._app.StartAsync();
        return webhook;
    }

    /// <summary>The next notification, once it is there.</summary>
    public async Task<Received> Next()
    {
        try
        {
            return await _new.Reader.ReadAsync().AsTask().WaitAsync(TestServer.Patience);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"No further notification came. So far: {string.Join(", ", All)}.", e);
        }
    }

    /// <summary>The next notification of that kind, once it is there.</summary>
    public async Task<Received> Until(string summary)
    {
        while (true)
        {
            if (await Next() is var one && one.Summary == summary)
            {
                return one;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task<IResult> Receive(HttpRequest request)
    {
        var text = await new StreamReader(request.Body).ReadToEndAsync();
        var received = new Received(JsonNode.Parse(text)!.AsObject(), new HeaderDictionary(request.Headers.ToDictionary()), request.Path);
        lock (_lock)
        {
            _seen(request.Path, text);
            _all.Add(received);
            _new.Writer.TryWrite(received);
        }

        return await Answer(request, received);
    }
}
