using Hookswitch.Identity;
using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Identity;

/// <summary>No token that is not wholly good lets anyone in. RFC 8725.</summary>
public sealed class BadTokenTests
{
    private const string Algorithm = "The token is signed with an algorithm that is not accepted: RS256 is.";

    [Fact]
    public async Task No_bad_token_is_accepted_and_each_is_told_what_is_wrong_with_it()
    {
        await using var server = await TestServer.Start();
        var forge = new TokenForge(server);
        foreach (var (what, token, problem) in Bad(forge))
        {
            var answer = await server.Http.Ask("GET", "/v1.0/communications/calls/00000000-0000-8000-8000-000000000000", body: null, token);
            Assert.True(answer.Outcome == "401 InvalidAuthenticationToken", $"{what}: {answer.Outcome}");
            Assert.True(answer.Message == problem || problem.Length == 0, $"{what}: {answer.Message}");
            Assert.Contains(answer.Headers.WwwAuthenticate, one => one.Scheme == "Bearer");
        }

        Assert.Equal("404 8522", (await server.Http.Ask("GET", "/v1.0/communications/calls/x", body: null, forge.Token())).Outcome);
    }

    [Fact]
    public async Task The_token_comes_before_everything_else()
    {
        await using var server = await TestServer.Start();

        Assert.Equal(401, (await server.Http.Ask("POST", "/v1.0/communications/calls", "{")).Status);
        Assert.Equal(401, (await server.Http.Ask("GET", "/beta/nowhere")).Status);
    }

    [Fact]
    public async Task An_authorization_of_another_kind_is_no_token()
    {
        await using var server = await TestServer.Start();
        server.Http.DefaultRequestHeaders.Authorization = new("Basic", "eDp5");

        Assert.Equal("The Authorization header must carry a Bearer token.", (await server.Http.Ask("GET", "/v1.0/communications/calls/x")).Message);
    }

    private static (string What, string? Token, string Problem)[] Bad(TokenForge forge)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return
        [
            ("none", null, "Access token is empty."),
            ("no token at all", "nonsense", "The token is malformed."),
            ("three dots", "a.b.c", "The token is malformed."),
            ("longer than any", new string('x', 20_000), "The token is too long."),
            ("expired", forge.Token(one => (one.NotBefore, one.Expires) = (now.AddHours(-2), now.AddMinutes(-2))), "The token has expired."),
            ("of the future", forge.Token(one => (one.NotBefore, one.Expires) = (now.AddMinutes(5), now.AddHours(1))), "The token is not valid yet."),
            ("without expiry", forge.Token(one => one.Expires = null), "The token has no expiry."),
            ("for another audience", forge.Token(one => one.Audience = "https://graph.example.com"), "The token is for another audience than https://graph.microsoft.com."),
            ("without audience", forge.Token(one => one.Audience = null), "The token is for another audience than https://graph.microsoft.com."),
            ("of another issuer", forge.Token(one => one.Issuer = "https://sts.example.com/"), "The token was issued by someone else."),
            ("of another tenant's issuer", forge.Token(one => one.Issuer = Clouds.Global.IssuerOf("aaaaaaaa-0000-4000-8000-000000000002")), "The token was issued by someone else."),
            ("without issuer", forge.Token(one => one.Issuer = null), "The token was issued by someone else."),
            ("without tenant", forge.Token(one => one.Claims.Remove("tid")), "The token was issued by someone else."),
            ("without application", forge.Token(one => one.Claims.Remove("appid")), "The token names no application (appid or azp) or no tenant (tid)."),
            ("unsigned", forge.WithHeader("""{"alg":"none","typ":"JWT"}""", signed: false), Algorithm),
            ("alg none with a signature", forge.WithHeader("""{"alg":"none","typ":"JWT"}""", signed: true), Algorithm),
            ("the signature cut off", forge.WithHeader($$"""{"alg":"RS256","kid":"{{forge.OurKeyId}}","typ":"JWT"}""", signed: false), "The token's signature is missing or wrong."),
            ("tampered with", forge.Tampered(), "The token's signature is missing or wrong."),
            ("signed by another", forge.SignedByAnother(), "The token is signed with a key that is not ours."),
            ("signed by another in our key's name", forge.SignedByAnother(forge.OurKeyId), "The token's signature is missing or wrong."),
            ("signed with our public key as a secret", forge.SignedWithThePublicKey(), Algorithm),
            ("signed with another algorithm", forge.SignedWith("RS512"), Algorithm),
            ("signed with yet another", forge.SignedWith("PS256"), Algorithm),
            ("of a notification", forge.OfANotification(), ""),
        ];
    }
}
