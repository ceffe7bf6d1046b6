using System.Text.Json.Serialization;

namespace Hookswitch.Identity;

/// <summary>Where others find the keys of our tokens. OpenID Connect Discovery 1.0; RFC 7517.</summary>
internal static class OpenIdMetadata
{
    /// <summary>The keys of notifications, where the documentation has bots look for them.</summary>
    public const string CallbackConfiguration = "/v1/.well-known/OpenIdConfiguration";

    private const string CallbackKeys = "/v1/.well-known/keys";

    public static void MapOpenIdMetadata(this IEndpointRouteBuilder routes)
    {
        foreach (var path in new[] { CallbackConfiguration, "/v1/.well-known/openid-configuration" }) // the other one: China
        {
            routes.MapGet(path, (HttpRequest request, CallbackTokens tokens) => new OpenIdConfiguration(
                tokens.Issuer, $"{Here(request)}{CallbackKeys}", AuthorizationEndpoint: null, TokenEndpoint: null,
                ["RS256"], ["token"], ["pairwise"]));
        }

        routes.MapGet(CallbackKeys, (CallbackTokens tokens) => KeySet(tokens.Key));

        foreach (var version in new[] { "", "v2.0/" })
        {
            routes.MapGet($"/{{tenant}}/{version}.well-known/openid-configuration", AccessConfiguration);
        }

        routes.MapGet("/{tenant}/discovery/v2.0/keys", (string tenant, AccessTokens tokens) => KeySet(tokens.Key));
        routes.MapGet("/{tenant}/discovery/keys", (string tenant, AccessTokens tokens) => KeySet(tokens.Key));
    }

    // At common, organizations or a domain the tenant is not known yet: the issuer is a template, in which tid is to be put.
    private static OpenIdConfiguration AccessConfiguration(string tenant, HttpRequest request, AccessTokens tokens)
    {
        var root = $"{Here(request)}/{tenant}";
        return new OpenIdConfiguration(
            tokens.Cloud.IssuerOf(Guid.TryParse(tenant, out var id) ? id.ToString("D") : "{tenantid}"), $"{root}/discovery/v2.0/keys",
            $"{root}/oauth2/v2.0/authorize", $"{root}/oauth2/v2.0/token", ["RS256"], ["token"], ["pairwise"]);
    }

    private static string Here(HttpRequest request) => $"{request.Scheme}://{request.Host}";

    private static JsonWebKeys KeySet(SigningKey key) =>
        new([new JsonWebKeyEntry("RSA", "sig", key.Id, key.Id, key.Modulus, key.Exponent, "RS256")]);
}

/// <summary>OpenID Connect Discovery 1.0, 3.</summary>
internal sealed record OpenIdConfiguration(
    [property: JsonPropertyName("issuer")] string Issuer,
    [property: JsonPropertyName("jwks_uri")] string Keys,
    [property: JsonPropertyName("authorization_endpoint"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? AuthorizationEndpoint,
    [property: JsonPropertyName("token_endpoint"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TokenEndpoint,
    [property: JsonPropertyName("id_token_signing_alg_values_supported")] string[] Algorithms,
    [property: JsonPropertyName("response_types_supported")] string[] ResponseTypes,
    [property: JsonPropertyName("subject_types_supported")] string[] SubjectTypes);

/// <summary>RFC 7517, 5.</summary>
internal sealed record JsonWebKeys([property: JsonPropertyName("keys")] JsonWebKeyEntry[] Keys);

/// <summary>RFC 7517, 4; RFC 7518, 6.3.</summary>
internal sealed record JsonWebKeyEntry(
    [property: JsonPropertyName("kty")] string Type,
    [property: JsonPropertyName("use")] string Use,
    [property: JsonPropertyName("kid")] string Id,
    [property: JsonPropertyName("x5t")] string Thumbprint,
    [property: JsonPropertyName("n")] string Modulus,
    [property: JsonPropertyName("e")] string Exponent,
    [property: JsonPropertyName("alg")] string Algorithm);
