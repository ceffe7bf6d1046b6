using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Hookswitch.Identity;
using Hookswitch.Tests.Harness;
using Hookswitch.Tests.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace Hookswitch.Tests.Doors;

/// <summary>Tokens as bytes: whatever header and payload, signed with the key of whoever gives them out.</summary>
/// <param name="Algorithm">With which good tokens are signed.</param>
/// <param name="PublicKey">As everyone knows it.</param>
/// <param name="Sign">With the key of the authority.</param>
/// <param name="Good">The claims of a good token.</param>
internal sealed record RawTokens(
    string Algorithm, string KeyId, AsymmetricAlgorithm PublicKey, Func<byte[], byte[]> Sign, JsonObject Good)
{
    public JsonObject GoodHeader => new() { ["alg"] = Algorithm, ["typ"] = "JWT", ["kid"] = KeyId };

    /// <summary>Of the server itself.</summary>
    public static RawTokens Of(TestServer server)
    {
        var key = server.Services.GetRequiredService<AccessTokens>().Key;
        return new RawTokens(
            "RS256", key.Id, key.Key.Rsa, bytes => key.Key.Rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            Claims(Clouds.Global.IssuerOf(TestBot.Tenant)));
    }

    /// <summary>Of an external authority.</summary>
    public static RawTokens Of(TestAuthority authority) => new(
        "ES256", authority.Key.KeyId, authority.Key.ECDsa, bytes => authority.Key.ECDsa.SignData(bytes, HashAlgorithmName.SHA256),
        Claims(authority.Address.AbsoluteUri));

    /// <summary>Signed, and good but for the changes.</summary>
    public string Token(Action<JsonObject>? payload = null, Action<JsonObject>? header = null)
    {
        var (claims, head) = (Good.DeepClone().AsObject(), GoodHeader);
        payload?.Invoke(claims);
        header?.Invoke(head);
        return Signed(Bytes(head), Bytes(claims), Sign);
    }

    /// <summary>Signed, with one claim that is written as it stands there.</summary>
    public string WithClaim(string name, string json) => Signed(
        Bytes(GoodHeader), Encoding.UTF8.GetBytes(Good.ToJsonString().Replace($"\"{name}\":{Good[name]!.ToJsonString()}", $"\"{name}\":{json}", StringComparison.Ordinal)), Sign);

    /// <summary>Signed, with a payload that may be anything.</summary>
    public string WithPayload(byte[] payload) => Signed(Bytes(GoodHeader), payload, Sign);

    /// <summary>Signed, with a header that may be anything.</summary>
    public string WithHeader(string header) => Signed(Encoding.UTF8.GetBytes(header), Bytes(Good), Sign);

    /// <summary>Good claims under another signature.</summary>
    public string SignedBy(Func<byte[], byte[]> sign, Action<JsonObject> header)
    {
        var head = GoodHeader;
        header(head);
        return Signed(Bytes(head), Bytes(Good), sign);
    }

    /// <summary>Good claims under a secret. RFC 8725, 2.1.</summary>
    public string Hashed(byte[] secret, string algorithm = "HS256", string? keyId = null) => SignedBy(
        bytes => algorithm switch
        {
            "HS384" => HMACSHA384.HashData(secret, bytes),
            "HS512" => HMACSHA512.HashData(secret, bytes),
            _ => HMACSHA256.HashData(secret, bytes),
        },
        header => (header["alg"], header["kid"]) = (algorithm, keyId ?? KeyId));

    /// <summary>Good claims with a header of its own, and no signature.</summary>
    public string Unsigned(string header) => $"{Base64UrlEncoder.Encode(header)}.{Base64UrlEncoder.Encode(Good.ToJsonString())}.";

    private static string Signed(byte[] header, byte[] payload, Func<byte[], byte[]> sign)
    {
        var text = $"{Base64UrlEncoder.Encode(header)}.{Base64UrlEncoder.Encode(payload)}";
        return $"{text}.{Base64UrlEncoder.Encode(sign(Encoding.ASCII.GetBytes(text)))}";
    }

    private static byte[] Bytes(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString());

    private static JsonObject Claims(string issuer)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return new JsonObject
        {
            ["iss"] = issuer,
            ["aud"] = "https://graph.microsoft.com",
            ["iat"] = now - 60,
            ["nbf"] = now - 60,
            ["exp"] = now + 3600,
            ["appid"] = "bbbbbbbb-0000-4000-8000-000000000001",
            ["tid"] = TestBot.Tenant,
            ["roles"] = new JsonArray("Calls.Initiate.All"),
        };
    }
}
