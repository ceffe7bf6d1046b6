using System.Collections.Concurrent;
using System.Threading.Channels;
using Hookswitch.Tests.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.Graph.Communications.Client.Authentication;
using Microsoft.Graph.Communications.Common.Telemetry;
using Microsoft.Graph.Models;
using Channel = System.Threading.Channels.Channel;

namespace Hookswitch.Sdk.Tests;

/// <summary>What bots on the Communications SDK have in common: a token, the SDK's validation of notifications, a webhook that hands them to it.</summary>
internal sealed class SdkBot : ITokenProvider, IAsyncDisposable
{
    public const string Application = "bbbbbbbb-0000-4000-8000-000000000001";

    public const string Tenant = "aaaaaaaa-0000-4000-8000-000000000001";

    private readonly Channel<string> _states = Channel.CreateUnbounded<string>();

    private SdkBot(TestServer server, Webhook webhook)
    {
        (Server, Webhook) = (server, webhook);
        Authentication = new GraphAuthenticationOptions
        {
            EntraAuthorityUrl = $"{server.SecureAddress}common/v2.0/.well-known/openid-configuration",
            OidAuthorityUrl = $"{server.SecureAddress}v1/.well-known/OpenIdConfiguration",
            ValidEntraIssuerPrefixes = ["https://sts.windows.net/"],
        };
        webhook.Answer = async (_, received) =>
        {
            using var request = Request(received);
            using var response = await Process(request);
            AnsweredBy.Enqueue(response.Headers.TryGetValues("x-microsoft-bot-auth-type", out var types) ? types.Single() : $"{(int)response.StatusCode}");
            return Results.StatusCode((int)response.StatusCode);
        };
    }

    public TestServer Server { get; }

    public Webhook Webhook { get; }

    public GraphLogger Logger { get; } = new("tests");

    /// <summary>Where the SDK finds the keys. Its own validation is at work: only the addresses are ours.</summary>
    public GraphAuthenticationOptions Authentication { get; }

    /// <summary>What the SDK does with a notification.</summary>
    public Func<HttpRequestMessage, Task<HttpResponseMessage>> Process { get; set; } = _ => Task.FromResult(new HttpResponseMessage());

    /// <summary>How the SDK validated each notification, or the status with which it refused.</summary>
    public ConcurrentQueue<string> AnsweredBy { get; } = [];

    public static async Task<SdkBot> Start()
    {
        Assert.SkipUnless(Trust.IsPossible, Trust.Skip);
        var server = await TestServer.Start(options => options with { Urls = ["http://127.0.0.1:0", "https://127.0.0.1:0"] });
        var bot = new SdkBot(server, await Webhook.Start());
        await server.Put($"/control/applications/{Application}", new { tenantId = Tenant, secret = "secret", callbackUri = bot.Webhook.Callback });
        return bot;
    }

    /// <summary>What places a call to a user.</summary>
    public Call Order() => new()
    {
        CallbackUri = Webhook.Callback,
        Targets = [new() { Identity = new() { User = new() { Id = "cccccccc-0000-4000-8000-000000000001" } } }],
        RequestedModalities = [Modality.Audio],
        MediaConfig = new ServiceHostedMediaConfig(),
        TenantId = Tenant,
    };

    /// <summary>Called by a bot for each state that the SDK shows it.</summary>
    public void Saw(CallState? state) => _states.Writer.TryWrite($"{state}");

    /// <summary>Returns when the SDK has shown that state.</summary>
    public async Task Until(CallState state)
    {
        while (await _states.Reader.ReadAsync().AsTask().WaitAsync(TestServer.Patience) != $"{state}")
        {
            // An earlier state.
        }
    }

    public Task<string> AcquireTokenAsync(string tenant) => Token(Application, tenant ?? "common");

    /// <summary>A token of that application.</summary>
    public async Task<string> Token(string application, string tenant = Tenant)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = application,
            ["client_secret"] = "secret",
            ["scope"] = "https://graph.microsoft.com/.default",
        });
        return (string)(await Server.Http.Ask("POST", $"/{tenant}/oauth2/v2.0/token", form)).Body["access_token"]!;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Webhook.DisposeAsync();
        Logger.Dispose();
    }

    private HttpRequestMessage Request(Received received)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Webhook.Callback) { Content = new StringContent(received.Body.ToJsonString()) };
        foreach (var (name, values) in received.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }

        return request;
    }
}
