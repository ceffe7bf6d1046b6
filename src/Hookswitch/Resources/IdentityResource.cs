using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Hookswitch.Calling;

namespace Hookswitch.Resources;

/// <summary>Who someone is, as Graph's <c>identitySet</c>. Graph, identitySet resource type.</summary>
internal static class IdentityResource
{
    /// <summary>What raw ids of hidden identities begin with.</summary>
    private const string EncryptedPrefix = "29:";

    public static Graph.IdentitySet Of(Calling.Identity identity)
    {
        var one = new Graph.Identity
        {
            Id = identity.Id,
            DisplayName = identity.DisplayName,
            TenantId = identity.Tenant,
            IdentityProvider = identity.Kind == IdentityKind.User ? "AAD" : null,
        };
        return identity.Kind switch
        {
            IdentityKind.User => new() { User = one },
            IdentityKind.Application => new() { Application = one },
            IdentityKind.ApplicationInstance => new() { ApplicationInstance = one },
            IdentityKind.Phone => new() { Phone = one },
            _ => new() { Guest = one },
        };
    }

    /// <summary>Who a leg is, as an application may know it. Graph, call: answer.</summary>
    public static Graph.IdentitySet Of(Leg leg, Bot viewer) =>
        viewer.CallerHidden && leg.Bot is null ? Hidden(leg.Identity, viewer.Application) : Of(leg.Identity);

    /// <summary>An identity as messages of the platform spell it. <c>spec.md</c>, 8: raw identity prefixes.</summary>
    public static string Raw(Calling.Identity identity) => identity.Kind switch
    {
        IdentityKind.User => "8:orgid:",
        IdentityKind.Phone => "4:",
        IdentityKind.Application => "28:",
        IdentityKind.ApplicationInstance => "28:orgid:",
        _ => "8:teamsvisitor:",
    } + identity.Id;

    /// <summary>An identity that the application may not know: the same one has the same id for it, and another for others.</summary>
    public static Graph.IdentitySet Hidden(Calling.Identity identity, AppId application)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{application}|{identity.Kind}|{identity.Id}"));
        return new() { Encrypted = new() { Id = EncryptedPrefix + Base64Url.EncodeToString(hash) } };
    }
}
