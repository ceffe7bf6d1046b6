using System.Collections.Immutable;
using Hookswitch.Calling;
using Hookswitch.Conversations;

namespace Hookswitch.Phones;

/// <summary>Who is behind a target: the phones that ring and the applications that are told, or why there are none.</summary>
internal sealed record Route(Calling.Identity Target, ImmutableArray<Party> Callees, EndReason? Unreachable)
{
    /// <summary>The times of the call; null: those of the server.</summary>
    public Timeouts? Timeouts { get; init; }

    /// <summary>There is nobody, for that reason.</summary>
    public static Route None(Calling.Identity target, EndReason reason) => new(target, [], reason);
}

/// <summary>Finds who is behind a target.</summary>
internal sealed class Routing(Directory directory, Timeouts timeouts)
{
    private const int NotFound = 404;

    /// <summary>Finds whom a call to that identity reaches. The ids of the legs that it would add are drawn here.</summary>
    public Route Find(Calling.Identity target) => target.Kind switch
    {
        IdentityKind.User => ToUser(target.Id),
        IdentityKind.Phone => ToNumber(target),
        IdentityKind.Application => ToApplication(new AppId(target.Id), target),
        IdentityKind.ApplicationInstance when directory.FindApplicationInstance(target.Id) is { } instance =>
            ToApplication(instance.Application, instance.Identity),
        _ => Route.None(target, EndReasons.NoRoute),
    };

    /// <summary>Finds whom a call into a group reaches. Some test identities show what ends group calls alone.</summary>
    public Route FindForGroup(Calling.Identity target) =>
        target.Kind == IdentityKind.User && directory.FindUser(target.Id) is null && TestIdentity.OfUser(target.Id) is { CalledIntoGroup: { } called } test
            ? test.Route(called, timeouts)
            : Find(target);

    /// <summary>The times of a group call to those identities; null: those of the server.</summary>
    public Timeouts? TimesOfGroup(IEnumerable<Calling.Identity> targets) =>
        targets.Select(FindForGroup).FirstOrDefault(route => route.Timeouts is not null)?.Timeouts;

    private Route ToUser(string id) => (directory.FindUser(id), TestIdentity.OfUser(id)) switch
    {
        ({ } registered, _) => ToUser(registered),
        (null, { Called: { } called } test) => test.Route(called, timeouts),
        _ => directory.UserOrDefault(id) is { } user ? ToUser(user) : Route.None(new Calling.Identity(IdentityKind.User, id), EndReasons.NoRoute),
    };

    private Route ToUser(User user) => user.AllowsPrivateCalls
        ? ToLine(user.Identity, user.Line)
        : Route.None(user.Identity, EndReasons.PrivateCallingDisabled);

    private Route ToNumber(Calling.Identity target) =>
        directory.FindNumber(target.Id) is { } number ? ToLine(number.Identity, number.Line)
        : directory.FindApplicationInstanceByNumber(target.Id) is { } instance ? ToApplication(instance.Application, instance.Identity)
        : TestIdentity.OfNumber(target.Id) is { Called: { } called } test ? test.Route(called, timeouts)
        : directory.HasRoute(target.Id) ? Route.None(target, EndReasons.Pstn(CallDirection.Outgoing, NotFound))
        : Route.None(target, EndReasons.NoRoute);

    private Route ToApplication(AppId id, Calling.Identity target) =>
        Bot(id, identity => target.Kind == IdentityKind.Application ? identity : target) is { } bot
            ? new Route(bot.Identity, [bot], Unreachable: null)
            : Route.None(target, EndReasons.NoRoute);

    private Route ToLine(Calling.Identity target, Line line)
    {
        ImmutableArray<Party> callees =
        [
            .. line.Phones.Where(phone => !phone.IsOffline).Select(phone => OfPhone(target, phone)),
            .. line.Applications.Select(id => Bot(id, identity => identity)).OfType<Party>(),
        ];
        return new Route(
            target, callees,
            !callees.IsEmpty ? null
            : line.Phones.IsEmpty ? EndReasons.NoEndpoints
            : EndReasons.Unreachable);
    }

    /// <summary>A phone as one who is called.</summary>
    public static Party OfPhone(Calling.Identity identity, Phone phone) =>
        new(NewIds.Leg(), Guid.NewGuid(), identity, Bot: null, phone.Script) { Habits = phone.Habits };

    // Null: an application that takes no calls is not there.
    private Party? Bot(AppId id, Func<Calling.Identity, Calling.Identity> identity) =>
        directory.FindApplication(id) is { Callback: { } callback } application
            ? new Party(
                NewIds.Leg(), Guid.NewGuid(), identity(application.Identity) with { Tenant = application.Tenant },
                new Bot(application.Id, application.Tenant, callback)
                {
                    Style = application.Style,
                    QuotedCodes = application.QuotedCodes,
                    CallerHidden = !Permissions.SeesCaller(application.Permissions),
                },
                Script.None)
            : null;
}
