using System.Text.Json.Nodes;
using Hookswitch.Phones;
using Hookswitch.Tests.Harness;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Hookswitch.Tests.Identity;

/// <summary>Where applications get their tokens.</summary>
public sealed class TokenEndpointTests
{
    private const string Application = "bbbbbbbb-0000-4000-8000-000000000009";
    private const string Registered = $"/control/applications/{Application}";

    private static readonly string[] All =
        ["Calls.AccessMedia.All", "Calls.Initiate.All", "Calls.InitiateGroupCall.All", "Calls.JoinGroupCall.All", "Calls.JoinGroupCallAsGuest.All"];

    [Fact]
    public async Task Any_application_gets_all_permissions_in_development()
    {
        await using var server = await TestServer.Start();

        var (status, answer) = await Ask(server, TestBot.Tenant, Form());
        var token = new JsonWebToken((string)answer["access_token"]!);

        Assert.Equal((200, "Bearer", 3599), (status, (string?)answer["token_type"], (int)answer["expires_in"]!));
        Assert.Equal(All, Claims(token, "roles"));
        Assert.Equal([Application], Claims(token, "appid"));
        Assert.Equal([TestBot.Tenant], Claims(token, "tid"));
    }

    [Fact]
    public async Task A_registered_application_gets_what_it_is_registered_with()
    {
        await using var server = await TestServer.Start();
        await server.Put(Registered, new { permissions = new[] { "Calls.Initiate.All" } });

        var (_, answer) = await Ask(server, TestBot.Tenant, Form());

        Assert.Equal(["Calls.Initiate.All"], Claims(new JsonWebToken((string)answer["access_token"]!), "roles"));
    }

    [Theory]
    [InlineData("common")]
    [InlineData("organizations")]
    [InlineData("contoso.example")]
    public async Task Asked_for_at_common_or_a_domain_a_token_carries_the_applications_own_tenant(string tenant)
    {
        await using var server = await TestServer.Start();

        var (_, unknown) = await Ask(server, tenant, Form());
        await server.Put(Registered, new { tenantId = TestBot.Tenant });
        var (_, known) = await Ask(server, tenant, Form());

        Assert.Equal([Phones.Directory.DevelopmentTenant], Claims(new JsonWebToken((string)unknown["access_token"]!), "tid"));
        Assert.Equal([TestBot.Tenant], Claims(new JsonWebToken((string)known["access_token"]!), "tid"));
    }

    [Fact]
    public async Task A_query_is_tolerated()
    {
        await using var server = await TestServer.Start();

        var (status, _) = await Ask(server, $"{TestBot.Tenant}", Form(), "?client-request-id=4a8a1b0c-0000-4000-8000-000000000001");

        Assert.Equal(200, status);
    }

    [Fact]
    public async Task A_wrong_secret_gets_nothing()
    {
        await using var server = await TestServer.Start();
        await server.Put(Registered, new { secret = "right" });

        var (status, answer) = await Ask(server, TestBot.Tenant, Form(("client_secret", "wrong")));

        Assert.Equal((401, "invalid_client"), (status, (string?)answer["error"]));
        Assert.DoesNotContain("wrong", answer.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("grant_type", "password", "unsupported_grant_type", "The grant type 'password' is not supported: client_credentials is.")]
    [InlineData("client_id", "", "invalid_request", "The request body must contain the following parameter: 'client_id'.")]
    [InlineData("client_secret", "", "invalid_request", "The request body must contain the following parameter: 'client_secret'.")]
    [InlineData("client_id", "a\nb", "invalid_request", "The parameter 'client_id' must not contain control characters.")]
    [InlineData("scope", "", "invalid_request", "The request body must contain the following parameter: 'scope'.")]
    [InlineData("scope", "https://vault.example/.default", "invalid_scope", "The scope 'https://vault.example/.default' is not valid: https://graph.microsoft.com/.default is.")]
    public async Task A_request_that_makes_no_sense_is_told_why(string field, string value, string error, string message)
    {
        await using var server = await TestServer.Start();

        var (status, answer) = await Ask(server, TestBot.Tenant, Form((field, value)));

        Assert.Equal((400, error), (status, (string?)answer["error"]));
        Assert.EndsWith(message, (string)answer["error_description"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_too_much_is_refused()
    {
        await using var server = await TestServer.Start();
        var many = Form([.. Enumerable.Range(0, 2000).Select(number => ($"field{number}", ""))]);

        Assert.Equal(400, (await Ask(server, TestBot.Tenant, many)).Status);
        Assert.Equal(400, (await Ask(server, TestBot.Tenant, Form(("client_id", new string('x', 257))))).Status);
        Assert.Equal(413, (await Ask(server, TestBot.Tenant, Form(("client_id", new string('x', 300_000))))).Status);
        using var broken = new StringContent("x");
        broken.Headers.ContentType = new("multipart/form-data");
        Assert.Equal(400, (await server.Http.Ask("POST", $"/{TestBot.Tenant}/oauth2/v2.0/token", broken)).Status);
    }

    [Fact]
    public async Task A_body_that_is_no_form_is_refused()
    {
        await using var server = await TestServer.Start();

        var answer = await server.Http.Ask("POST", $"/{TestBot.Tenant}/oauth2/v2.0/token", "{}");

        Assert.Equal((400, "invalid_request"), (answer.Status, (string?)answer.Body["error"]));
    }

    [Fact]
    public void A_secret_is_kept_as_a_hash_that_only_the_secret_matches()
    {
        var kept = HashedSecret.Parse(HashedSecret.Of("right").ToString())!;

        Assert.True(kept.Matches("right"));
        Assert.False(kept.Matches("wrong"));
        Assert.NotEqual(HashedSecret.Of("right").ToString(), kept.ToString());
        Assert.Null(HashedSecret.Parse("right"));
    }

    private static Dictionary<string, string> Form(params (string Field, string Value)[] changes)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = Application,
            ["client_secret"] = "anything",
            ["scope"] = "https://graph.microsoft.com/.default",
        };
        foreach (var (field, value) in changes)
        {
            form[field] = value;
        }

        return form;
    }

    private static async Task<(int Status, JsonObject Answer)> Ask(TestServer server, string tenant, Dictionary<string, string> form, string query = "")
    {
        using var content = new FormUrlEncodedContent(form);
        var answer = await server.Http.Ask("POST", $"/{tenant}/oauth2/v2.0/token{query}", content);
        return (answer.Status, answer.Body);
    }

    private static IEnumerable<string> Claims(JsonWebToken token, string type) =>
        token.Claims.Where(claim => claim.Type == type).Select(claim => claim.Value).Order(StringComparer.Ordinal);
}
