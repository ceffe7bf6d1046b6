using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Graph;
using Microsoft.Graph.Models;
using Microsoft.Kiota.Abstractions.Authentication;
using Channel = System.Threading.Channels.Channel;
using WebApplication = Microsoft.AspNetCore.Builder.WebApplication;

namespace Hookswitch.Tests.Harness;

/// <summary>A notification as the bot received it.</summary>
internal sealed record Received(JsonObject Body, IHeaderDictionary Headers, string Path)
{
    public JsonObject Item => Body["value"]![0]!.AsObject();

    public JsonObject Call => Item["resourceData"]!.AsObject();

    public string Change => (string)Item["changeType"]!;

    public string State => (string)Call["state"]!;

    public string Summary => $"{Change} {State}";

    public string CallId => ((string)Item["resourceUrl"]!).Split('/')[^1];

    public string? Reason => Call["resultInfo"] is { } info ? $"{info["code"]}/{info["subcode"]}" : null;

    public override string ToString() => $"{Summary} {Reason}";
}

/// <summary>A bot: the official SDK on one side, a real webhook on the other.</summary>
internal sealed class TestBot : IAsyncDisposable
{
    private readonly TestServer _server;
    private readonly WebApplication _webhook;
    private readonly Channel<Received> _received = Channel.CreateUnbounded<Received>();
    private readonly List<Received> _all = [];

    private TestBot(TestServer server, WebApplication webhook, string application)
    {
        (_server, _webhook, Application) = (server, webhook, application);
        Http = new HttpClient(new Recorder(server.Transcript) { InnerHandler = new TokenAdder(this) }) { BaseAddress = server.Address };
        Graph = new GraphServiceClient(Http, new AnonymousAuthenticationProvider(), $"{server.Address}v1.0");
    }

    /// <summary>What accepts a call.</summary>
    public const string AnswerBody =
        """{"acceptedModalities":["audio"],"mediaConfig":{"@odata.type":"#microsoft.graph.serviceHostedMediaConfig"}}""";

    public static string Tenant => "aaaaaaaa-0000-4000-8000-000000000001";

    public string Application { get; }

    public string Callback { get; private set; } = "";

    /// <summary>The official SDK, with this bot's token.</summary>
    public GraphServiceClient Graph { get; }

    /// <summary>Plain HTTP, with this bot's token.</summary>
    public HttpClient Http { get; }

    /// <summary>What the webhook answers. 202 at first.</summary>
    public Func<HttpRequest, Received, Task<IResult>> Answer { get; set; } = (_, _) => Task.FromResult(Results.StatusCode(202));

    /// <summary>All notifications so far, in the order of their arrival.</summary>
    public IReadOnlyList<Received> All
    {
        get
        {
            lock (_all)
            {
                return [.. _all];
            }
        }
    }

    /// <summary>Registers an application that takes calls, and starts its webhook.</summary>
    /// <param name="registration">Members beyond the callback, the tenant and the secret.</param>
    public static async Task<TestBot> Start(
        TestServer server, string application = "bbbbbbbb-0000-4000-8000-000000000001", Dictionary<string, object>? registration = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        var webhook = builder.Build();
        webhook.Urls.Add("http://127.0.0.1:0");
        var bot = new TestBot(server, webhook, application);
        webhook.MapPost("/{**path}", bot.Receive);
        await webhook.StartAsync();
        bot.Callback = $"{webhook.Urls.First()}/callback";
        server.Transcript.Name(webhook.Urls.First(), "http://bot");
        await server.Put($"/control/applications/{application}", new Dictionary<string, object>(registration ?? [])
        {
            ["tenantId"] = Tenant,
            ["secret"] = "secret",
            ["callbackUri"] = bot.Callback,
        });
        return bot;
    }

    /// <summary>A token of this application.</summary>
    public async Task<string> Token()
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = Application,
            ["client_secret"] = "secret",
            ["scope"] = "https://graph.microsoft.com/.default",
        });
        using var response = await _server.Http.PostAsync($"/{Tenant}/oauth2/v2.0/token", form);
        response.EnsureSuccessStatusCode();
        return (string)(await response.Content.ReadFromJsonAsync<JsonObject>())!["access_token"]!;
    }

    /// <summary>What places a call to a user.</summary>
    /// <param name="media">serviceHosted or appHosted.</param>
    public string CallBody(string media = "serviceHosted") => $$$"""
        {"callbackUri":"{{{Callback}}}","requestedModalities":["audio"],"mediaConfig":{"@odata.type":"#microsoft.graph.{{{media}}}MediaConfig"},
         "targets":[ {"identity":{"user":{"id":"cccccccc-0000-4000-8000-000000000001"} } } ]}
        """;

    /// <summary>Places a call to a user through the SDK.</summary>
    public async Task<Call> Place(string user = "cccccccc-0000-4000-8000-000000000001") => (await Graph.Communications.Calls.PostAsync(new Call
    {
        CallbackUri = Callback,
        Targets = [new() { Identity = new() { User = new() { Id = user } } }],
        RequestedModalities = [Modality.Audio],
        MediaConfig = new ServiceHostedMediaConfig(),
    }))!;

    /// <summary>Places a call and lets it be answered.</summary>
    public async Task<string> PlaceEstablished()
    {
        var call = await Place();
        await _server.Advance(TimeSpan.FromMilliseconds(300));
        return call.Id!;
    }

    /// <summary>The next notification, once it is there.</summary>
    public async Task<Received> Next()
    {
        try
        {
            return await _received.Reader.ReadAsync().AsTask().WaitAsync(TestServer.Patience);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"No further notification came. So far: {string.Join(", ", All.Select(one => one.Summary))}.", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Graph.Dispose();
        Http.Dispose();
        await _webhook.StopAsync();
        await _webhook.DisposeAsync();
    }

    private async Task<IResult> Receive(HttpRequest request)
    {
        var text = await new StreamReader(request.Body).ReadToEndAsync();
        var received = new Received(JsonNode.Parse(text)!.AsObject(), new HeaderDictionary(request.Headers.ToDictionary()), request.Path);
        _server.Transcript.Add("bot ⇐ server", $"POST {request.Path}", text);
        lock (_all)
        {
            _all.Add(received);
        }

        _received.Writer.TryWrite(received);
        return await Answer(request, received);
    }

    private sealed class TokenAdder(TestBot bot) : DelegatingHandler(new SocketsHttpHandler { UseProxy = false })
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization ??= new AuthenticationHeaderValue("Bearer", await bot.Token());
            return await base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class Recorder(Transcript transcript) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            transcript.Add("bot → server", $"{request.Method} {request.RequestUri!.PathAndQuery}", body);
            var response = await base.SendAsync(request, cancellationToken);
            transcript.Add("bot ← server", $"{(int)response.StatusCode}", await response.Content.ReadAsStringAsync(cancellationToken));
            return response;
        }
    }
}
