using System.Security.Cryptography;
using System.Text;
using Hookswitch.Identity;
using Hookswitch.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Hookswitch.Tests.Identity;

/// <summary>Tokens, good and bad, as a server might get them.</summary>
internal sealed class TokenForge(TestServer server)
{
    private static readonly DateTime Now = TimeProvider.System.GetUtcNow().UtcDateTime;

    private SigningCredentials Ours => server.Services.GetRequiredService<AccessTokens>().Key.Credentials;

    /// <summary>A token that is good but for the change.</summary>
    public string Token(Action<SecurityTokenDescriptor>? change = null)
    {
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = Clouds.Global.IssuerOf(TestBot.Tenant),
            Audience = Clouds.Global.Audiences[0],
            NotBefore = Now.AddMinutes(-5),
            Expires = Now.AddHours(1),
            SigningCredentials = Ours,
            Claims = new Dictionary<string, object>
            {
                ["appid"] = "bbbbbbbb-0000-4000-8000-000000000001",
                ["tid"] = TestBot.Tenant,
                ["roles"] = new[] { "Calls.Initiate.All" },
            },
        };
        change?.Invoke(descriptor);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
    }

    /// <summary>A good token with another header, and no signature or the one it had.</summary>
    public string WithHeader(string header, bool signed)
    {
        var parts = Token().Split('.');
        return $"{Base64UrlEncoder.Encode(header)}.{parts[1]}.{(signed ? parts[2] : "")}";
    }

    /// <summary>A good token whose payload was changed after it was signed.</summary>
    public string Tampered()
    {
        var parts = Token().Split('.');
        var payload = Base64UrlEncoder.Decode(parts[1]).Replace("Calls.Initiate.All", "Calls.AccessMedia.All", StringComparison.Ordinal);
        return $"{parts[0]}.{Base64UrlEncoder.Encode(payload)}.{parts[2]}";
    }

    /// <summary>HS256 with our public key as the secret: the oldest trick. RFC 8725, 2.1.</summary>
    public string SignedWithThePublicKey()
    {
        var key = server.Services.GetRequiredService<AccessTokens>().Key;
        return Token(token => token.SigningCredentials = new SigningCredentials(
            new SymmetricSecurityKey(Encoding.UTF8.GetBytes(key.Modulus)) { KeyId = key.Id }, SecurityAlgorithms.HmacSha256));
    }

    public string SignedByAnother(string? keyId = null)
    {
        using var rsa = RSA.Create(2048);
        return Token(token => token.SigningCredentials = new SigningCredentials(
            new RsaSecurityKey(rsa.ExportParameters(includePrivateParameters: true)) { KeyId = keyId ?? "another" }, SecurityAlgorithms.RsaSha256));
    }

    public string SignedWith(string algorithm) => Token(token => token.SigningCredentials = new SigningCredentials(Ours.Key, algorithm));

    public string OurKeyId => Ours.Key.KeyId;

    /// <summary>What a notification carries: for a bot, not for the API.</summary>
    public string OfANotification() =>
        server.Services.GetRequiredService<CallbackTokens>().Authorization(new("bbbbbbbb-0000-4000-8000-000000000001"), TestBot.Tenant)[BearerToken.Prefix.Length..];
}
