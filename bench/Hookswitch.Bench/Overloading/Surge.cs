using System.Collections.Concurrent;
using System.Diagnostics;
using Hookswitch.Bench.Load;

namespace Hookswitch.Bench.Overloading;

/// <summary>What became of cycles that begin whether or not those before them have ended.</summary>
/// <param name="Offered">Cycles that were begun, a second.</param>
/// <param name="Ended">Cycles that came to their end meanwhile, a second.</param>
/// <param name="Refused">Calls that were refused with 429 or 503 and a Retry-After, a second.</param>
/// <param name="Repeated">Requests about live calls that were refused, and made again.</param>
/// <param name="DeleteP99">Of those that were accepted.</param>
internal sealed record Surge(double Offered, double Ended, double Refused, int Repeated, TimeSpan DeleteP99)
{
    /// <summary>Between two looks at the clock.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    /// <exception cref="BenchFailureException">The load could not offer so much, or an answer was neither a 2xx nor a refusal.</exception>
    public static async Task<Surge> Run(
        MeasuredSystem system, Receiver receiver, HttpMessageInvoker http, TimeSpan length, double rate, CancellationToken cancellation)
    {
        // A bot calls the next one: applications have their webhooks by turns, and one that called for all would wait for them all.
        var callers = receiver.Slots
            .Select(slot => new Caller(http, system, receiver, slot, system.CalleeToken((slot.Number + 1) % receiver.Slots.Count)) { TakesRefusals = true })
            .ToArray();
        var (free, running, begun) = (new ConcurrentQueue<Caller>(callers), new List<Task>(), Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(begun) < length)
        {
            for (var due = Stopwatch.GetElapsedTime(begun).TotalSeconds * rate; running.Count < due;)
            {
                running.Add(free.TryDequeue(out var caller) ? Cycle(caller) : throw new BenchFailureException(
                    $"{callers.Length} cycles are under way: of {running.Count} {callers.Sum(one => one.Cycles)} have ended, and {callers.Sum(one => one.Refused)} were refused."));
            }

            await Task.Delay(Tick, TimeProvider.System, cancellation);
        }

        var (seconds, offered, ended) = (Stopwatch.GetElapsedTime(begun).TotalSeconds, running.Count, callers.Sum(caller => caller.Cycles));
        await Task.WhenAll(running);
        if (offered < rate * seconds * (1 - Traffic.Tolerance))
        {
            throw new BenchFailureException($"The load began {offered / seconds:f0} cycles a second instead of {rate:f0}.");
        }

        return new Surge(
            offered / seconds, ended / seconds, callers.Sum(caller => caller.Refused) / seconds, callers.Sum(caller => caller.Repeated),
            Round.Percentile([.. callers.SelectMany(caller => caller.Deletes).Order()], 0.99));

        async Task Cycle(Caller caller)
        {
            await caller.Cycle(cancellation);
            free.Enqueue(caller);
        }
    }
}
