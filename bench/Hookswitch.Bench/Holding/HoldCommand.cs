using System.CommandLine;
using System.Globalization;
using System.Text;
using Hookswitch.Bench.Load;
using Spectre.Console;

namespace Hookswitch.Bench.Holding;

/// <summary>What many calls cost that are merely held.</summary>
/// <param name="Few">Cycles a second beside few of them.</param>
/// <param name="Many">Cycles a second beside many.</param>
/// <param name="BytesEach">By which the process has grown for each that came in between.</param>
internal sealed record Held(double Few, double Many, double BytesEach)
{
    public double Ratio => Many / Few;
}

/// <summary><c>hold</c>: throughput beside few and beside many calls that are held, and the memory of one of them.</summary>
internal static class HoldCommand
{
    private const int Few = 1_000;
    private const int Connections = 64;

    /// <summary>Establishing, established, media active.</summary>
    private const int WebhooksOfHeld = 3;

    /// <summary>Of those who are called: nobody has thousands of calls on one line.</summary>
    private const int Users = 1_000;

    /// <summary>Conversations to which nothing happens are put to sleep after half a minute.</summary>
    private static readonly TimeSpan UntilAsleep = TimeSpan.FromSeconds(50);

    private static readonly TimeSpan RoundLength = TimeSpan.FromSeconds(10);

    public static Command Create()
    {
        var folder = BenchCommand.Folder();
        var rounds = BenchCommand.Whole("--rounds", "Of load, beside few and beside many.", 5, 1, 1000);
        var calls = BenchCommand.Whole("--calls", "How many are held at last.", 50_000, Few + 1, 1_000_000);
        var command = new Command("hold", "Throughput beside many calls that are held, and the memory of each.") { folder, rounds, calls };
        command.SetAction(async (parsed, cancellation) =>
        {
            var held = await Measure(parsed.GetValue(folder)!, parsed.GetValue(rounds), parsed.GetValue(calls), cancellation);
            AnsiConsole.MarkupLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{held.Few:f0} cycles/s beside {Few} held calls, {held.Many:f0} beside {parsed.GetValue(calls)}: [bold]{held.Ratio:f2}[/]. {held.BytesEach / 1024:f1} KiB a held call."));
            return BenchCommand.Met;
        });
        return command;
    }

    public static Task<Held> Measure(string parent, int rounds, int calls, CancellationToken cancellation) => Benchmark.WithFolder(parent, async folder =>
    {
        await using var receiver = await Receiver.Start(Connections, cancellation);
        using var http = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = Connections });
        await using var server = await MeasuredSystem.Start(SystemKind.Server, folder, receiver, http, cancellation);
        await Round.Run(server, receiver, http, RoundLength, rate: null, cancellation); // warms up
        await Hold(server, receiver, http, 0, Few, cancellation);
        var few = await Load(server, receiver, http, rounds, cancellation);
        var before = server.Memory;
        await Hold(server, receiver, http, Few, calls, cancellation);
        var many = await Load(server, receiver, http, rounds, cancellation);
        return new Held(few, many, (server.Memory - before) / (double)(calls - Few));
    });

    private static async Task<double> Load(MeasuredSystem server, Receiver receiver, HttpMessageInvoker http, int rounds, CancellationToken cancellation)
    {
        await Task.Delay(UntilAsleep, TimeProvider.System, cancellation);
        var results = new List<Round>();
        while (results.Count < rounds)
        {
            results.Add(await Round.Run(server, receiver, http, RoundLength, rate: null, cancellation));
        }

        var median = Benchmark.Median(results, round => round.CyclesPerSecond);
        AnsiConsole.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"[grey]{median:f0} cycles/s; the process has {server.Memory / (1024.0 * 1024):f0} MiB[/]"));
        return median;
    }

    // Returns when all of them are established, and their bots know it.
    private static async Task Hold(MeasuredSystem server, Receiver receiver, HttpMessageInvoker http, int from, int to, CancellationToken cancellation)
    {
        AnsiConsole.MarkupLine($"[grey]{to - from} calls are placed[/]");
        await Parallel.ForAsync(from, to, new ParallelOptions { MaxDegreeOfParallelism = Connections, CancellationToken = cancellation }, async (number, stop) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, "/v1.0/communications/calls"))
            {
                Content = new StringContent(
                    string.Create(CultureInfo.InvariantCulture, $$$"""
                    {"callbackUri":"{{{receiver.Address}}}{{{Receiver.Held}}}","requestedModalities":["audio"],"mediaConfig":{"@odata.type":"#microsoft.graph.serviceHostedMediaConfig"},
                     "targets":[{"identity":{"user":{"id":"a0000000-0000-4000-8000-{{{number % Users:d12}}}"} } }]}
                    """), Encoding.UTF8, "application/json"),
            };
            request.Headers.TryAddWithoutValidation("Authorization", server.CallerToken);
            using var answer = await http.SendAsync(request, stop);
            if (!answer.IsSuccessStatusCode)
            {
                throw new BenchFailureException($"A call to be held was answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(stop)}");
            }
        });
        while (receiver.HeldCount < (long)to * WebhooksOfHeld)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellation);
        }
    }
}
