using System.Text.Json.Serialization;

namespace Hookswitch.Identity;

/// <summary>Where MSAL asks whether a host is an authority at all, and under which other names it goes.</summary>
internal static class InstanceDiscovery
{
    private const string ApiVersion = "1.1";

    public static void MapInstanceDiscovery(this IEndpointRouteBuilder routes) => routes.MapGet("/common/discovery/instance", Discover);

    private static IResult Discover(
        [Microsoft.AspNetCore.Mvc.FromQuery(Name = "authorization_endpoint")] string? endpoint, AccessTokens tokens) =>
        Uri.TryCreate(endpoint, UriKind.Absolute, out var asked) && asked.Scheme == Uri.UriSchemeHttps && asked.Segments.Length > 1
            ? TypedResults.Ok(new InstanceDiscoveryAnswer(
                $"https://{asked.Authority}/{asked.Segments[1].Trim('/')}/v2.0/.well-known/openid-configuration", ApiVersion,
                [.. Instances(asked.Authority, tokens.Cloud)]))
            : TokenError.Answer(400, "invalid_instance", 50049, "The authorization_endpoint must be https://HOST/TENANT/oauth2/v2.0/authorize.");

    // Whatever host was asked about is this server; the cloud's own names belong together.
    private static IEnumerable<AuthorityInstance> Instances(string host, Cloud cloud)
    {
        yield return new AuthorityInstance(cloud.Logins[0], cloud.Logins[0], [.. cloud.Logins]);
        if (!cloud.Logins.Contains(host))
        {
            yield return new AuthorityInstance(host, host, [host]);
        }
    }
}

/// <summary>What MSAL reads of the answer.</summary>
internal sealed record InstanceDiscoveryAnswer(
    [property: JsonPropertyName("tenant_discovery_endpoint")] string TenantDiscoveryEndpoint,
    [property: JsonPropertyName("api-version")] string ApiVersion,
    [property: JsonPropertyName("metadata")] AuthorityInstance[] Metadata);

/// <summary>One authority and its names.</summary>
internal sealed record AuthorityInstance(
    [property: JsonPropertyName("preferred_network")] string PreferredNetwork,
    [property: JsonPropertyName("preferred_cache")] string PreferredCache,
    [property: JsonPropertyName("aliases")] string[] Aliases);
