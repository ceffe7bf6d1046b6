using Hookswitch.Bench.Load;
using Spectre.Console;

namespace Hookswitch.Bench;

/// <summary>One run: both systems are started, warmed up and loaded in turns; then the server is held against the floor.</summary>
internal static class Benchmark
{
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(BenchOptions options, CancellationToken cancellation)
    {
        var folder = Directory.CreateDirectory(Path.Combine(options.Folder, $"hookswitch-bench-{Guid.NewGuid():n}")).FullName;
        try
        {
            var results = await Measure(options, folder, cancellation);
            return Report.Write(options, results);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Dictionary<SystemKind, List<Round>>> Measure(BenchOptions options, string folder, CancellationToken cancellation)
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

            return await Alternate(options, systems, receiver, http, cancellation);
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
        BenchOptions options, List<MeasuredSystem> systems, Receiver receiver, HttpMessageInvoker http, CancellationToken cancellation)
    {
        foreach (var system in systems.Where(_ => options.WarmUp > TimeSpan.Zero))
        {
            AnsiConsole.MarkupLine($"[grey]{system.Name} warms up[/]");
            await Round.Run(system, receiver, http, options.WarmUp, cancellation);
        }

        var results = systems.ToDictionary(system => system.Kind, _ => new List<Round>());
        for (var number = 1; number <= options.Rounds; number++)
        {
            foreach (var system in systems)
            {
                var round = await Round.Run(system, receiver, http, options.Round, cancellation);
                results[system.Kind].Add(round);
                AnsiConsole.MarkupLine($"[grey]Round {number}: {system.Name}, {round.CyclesPerSecond:f0} cycles/s[/]");
            }

            systems.Reverse(); // who comes second is not always the same
        }

        return results;
    }
}
