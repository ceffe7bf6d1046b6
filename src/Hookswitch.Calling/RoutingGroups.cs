using System.Collections.Immutable;

namespace Hookswitch.Calling;

/// <summary>A way of sound between participants, beside that of all with all. Graph, audioRoutingGroup resource type.</summary>
/// <param name="Id">Unique among those of one call.</param>
/// <param name="Sources">Participants who are heard on it.</param>
/// <param name="Receivers">Participants who hear on it.</param>
public sealed record RoutingGroup(string Id, RoutingMode Mode, ImmutableArray<Guid> Sources, ImmutableArray<Guid> Receivers)
{
    /// <summary>That participant has left.</summary>
    public RoutingGroup Without(Guid participant) =>
        this with { Sources = Sources.Remove(participant), Receivers = Receivers.Remove(participant) };
}

/// <summary>How many hear on a way of sound. Graph, audioRoutingGroup resource type. Stored by name, for ever.</summary>
public enum RoutingMode
{
    OneToOne,
    Multicast,
}

/// <summary>Whether a bot shares a screen. Graph, screenSharingRole. Stored by name, for ever.</summary>
public enum ScreenSharingRole
{
    Viewer,
    Sharer,
}
