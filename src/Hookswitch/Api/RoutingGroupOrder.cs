using System.Collections.Immutable;
using Hookswitch.Calling;

namespace Hookswitch.Api;

/// <summary>What a bot says of a routing group, checked as far as the body goes. Graph, audioRoutingGroup resource type. Null: it says nothing of it.</summary>
internal sealed record RoutingGroupOrder(string? Id, RoutingMode? Mode, ImmutableArray<Guid>? Sources, ImmutableArray<Guid>? Receivers)
{
    /// <summary>Reports the first bad member, by its path.</summary>
    public static Checked<RoutingGroupOrder> From(Graph.AudioRoutingGroup body) =>
        (IdProblem(body.Id) ?? ModeProblem(body.RoutingMode)) is { } problem
            ? problem
            : new RoutingGroupOrder(
                body.Id,
                body.RoutingMode switch
                {
                    Graph.RoutingMode.OneToOne => RoutingMode.OneToOne,
                    Graph.RoutingMode.Multicast => RoutingMode.Multicast,
                    _ => null,
                },
                Participants(body.Sources), Participants(body.Receivers));

    /// <summary>The same, of a group that is to be made: all is needed.</summary>
    public static Checked<RoutingGroupOrder> FromWhole(Graph.AudioRoutingGroup body) =>
        body.RoutingMode is null ? GraphError.InvalidArgument("routingMode", "is missing")
        : body.Sources is null ? GraphError.InvalidArgument("sources", "is missing")
        : body.Receivers is null ? GraphError.InvalidArgument("receivers", "is missing")
        : From(body);

    private static GraphError? IdProblem(string? id) =>
        id is "" ? GraphError.InvalidArgument("id", "is empty") : InvitedParties.Length(id, "id") ?? InvitedParties.TextProblem(id, "id");

    private static GraphError? ModeProblem(Graph.RoutingMode? mode) => mode is null or Graph.RoutingMode.OneToOne or Graph.RoutingMode.Multicast
        ? null
        : GraphError.InvalidArgument("routingMode", "must be one of oneToOne, multicast");

    private static ImmutableArray<Guid>? Participants(IReadOnlyList<string>? ids) => ids is null ? null : [.. ids.Select(ParticipantsApi.IdOf)];
}
