using System.Collections.Immutable;
using System.Globalization;
using Hookswitch.Calling;
using Hookswitch.Phones;

namespace Hookswitch.Api;

/// <summary>Someone whom a bot wants called, checked. Graph, invitationParticipantInfo.</summary>
/// <param name="Replaces">The id of the bot's call that is to be replaced; null: the identity is rung.</param>
internal sealed record InvitedParty(Calling.Identity Identity, bool Hidden, string? Replaces)
{
    /// <summary>In a group it neither hears the others nor is heard by them, unless a routing group leads.</summary>
    public bool OutsideDefaultGroup { get; init; }

    /// <summary>Asks the phones and applications behind it, for a group.</summary>
    public Invitee Routed(Routing routing) => Invited(routing.FindForGroup);

    /// <summary>Asks the phones and applications behind it, as for any call to it.</summary>
    public Invitee RoutedAlone(Routing routing) => Invited(routing.Find);

    private Invitee Invited(Func<Calling.Identity, Phones.Route> find)
    {
        if (Replaces is not null)
        {
            return CallId.TryParse(Replaces, out var call)
                ? new Invitee(Guid.NewGuid(), Identity, []) { Replaces = call, Hidden = Hidden, OutsideDefaultGroup = OutsideDefaultGroup }
                : new Invitee(Guid.NewGuid(), Identity, [], EndReasons.ReplacedCallNotFound); // no server of ours has given it out
        }

        var route = find(Identity);
        return new Invitee(Guid.NewGuid(), route.Target, route.Callees, route.Unreachable) { Hidden = Hidden, OutsideDefaultGroup = OutsideDefaultGroup };
    }
}

/// <summary>Reads whom a bot wants called, alone or several.</summary>
internal static class InvitedParties
{
    /// <summary>Of users in one group call, and of one invite. Graph, Create call and participant: invite.</summary>
    public const int Most = 5;

    private const int MaxText = 256;

    /// <summary>The first thing that is wrong with them, by its path; null: nothing.</summary>
    /// <param name="list">What the body calls them.</param>
    public static GraphError? Problem(IReadOnlyList<Graph.InvitationParticipantInfo>? parties, string list, int most = Most) => parties switch
    {
        null or [] => GraphError.InvalidArgument(list, "is missing"),
        _ when parties.Count > most => GraphError.InvalidArgument(
            list, string.Create(CultureInfo.InvariantCulture, $"names {parties.Count}: {most} at most can be called at once")),
        _ => parties.Select((party, i) => Problem(party, string.Create(CultureInfo.InvariantCulture, $"{list}[{i}]"))).FirstOrDefault(one => one is not null)
            ?? Twice(parties, list),
    };

    public static ImmutableArray<InvitedParty> From(IReadOnlyList<Graph.InvitationParticipantInfo> parties) => [.. parties.Select(From)];

    public static InvitedParty From(Graph.InvitationParticipantInfo party) => new(
        Targeted(party.Identity!)!, party.Hidden == true, party.ReplacesCallId)
    {
        OutsideDefaultGroup = party.RemoveFromDefaultAudioRoutingGroup == true,
    };

    /// <summary>What is wrong where nobody can come over from another call; null: nothing.</summary>
    /// <param name="hint">What could be done instead, or why it cannot be.</param>
    public static GraphError? ReplacementProblem(IReadOnlyList<Graph.InvitationParticipantInfo> parties, string list, string hint)
    {
        var first = parties.TakeWhile(party => party.ReplacesCallId is null).Count();
        return first < parties.Count
            ? GraphError.InvalidArgument(string.Create(CultureInfo.InvariantCulture, $"{list}[{first}].replacesCallId"), $"must be left out: {hint}")
            : null;
    }

    /// <summary>What is wrong with a short text; null: nothing.</summary>
    public static GraphError? Length(string? text, string property) => text is { Length: > MaxText }
        ? GraphError.InvalidArgument(property, string.Create(CultureInfo.InvariantCulture, $"is longer than {MaxText} characters"))
        : null;

    /// <summary>What is wrong with an id or a name; null: nothing. An empty one is none.</summary>
    public static GraphError? TextProblem(string? text, string property) =>
        text is { Length: > 0 } && DirectoryReading.TextProblem(text) is { } problem ? GraphError.InvalidArgument(property, problem) : null;

    /// <summary>The first thing that is wrong with one of them, by its path; null: nothing.</summary>
    public static GraphError? Problem(Graph.InvitationParticipantInfo? party, string path) => party switch
    {
        null => GraphError.InvalidArgument(path, "is missing"),
        { Hidden: true, ReplacesCallId: not null } =>
            GraphError.InvalidArgument($"{path}.hidden", "must be left out beside replacesCallId: who comes over was seen already"),
        { Identity: null } => GraphError.InvalidArgument($"{path}.identity", "is missing"),
        { ReplacesCallId: { } id } when !Guid.TryParseExact(id, "D", out _) => GraphError.InvalidArgument($"{path}.replacesCallId", "is no id of a call"),
        { Identity: { } identity } => Kinds(identity) switch
        {
            [] => GraphError.InvalidArgument($"{path}.identity", "must name a user, a phone, an application or an applicationInstance"),
            [var (name, one, kind)] => IdProblem($"{path}.identity.{name}.id", one, kind)
                ?? TextProblem(one.DisplayName, $"{path}.identity.{name}.displayName")
                ?? TextProblem(one.TenantId, $"{path}.identity.{name}.tenantId"),
            _ => GraphError.InvalidArgument($"{path}.identity", "names more than one party"),
        },
    };

    private static GraphError? Twice(IReadOnlyList<Graph.InvitationParticipantInfo> parties, string list)
    {
        var known = new HashSet<(IdentityKind, string)>();
        for (var i = 0; i < parties.Count; i++)
        {
            var identity = Targeted(parties[i].Identity!)!;
            if (!known.Add((identity.Kind, identity.Id.ToUpperInvariant())))
            {
                return GraphError.InvalidArgument(string.Create(CultureInfo.InvariantCulture, $"{list}[{i}].identity"), "is named twice");
            }
        }

        return null;
    }

    private static GraphError? IdProblem(string property, Graph.Identity identity, IdentityKind kind) => identity.Id switch
    {
        null or "" => GraphError.InvalidArgument(property, "is missing"),
        { Length: > MaxText } => Length(identity.Id, property),
        _ when identity.Id.Any(char.IsControl) => GraphError.InvalidArgument(property, "must not contain control characters"),
        _ when kind == IdentityKind.Phone && !DirectoryReading.IsNumber(identity.Id) =>
            GraphError.InvalidArgument(property, "must be a number in E.164, such as +14255550123"),
        _ => null,
    };

    /// <summary>Whom a set of identities names; null: nobody, or more than one.</summary>
    public static Calling.Identity? Targeted(Graph.IdentitySet identity) => Kinds(identity) is [var (_, one, kind)] && one.Id is { } id
        ? new Calling.Identity(kind, id, one.DisplayName, one.TenantId)
        : null;

    private static ImmutableArray<(string Name, Graph.Identity Identity, IdentityKind Kind)> Kinds(Graph.IdentitySet set) =>
    [
        .. from one in new[]
            {
                ("user", set.User, IdentityKind.User),
                ("phone", set.Phone, IdentityKind.Phone),
                ("application", set.Application, IdentityKind.Application),
                ("applicationInstance", set.ApplicationInstance, IdentityKind.ApplicationInstance),
                ("guest", set.Guest, IdentityKind.Guest),
            }
            where one.Item2 is not null
            select (one.Item1, one.Item2, one.Item3),
    ];
}
