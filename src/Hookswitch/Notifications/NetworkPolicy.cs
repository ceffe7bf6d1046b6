using System.Collections.Immutable;
using System.Net;

namespace Hookswitch.Notifications;

/// <summary>What settings say of where a server connects to on behalf of others.</summary>
internal sealed record NetworkPolicy
{
    /// <summary>That of production where nobody says otherwise: the port of https.</summary>
    public static readonly NetworkPolicy Production = new() { Ports = [443] };

    /// <summary>Networks that are connected to in production though they are private. What no mode connects to stays closed.</summary>
    public ImmutableArray<IPNetwork> Allowed { get; init; } = [];

    /// <summary>The ports that are connected to; empty: any.</summary>
    public ImmutableArray<int> Ports { get; init; } = [];
}
