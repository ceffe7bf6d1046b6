using Hookswitch.Tests.Harness;
using Hookswitch.Tests.Identity;

namespace Hookswitch.Tests.Api;

/// <summary>Who may do what: permissions count when a call is created, ownership ever after.</summary>
public sealed class OwnershipTests
{
    private const string Other = "bbbbbbbb-0000-4000-8000-000000000002";

    [Theory]
    [InlineData(new string[0], "serviceHosted", "Calls.Initiate.All")]
    [InlineData(new[] { "Calls.AccessMedia.All", "Calls.InitiateGroupCall.All", "Calls.JoinGroupCall.All" }, "serviceHosted", "Calls.Initiate.All")]
    [InlineData(new[] { "Calls.Initiate.All" }, "appHosted", "Calls.AccessMedia.All")]
    public async Task An_application_that_lacks_a_permission_is_told_which(string[] held, string media, string missing)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server, registration: new() { ["permissions"] = held });

        var answer = await bot.Http.Ask("POST", "/v1.0/communications/calls", bot.CallBody(media: media));

        Assert.Equal("403 7504", answer.Outcome);
        Assert.Equal($"Insufficient enterprise tenant permissions, cannot access this API. The permission {missing} is missing.", answer.Message);
        await server.Settle();
        Assert.Empty(bot.All);
    }

    [Fact]
    public async Task A_call_of_another_tenant_than_the_tokens_is_refused()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var body = bot.CallBody();

        var other = await bot.Http.Ask("POST", "/v1.0/communications/calls", body.Replace("{\"callbackUri\"", "{\"tenantId\":\"another\",\"callbackUri\"", StringComparison.Ordinal));
        var own = await bot.Http.Ask("POST", "/v1.0/communications/calls", body.Replace("{\"callbackUri\"", $"{{\"tenantId\":\"{TestBot.Tenant.ToUpperInvariant()}\",\"callbackUri\"", StringComparison.Ordinal));

        Assert.Equal("403 7505", other.Outcome);
        Assert.Equal((201, TestBot.Tenant), (own.Status, (string?)own.Body["tenantId"]));
    }

    [Fact]
    public async Task A_body_is_checked_before_permissions()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server, registration: new() { ["permissions"] = Array.Empty<string>() });

        Assert.Equal("400 8523", (await bot.Http.Ask("POST", "/v1.0/communications/calls", "{}")).Outcome);
    }

    [Fact]
    public async Task A_permission_is_checked_before_the_call_is_looked_for()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server, registration: new() { ["permissions"] = Array.Empty<string>() });
        var answer = """{"mediaConfig":{"@odata.type":"#microsoft.graph.appHostedMediaConfig","blob":"b"}}""";

        Assert.Equal("403 7504", (await bot.Http.Ask("POST", "/v1.0/communications/calls/none/answer", answer)).Outcome);
    }

    [Fact]
    public async Task The_owner_may_keep_alive_read_and_delete_its_call_with_a_token_without_roles()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = $"/v1.0/communications/calls/{await bot.PlaceEstablished()}";
        var token = Token(server, bot.Application, roles: []);

        Assert.Equal(200, (await server.Http.Ask("POST", $"{call}/keepAlive", body: null, token)).Status);
        Assert.Equal(200, (await server.Http.Ask("GET", call, body: null, token)).Status);
        Assert.Equal(204, (await server.Http.Ask("DELETE", call, body: null, token)).Status);
    }

    [Fact]
    public async Task A_peer_to_peer_call_is_answered_and_rejected_without_any_permission()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server, registration: new() { ["permissions"] = Array.Empty<string>() });
        await server.Phone("cccccccc-0000-4000-8000-000000000001", "dial", new { to = bot.Application });
        await server.Phone("cccccccc-0000-4000-8000-000000000002", "dial", new { to = bot.Application });
        var (first, second) = (await bot.Next(), await bot.Next());

        Assert.Equal(202, (await bot.Http.Ask("POST", $"/v1.0/communications/calls/{first.CallId}/answer", TestBot.AnswerBody)).Status);
        Assert.Equal(202, (await bot.Http.Ask("POST", $"/v1.0/communications/calls/{second.CallId}/reject", "{}")).Status);
    }

    [Fact]
    public async Task An_application_without_any_permission_is_not_shown_who_calls()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server, registration: new() { ["permissions"] = Array.Empty<string>() });
        await server.Phone("cccccccc-0000-4000-8000-000000000001", "dial", new { to = bot.Application });

        var identity = (await bot.Next()).Call["source"]!["identity"]!.AsObject();

        Assert.Null(identity["user"]);
        Assert.StartsWith("29:", (string)identity["encrypted"]!["id"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("cccccccc", identity.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_applications_call_is_no_call_whatever_is_asked_of_it_and_goes_on()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        await using var other = await TestBot.Start(server, Other);
        var call = $"/v1.0/communications/calls/{await bot.PlaceEstablished()}";

        Assert.Equal("404 8522", (await other.Http.Ask("GET", call)).Outcome);
        Assert.Equal("404 8522", (await other.Http.Ask("DELETE", call)).Outcome);
        Assert.Equal("404 8522", (await other.Http.Ask("POST", $"{call}/keepAlive")).Outcome);
        Assert.Equal("404 8522", (await other.Http.Ask("POST", $"{call}/answer", TestBot.AnswerBody)).Outcome);
        Assert.Equal("404 8522", (await other.Http.Ask("POST", $"{call}/reject", "{}")).Outcome);
        Assert.Equal("404 8522", (await other.Http.Ask("POST", $"{call}/redirect", TestBot.RedirectBody)).Outcome);
        Assert.Equal("404 8522", (await other.Http.Ask("POST", $"{call}/transfer", TestBot.TransferBody)).Outcome);
        Assert.Equal(200, (await bot.Http.Ask("GET", call)).Status);
    }

    [Fact]
    public async Task A_delegated_token_may_do_nothing()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = $"/v1.0/communications/calls/{await bot.PlaceEstablished()}";
        var token = Token(server, bot.Application, roles: ["Calls.Initiate.All"], scope: "Calls.Initiate.All");

        Assert.Equal("403 7500", (await server.Http.Ask("POST", "/v1.0/communications/calls", bot.CallBody(), token)).Outcome);
        Assert.Equal("403 7500", (await server.Http.Ask("GET", call, body: null, token)).Outcome);
        Assert.Equal("403 7500", (await server.Http.Ask("DELETE", call, body: null, token)).Outcome);
        Assert.Equal("403 7500", (await server.Http.Ask("POST", $"{call}/keepAlive", body: null, token)).Outcome);
        Assert.Equal("403 7500", (await server.Http.Ask("POST", $"{call}/answer", TestBot.AnswerBody, token)).Outcome);
        Assert.Equal("403 7500", (await server.Http.Ask("POST", $"{call}/reject", "{}", token)).Outcome);
        Assert.Equal("403 7500", (await server.Http.Ask("POST", $"{call}/redirect", TestBot.RedirectBody, token)).Outcome);
        Assert.Equal("403 7500", (await server.Http.Ask("POST", $"{call}/transfer", TestBot.TransferBody, token)).Outcome);
    }

    [Fact]
    public async Task A_call_keeps_the_registration_with_which_it_was_created()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var id = await bot.PlaceEstablished();

        await server.Put($"/control/applications/{bot.Application}", new { tenantId = TestBot.Tenant, style = "observed", quotedCodes = true });
        await bot.Http.Ask("DELETE", $"/v1.0/communications/calls/{id}", body: null, Token(server, bot.Application, roles: []));
        await server.Settle();

        var info = bot.All[^1].Call["resultInfo"]!;
        Assert.Equal("5001", info["subcode"]!.ToJsonString());
        Assert.Equal("The conversation has ended.", (string?)info["message"]);
    }

    private static string Token(TestServer server, string application, string[] roles, string? scope = null) =>
        new TokenForge(server).Token(token =>
        {
            (token.Claims["appid"], token.Claims["roles"]) = (application, roles);
            if (scope is not null)
            {
                token.Claims["scp"] = scope;
            }
        });
}
