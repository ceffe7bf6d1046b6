using Azure.Core.Pipeline;
using Azure.Identity;
using Hookswitch.Tests.Harness;
using Microsoft.Graph;
using Microsoft.Graph.Communications.Calls.Item.Answer;
using Microsoft.Graph.Models;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Authentication.Azure;

namespace Hookswitch.Tests.Sdk;

/// <summary>Azure.Identity and Microsoft.Graph as a bot uses them: over https, with a token of the bot's own getting.</summary>
public sealed class AzureIdentityTests
{
    private const string Application = "bbbbbbbb-0000-4000-8000-000000000001";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_that_the_bot_places_is_established_and_ends_when_the_bot_deletes_it(bool hardCoded)
    {
        await using var server = await Start();
        await using var webhook = await Webhook.Start();
        using var graph = Client(server, hardCoded);

        var call = await graph.Communications.Calls.PostAsync(Order(webhook.Callback));
        await server.Advance(TimeSpan.FromMilliseconds(300));
        await webhook.Until("updated established");
        await graph.Communications.Calls[call!.Id].DeleteAsync();

        Assert.Equal(CallState.Establishing, call.State);
        Assert.Equal("200/5001", (await webhook.Until("deleted terminated")).Reason);
    }

    [Fact]
    public async Task A_call_that_comes_in_is_answered_and_ends_when_the_person_hangs_up()
    {
        await using var server = await Start();
        await using var webhook = await Webhook.Start();
        using var graph = Client(server, hardCoded: false);
        await server.Put($"/control/applications/{Application}", new { callbackUri = webhook.Callback });

        await server.Phone("alice", "dial", new { to = Application });
        var incoming = await webhook.Until("created incoming");
        await graph.Communications.Calls[incoming.CallId].Answer.PostAsync(new AnswerPostRequestBody
        {
            CallbackUri = webhook.Callback,
            AcceptedModalities = [Modality.Audio],
            MediaConfig = new ServiceHostedMediaConfig(),
        });
        await webhook.Until("updated established");
        await server.Phone("alice", "hangUp");

        Assert.Equal("200/4521", (await webhook.Until("deleted terminated")).Reason);
    }

    [Fact]
    public async Task A_call_that_is_gone_cannot_be_deleted()
    {
        await using var server = await Start();
        await using var webhook = await Webhook.Start();
        using var graph = Client(server, hardCoded: false);
        var call = await graph.Communications.Calls.PostAsync(Order(webhook.Callback));
        await graph.Communications.Calls[call!.Id].DeleteAsync();

        var error = await Assert.ThrowsAsync<ODataError>(() => graph.Communications.Calls[call.Id].DeleteAsync());

        Assert.Equal((404, "8522"), (error.ResponseStatusCode, error.Error?.Code));
    }

    private static Task<TestServer> Start() =>
        TestServer.Start(options => options with { Urls = ["http://127.0.0.1:0", "https://127.0.0.1:0"] });

    /// <param name="hardCoded">The bot has no setting: it speaks to graph.microsoft.com and login.microsoftonline.com, and MSAL asks whether that is an authority.</param>
    private static GraphServiceClient Client(TestServer server, bool hardCoded)
    {
        var address = server.SecureAddress!;
        var options = new ClientSecretCredentialOptions { Transport = new HttpClientTransport(new HttpClient(Led.To(server))) };
        if (!hardCoded)
        {
            (options.AuthorityHost, options.DisableInstanceDiscovery) = (address, true);
        }

        var tokens = new AzureIdentityAuthenticationProvider(
            new ClientSecretCredential(TestBot.Tenant, Application, "secret", options), ["127.0.0.1", "graph.microsoft.com"], null, true,
            "https://graph.microsoft.com/.default");
        return new GraphServiceClient(
            new HttpClient(Led.To(server)), tokens, hardCoded ? "https://graph.microsoft.com/v1.0" : $"{address}v1.0");
    }

    private static Call Order(string callback) => new()
    {
        CallbackUri = callback,
        Targets = [new() { Identity = new() { User = new() { Id = "cccccccc-0000-4000-8000-000000000001" } } }],
        RequestedModalities = [Modality.Audio],
        MediaConfig = new ServiceHostedMediaConfig(),
    };
}
