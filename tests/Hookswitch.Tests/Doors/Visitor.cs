using Hookswitch.Identity;
using Hookswitch.Tests.Harness;
using Hookswitch.Tests.Identity;
using Microsoft.IdentityModel.Tokens;

namespace Hookswitch.Tests.Doors;

/// <summary>What a visitor is to the owner of a call.</summary>
internal enum Standing
{
    /// <summary>Has no good token.</summary>
    Nobody,

    /// <summary>A user, for whom an application asks.</summary>
    Delegate,

    /// <summary>Another application of the same tenant.</summary>
    Neighbour,

    /// <summary>Another application, of another tenant.</summary>
    Stranger,
}

/// <summary>Someone who tries every door.</summary>
/// <param name="Authorization">The header; null: none.</param>
/// <param name="MayCall">The token has the roles that the creation of a call asks for.</param>
internal sealed record Visitor(string Name, string? Authorization, Standing Standing = Standing.Nobody, bool MayCall = false)
{
    public const string OtherTenant = "aaaaaaaa-0000-4000-8000-000000000002";

    private static readonly string[] AllRoles =
        ["Calls.Initiate.All", "Calls.InitiateGroupCall.All", "Calls.JoinGroupCall.All", "Calls.JoinGroupCallAsGuest.All", "Calls.AccessMedia.All"];

    /// <summary>Everyone who has no business with the calls of <see cref="TestBot"/>.</summary>
    public static IReadOnlyList<Visitor> All(TestServer server)
    {
        var (forge, now) = (new TokenForge(server), TimeProvider.System.GetUtcNow().UtcDateTime);
        return
        [
            new("without a token", null),
            new("with an empty token", "Bearer "),
            new("with garbage", "Bearer nonsense"),
            new("with a password", "Basic YmJiYmJiYmI6c2VjcmV0"),
            new("with a good token of no scheme", forge.Token()),
            new("with a token that has expired", Bearer(forge.Token(one => (one.NotBefore, one.Expires) = (now.AddHours(-2), now.AddMinutes(-2))))),
            new("with a token of the future", Bearer(forge.Token(one => (one.NotBefore, one.Expires) = (now.AddMinutes(5), now.AddHours(1))))),
            new("with a token for another audience", Bearer(forge.Token(one => one.Audience = "https://graph.example.com"))),
            new("with a token of another issuer", Bearer(forge.Token(one => one.Issuer = "https://sts.example.com/"))),
            new("with an unsigned token", Bearer(forge.WithHeader("""{"alg":"none","typ":"JWT"}""", signed: false))),
            new("with a token signed with the public key", Bearer(forge.SignedWithThePublicKey())),
            new("with a token signed by another", Bearer(forge.SignedByAnother(forge.OurKeyId))),
            new("with the token of a notification", Bearer(forge.OfANotification())),
            new("with an id token", Bearer(forge.Token(IdToken))),
            new("with a token that names no application", Bearer(forge.Token(one => one.Claims.Remove("appid")))),
            new("with a user's token", Bearer(forge.Token(one => (one.Claims["roles"], one.Claims["scp"]) = (AllRoles, "Calls.Initiate.All"))), Standing.Delegate),
            new("of the same tenant, without roles", Bearer(Of(forge, People.SecondApplication, TestBot.Tenant, [])), Standing.Neighbour),
            new("of the same tenant", Bearer(Of(forge, People.SecondApplication, TestBot.Tenant, AllRoles)), Standing.Neighbour, MayCall: true),
            new("of another tenant", Bearer(Of(forge, "bbbbbbbb-0000-4000-8000-000000000003", OtherTenant, AllRoles)), Standing.Stranger, MayCall: true),
            new("of another tenant, without roles", Bearer(Of(forge, "bbbbbbbb-0000-4000-8000-000000000003", OtherTenant, [])), Standing.Stranger),
        ];
    }

    /// <summary>The owner with a token that carries no role.</summary>
    public static string OwnerWithoutRoles(TestServer server) => Of(new TokenForge(server), "bbbbbbbb-0000-4000-8000-000000000001", TestBot.Tenant, []);

    /// <summary>Asks for a route as this visitor.</summary>
    public async Task<GraphAnswer> Ask(HttpClient http, string method, string path, string body, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (Authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", Authorization);
        }

        request.Content = body.Length == 0 ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        change?.Invoke(request);
        using var response = await http.SendAsync(request);
        return new GraphAnswer((int)response.StatusCode, response.Headers, await response.Content.ReadAsStringAsync());
    }

    public override string ToString() => Name;

    private static string Bearer(string token) => $"Bearer {token}";

    // For the application itself, about a user: no resource takes it.
    private static void IdToken(SecurityTokenDescriptor token)
    {
        token.Audience = "bbbbbbbb-0000-4000-8000-000000000001";
        token.Claims.Remove("roles");
        (token.Claims["sub"], token.Claims["name"], token.Claims["nonce"], token.Claims["ver"]) = ("u", "Ada", "n", "2.0");
    }

    private static string Of(TokenForge forge, string application, string tenant, string[] roles) => forge.Token(token =>
    {
        token.Issuer = Clouds.Global.IssuerOf(tenant);
        (token.Claims["appid"], token.Claims["tid"], token.Claims["roles"]) = (application, tenant, roles);
    });
}
