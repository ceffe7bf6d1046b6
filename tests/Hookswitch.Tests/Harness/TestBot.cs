using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Graph;
using Microsoft.Graph.Models;
using Microsoft.Kiota.Abstractions.Authentication;

namespace Hookswitch.Tests.Harness;

/// <summary>A bot: the official SDK on one side, a real webhook on the other.</summary>
internal sealed class TestBot : IAsyncDisposable
{
    private readonly TestServer _server;
    private readonly Webhook _webhook;

    private TestBot(TestServer server, Webhook webhook, string application, string name)
    {
        (_server, _webhook, Application) = (server, webhook, application);
        Http = new HttpClient(new Recorder(server.Transcript, name) { InnerHandler = new TokenAdder(this) }) { BaseAddress = server.Address };
        Graph = new GraphServiceClient(Http, new AnonymousAuthenticationProvider(), $"{server.Address}v1.0");
    }

    /// <summary>What accepts a call.</summary>
    public const string AnswerBody =
        """{"acceptedModalities":["audio"],"mediaConfig":{"@odata.type":"#microsoft.graph.serviceHostedMediaConfig"}}""";

    /// <summary>What passes an incoming call on.</summary>
    public const string RedirectBody = """{"targets":[{"identity":{"user":{"id":"cccccccc-0000-4000-8000-000000000002"}}}]}""";

    /// <summary>What leaves a call to another.</summary>
    public const string TransferBody = """{"transferTarget":{"identity":{"user":{"id":"cccccccc-0000-4000-8000-000000000002"}}}}""";

    public static string Tenant => "aaaaaaaa-0000-4000-8000-000000000001";

    /// <summary>The user who organizes the meetings of tests.</summary>
    public static string Organizer => "cccccccc-0000-4000-8000-00000000000a";

    public string Application { get; }

    public string Callback => _webhook.Callback;

    /// <summary>The official SDK, with this bot's token.</summary>
    public GraphServiceClient Graph { get; }

    /// <summary>Plain HTTP, with this bot's token.</summary>
    public HttpClient Http { get; }

    /// <summary>What the webhook answers. 202 at first.</summary>
    public Func<HttpRequest, Received, Task<IResult>> Answer
    {
        get => _webhook.Answer;
        set => _webhook.Answer = value;
    }

    /// <summary>All notifications so far, in the order of their arrival.</summary>
    public IReadOnlyList<Received> All => _webhook.All;

    /// <summary>Registers an application that takes calls, and starts its webhook.</summary>
    /// <param name="registration">Members beyond the callback, the tenant and the secret.</param>
    /// <param name="name">In the transcript.</param>
    public static async Task<TestBot> Start(
        TestServer server, string application = "bbbbbbbb-0000-4000-8000-000000000001", Dictionary<string, object>? registration = null,
        string name = "bot")
    {
        var webhook = await Webhook.Start((path, text) => server.Transcript.AddNotification(name, $"POST {path}", text));
        var bot = new TestBot(server, webhook, application, name);
        server.Transcript.Name(webhook.Address, $"http://{name}");
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
    public string CallBody(string media = "serviceHosted") => CallBody(Callback, media);

    public static string CallBody(string callback, string media = "serviceHosted") => $$$"""
        {"callbackUri":"{{{callback}}}","requestedModalities":["audio"],"mediaConfig":{"@odata.type":"#microsoft.graph.{{{media}}}MediaConfig"},
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

    /// <summary>Joins the meeting of a thread through the SDK.</summary>
    /// <returns>The id of the call.</returns>
    public async Task<string> Join(string thread, Action<Call>? change = null)
    {
        var call = new Call
        {
            CallbackUri = Callback,
            ChatInfo = new ChatInfo { ThreadId = thread, MessageId = "0" },
            MeetingInfo = new OrganizerMeetingInfo { Organizer = new() { User = new() { Id = Organizer } } },
            TenantId = Tenant,
            RequestedModalities = [Modality.Audio],
            MediaConfig = new ServiceHostedMediaConfig(),
        };
        change?.Invoke(call);
        return (await Graph.Communications.Calls.PostAsync(call))!.Id!;
    }

    /// <summary>Calls several users at once through the SDK.</summary>
    /// <returns>The id of the call.</returns>
    public async Task<string> CallGroup(IEnumerable<string> users, Action<Call>? change = null)
    {
        var call = new Call
        {
            CallbackUri = Callback,
            Targets = [.. users.Select(user => new InvitationParticipantInfo { Identity = new() { User = new() { Id = user } } })],
            RequestedModalities = [Modality.Audio],
            MediaConfig = new ServiceHostedMediaConfig(),
        };
        change?.Invoke(call);
        return (await Graph.Communications.Calls.PostAsync(call))!.Id!;
    }

    /// <summary>Places a call and lets it be answered.</summary>
    public async Task<string> PlaceEstablished()
    {
        var call = await Place();
        await _server.Advance(TimeSpan.FromMilliseconds(300));
        return call.Id!;
    }

    /// <summary>The next notification, once it is there.</summary>
    public Task<Received> Next() => _webhook.Next();

    /// <summary>The next notification of that kind, once it is there.</summary>
    public Task<Received> Until(string summary) => _webhook.Until(summary);

    public async ValueTask DisposeAsync()
    {
        Graph.Dispose();
        Http.Dispose();
        await _webhook.DisposeAsync();
    }

    private sealed class TokenAdder(TestBot bot) : DelegatingHandler(new SocketsHttpHandler { UseProxy = false })
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization ??= new AuthenticationHeaderValue("Bearer", await bot.Token());
            return await base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class Recorder(Transcript transcript, string bot) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            transcript.BeginRequest();
            transcript.Add(bot, "→", $"{request.Method} {request.RequestUri!.PathAndQuery}", body);
            var response = await base.SendAsync(request, cancellationToken);
            transcript.Add(bot, "←", $"{(int)response.StatusCode}", await response.Content.ReadAsStringAsync(cancellationToken));
            transcript.EndRequest();
            return response;
        }
    }
}
