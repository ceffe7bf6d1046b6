using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests;

/// <summary>A server for others: nobody is made up, and addresses that bots name are held to more.</summary>
public sealed class ProductionTests : IDisposable
{
    private const string Calls = "/v1.0/communications/calls";
    private const string Media = """ "mediaConfig":{"@odata.type":"#microsoft.graph.serviceHostedMediaConfig"} """;

    private readonly ProductionFolder _folder = new();

    [Theory]
    [InlineData("bbbbbbbb-0000-4000-8000-00000000000f", "secret", "400 unauthorized_client")]
    [InlineData(ProductionFolder.Application, "wrong", "401 invalid_client")]
    [InlineData(ProductionFolder.Application, "secret", "200 ")]
    public async Task A_token_is_given_out_to_who_is_registered_alone(string application, string secret, string outcome)
    {
        await using var server = await Start();

        var answer = await AskForToken(server, application, secret);

        Assert.Equal(outcome, $"{answer.Status} {answer.Body["error"]}");
    }

    [Fact]
    public async Task The_token_of_an_application_that_is_no_longer_registered_opens_nothing()
    {
        await using var server = await Start();
        var token = await Token(server);
        Assert.Equal("404 8522", (await server.Http.Ask("GET", $"{Calls}/x", token: token)).Outcome);

        await server.Http.Ask("DELETE", $"/control/applications/{ProductionFolder.Application}", token: ProductionFolder.ControlKey);
        var answer = await server.Http.Ask("GET", $"{Calls}/x", token: token);

        Assert.Equal(("401 InvalidAuthenticationToken", "The application of the token is not registered here."), (answer.Outcome, answer.Message));
    }

    [Theory]
    [InlineData(ProductionFolder.User, null)]
    [InlineData("cccccccc-0000-4000-8000-00000000000f", "480/10134")]
    public async Task A_user_whom_nobody_registered_is_not_there(string user, string? reason)
    {
        await using var server = await Start();
        var body = $$$"""{"callbackUri":"https://bot.example/calls",{{{Media}}},"targets":[{"identity":{"user":{"id":"{{{user}}}"} } }]}""";

        var placed = await server.Http.Ask("POST", Calls, body, await Token(server));
        var shown = await server.Http.Ask("GET", $"/control/calls/{placed.Body["id"]}", token: ProductionFolder.ControlKey);

        Assert.Equal(201, placed.Status);
        Assert.Equal(reason, shown.Body["reason"] is JsonObject one ? $"{one["code"]}/{one["subcode"]}" : null);
    }

