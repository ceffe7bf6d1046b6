using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Identity;

/// <summary>Access tokens of another OpenID provider.</summary>
public sealed class ExternalAuthorityTests
{
    private const string Path = "/v1.0/communications/calls/00000000-0000-8000-8000-000000000000";

    [Fact]
    public async Task A_bot_with_a_token_of_the_authority_places_a_call()
    {
        await using var authority = await TestAuthority.Start();
        await using var server = await Start(authority.Address);

        var answer = await server.Http.Ask("POST", "/v1.0/communications/calls", TestBot.CallBody("http://127.0.0.1:9/callback"), authority.Token());

        Assert.Equal(201, answer.Status);
        Assert.Equal("bbbbbbbb-0000-4000-8000-000000000001", (string?)answer.Body["source"]!["identity"]!["application"]!["id"]);
    }

    [Fact]
    public async Task What_a_bot_may_do_is_said_by_the_roles_of_its_token_alone()
    {
        await using var authority = await TestAuthority.Start();
        await using var server = await Start(authority.Address);
        var token = authority.Token(claims: new() { ["azp"] = "bbbbbbbb-0000-4000-8000-000000000001" });

        var answer = await server.Http.Ask("POST", "/v1.0/communications/calls", TestBot.CallBody("http://127.0.0.1:9/callback"), token);

        Assert.Equal("403 7504", answer.Outcome);
    }

    [Fact]
    public async Task Keys_that_change_are_picked_up_with_the_first_token_that_needs_them()
    {
        await using var authority = await TestAuthority.Start();
        await using var server = await Start(authority.Address);
        Assert.Equal("404 8522", await Ask(server, authority.Token()));

        authority.ChangeKey("second");
        var answer = await server.Http.Ask("GET", Path, body: null, authority.Token());

        Assert.True(answer.Outcome == "404 8522", $"{authority.Fetched} {answer.Text}");
        Assert.Equal(2, authority.Fetched);
    }

    [Fact]
    public async Task Invented_keys_are_asked_for_once_and_not_again_for_some_time()
    {
        await using var authority = await TestAuthority.Start();
        await using var server = await Start(authority.Address);

        for (var i = 0; i < 5; i++)
        {
            var answer = await server.Http.Ask("GET", Path, body: null, authority.Token(keyId: $"invented-{i}"));
            Assert.Equal($"The token is signed with a key that {authority.Address} does not publish.", answer.Message);
        }

        Assert.Equal(2, authority.Fetched);
        Assert.Equal("404 8522", await Ask(server, authority.Token()));
    }

    [Fact]
    public async Task An_authority_that_cannot_be_reached_is_named()
    {
        var authority = await TestAuthority.Start();
        var (address, token) = (authority.Address, authority.Token());
        await authority.DisposeAsync();
        await using var server = await Start(address);

        var answer = await server.Http.Ask("GET", Path, body: null, token);

        Assert.Equal("503 ServiceUnavailable", answer.Outcome);
        Assert.StartsWith($"The authority {address} gives no keys, so that its tokens cannot be checked: ", answer.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task An_authority_at_an_address_that_is_never_connected_to_is_not_connected_to()
    {
        await using var authority = await TestAuthority.Start();
        await using var server = await Start(new Uri("https://169.254.169.254/latest"));

        var answer = await server.Http.Ask("GET", Path, body: null, authority.Token());

        Assert.Equal("503 ServiceUnavailable", answer.Outcome);
        Assert.EndsWith("169.254.169.254 leads to 169.254.169.254, which is never connected to.", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_metadata_is_no_authority()
    {
        await using var other = await TestServer.Start();
        await using var authority = await TestAuthority.Start();
        await using var server = await Start(new Uri(other.Address, "nothing/here"));

        Assert.Equal("503 ServiceUnavailable", await Ask(server, authority.Token()));
    }

    [Fact]
    public async Task Tokens_may_be_for_the_audiences_that_are_configured()
    {
        await using var authority = await TestAuthority.Start();
        await using var server = await TestServer.Start(options => options with { Authority = authority.Address, Audiences = ["api://calls", "calls"] });

        Assert.Equal("404 8522", await Ask(server, authority.Token("api://calls")));
        Assert.Equal("404 8522", await Ask(server, authority.Token("calls")));
        Assert.Equal(
            "The token is for another audience than api://calls.",
            (await server.Http.Ask("GET", Path, body: null, authority.Token())).Message);
    }

    [Fact]
    public async Task With_an_authority_the_server_gives_out_no_tokens_and_takes_none_of_its_own()
    {
        await using var authority = await TestAuthority.Start();
        await using var server = await Start(authority.Address);
        using var form = new FormUrlEncodedContent([]);

        var refused = await server.Http.Ask("POST", "/common/oauth2/v2.0/token", form);

        Assert.Equal(400, refused.Status);
        Assert.EndsWith($"This server gives out no tokens: it takes those of {authority.Address}.", (string)refused.Body["error_description"]!, StringComparison.Ordinal);
        Assert.Equal("401 InvalidAuthenticationToken", await Ask(server, new TokenForge(server).Token()));
    }

    [Fact]
    public async Task Another_server_can_be_the_authority()
    {
        await using var authority = await TestServer.Start();
        await using var bot = await TestBot.Start(authority);
        await using var server = await Start(new Uri(authority.Address, $"{TestBot.Tenant}/v2.0"));

        Assert.Equal("404 8522", await Ask(server, await bot.Token()));
    }

    private static Task<TestServer> Start(Uri authority) => TestServer.Start(options => options with { Authority = authority });

    private static async Task<string> Ask(TestServer server, string token) => (await server.Http.Ask("GET", Path, body: null, token)).Outcome;
}
