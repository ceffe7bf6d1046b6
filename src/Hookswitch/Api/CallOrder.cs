using System.Collections.Immutable;
using System.Globalization;
using Hookswitch.Calling;
using Hookswitch.Notifications;
using Hookswitch.Phones;

namespace Hookswitch.Api;

/// <summary>What a bot asks for when it places a call, checked. Graph, Create call.</summary>
/// <param name="Source">The resource account as which the application calls; null: as itself.</param>
/// <param name="Tenant">Null: that of the token.</param>
internal sealed record CallOrder(
    string Callback, Calling.Identity Target, Calling.Identity? Source, string? Tenant, string? Subject, MediaTerms Terms)
{
    private const int MaxText = 256;

    /// <summary>Reports the first bad member, by its path.</summary>
    public static Checked<CallOrder> From(Graph.Call body)
    {
        if (Problem(body) is { } problem)
        {
            return problem;
        }

        var target = Targeted(body.Targets![0].Identity!)!;
        var source = body.Source?.Identity?.ApplicationInstance is { Id: { Length: > 0 } id } instance
            ? new Calling.Identity(IdentityKind.ApplicationInstance, id, instance.DisplayName)
            : null;
        if (target.Kind == IdentityKind.Phone && source is null)
        {
            return GraphError.InvalidArgument("source.identity.applicationInstance", "is missing: a number is called as a resource account that has one");
        }

        return new CallOrder(
            body.CallbackUri!, target, source, body.TenantId, body.Subject,
            MediaTerms.From(body.MediaConfig!, body.RequestedModalities, body.CallOptions));
    }

    private static GraphError? Problem(Graph.Call body) =>
        CallbackProblem(body.CallbackUri, required: true)
        ?? MeetingProblem(body)
        ?? TargetProblem(body.Targets)
        ?? MediaTerms.Problem(body.MediaConfig)
        ?? Length(body.Subject, "subject")
        ?? Length(body.TenantId, "tenantId");

    /// <summary>What is wrong with a callback; null: nothing that can be seen without connecting.</summary>
    public static GraphError? CallbackProblem(string? callback, bool required) => callback switch
    {
        null when !required => null,
        null or "" => GraphError.InvalidArgument("callbackUri", "is missing"),
        _ => AddressGuard.Refuse(callback) is { } problem ? GraphError.InvalidArgument("callbackUri", problem) : null,
    };

    private static GraphError? MeetingProblem(Graph.Call body) =>
        body.MeetingInfo is not null || body.ChatInfo is not null ? GraphError.NotOffered("joining meetings") : null;

    private static GraphError? TargetProblem(IReadOnlyList<Graph.InvitationParticipantInfo>? targets) => targets switch
    {
        null or [] => GraphError.InvalidArgument("targets", "is missing"),
        { Count: > 1 } => GraphError.InvalidArgument("targets", "must hold exactly one target: this server offers no group calls"),
        [{ Identity: null }] => GraphError.InvalidArgument("targets[0].identity", "is missing"),
        [{ Identity: { } identity }] => Kinds(identity) switch
        {
            [] => GraphError.InvalidArgument("targets[0].identity", "must name a user, a phone, an application or an applicationInstance"),
            [var (name, one, kind)] => IdProblem(name, one, kind),
            _ => GraphError.InvalidArgument("targets[0].identity", "names more than one party"),
        },
        _ => null,
    };

    private static GraphError? IdProblem(string name, Graph.Identity identity, IdentityKind kind)
    {
        var property = $"targets[0].identity.{name}.id";
        return identity.Id switch
        {
            null or "" => GraphError.InvalidArgument(property, "is missing"),
            { Length: > MaxText } => Length(identity.Id, property),
            _ when identity.Id.Any(char.IsControl) => GraphError.InvalidArgument(property, "must not contain control characters"),
            _ when kind == IdentityKind.Phone && !DirectoryReading.IsNumber(identity.Id) =>
                GraphError.InvalidArgument(property, "must be a number in E.164, such as +14255550123"),
            _ => null,
        };
    }

    private static Calling.Identity? Targeted(Graph.IdentitySet identity) => Kinds(identity) is [var (_, one, kind)]
        ? new Calling.Identity(kind, one.Id!, one.DisplayName, one.TenantId)
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

    private static GraphError? Length(string? text, string property) => text is { Length: > MaxText }
        ? GraphError.InvalidArgument(property, string.Create(CultureInfo.InvariantCulture, $"is longer than {MaxText} characters"))
        : null;
}
