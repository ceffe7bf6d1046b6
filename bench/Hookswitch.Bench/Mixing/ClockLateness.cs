using System.Diagnostics;
using Hookswitch.Media;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hookswitch.Bench.Mixing;

/// <summary>How late the ticks of a clock begin that has nothing to do, and what it costs; beside the platform's own timer.</summary>
internal static class ClockLateness
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(4);

    /// <summary>In milliseconds; the processor time as a share of one core.</summary>
    public sealed record Figures(double Median, double Slow, double Slowest, double Processor);

    public static async Task<Figures> OfMediaClock(CancellationToken cancellation)
    {
        var instants = new List<long>();
        using var clock = new MediaClock(() => instants.Add(Stopwatch.GetTimestamp()), NullLogger.Instance);
        var before = Environment.CpuUsage.TotalTime;
        clock.Start();
        await Task.Delay(Length, TimeProvider.System, cancellation);
        clock.Dispose();
        return Of(instants, before);
    }

    public static async Task<Figures> OfPeriodicTimer(CancellationToken cancellation)
    {
        var (instants, before, watch) = (new List<long>(), Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        using var timer = new PeriodicTimer(Pcm.FrameTime);
        while (watch.Elapsed < Length && await timer.WaitForNextTickAsync(cancellation))
        {
            instants.Add(Stopwatch.GetTimestamp());
        }

        return Of(instants, before);
    }

    // Nobody says when a timer of the platform is due: the earliest tick of a run counts as the punctual one.
    private static Figures Of(List<long> instants, TimeSpan before)
    {
        var processor = (Environment.CpuUsage.TotalTime - before) / Length;
        double[] times = [.. instants.Select((instant, i) => Stopwatch.GetElapsedTime(instants[0], instant).TotalMilliseconds - (i * Pcm.FrameTime.TotalMilliseconds))];
        double[] late = [.. times.Select(time => time - times.Min()).Order()];
        return new Figures(late[late.Length / 2], late[late.Length * 99 / 100], late[^1], processor);
    }
}
