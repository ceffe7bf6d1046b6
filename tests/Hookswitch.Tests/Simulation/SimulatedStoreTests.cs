using Hookswitch.Storage;
using Hookswitch.Tests.Storage;

namespace Hookswitch.Tests.Simulation;

/// <summary>The store of simulations keeps what every store promises: what holds above it holds above the others.</summary>
public sealed class SimulatedStoreTests : EventStoreContract
{
    private protected override IEventStore Store { get; } = new SimulatedStore();
}
