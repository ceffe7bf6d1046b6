using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Hookswitch.Identity;
using Hookswitch.Resources;
using Hookswitch.Tests.Harness;
using Microsoft.IdentityModel.Tokens;

namespace Hookswitch.Tests.Doors;

/// <summary>Tokens that no one may get in with, by theme. RFC 8725; RFC 7515 and 7519 for their form.</summary>
internal static class BadTokens
{
    /// <summary>Those that are bad whoever is the authority.</summary>
    /// <param name="elsewhere">An address that is to be asked by nobody.</param>
    public static IEnumerable<(string What, string Token)> All(RawTokens raw, string elsewhere) =>
        [.. Unsigned(raw), .. Confused(raw), .. KeyIds(raw), .. ForeignKeys(raw, elsewhere), .. Claims(raw), .. Times(raw), .. Headers(raw), .. Forms(raw), .. Json(raw)];

    /// <summary>Those that are bad because of what this server says in its own.</summary>
    public static IEnumerable<(string What, string Token)> OfOurs(RawTokens raw, CallbackTokens callbacks)
    {
        var signature = raw.Token().Split('.')[2];
        string Issued(string issuer) => raw.Token(one => one["iss"] = issuer);
        const string Other = Visitor.OtherTenant;
        return
        [
            ("of another tenant's issuer", Issued(Clouds.Global.IssuerOf(Other))),
            ("of another tenant, by ours", raw.Token(one => one["tid"] = Other)),
            ("of the issuer of the second version", Issued($"https://login.microsoftonline.com/{TestBot.Tenant}/v2.0")),
            ("of the issuer without its last slash", Issued(Clouds.Global.IssuerOf(TestBot.Tenant).TrimEnd('/'))),
            ("of the issuer in capitals", Issued(Clouds.Global.IssuerOf(TestBot.Tenant).ToUpperInvariant())),
            ("of the issuer with more behind it", Issued(Clouds.Global.IssuerOf(TestBot.Tenant) + "more")),
            ("of the issuer over http", Issued(Clouds.Global.IssuerOf(TestBot.Tenant).Replace("https:", "http:", StringComparison.Ordinal))),
            ("of the issuer of another cloud", Issued(Clouds.China21Vianet.IssuerOf(TestBot.Tenant))),
            ("of the issuer for all tenants", Issued("https://sts.windows.net/{tenantid}/")),
            ("without tenant", raw.Token(one => one.Remove("tid"))),
            ("without application, but a client_id", raw.Token(one => (one["client_id"], one["appid"]) = ("bbbbbbbb-0000-4000-8000-000000000001", null))),
            .. from value in new[] { "null", "7", "true", "[]", "{}", "\"\"", "[\"aaaaaaaa-0000-4000-8000-000000000001\"]" } select ($"tid: {value}", raw.WithClaim("tid", value)),
            ("of a notification", callbacks.Authorization(new("bbbbbbbb-0000-4000-8000-000000000001"), TestBot.Tenant)[BearerToken.Prefix.Length..]),
            ("signed with the key of notifications", raw.SignedBy(Callback, header => header["kid"] = callbacks.Key.Id)),
            ("signed with the key of notifications in the name of ours", raw.SignedBy(Callback, _ => { })),
            ("RSA-PSS where PKCS 1 is due", raw.SignedBy(Pss, _ => { })),
            ("RSA-PSS by its name", raw.SignedBy(Pss, header => header["alg"] = "PS256")),
            ("RS384", raw.SignedBy(bytes => Rsa().SignData(bytes, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1), header => header["alg"] = "RS384")),
            ("RS512", raw.SignedBy(bytes => Rsa().SignData(bytes, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1), header => header["alg"] = "RS512")),
            ("SHA-1 in the name of RS256", raw.SignedBy(bytes => Rsa().SignData(bytes, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1), _ => { })),
            ("a signature of nothing but zeros", raw.SignedBy(_ => new byte[256], _ => { })),
            ("a signature of one", raw.SignedBy(_ => [.. new byte[255], 1], _ => { })),
            ("the signature of another token", $"{raw.Token(one => one["uti"] = "x")[..^signature.Length]}{signature}"),
        ];

        RSA Rsa() => (RSA)raw.PublicKey; // the server's own, with its private half
        byte[] Pss(byte[] bytes) => Rsa().SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        byte[] Callback(byte[] bytes) => callbacks.Key.Key.Rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static IEnumerable<(string, string)> Unsigned(RawTokens raw)
    {
        string[] spellings = ["\"none\"", "\"None\"", "\"NONE\"", "\"nOnE\"", "\"none \"", "\" none\"", "\"none\\u0000\"", "\"\"", "null", "0", "false", "[\"none\"]", "{\"alg\":\"none\"}"];
        foreach (var alg in spellings)
        {
            yield return ($"alg {alg} without a signature", raw.Unsigned($$"""{"alg":{{alg}},"typ":"JWT","kid":"{{raw.KeyId}}"}"""));
            yield return ($"alg {alg} with a signature", raw.WithHeader($$"""{"alg":{{alg}},"typ":"JWT","kid":"{{raw.KeyId}}"}"""));
        }

        yield return ("no alg", raw.WithHeader($$"""{"typ":"JWT","kid":"{{raw.KeyId}}"}"""));
        yield return ("the right alg without a signature", raw.Unsigned(raw.GoodHeader.ToJsonString()));
        yield return ("no last dot either", raw.Unsigned(raw.GoodHeader.ToJsonString()).TrimEnd('.'));
    }

    private static IEnumerable<(string, string)> Confused(RawTokens raw)
    {
        var (pem, der) = raw.PublicKey switch
        {
            RSA rsa => (rsa.ExportSubjectPublicKeyInfoPem(), rsa.ExportSubjectPublicKeyInfo()),
            ECDsa ecdsa => (ecdsa.ExportSubjectPublicKeyInfoPem(), ecdsa.ExportSubjectPublicKeyInfo()),
            _ => throw new InvalidOperationException(),
        };
        foreach (var alg in new[] { "HS256", "HS384", "HS512" })
        {
            yield return ($"{alg} with the public key as PEM", raw.Hashed(Encoding.ASCII.GetBytes(pem), alg));
            yield return ($"{alg} with the public key as PEM and a line end", raw.Hashed(Encoding.ASCII.GetBytes(pem + "\n"), alg));
            yield return ($"{alg} with the public key as DER", raw.Hashed(der, alg));
            yield return ($"{alg} with an empty secret", raw.Hashed([], alg));
            yield return ($"{alg} with the id of the key", raw.Hashed(Encoding.ASCII.GetBytes(raw.KeyId), alg));
        }

        foreach (var alg in new[] { raw.Algorithm.ToLowerInvariant(), raw.Algorithm + " ", "RSA", "SHA256withRSA", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "dir", "A256GCMKW", "HS1" })
        {
            yield return ($"the right signature by the name of {alg}", raw.Token(header: one => one["alg"] = alg));
        }
    }

    private static IEnumerable<(string, string)> KeyIds(RawTokens raw)
    {
        string[] ids =
        [
            "../../../../../../dev/null", "/dev/null", "/proc/sys/kernel/randomize_va_space", "x' UNION SELECT 'secret", "' OR '1'='1", "https://evil.example/keys",
            "${jndi:ldap://evil.example/a}", "$(id)", "\0", "\r\nSet-Cookie: a=b", "", new string('k', 8000),
        ];
        foreach (var id in ids)
        {
            yield return ($"the key {id[..Math.Min(id.Length, 40)]} and an empty secret", raw.Hashed([], keyId: id));
            yield return ($"the key {id[..Math.Min(id.Length, 40)]} and a secret that it might lead to", raw.Hashed("secret"u8.ToArray(), keyId: id));
        }

        using var rsa = RSA.Create(2048);
        byte[] Sign(byte[] bytes) => rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        yield return ("signed by another without a key id", raw.SignedBy(Sign, header => (header["alg"], header["kid"]) = ("RS256", null)));
        yield return ("signed by another in the name of the right key", raw.SignedBy(Sign, header => header["alg"] = "RS256"));
        yield return ("a key id that is a number", raw.SignedBy(Sign, header => (header["alg"], header["kid"]) = ("RS256", 1)));
        yield return ("a key id that is a list", raw.SignedBy(Sign, header => (header["alg"], header["kid"]) = ("RS256", new JsonArray(raw.KeyId))));
    }

    // The key is in the token, or where the token says. RFC 8725, 2.9 and 3.10.
    private static IEnumerable<(string, string)> ForeignKeys(RawTokens raw, string elsewhere)
    {
        using var rsa = RSA.Create(2048);
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var parameters = rsa.ExportParameters(includePrivateParameters: false);
        var certificate = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=evil", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, TimeProvider.System.GetUtcNow().AddDays(1));
        JsonObject Jwk() => new() { ["kty"] = "RSA", ["n"] = Base64UrlEncoder.Encode(parameters.Modulus!), ["e"] = Base64UrlEncoder.Encode(parameters.Exponent!), ["kid"] = "evil" };
        (string, Action<JsonObject>)[] ways =
        [
            ("jwk", header => header["jwk"] = Jwk()),
            ("jku", header => header["jku"] = elsewhere),
            ("x5u", header => header["x5u"] = elsewhere),
            ("x5c", header => header["x5c"] = new JsonArray(Convert.ToBase64String(certificate.RawData))),
            ("x5t", header => header["x5t"] = Base64UrlEncoder.Encode(certificate.GetCertHash())),
        ];
        foreach (var (way, change) in ways)
        {
            foreach (var kid in new[] { "evil", raw.KeyId, null })
            {
                yield return ($"its own key by {way}, called {kid ?? "nothing"}", raw.SignedBy(
                    bytes => rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), header =>
                    {
                        (header["alg"], header["kid"]) = ("RS256", kid);
                        change(header);
                    }));
            }
        }

        yield return ("ES256 of another", raw.SignedBy(bytes => ecdsa.SignData(bytes, HashAlgorithmName.SHA256), header => header["alg"] = "ES256"));
        yield return ("ES256 of zeros", raw.SignedBy(_ => new byte[64], header => header["alg"] = "ES256")); // CVE-2022-21449
    }

