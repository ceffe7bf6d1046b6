using Hookswitch.Calling;

namespace Hookswitch.Resources;

/// <summary>The ways of sound that a bot made, as Graph's <c>audioRoutingGroup</c> resource. Graph, audioRoutingGroup resource type.</summary>
internal static class RoutingGroupResource
{
    public static IReadOnlyList<Graph.AudioRoutingGroup> Of(Leg leg) => [.. leg.RoutingGroups.Select(Of)];

    public static Graph.AudioRoutingGroup Of(RoutingGroup group) => new()
    {
        Id = group.Id,
        RoutingMode = group.Mode == RoutingMode.OneToOne ? Graph.RoutingMode.OneToOne : Graph.RoutingMode.Multicast,
        Sources = [.. group.Sources.Select(ParticipantResource.Id)],
        Receivers = [.. group.Receivers.Select(ParticipantResource.Id)],
    };
}
