using System.Collections.Immutable;
using Hookswitch.Calling;
using Hookswitch.Notifications;

namespace Hookswitch.Api;

/// <summary>What a bot asks for when it creates a call, checked. Graph, Create call: the body decides what is created.</summary>
/// <param name="Targets">Whom it calls: one for a peer-to-peer call, several for a group call; nobody where it joins.</param>
/// <param name="Source">The resource account as which the application calls; null: as itself.</param>
/// <param name="Tenant">Null: that of the token.</param>
internal sealed record CallOrder(
    string Callback, ImmutableArray<InvitedParty> Targets, Calling.Identity? Source, string? Tenant, string? Subject, MediaTerms Terms)
{
    /// <summary>The meeting that it joins; null: it calls.</summary>
    public MeetingWish? Meeting { get; init; }

    public Creation Creation =>
        Meeting is { Guest: not null } ? Creation.JoinAsGuest
        : Meeting is not null ? Creation.Join
        : Targets.Length > 1 ? Creation.GroupCall
        : Creation.PeerToPeer;

    /// <summary>Reports the first bad member, by its path.</summary>
    public static Checked<CallOrder> From(Graph.Call body, AddressGuard guard)
    {
        if (Problem(body, guard) is { } problem)
        {
            return problem;
        }

        var joins = MeetingWish.IsIn(body);
        var targets = joins ? [] : InvitedParties.From(body.Targets!);
        var source = body.Source?.Identity?.ApplicationInstance is { Id: { Length: > 0 } id } instance
            ? new Calling.Identity(IdentityKind.ApplicationInstance, id, instance.DisplayName is "" ? null : instance.DisplayName)
            : null;
        if (source is null && targets.Any(one => one.Identity.Kind == IdentityKind.Phone))
        {
            return GraphError.InvalidArgument("source.identity.applicationInstance", "is missing: a number is called as a resource account that has one");
        }

        return new CallOrder(
            body.CallbackUri!, targets, source, body.TenantId, body.Subject,
            MediaTerms.From(body.MediaConfig!, body.RequestedModalities, body.CallOptions))
        {
            Meeting = joins ? MeetingWish.From(body) : null,
        };
    }

    private static GraphError? Problem(Graph.Call body, AddressGuard guard) =>
        CallbackProblem(body.CallbackUri, guard, required: true)
        ?? (MeetingWish.IsIn(body) ? MeetingWish.Problem(body) : InvitedParties.Problem(body.Targets, "targets")
            ?? InvitedParties.ReplacementProblem(body.Targets!, "targets", "invite the other party into the call that replaces it"))
        ?? SourceProblem(body.Source?.Identity?.ApplicationInstance)
        ?? MediaTerms.Problem(body.MediaConfig, guard)
        ?? InvitedParties.Length(body.Subject, "subject")
        ?? InvitedParties.Length(body.TenantId, "tenantId");

    /// <summary>What is wrong with a callback; null: nothing that can be seen without connecting.</summary>
    public static GraphError? CallbackProblem(string? callback, AddressGuard guard, bool required) => callback switch
    {
        null when !required => null,
        null or "" => GraphError.InvalidArgument("callbackUri", "is missing"),
        _ => guard.Refuse(callback) is { } problem ? GraphError.InvalidArgument("callbackUri", problem) : null,
    };

    // The account is kept in the directory from then on.
    private static GraphError? SourceProblem(Graph.Identity? instance) =>
        InvitedParties.TextProblem(instance?.Id, "source.identity.applicationInstance.id")
        ?? InvitedParties.TextProblem(instance?.DisplayName, "source.identity.applicationInstance.displayName");
}