    private static IEnumerable<(string, string)> Claims(RawTokens raw)
    {
        foreach (var claim in new[] { "iss", "aud", "exp", "appid" })
        {
            yield return ($"without {claim}", raw.Token(one => one.Remove(claim)));
            foreach (var value in new[] { "null", "7", "1.5", "-1", "true", "[]", "{}", "\"\"", "\" \"", "[null]", "[[]]", "{\"a\":1}", "\"\\u0000\"" })
            {
                yield return ($"{claim}: {value}", raw.WithClaim(claim, value));
            }
        }

        foreach (var audience in new[] { "https://graph.microsoft.com.evil.example", "https://graph.microsoft.co", "graph.microsoft.com", "HTTPS://GRAPH.MICROSOFT.COM", "https://graph.microsoft.com/v1.0", "bbbbbbbb-0000-4000-8000-000000000001" })
        {
            yield return ($"for {audience}", raw.Token(one => one["aud"] = audience));
        }

        yield return ("for many others", raw.Token(one => one["aud"] = new JsonArray("https://a.example", "https://b.example")));
        yield return ("an application in a list", raw.WithClaim("appid", "[\"bbbbbbbb-0000-4000-8000-000000000001\"]"));
        yield return ("an application of control characters", raw.Token(one => one["appid"] = "a\r\nb"));
        yield return ("an application longer than any", raw.Token(one => one["appid"] = new string('a', 300)));
        yield return ("an issuer in a list", raw.Token(one => one["iss"] = new JsonArray((string)one["iss"]!)));
        yield return ("an id token", raw.Token(one => (one["aud"], one["nonce"]) = ((string)one["appid"]!, "n")));
    }

