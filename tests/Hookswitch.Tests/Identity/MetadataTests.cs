using System.Text.Json.Nodes;
using Hookswitch.Tests.Harness;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Hookswitch.Tests.Identity;

/// <summary>Where MSAL, Azure.Identity, the Communications SDK and validators look for metadata, keys and tokens.</summary>
public sealed class MetadataTests
{
    [Theory]
    [InlineData("common", "https://sts.windows.net/{tenantid}/")]
    [InlineData("organizations", "https://sts.windows.net/{tenantid}/")]
    [InlineData("contoso.example", "https://sts.windows.net/{tenantid}/")]
    [InlineData("AAAAAAAA-0000-4000-8000-000000000001", "https://sts.windows.net/aaaaaaaa-0000-4000-8000-000000000001/")]
    public async Task The_issuer_is_a_template_until_the_tenant_is_known(string tenant, string issuer)
    {
        await using var server = await TestServer.Start();

        foreach (var version in new[] { "", "v2.0/" })
        {
            var answer = await server.Http.Ask("GET", $"/{tenant}/{version}.well-known/openid-configuration");

            Assert.Equal((200, issuer), (answer.Status, (string?)answer.Body["issuer"]));
            Assert.Equal($"{server.Address}{tenant}/oauth2/v2.0/token", (string?)answer.Body["token_endpoint"]);
        }
    }

    [Theory]
    [InlineData("/v1/.well-known/OpenIdConfiguration")]
    [InlineData("/v1/.well-known/openidconfiguration")]
    public async Task The_library_that_bots_use_finds_the_keys_of_notifications(string path)
    {
        await using var server = await TestServer.Start();

        var configuration = await Configuration(server, path);

        Assert.Equal("https://api.botframework.com", configuration.Issuer);
        Assert.Single(configuration.SigningKeys);
    }

    [Theory]
    [InlineData("/common/v2.0/.well-known/openid-configuration")]
    [InlineData("/aaaaaaaa-0000-4000-8000-000000000001/.well-known/openid-configuration")]
    public async Task The_library_that_bots_use_finds_the_keys_of_access_tokens(string path)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);

        var configuration = await Configuration(server, path);
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(await bot.Token(), new TokenValidationParameters
        {
            ValidIssuer = configuration.Issuer.Replace("{tenantid}", TestBot.Tenant, StringComparison.Ordinal),
            ValidAudience = "https://graph.microsoft.com",
            IssuerSigningKeys = configuration.SigningKeys,
        });

        Assert.True(result.IsValid);
    }

    [Fact]
    public async Task MSAL_is_told_that_the_host_is_an_authority_and_which_names_belong_together()
    {
        await using var server = await TestServer.Start();

        var known = await Discover(server, "https://login.microsoftonline.com/common/oauth2/v2.0/authorize");
        var own = await Discover(server, "https://127.0.0.1:5443/contoso.example/oauth2/v2.0/authorize");

        Assert.Equal("https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration", (string?)known["tenant_discovery_endpoint"]);
        Assert.Equal(
            ["login.microsoftonline.com", "login.windows.net", "login.microsoft.com", "sts.windows.net"],
            Assert.Single(known["metadata"]!.AsArray())!["aliases"]!.AsArray().Select(one => (string?)one));
        Assert.Equal("https://127.0.0.1:5443/contoso.example/v2.0/.well-known/openid-configuration", (string?)own["tenant_discovery_endpoint"]);
        Assert.Equal("127.0.0.1:5443", (string?)own["metadata"]![1]!["preferred_network"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?authorization_endpoint=nowhere")]
    [InlineData("?authorization_endpoint=http://127.0.0.1/common/oauth2/v2.0/authorize")]
    [InlineData("?authorization_endpoint=https://127.0.0.1/")]
    public async Task What_is_no_endpoint_is_no_authority(string query)
    {
        await using var server = await TestServer.Start();

        var answer = await server.Http.Ask("GET", $"/common/discovery/instance{query}");

        Assert.Equal((400, "invalid_instance"), (answer.Status, (string?)answer.Body["error"]));
    }

    [Theory]
    [InlineData("https://graph.microsoft.com")]
    [InlineData("https://graph.microsoft.com/")]
    [InlineData("00000003-0000-0000-c000-000000000000")]
    public async Task The_first_version_of_the_token_endpoint_takes_a_resource_and_answers_with_strings(string resource)
    {
        await using var server = await TestServer.Start();

        var (status, answer) = await AskForResource(server, resource);
        var token = new JsonWebToken((string)answer["access_token"]!);

        Assert.Equal((200, "Bearer", "3599"), (status, (string?)answer["token_type"], (string?)answer["expires_in"]));
        Assert.Equal(token.GetPayloadValue<long>("exp"), long.Parse((string)answer["expires_on"]!, System.Globalization.CultureInfo.InvariantCulture), 1.0);
        Assert.Equal("404 8522", (await server.Http.Ask("GET", "/v1.0/communications/calls/x", body: null, token.EncodedToken)).Outcome);
    }

    [Theory]
    [InlineData("", "invalid_request", "The request body must contain the following parameter: 'resource'.")]
    [InlineData("https://vault.example", "invalid_resource", "The resource 'https://vault.example' is not valid: https://graph.microsoft.com is.")]
    public async Task A_resource_that_is_not_Graph_gets_no_token(string resource, string error, string message)
    {
        await using var server = await TestServer.Start();

        var (status, answer) = await AskForResource(server, resource);

        Assert.Equal((400, error), (status, (string?)answer["error"]));
        Assert.EndsWith(message, (string)answer["error_description"]!, StringComparison.Ordinal);
    }

    private static Task<OpenIdConnectConfiguration> Configuration(TestServer server, string path) =>
        OpenIdConnectConfigurationRetriever.GetAsync(
            new Uri(server.Address, path).AbsoluteUri, new HttpDocumentRetriever(server.Http) { RequireHttps = false }, CancellationToken.None);

    private static async Task<JsonObject> Discover(TestServer server, string endpoint) => (await server.Http.Ask(
        "GET", $"/common/discovery/instance?api-version=1.1&authorization_endpoint={Uri.EscapeDataString(endpoint)}")).Body;

    private static async Task<(int Status, JsonObject Answer)> AskForResource(TestServer server, string resource)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = "bbbbbbbb-0000-4000-8000-000000000009",
            ["client_secret"] = "anything",
            ["resource"] = resource,
        });
        var answer = await server.Http.Ask("POST", $"/{TestBot.Tenant}/oauth2/token", form);
        return (answer.Status, answer.Body);
    }
}
