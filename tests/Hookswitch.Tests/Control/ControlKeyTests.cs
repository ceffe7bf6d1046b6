using Hookswitch.Identity;
using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Control;

/// <summary>Where the control API has a key: whoever has it is let in, and nobody else.</summary>
public sealed class ControlKeyTests
{
    private const string Key = "canary-of-the-control-key-0123456789";

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    [InlineData($"{Key}0")]
    [InlineData("canary-of-the-control-key-012345678")]
    public async Task Without_the_key_nothing_is_shown_and_nothing_changes(string? key)
    {
        await using var server = await Start();

        var shown = await server.Http.Ask("GET", "/control/calls", token: key);
        var changed = await server.Http.Ask("PUT", "/control/users/a", "{}", key);

        Assert.Equal((401, 401), (shown.Status, changed.Status));
        Assert.Equal("Bearer", shown.Headers.WwwAuthenticate.ToString());
        Assert.Equal("[]", (await server.Http.Ask("GET", "/control/users", token: Key)).Text);
    }

    [Theory]
    [InlineData("GET", "/control/calls")]
    [InlineData("GET", "/control/CLOCK")]
    [InlineData("POST", "/control/reset")]
    [InlineData("GET", "/control/nothing")]
    public async Task A_token_of_a_bot_is_no_key(string method, string path)
    {
        await using var server = await Start();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = "a",
            ["client_secret"] = "b",
            ["scope"] = "https://graph.microsoft.com/.default",
        });
        var token = (string)(await server.Http.Ask("POST", "/common/oauth2/v2.0/token", form)).Body["access_token"]!;

        Assert.Equal(404, (await server.Http.Ask("GET", "/v1.0/communications/calls/x", token: token)).Status);
        Assert.Equal(401, (await server.Http.Ask(method, path, token: token)).Status);
    }

    [Theory]
    [InlineData("/v1.0/communications/calls/x")]
    [InlineData("/beta/communications/onlineMeetings")]
    [InlineData("/v1.0/$batch")]
    public async Task The_key_is_no_token_of_a_bot(string path)
    {
        await using var server = await Start();

        Assert.Equal("401 InvalidAuthenticationToken", (await server.Http.Ask("GET", path, token: Key)).Outcome);
    }

    [Fact]
    public async Task With_the_key_it_is_asked_under_any_name_but_by_no_foreign_page()
    {
        await using var server = await Start();
        server.Http.DefaultRequestHeaders.Host = "hookswitch.example";

        Assert.Equal(200, (await server.Http.Ask("GET", "/control/calls", token: Key)).Status);

        server.Http.DefaultRequestHeaders.Add("Origin", "https://evil.example");
        Assert.Equal(403, (await server.Http.Ask("GET", "/control/calls", token: Key)).Status);
    }

    [Fact]
    public void A_key_shows_itself_to_nobody()
    {
        var key = ControlKey.Of(Key);

        Assert.Equal((true, false, false), (key.Matches(Key), key.Matches(Key + " "), key.IsShort));
        Assert.Equal("(set)", $"{key}");
        Assert.DoesNotContain(Key, $"{new ServerOptions { ControlKey = key }}", StringComparison.Ordinal);
    }

    private static Task<TestServer> Start() => TestServer.Start(options => options with { ControlKey = ControlKey.Of(Key) });
}
