using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Hookswitch.Tests.Identity;

/// <summary>Another OpenID provider: metadata, keys that change, and tokens.</summary>
internal sealed class TestAuthority : IAsyncDisposable
{
    private readonly WebApplication _app;
    private ECDsaSecurityKey _key = NewKey("first");
    private int _fetched;

    private TestAuthority(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First() + "/realm");

    /// <summary>With which it signs now.</summary>
    public ECDsaSecurityKey Key => _key;

    /// <summary>How often its keys were asked for.</summary>
    public int Fetched => Volatile.Read(ref _fetched);

    public static async Task<TestAuthority> Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        var authority = new TestAuthority(builder.Build());
        authority._app.Urls.Add("http://127.0.0.1:0");
        authority._app.MapGet("/realm/.well-known/openid-configuration", () => Results.Json(
            new { issuer = authority.Address.AbsoluteUri, jwks_uri = authority.Address.AbsoluteUri + "/keys" }));
        authority._app.MapGet("/realm/keys", authority.Keys);
        await authority._app.StartAsync();
        return authority;
    }

    /// <summary>From now on it signs with another key, and publishes that one alone.</summary>
    public void ChangeKey(string id) => _key = NewKey(id);

    public string Token(string audience = "https://graph.microsoft.com", string? keyId = null, Dictionary<string, object>? claims = null)
    {
        var key = keyId is null ? _key : NewKey(keyId);
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Address.AbsoluteUri,
            Audience = audience,
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256),
            Claims = claims ?? new Dictionary<string, object> { ["client_id"] = "bbbbbbbb-0000-4000-8000-000000000001", ["roles"] = new[] { "Calls.Initiate.All" } },
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private IResult Keys()
    {
        Interlocked.Increment(ref _fetched);
        var parameters = _key.ECDsa.ExportParameters(includePrivateParameters: false);
        return Results.Json(new
        {
            keys = new[]
            {
                new
                {
                    kty = "EC", use = "sig", crv = "P-256", kid = _key.KeyId,
                    x = Base64UrlEncoder.Encode(parameters.Q.X!), y = Base64UrlEncoder.Encode(parameters.Q.Y!),
                },
            },
        });
    }

    private static ECDsaSecurityKey NewKey(string id) => new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = id };
}
