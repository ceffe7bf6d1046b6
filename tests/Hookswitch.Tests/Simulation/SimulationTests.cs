using System.Collections.Concurrent;
using System.Globalization;

namespace Hookswitch.Tests.Simulation;

/// <summary>
/// The promises of <c>reliability.md</c> (I1 to I8), held to at every step of many runs, each of which follows from its seed. A failure names its
/// seed: <c>SIMULATION_SEED=…</c> runs that one alone, with <c>SIMULATION_SEEDS=…</c> so many from it on. <c>SIMULATION_COMMIT=…</c> is where the
/// second batch begins.
/// </summary>
public sealed class SimulationTests
{
    private const int Seeds = 20_000;
    private const int SeedsOfCommit = 4_000;

    /// <summary>How many seeds a fault may hide from.</summary>
    private const int SeedsForFault = 2_000;

    public static TheoryData<string> Faults => [.. Enum.GetNames<Fault>().Where(name => name != nameof(Fault.None))];

    [Fact]
    public void Whatever_fails_in_whatever_order_the_promises_hold() => Run(0, Seeds);

    /// <summary>Other ones with each commit.</summary>
    [Fact]
    public void They_hold_also_for_seeds_that_nobody_has_seen() => Run(Number("SIMULATION_COMMIT") ?? Seeds, SeedsOfCommit);

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_planted_fault_is_noticed(string name)
    {
        var fault = Enum.Parse<Fault>(name);
        var found = Enumerable.Range(0, SeedsForFault).Select(seed => World.Run(seed, fault).Violation).FirstOrDefault(one => one is not null);

        Assert.True(found is not null, $"{name} was not noticed in {SeedsForFault} runs.");
        TestContext.Current.TestOutputHelper!.WriteLine(found);
    }

    [Fact]
    public void The_same_seed_is_the_same_run() => Assert.All(Enumerable.Range(0, 20), seed =>
        Assert.Equal(World.Run(seed).World.Trace, World.Run(seed).World.Trace));

    private static void Run(int first, int count)
    {
        (first, count) = Number("SIMULATION_SEED") is { } seed ? (seed, Number("SIMULATION_SEEDS") ?? 1) : (first, count);
        var (violations, events, drawn) = (new ConcurrentQueue<string>(), 0L, first - 1);

        // On threads of their own: other tests wait for those of the pool.
        var threads = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(RunNext)).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.True(violations.IsEmpty, string.Join('\n', violations));
        TestContext.Current.TestOutputHelper!.WriteLine($"{count} seeds from {first}, {events} events.");

        void RunNext()
        {
            while (violations.IsEmpty && Interlocked.Increment(ref drawn) is var seed && seed < first + count)
            {
                if (Failure(seed, ref events) is { } failure)
                {
                    violations.Enqueue($"SIMULATION_SEED={seed}: {failure}");
                }
            }
        }
    }

    private static string? Failure(int seed, ref long events)
    {
        try
        {
            var (violation, world) = World.Run(seed);
            Interlocked.Add(ref events, world.Events);
            return violation;
        }
        catch (Exception e) // on a thread of its own it would end the process
        {
            return e.ToString();
        }
    }

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
