using System.Collections.Concurrent;
using Hookswitch.Calling;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Hookswitch.Identity;

/// <summary>The tokens that notifications carry, so that a bot can tell who calls it. <c>wire.md</c> 1.4.</summary>
/// <remarks>On real time: bots validate with their own clocks. Signing is dear, so one token serves an application for some minutes.</remarks>
internal sealed class CallbackTokens(SigningKey key, string issuer, Cloud cloud)
{
    /// <summary>Seen on real notifications.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(300);

    /// <summary>A minute before its end a token is no longer given out.</summary>
    private static readonly TimeSpan Reuse = TimeSpan.FromSeconds(240);

    /// <summary>Far more applications than run at once; then the cache begins anew.</summary>
    private const int MaxCached = 10_000;

    private readonly ConcurrentDictionary<(AppId, string), (string Authorization, DateTimeOffset Until)> _cache = new();

    public SigningKey Key => key;

    /// <summary>The <c>iss</c> of each token.</summary>
    public string Issuer => issuer;

    /// <summary>The Authorization of what goes to the bot of an application, about a call in a tenant.</summary>
    public string Authorization(AppId application, string tenant)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (_cache.TryGetValue((application, tenant), out var cached) && now < cached.Until)
        {
            return cached.Authorization;
        }

        if (_cache.Count >= MaxCached)
        {
            _cache.Clear();
        }

        var authorization = BearerToken.Prefix + Sign(application, tenant, now);
        _cache[(application, tenant)] = (authorization, now + Reuse);
        return authorization;
    }

    private string Sign(AppId application, string tenant, DateTimeOffset now) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = application.Value,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = now.UtcDateTime + Lifetime,
            SigningCredentials = key.Credentials,
            Claims = new Dictionary<string, object> { ["tid"] = tenant, ["appid"] = cloud.CallingService },
        });
}
