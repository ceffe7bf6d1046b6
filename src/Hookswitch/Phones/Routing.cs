using System.Collections.Immutable;
using Hookswitch.Calling;

namespace Hookswitch.Phones;

/// <summary>Who is behind a target: the phones that ring and the applications that are told, or why there are none.</summary>
internal sealed record Route(Calling.Identity Target, ImmutableArray<Party> Callees, EndReason? Unreachable);

/// <summary>Finds who is behind a target.</summary>
internal sealed class Routing(Directory directory)
{
    /// <summary>Finds whom a call to that identity reaches. The ids of the legs that it would add are drawn in this conversation.</summary>
    public Route Find(Calling.Identity target) => target.Kind switch
    {
        IdentityKind.User => ToPhones(directory.UserOrDefault(target.Id)),
        IdentityKind.Phone when directory.FindNumber(target.Id) is { } number => To(number.Identity, number.Phones),
        IdentityKind.Application when directory.FindApplication(new AppId(target.Id)) is { Callback: { } callback } application =>
            new Route(application.Identity, [Bot(application, callback, application.Tenant)], Unreachable: null),
        _ => new Route(target, [], EndReasons.NoRoute),
    };

    /// <summary>The bot of an application as one who is called.</summary>
    public static Party Bot(Application application, string callback, string tenant) => new(
        LegIds.Draw(), Guid.NewGuid(), application.Identity with { Tenant = tenant },
        new Bot(application.Id, tenant, callback)
        {
            Style = application.Style,
            QuotedCodes = application.QuotedCodes,
            CallerHidden = !Permissions.SeesCaller(application.Permissions),
        },
        Script.None);

    private static Route ToPhones(User user) => To(user.Identity, user.Phones);

    private static Route To(Calling.Identity target, ImmutableArray<Phone> phones) => new(
        target,
        [.. phones.Select(phone => new Party(LegIds.Draw(), Guid.NewGuid(), target, Bot: null, phone.Script))],
        phones.IsEmpty ? EndReasons.NoEndpoints : null);
}

/// <summary>Draws the ids that the core takes as arguments.</summary>
internal static class LegIds
{
    public static LegId Draw() => CallId.From(Guid.NewGuid()).Leg;
}
