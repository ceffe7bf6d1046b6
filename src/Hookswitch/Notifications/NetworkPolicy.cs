using System.Collections.Immutable;
using System.Net;

namespace Hookswitch.Notifications;

/// <summary>What settings say of where a server connects to on behalf of others.</summary>
internal sealed record NetworkPolicy
{
    /// <summary>Networks that are connected to in production though they are private. What no mode connects to stays closed.</summary>
    public ImmutableArray<IPNetwork> Allowed { get; init; } = [];

    /// <summary>The ports that are connected to; empty: any in development, 443 in production.</summary>
    public ImmutableArray<int> Ports { get; init; } = [];
}