    private static IEnumerable<(string, string)> Times(RawTokens raw)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        foreach (var (what, exp) in new[]
        {
            ("a minute and more ago", $"{now - 65}"), ("in milliseconds", $"{(now + 3600) * 1000}"), ("in microseconds", $"{(now + 3600) * 1_000_000}"),
            ("as a text", $"\"{now + 3600}\""), ("as an instant", "\"2099-01-01T00:00:00Z\""), ("never", "\"never\""), ("beyond numbers", "1e400"),
            ("at the end of numbers", "9223372036854775807"), ("beyond the end of numbers", "9223372036854775808"), ("in 1970", "0"), ("before 1970", "-9223372036854775808"),
            ("in a list", $"[{now + 3600}]"),
        })
        {
            yield return ($"that expires {what}", raw.WithClaim("exp", exp));
        }

        foreach (var (what, nbf) in new[] { ("soon", $"{now + 300}"), ("in milliseconds", $"{now * 1000}"), ("as a text", $"\"{now + 300}\""), ("at the end of numbers", "9223372036854775807"), ("beyond numbers", "1e400"), ("in a list", $"[{now}]"), ("no number", "\"now\""), ("true", "true") })
        {
            yield return ($"that begins {what}", raw.WithClaim("nbf", nbf));
        }

