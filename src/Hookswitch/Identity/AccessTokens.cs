using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;
using Hookswitch.Calling;
using Hookswitch.Phones;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Application = Hookswitch.Phones.Application;

namespace Hookswitch.Identity;

/// <summary>The tokens with which applications use the API: given out as Entra does, and validated strictly (RFC 8725).</summary>
/// <param name="audiences">For whom tokens may be; empty: Graph in that cloud.</param>
/// <param name="authority">Who gives them out; null: this server.</param>
/// <remarks>On real time, like everything that leaves the process.</remarks>
internal sealed class AccessTokens(SigningKey key, Cloud cloud, IReadOnlyList<string> audiences, ExternalAuthority? authority)
{
    /// <summary>What Entra says of its own tokens.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(3599);

    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);

    /// <summary>Longer than any token of ours; what is longer is not looked into.</summary>
    private const int MaxTokenLength = 16 * 1024;

    /// <summary>Tokens that were validated before; then the cache begins anew.</summary>
    private const int MaxCached = 10_000;

    /// <summary>After which even a good token is looked at again: its key may have been withdrawn.</summary>
    private static readonly TimeSpan Trust = TimeSpan.FromMinutes(5);

    private const string Malformed = "The token is malformed.";

    private readonly JsonWebTokenHandler _handler = new()
    {
        MapInboundClaims = false,
        MaximumTokenSizeInBytes = MaxTokenLength,
        SetDefaultTimesOnTokenCreation = false,
    };

    private readonly ConcurrentDictionary<TokenHash, (Caller Caller, DateTimeOffset Until)> _validated = new();

    public SigningKey Key => key;

    /// <summary>Whose tokens these are.</summary>
    public Cloud Cloud => cloud;

    /// <summary>Who gives tokens out; null: this server.</summary>
    public Uri? Authority => authority?.Address;

    private IReadOnlyList<string> Audiences => audiences.Count > 0 ? audiences : cloud.Audiences;

    /// <summary>A token for an application in a tenant.</summary>
    public string Issue(Application application, string tenant)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = cloud.IssuerOf(tenant),
            Audience = cloud.Audiences[0],
            IssuedAt = now,
            NotBefore = now,
            Expires = now + Lifetime,
            SigningCredentials = key.Credentials,
            Claims = new Dictionary<string, object>
            {
                ["appid"] = application.Id.Value,
                ["idtyp"] = "app",
                ["roles"] = application.Permissions.Select(Permissions.RoleOf).ToArray(),
                ["tid"] = tenant,
                ["uti"] = Guid.NewGuid().ToString("N"),
                ["ver"] = "1.0",
            },
        });
    }

    /// <summary>Who sent that token; null with the reason when it is none of ours, or no longer good.</summary>
    /// <exception cref="AuthorityUnavailableException">That cannot be said now.</exception>
    public async Task<(Caller? Caller, string Problem)> Validate(string token)
    {
        if (token.Length > MaxTokenLength)
        {
            return (null, "The token is too long.");
        }

        var hash = TokenHash.Of(token);
        if (_validated.TryGetValue(hash, out var known) && TimeProvider.System.GetUtcNow() < known.Until)
        {
            return (known.Caller, "");
        }

        if (!TokenForm.IsGood(token))
        {
            return (null, Malformed);
        }

        var result = await (authority is null ? _handler.ValidateTokenAsync(token, Own()) : authority.Validate(_handler, token, Expected()));
        if (!result.IsValid)
        {
            return (null, Explain(result.Exception, token));
        }

        if (Read(result.ClaimsIdentity) is not { } caller)
        {
            return (null, "The token names no application (appid or azp) or no tenant (tid).");
        }

        Remember(hash, caller, result.SecurityToken.ValidTo);
        return (caller, "");
    }

    private Caller? Read(ClaimsIdentity claims)
    {
        var application = claims.FindFirst("appid")?.Value ?? claims.FindFirst("azp")?.Value;
        if (authority is not null)
        {
            application ??= claims.FindFirst("client_id")?.Value; // RFC 9068, 2.2
        }

        var tenant = claims.FindFirst("tid")?.Value ?? (application is null ? null : authority?.TenantOf(new AppId(application)));
        return IsName(application) && IsName(tenant)
            ? new Caller(new AppId(application), tenant, Roles(claims), IsDelegated: claims.HasClaim(claim => claim.Type == "scp"))
            : null;
    }

    // Names are kept with calls and shown to people.
    private static bool IsName([NotNullWhen(true)] string? text) => !string.IsNullOrWhiteSpace(text) && DirectoryReading.TextProblem(text) is null;

    private static ImmutableSortedSet<Permission> Roles(ClaimsIdentity claims) =>
        [.. from claim in claims.FindAll("roles")
            where Permissions.ByRole.ContainsKey(claim.Value)
            select Permissions.ByRole[claim.Value]];

    // Says what is wrong with the token, never what is in it.
    private string Explain(Exception? exception, string token) => exception switch
    {
        SecurityTokenExpiredException => "The token has expired.",
        SecurityTokenNotYetValidException => "The token is not valid yet.",
        SecurityTokenNoExpirationException => "The token has no expiry.",
        SecurityTokenInvalidAudienceException => $"The token is for another audience than {Audiences[0]}.",
        SecurityTokenInvalidIssuerException => "The token was issued by someone else.",
        SecurityTokenInvalidSignatureException when authority is null && new JsonWebToken(token).Alg != SecurityAlgorithms.RsaSha256 =>
            "The token is signed with an algorithm that is not accepted: RS256 is.",
        SecurityTokenSignatureKeyNotFoundException when authority is not null => $"The token is signed with a key that {authority.Address} does not publish.",
        SecurityTokenSignatureKeyNotFoundException => "The token is signed with a key that is not ours.",
        SecurityTokenInvalidSignatureException => "The token's signature is missing or wrong.",
        _ => Malformed,
    };

    // Whoever gave it out.
    private TokenValidationParameters Expected() => new()
    {
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        ValidAudiences = Audiences.SelectMany(audience => new[] { audience, audience + "/" }),
        TryAllIssuerSigningKeys = false,
        ClockSkew = ClockSkew,
    };

    private TokenValidationParameters Own()
    {
        var parameters = Expected();
        parameters.ValidAlgorithms = [SecurityAlgorithms.RsaSha256];
        parameters.IssuerSigningKey = key.Key;
        // The issuer of a tenant may speak for that tenant alone.
        parameters.IssuerValidator = (issuer, token, _) =>
            token is JsonWebToken jwt && jwt.TryGetPayloadValue<string>("tid", out var tenant) && issuer == cloud.IssuerOf(tenant)
                ? issuer
                : throw new SecurityTokenInvalidIssuerException();
        return parameters;
    }

    private void Remember(TokenHash hash, Caller caller, DateTime validTo)
    {
        if (_validated.Count >= MaxCached)
        {
            _validated.Clear();
        }

        var (end, trusted) = (new DateTimeOffset(validTo, TimeSpan.Zero), TimeProvider.System.GetUtcNow() + Trust);
        _validated[hash] = (caller, end < trusted - ClockSkew ? end + ClockSkew : trusted);
    }
}
