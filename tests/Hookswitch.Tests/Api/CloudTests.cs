using Azure.Core.Pipeline;
using Azure.Identity;
using Hookswitch.Identity;
using Hookswitch.Tests.Harness;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Hookswitch.Tests.Api;

/// <summary>National clouds: their names, their tokens, and what they do not offer.</summary>
public sealed class CloudTests
{
    private const string Call = "communications/calls/00000000-0000-8000-8000-000000000000";

    public static TheoryData<string, string> Operations => new(
        from version in new[] { "v1.0", "beta" }
        from operation in new[] { "POST calls", "GET calls/x", "DELETE calls/x", "POST calls/x/keepAlive", "POST calls/x/microsoft.graph.answer", "GET onlineMeetings/x" }
        select (version, operation));

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task China_offers_no_calls_in_any_version(string version, string operation)
    {
        await using var server = await Start(Clouds.China21Vianet);
        var (method, path) = (operation.Split(' ')[0], operation.Split(' ')[1]);

        var answer = await server.Http.Ask(method, $"/{version}/communications/{path}", body: null, await Token(server, Clouds.China21Vianet));

        Assert.Equal(("400 BadRequest", $"The cloud China21Vianet does not offer the calls API in {version}."), (answer.Outcome, answer.Message));
    }

    [Fact]
    public async Task China_offers_no_meetings_of_users()
    {
        await using var server = await Start(Clouds.China21Vianet);

        var answer = await server.Http.Ask("GET", "/v1.0/users/x/onlineMeetings/y", body: null, await Token(server, Clouds.China21Vianet));

        Assert.Equal("400 BadRequest", answer.Outcome);
    }

    [Theory]
    [InlineData("Global", "v1.0", "404 8522")]
    [InlineData("Global", "beta", "404 8522")]
    [InlineData("UsGovL4", "v1.0", "404 8522")]
    [InlineData("UsGovL4", "beta", "400 BadRequest")]
    [InlineData("UsGovL5", "v1.0", "404 8522")]
    [InlineData("UsGovL5", "beta", "400 BadRequest")]
    public async Task Delete_call_is_offered_in_beta_by_Global_alone(string name, string version, string outcome)
    {
        var cloud = Clouds.All.Single(one => one.Name == name);
        await using var server = await Start(cloud);

        var answer = await server.Http.Ask("DELETE", $"/{version}/{Call}", body: null, await Token(server, cloud));

        Assert.Equal(outcome, answer.Outcome);
        Assert.True(answer.Status != 400 || answer.Message == $"The cloud {name} does not offer Delete call in {version}.", answer.Message);
    }

    [Theory]
    [InlineData("GET", $"beta/{Call}", "404 8522")]
    [InlineData("DELETE", "beta/app/calls/x", "400 BadRequest")]
    [InlineData("POST", $"v1.0/{Call}/sendDtmfTones", "400 BadRequest")]
    [InlineData("POST", $"v1.0/{Call}/microsoft.graph.addLargeGalleryView", "400 BadRequest")]
    [InlineData("GET", $"v1.0/{Call}/audioRoutingGroups/x", "400 BadRequest")]
    [InlineData("POST", $"v1.0/{Call}/keepAlive", "404 8522")]
    [InlineData("GET", "beta/users/x/onlineMeetings/y", "404 NotFound")]
    [InlineData("GET", "v1.0/users/x", "404 ResourceNotFound")]
    public async Task The_US_government_offers_what_its_schema_has(string method, string path, string outcome)
    {
        await using var server = await Start(Clouds.UsGovL4);

        Assert.Equal(outcome, (await server.Http.Ask(method, $"/{path}", body: null, await Token(server, Clouds.UsGovL4))).Outcome);
    }

    [Fact]
    public async Task A_token_of_one_cloud_is_no_token_in_another()
    {
        await using var server = await Start(Clouds.UsGovL5);

        var answer = await server.Http.Ask("GET", $"/v1.0/{Call}", body: null, new Identity.TokenForge(server).Token());
        var own = new JsonWebToken(await Token(server, Clouds.UsGovL5));

        Assert.Equal("The token is for another audience than https://dod-graph.microsoft.us.", answer.Message);
        Assert.Equal("https://dod-graph.microsoft.us", Assert.Single(own.Audiences));
    }

    [Fact]
    public async Task The_issuer_is_that_of_the_cloud()
    {
        await using var server = await Start(Clouds.China21Vianet);

        Assert.Equal($"https://sts.chinacloudapi.cn/{TestBot.Tenant}/", new JsonWebToken(await Token(server, Clouds.China21Vianet)).Issuer);
    }

    [Fact]
    public async Task Azure_Identity_gets_a_token_of_a_national_cloud_from_the_host_that_it_hard_codes()
    {
        await using var server = await TestServer.Start(
            options => options with { Cloud = Clouds.UsGovL4, Urls = ["http://127.0.0.1:0", "https://127.0.0.1:0"] });
        var credential = new ClientSecretCredential(TestBot.Tenant, "bbbbbbbb-0000-4000-8000-000000000001", "secret", new ClientSecretCredentialOptions
        {
            AuthorityHost = AzureAuthorityHosts.AzureGovernment,
            Transport = new HttpClientTransport(new HttpClient(Led.To(server))),
        });

        var token = await credential.GetTokenAsync(new(["https://graph.microsoft.us/.default"]));

        Assert.Equal("https://graph.microsoft.us", Assert.Single(new JsonWebToken(token.Token).Audiences));
    }

    private static Task<TestServer> Start(Cloud cloud) => TestServer.Start(options => options with { Cloud = cloud });

    private static async Task<string> Token(TestServer server, Cloud cloud)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = "bbbbbbbb-0000-4000-8000-000000000001",
            ["client_secret"] = "secret",
            ["scope"] = $"https://{cloud.Graph}/.default",
        });
        return (string)(await server.Http.Ask("POST", $"/{TestBot.Tenant}/oauth2/v2.0/token", form)).Body["access_token"]!;
    }
}
