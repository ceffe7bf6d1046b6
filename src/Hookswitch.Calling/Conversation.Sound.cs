namespace Hookswitch.Calling;

/// <summary>Who hears whom.</summary>
public sealed partial record Conversation
{
    /// <summary>
    /// Whose sound that leg hears. Between two it is the other's; among many it is that of all who are in the default group, if the leg
    /// is in it too, and what the routing groups of bots lead to it. Nobody hears who is muted. Who
    /// holds, or hears music, neither hears the others nor is heard by them.
    /// </summary>
    public IEnumerable<Leg> HeardBy(Leg hearer) => hearer is { HasSound: true, Music: null }
        ? Legs.Where(leg => leg.Id != hearer.Id && leg is { HasSound: true, Muted: false, Music: null } && IsLed(leg, hearer))
        : [];

    /// <summary>Whether each hears all others whom anybody hears: nobody is set apart, and nothing is led.</summary>
    public bool IsAllToAll => IsPeerToPeer || !Legs.Any(leg => leg.IsLive && (leg.OutsideDefaultGroup || !leg.RoutingGroups.IsEmpty));

    private bool IsLed(Leg source, Leg hearer) =>
        IsPeerToPeer
        || (!source.OutsideDefaultGroup && !hearer.OutsideDefaultGroup)
        || Legs.Any(leg => leg.IsLive && leg.RoutingGroups.Any(group =>
            group.Sources.Contains(source.Participant) && group.Receivers.Contains(hearer.Participant)));

    // Groups lose whoever leaves. One that has nobody left to hear, or to be heard, stays and leads nothing.
    private Conversation Unrouted(LegId id)
    {
        if (Find(id) is not { } gone || Legs.All(leg => leg.RoutingGroups.IsEmpty)
            || Legs.Any(leg => leg is { IsLive: true, Departure: null } && leg.Participant == gone.Participant))
        {
            return this;
        }

        return this with
        {
            Legs = [.. Legs.Select(leg => leg with { RoutingGroups = [.. leg.RoutingGroups.Select(group => group.Without(gone.Participant))] })],
        };
    }

    private static Leg With(Leg leg, RoutingGroup group) => leg.FindRoutingGroup(group.Id) is { } former
        ? leg with { RoutingGroups = leg.RoutingGroups.Replace(former, group) }
        : leg with { RoutingGroups = leg.RoutingGroups.Add(group) };
}