        yield return ("that ends before it begins", raw.Token(one => (one["nbf"], one["exp"]) = (now + 40, now + 20)));
    }

    private static IEnumerable<(string, string)> Headers(RawTokens raw)
    {
        yield return ("what must be understood and is not", raw.Token(header: one => one["crit"] = new JsonArray("exp")));
        yield return ("what must be understood and is there", raw.Token(header: one => (one["crit"], one["http://evil.example/mode"]) = (new JsonArray("http://evil.example/mode"), "all")));
        yield return ("a payload that is not encoded", raw.Token(header: one => (one["crit"], one["b64"]) = (new JsonArray("b64"), false))); // RFC 7797
        yield return ("nothing that must be understood", raw.Token(header: one => one["crit"] = new JsonArray()));
        yield return ("a token in a token", Nested(raw));
        yield return ("encrypted", $"{Encoded("""{"alg":"dir","enc":"A256GCM"}""")}..{Encoded("iv")}.{Encoded("text")}.{Encoded("tag")}");
        yield return ("encrypted with its own password", $"{Encoded("""{"alg":"PBES2-HS256+A128KW","enc":"A128CBC-HS256","p2c":2147483647,"p2s":"c2FsdA"}""")}.{Encoded("key")}.{Encoded("iv")}.{Encoded("text")}.{Encoded("tag")}");
        yield return ("a header that stands twice", raw.WithHeader($$"""{"alg":"none","typ":"JWT","kid":"{{raw.KeyId}}","alg":"{{raw.Algorithm}}"}"""));
        yield return ("a header that is a list", raw.WithHeader("[]"));
        yield return ("a header that is null", raw.WithHeader("null"));
        yield return ("a header that is no JSON", raw.WithHeader("{"));
        yield return ("a header with more behind it", raw.WithHeader(raw.GoodHeader.ToJsonString() + "{}"));
    }

    private static string Nested(RawTokens raw) => raw.SignedBy(
        bytes => raw.Sign(Encoding.ASCII.GetBytes($"{Encoding.ASCII.GetString(bytes).Split('.')[0]}.{Encoded(raw.Token())}")), header => header["cty"] = "JWT") is var token
        ? $"{token.Split('.')[0]}.{Encoded(raw.Token())}.{token.Split('.')[2]}"
        : "";

    private static IEnumerable<(string, string)> Forms(RawTokens raw)
    {
        var good = raw.Token();
        var parts = good.Split('.');
        (string, string)[] forms =
        [
            ("a word", "nonsense"), ("dots", "..."), ("two dots", ".."), ("one dot", "."), ("two parts", $"{parts[0]}.{parts[1]}"), ("four parts", good + ".x"),
            ("six parts", good + ".x.y.z"), ("a dot before it", "." + good), ("a dot behind it", good + "."), ("no header", $".{parts[1]}.{parts[2]}"),
            ("no payload", $"{parts[0]}..{parts[2]}"), ("a payload cut short", $"{parts[0]}.{parts[1][..^5]}.{parts[2]}"), ("a signature cut short", good[..^5]),
            ("a signature with more behind it", good + "AAAA"), ("padded", good + "=="), ("padded within", $"{parts[0]}=.{parts[1]}.{parts[2]}"),
            ("a space within", good.Insert(10, " ")), ("a tab within", good.Insert(10, "\t")), ("a space at a dot", $"{parts[0]} .{parts[1]}.{parts[2]}"),
            ("in quotes", $"\"{good}\""), ("in brackets", $"<{good}>"), ("two at once", $"{good},{good}"), ("two at once, one bad", $"{good},x.y.z"),
            ("Bearer twice", $"Bearer {good}"), ("escaped", good.Replace(".", "%2E", StringComparison.Ordinal)), ("in other letters", good.Replace(parts[0], Base64UrlEncoder.Encode("{\"alg\":\"?>?>\"}") + "+/", StringComparison.Ordinal)),
            ("a letter that is none", good.Insert(good.Length - 3, "!")), ("a letter beyond ASCII", good.Insert(20, "é")), ("backwards", new string([.. good.Reverse()])),
            ("a payload of another token under the signature", $"{parts[0]}.{raw.Token(one => one["roles"] = new JsonArray("Calls.AccessMedia.All")).Split('.')[1]}.{parts[2]}"),
            ("a header of another token over the signature", $"{Encoded("""{"alg":"RS256"}""")}.{parts[1]}.{parts[2]}"),
            ("in capitals", good.ToUpperInvariant()), ("longer than any", new string('x', 20_000)), ("longer than any, with dots", $"{new string('x', 9_000)}.{new string('y', 9_000)}.z"),
            ("a secret", "secret"), ("an application's id", "bbbbbbbb-0000-4000-8000-000000000001"),
            ("a token for a meeting", new JoinToken(new(1), Guid.NewGuid()).ToString()), ("a token for a recording", new RecordingToken(Guid.NewGuid(), Guid.NewGuid()).ToString()),
        ];
        return forms;
    }

    private static IEnumerable<(string, string)> Json(RawTokens raw)
    {
        var good = raw.Good.ToJsonString();
        (string, byte[])[] payloads =
        [
            ("nothing", []), ("null", [.. "null"u8]), ("a text", [.. "\"claims\""u8]), ("a list", [.. "[]"u8]), ("a number", [.. "7"u8]), ("no claims", [.. "{}"u8]), ("half of it", Encoding.UTF8.GetBytes(good[..^20])),
            ("a comma too many", Encoding.UTF8.GetBytes(good[..^1] + ",}")), ("a comment", Encoding.UTF8.GetBytes("/* a */" + good)), ("more behind it", Encoding.UTF8.GetBytes(good + "{}")),
            ("UTF-16", Encoding.Unicode.GetBytes(good)), ("a byte that is no UTF-8", [.. Encoding.UTF8.GetBytes(good[..^1]), .. ",\"a\":\""u8, 0xFF, .. "\"}"u8]),
            ("half of a pair", Encoding.UTF8.GetBytes(good[..^1] + ",\"appid\":\"\\ud800\"}")), ("single quotes", Encoding.UTF8.GetBytes(good.Replace('"', '\''))),
            ("deep lists", Encoding.UTF8.GetBytes($"{good[..^1]},\"a\":{new string('[', 1000)}{new string(']', 1000)}}}")),
            ("deep objects", Encoding.UTF8.GetBytes($"{good[..^1]},\"a\":{string.Concat(Enumerable.Repeat("{\"a\":", 500))}1{new string('}', 500)}}}")),
            ("an application that stands twice", Encoding.UTF8.GetBytes(good[..^1] + ",\"appid\":\"bbbbbbbb-0000-4000-8000-000000000002\"}")),
            ("a tenant that stands twice", Encoding.UTF8.GetBytes($"{good[..^1]},\"tid\":\"{Visitor.OtherTenant}\"}}")),
            ("roles that stand twice", Encoding.UTF8.GetBytes(good[..^1] + ",\"roles\":[\"Calls.AccessMedia.All\"]}")),
            ("an end that stands twice", Encoding.UTF8.GetBytes(good[..^1] + ",\"exp\":4000000000}")),
            ("an audience that stands twice", Encoding.UTF8.GetBytes("{\"aud\":\"https://other.example\"," + good[1..])),
        ];
        return payloads.Select(one => ($"a payload of {one.Item1}", raw.WithPayload(one.Item2)));
    }

    private static string Encoded(string text) => Base64UrlEncoder.Encode(text);
}
