using Hookswitch.Bench.Load;
using Spectre.Console;

namespace Hookswitch.Bench;

/// <summary>What a run showed of each system.</summary>
/// <param name="Full">Loaded with as much as it can do.</param>
/// <param name="Half">Loaded with half of what the server can do.</param>
internal sealed record Measured(IReadOnlyDictionary<SystemKind, List<Round>> Full, IReadOnlyDictionary<SystemKind, List<Round>> Half);

/// <summary>One run: both systems are started, warmed up and loaded in turns; then the server is held against the floor.</summary>
internal static class Benchmark
{
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(BenchOptions options, CancellationToken cancellation) =>
        Report.Write(options, await Measure(options, cancellation));

    public static Task<Measured> Measure(BenchOptions options, CancellationToken cancellation) =>
        WithFolder(options.Folder, folder => Measure(options, folder, cancellation));

    /// <summary>Does something with a folder that is deleted afterwards.</summary>
    public static async Task<T> WithFolder<T>(string parent, Func<string, Task<T>> work)
    {
        var folder = Directory.CreateDirectory(Path.Combine(parent, $"hookswitch-bench-{Guid.NewGuid():n}")).FullName;
        try
        {
            return await work(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public static double Median<T>(IEnumerable<T> values, Func<T, double> figure)
    {
        var sorted = values.Select(figure).Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static async Task<Measured> Measure(BenchOptions options, string folder, CancellationToken cancellation)
    {
        await using var receiver = await Receiver.Start(options.Connections, cancellation);
        using var http = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = options.Connections });
        var systems = new List<MeasuredSystem>();
        try
        {
            SystemKind[] kinds = options.Only is { } only ? [only] : [SystemKind.Floor, SystemKind.Server];
            foreach (var kind in kinds)
            {
                systems.Add(await MeasuredSystem.Start(kind, folder, receiver, http, cancellation));
            }

            foreach (var system in systems.Where(_ => options.WarmUp > TimeSpan.Zero))
            {
                AnsiConsole.MarkupLine($"[grey]{system.Name} warms up[/]");
                await Round.Run(system, receiver, http, options.WarmUp, rate: null, cancellation);
            }

            var full = await Alternate(options, systems, receiver, http, rate: null, cancellation);
            var rate = Median(full[kinds[^1]], round => round.CyclesPerSecond) / 2;
            return new Measured(full, await Alternate(options, systems, receiver, http, rate, cancellation));
        }
        finally
        {
            foreach (var system in systems)
            {
                await system.DisposeAsync();
            }
        }
    }

    private static async Task<Dictionary<SystemKind, List<Round>>> Alternate(
        BenchOptions options, List<MeasuredSystem> systems, Receiver receiver, HttpMessageInvoker http, double? rate, CancellationToken cancellation)
    {
        var results = systems.ToDictionary(system => system.Kind, _ => new List<Round>());
        for (var number = 1; number <= options.Rounds; number++)
        {
            foreach (var system in systems)
            {
                var round = await Round.Run(system, receiver, http, options.Round, rate, cancellation);
                results[system.Kind].Add(round);
                AnsiConsole.MarkupLine($"[grey]Round {number}: {system.Name}, {round.CyclesPerSecond:f0} cycles/s{(rate is null ? "" : ", half load")}[/]");
            }

            systems.Reverse(); // who comes second is not always the same
        }

        return results;
    }
}