    [Fact]
    public async Task A_phone_of_a_user_whom_nobody_registered_cannot_be_driven()
    {
        await using var server = await Start();

        Assert.Equal(404, (await Control(server, "POST", "/control/phones/nobody/goOffline", "{}")).Status);
        Assert.Equal(404, (await Control(server, "POST", "/control/phones/nobody/goOnline", "{}")).Status);
        Assert.Equal(404, (await Control(server, "POST", "/control/phones/nobody/dial", $$"""{"to":"{{ProductionFolder.Application}}"}""")).Status);
        Assert.DoesNotContain("nobody", (await Control(server, "GET", "/control/users")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resource_account_that_nobody_registered_calls_nobody()
    {
        await using var server = await Start();
        const string Body = $$$"""
            {"callbackUri":"https://bot.example/calls",{{{Media}}},"source":{"identity":{"applicationInstance":{"id":"made-up"} } },
             "targets":[{"identity":{"user":{"id":"{{{ProductionFolder.User}}}"} } }]}
            """;

        Assert.Equal("403 7507", (await server.Http.Ask("POST", Calls, Body, await Token(server))).Outcome);
    }

    [Theory]
    [InlineData("", """{"callbackUri":"http://127.0.0.1:1/calls","mediaConfig":{"@odata.type":"#microsoft.graph.serviceHostedMediaConfig"},"targets":[{"identity":{"user":{"id":"a"}}}]}""")]
    [InlineData("", """{"callbackUri":"https://bot.example:80/calls","mediaConfig":{"@odata.type":"#microsoft.graph.serviceHostedMediaConfig"},"targets":[{"identity":{"user":{"id":"a"}}}]}""")]
    [InlineData("", """{"callbackUri":"https://bot.example/calls","mediaConfig":{"@odata.type":"#microsoft.graph.appHostedMediaConfig","blob":"{\"webSocketUrl\":\"ws://127.0.0.1:1/\"}"},"targets":[{"identity":{"user":{"id":"a"}}}]}""")]
    [InlineData("/x/answer", """{"callbackUri":"http://localhost/calls","mediaConfig":{"@odata.type":"#microsoft.graph.serviceHostedMediaConfig"}}""")]
    [InlineData("/x/reject", """{"callbackUri":"http://localhost/calls"}""")]
    [InlineData("/x/redirect", """{"callbackUri":"https://10.0.0.1/calls","targets":[{"identity":{"user":{"id":"a"}}}]}""")]
    [InlineData("/x/playPrompt", """{"prompts":[{"@odata.type":"#microsoft.graph.mediaPrompt","mediaInfo":{"uri":"https://192.168.0.1/a.wav"}}]}""")]
    [InlineData("/x/recordResponse", """{"prompts":[{"@odata.type":"#microsoft.graph.mediaPrompt","mediaInfo":{"uri":"http://localhost/a.wav"}}]}""")]
    [InlineData("/x/participants/y/startHoldMusic", """{"customPrompt":{"@odata.type":"#microsoft.graph.mediaPrompt","mediaInfo":{"uri":"https://[::1]/a.wav"}}}""")]
    public async Task An_address_that_is_not_public_or_not_https_is_refused_wherever_a_bot_names_it(string path, string body)
    {
        await using var server = await Start();

        Assert.Equal("400 8523", (await server.Http.Ask("POST", Calls + path, body, await Token(server))).Outcome);
    }

    [Fact]
    public async Task A_callback_is_registered_only_where_it_may_be_called()
    {
        await using var server = await Start();
        const string Path = $"/control/applications/{ProductionFolder.Application}";

        Assert.Equal(400, (await Control(server, "PUT", Path, """{"callbackUri":"http://127.0.0.1:1/"}""")).Status);
        Assert.Equal(400, (await Control(server, "PUT", Path, """{"callbackUri":"https://127.0.0.1/"}""")).Status);
        Assert.Equal(200, (await Control(server, "PUT", Path, """{"secret":"s","callbackUri":"https://bot.example/"}""")).Status);
    }

    [Fact]
    public async Task What_is_allowed_is_connected_to()
    {
        await using var server = await TestServer.Start(options => With(options) with
        {
            Network = new() { Allowed = [System.Net.IPNetwork.Parse("10.0.0.0/8")], Ports = [443, 8443] },
        });

        Assert.Equal(200, (await Control(server, "PUT", "/control/applications/a", """{"secret":"s","callbackUri":"https://10.0.0.1:8443/"}""")).Status);
        Assert.Equal(400, (await Control(server, "PUT", "/control/applications/a", """{"secret":"s","callbackUri":"https://10.0.0.1:9443/"}""")).Status);
        Assert.Equal(400, (await Control(server, "PUT", "/control/applications/a", """{"secret":"s","callbackUri":"https://169.254.169.254:8443/"}""")).Status);
    }

    [Fact]
    public async Task It_listens_with_the_certificate_of_its_operator()
    {
        await using var server = await TestServer.Start(options => With(options) with
        {
            Urls = ["http://127.0.0.1:0", "https://127.0.0.1:0"],
            Certificate = _folder.Certificate,
            CertificateKey = _folder.CertificateKey,
        });
        using var expected = X509CertificateLoader.LoadCertificateFromFile(_folder.Certificate);
        var shown = "";
        using var http = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => (shown = certificate!.GetCertHashString()).Length > 0 },
        })
        { BaseAddress = server.SecureAddress };

        Assert.Equal(200, (await http.Ask("GET", "/alive")).Status);
        Assert.Equal(expected.Thumbprint, shown);
    }

    [Fact]
    public async Task Links_lead_to_https_where_a_proxy_speaks_it()
    {
        await using var server = await Start();
        server.Http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        var metadata = await server.Http.Ask("GET", "/v1/.well-known/openid-configuration");

        Assert.StartsWith("https://127.0.0.1:", (string)metadata.Body["jwks_uri"]!, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private Task<TestServer> Start() => TestServer.Start(With);

    private ServerOptions With(ServerOptions options) => _folder.Options with { Data = options.Data };

    private static Task<GraphAnswer> Control(TestServer server, string method, string path, string? body = null) =>
        server.Http.Ask(method, path, body, ProductionFolder.ControlKey);

    private static async Task<string> Token(TestServer server) =>
        (string)(await AskForToken(server, ProductionFolder.Application, "secret")).Body["access_token"]!;

    private static async Task<GraphAnswer> AskForToken(TestServer server, string application, string secret)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = application,
            ["client_secret"] = secret,
            ["scope"] = "https://graph.microsoft.com/.default",
        });
        return await server.Http.Ask("POST", $"/{TestBot.Tenant}/oauth2/v2.0/token", form);
    }
}
