using System.CommandLine;
using System.Globalization;
using Hookswitch.Bench.Holding;
using Hookswitch.Bench.Starting;
using Spectre.Console;

namespace Hookswitch.Bench.Comparing;

/// <summary><c>compare</c>: every goal, what was measured, and what it was measured beside, in one table.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        var folder = BenchCommand.Folder();
        var rounds = BenchCommand.Whole("--rounds", "Of each measurement.", 5, 1, 1000);
        var seconds = BenchCommand.Whole("--seconds", "Length of a round.", 10, 1, 3600);
        var warmUp = BenchCommand.Whole("--warm-up", "Seconds of load on each system before its first round.", 30, 0, 3600);
        var calls = BenchCommand.Whole("--calls", "How many are held at last.", 50_000, 1_001, 1_000_000);
        var command = new Command("compare", "Measures all that has a goal, and prints one table. About fifteen minutes.") { folder, rounds, seconds, warmUp, calls };
        command.SetAction((parsed, cancellation) => Run(
            new BenchOptions(
                parsed.GetValue(rounds), TimeSpan.FromSeconds(parsed.GetValue(seconds)), TimeSpan.FromSeconds(parsed.GetValue(warmUp)), Connections: 64,
                Bar: 0.5, Only: null, parsed.GetValue(folder)!),
            parsed.GetValue(calls), cancellation));
        return command;
    }

    private static async Task<int> Run(BenchOptions options, int calls, CancellationToken cancellation)
    {
        var measured = await Benchmark.Measure(options, cancellation);
        var starts = await StartCommand.Measure(options.Folder, options.Rounds, cancellation);
        var held = await HoldCommand.Measure(options.Folder, options.Rounds, calls, cancellation);
        var (floor, server) = (measured.Full[SystemKind.Floor], measured.Full[SystemKind.Server]);
        var (floorAtHalf, serverAtHalf) = (measured.Half[SystemKind.Floor], measured.Half[SystemKind.Server]);
        var table = new Table().AddColumns("", "floor", "server", "share", "goal", "");
        var missed = false;

        Add("cycles/s", Rate(floor), Rate(server), Benchmark.Median(floor.Zip(server), pair => pair.Second.CyclesPerSecond / pair.First.CyclesPerSecond), "f0", "", 0.5, atLeast: true);
        Add(
            "DELETE p99 at half load", P99(floorAtHalf), P99(serverAtHalf), P99(serverAtHalf) / P99(floorAtHalf), "f1", " ms", 2, atLeast: false);
        Add("start to first answer (floor: bare silo)", starts.Silo.TotalMilliseconds, starts.Server.TotalMilliseconds, starts.Ratio, "f0", " ms", 1.7, atLeast: false);
        Add($"cycles/s beside {calls} held calls (floor: beside 1000)", held.Few, held.Many, held.Ratio, "f0", "", 0.9, atLeast: true);
        Add("memory of a held call, KiB", null, held.BytesEach / 1024, held.BytesEach / 1024, "f1", "", 6, atLeast: false);
        Add("first webhook after the 204, p50 at half load", Webhook(floorAtHalf), Webhook(serverAtHalf), Webhook(serverAtHalf), "f1", " ms", 2, atLeast: false);
        Add("first webhook after the 204, p99 at half load", WebhookP99(floorAtHalf), WebhookP99(serverAtHalf), WebhookP99(serverAtHalf), "f1", " ms", 20, atLeast: false);
        AnsiConsole.Write(table);
        return missed ? BenchCommand.Missed : BenchCommand.Met;

        void Add(string what, double? beside, double value, double judged, string format, string unit, double goal, bool atLeast)
        {
            var met = atLeast ? judged >= goal : judged <= goal;
            missed |= !met;
            table.AddRow(
                what, beside is { } one ? Shown(one) : "", Shown(value), beside is null ? "" : (value / beside.Value).ToString("f2", CultureInfo.InvariantCulture),
                $"{(atLeast ? "≥" : "≤")} {goal.ToString(CultureInfo.InvariantCulture)}", met ? "[green]met[/]" : "[red]missed[/]");

            string Shown(double number) => number.ToString(format, CultureInfo.InvariantCulture) + unit;
        }
    }

    private static double Rate(List<Round> rounds) => Benchmark.Median(rounds, round => round.CyclesPerSecond);

    private static double P99(List<Round> rounds) => Benchmark.Median(rounds, round => round.DeleteP99.TotalMilliseconds);

    private static double Webhook(List<Round> rounds) => Benchmark.Median(rounds, round => round.WebhookMedian.TotalMilliseconds);

    private static double WebhookP99(List<Round> rounds) => Benchmark.Median(rounds, round => round.WebhookP99.TotalMilliseconds);
}
