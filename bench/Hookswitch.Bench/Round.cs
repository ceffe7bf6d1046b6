using System.Diagnostics;
using Hookswitch.Bench.Load;

namespace Hookswitch.Bench;

/// <summary>What one round showed.</summary>
/// <param name="ProcessorTime">Of the system's own process, for one cycle; the load's share is not in it.</param>
/// <param name="WebhookMedian">From the 204 of a DELETE, which leaves after the commit, to the first webhook that tells of it.</param>
internal sealed record Round(
    double CyclesPerSecond, TimeSpan DeleteMedian, TimeSpan DeleteP99, TimeSpan ProcessorTime, TimeSpan WebhookMedian, TimeSpan WebhookP99)
{
    /// <summary>Loads a system for a while.</summary>
    /// <param name="rate">Cycles a second; null: as many as it can.</param>
    /// <param name="connections">So many of the receiver's; null: all.</param>
    /// <exception cref="BenchFailureException">An answer was no 2xx, or the webhooks were not those of <see cref="Traffic"/>.</exception>
    public static async Task<Round> Run(
        MeasuredSystem system, Receiver receiver, HttpMessageInvoker http, TimeSpan length, double? rate, CancellationToken cancellation,
        int? connections = null)
    {
        using var failure = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var callers = receiver.Slots.Take(connections ?? receiver.Slots.Count).Select(slot => new Caller(http, system, receiver, slot, system.CallerToken)).ToArray();
        var (before, begun, used) = (receiver.Total, Stopwatch.GetTimestamp(), system.ProcessorTime);
        var until = begun + (long)(length.TotalSeconds * Stopwatch.Frequency);
        var pace = (long?)(callers.Length / rate * Stopwatch.Frequency);
        var runs = callers.Select(caller => caller.Run(until, pace, failure.Token)).ToArray();
        await foreach (var run in Task.WhenEach(runs).WithCancellation(cancellation))
        {
            if (!run.IsCompletedSuccessfully)
            {
                await failure.CancelAsync(); // one failure is enough: the others are not waited for
                await run;
            }
        }

        var cycles = callers.Sum(caller => caller.Cycles);
        CheckTraffic(system, cycles, before, receiver.Total);
        var (deletes, webhooks) = (callers.SelectMany(caller => caller.Deletes).Order().ToArray(), callers.SelectMany(caller => caller.Webhooks).Order().ToArray());
        return new Round(
            cycles / Stopwatch.GetElapsedTime(begun, callers.Max(caller => caller.EndedAt)).TotalSeconds,
            Percentile(deletes, 0.50), Percentile(deletes, 0.99), (system.ProcessorTime - used) / cycles,
            Percentile(webhooks, 0.50), Percentile(webhooks, 0.99));
    }

    // Neither system may be spared a webhook, nor be loaded with one too many.
    private static void CheckTraffic(MeasuredSystem system, int cycles, (long Count, long Bytes) before, (long Count, long Bytes) after)
    {
        var (count, bytes) = (after.Count - before.Count, (after.Bytes - before.Bytes) / (double)cycles);
        var expected = (Traffic.WebhooksOfCaller + Traffic.WebhooksOfCallee) * (long)cycles;
        if (count != expected)
        {
            throw new BenchFailureException($"{system.Name} sent {count} webhooks for {cycles} cycles; by Traffic.cs it is {expected}.");
        }

        if (Math.Abs(bytes - Traffic.WebhookBytes) > Traffic.WebhookBytes * Traffic.Tolerance)
        {
            throw new BenchFailureException($"{system.Name} sent {bytes:f0} bytes of webhooks a cycle; by Traffic.cs it is {Traffic.WebhookBytes}.");
        }
    }

    public static TimeSpan Percentile(long[] sorted, double share) =>
        Stopwatch.GetElapsedTime(0, sorted[(int)Math.Ceiling(sorted.Length * share) - 1]);
}
