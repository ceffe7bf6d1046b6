using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Spectre.Console;
using static Hookswitch.Bench.Benchmark;

namespace Hookswitch.Bench;

/// <summary>What a run showed, for people, and whether the bar is met.</summary>
internal static class Report
{
    /// <returns>The exit code.</returns>
    public static int Write(BenchOptions options, Measured measured)
    {
        AnsiConsole.Write(Figures(options, measured));
        if (typeof(Report).Assembly.GetCustomAttribute<DebuggableAttribute>()?.IsJITOptimizerDisabled == true)
        {
            AnsiConsole.MarkupLine("[yellow]A debug build: these figures mean nothing. Run with -c Release.[/]");
        }

        if (options.Rounds < BenchOptions.EnoughRounds)
        {
            AnsiConsole.MarkupLine($"[yellow]Fewer than {BenchOptions.EnoughRounds} rounds: a smoke test, not a measurement.[/]");
        }

        return options.Only is null ? Verdict(options, measured.Full[SystemKind.Floor], measured.Full[SystemKind.Server]) : BenchCommand.Met;
    }

    private static Table Figures(BenchOptions options, Measured measured)
    {
        var table = new Table().AddColumn("").AddColumns([.. measured.Full.Keys.Select(kind => kind.ToString().ToLowerInvariant())]);
        Row("cycles/s, median", measured.Full, rounds => $"{Median(rounds, round => round.CyclesPerSecond):f0}");
        Row("cycles/s, least and most", measured.Full, rounds => $"{rounds.Min(round => round.CyclesPerSecond):f0} … {rounds.Max(round => round.CyclesPerSecond):f0}");
        Row("DELETE p50", measured.Full, rounds => $"{Median(rounds, round => round.DeleteMedian.TotalMilliseconds):f1} ms");
        Row("DELETE p99", measured.Full, rounds => $"{Median(rounds, round => round.DeleteP99.TotalMilliseconds):f1} ms");
        Row("processor time a cycle", measured.Full, rounds => $"{Median(rounds, round => round.ProcessorTime.TotalMilliseconds):f2} ms");
        Row("half load: cycles/s", measured.Half, rounds => $"{Median(rounds, round => round.CyclesPerSecond):f0}");
        Row("half load: DELETE p50", measured.Half, rounds => $"{Median(rounds, round => round.DeleteMedian.TotalMilliseconds):f1} ms");
        Row("half load: DELETE p99", measured.Half, rounds => $"{Median(rounds, round => round.DeleteP99.TotalMilliseconds):f1} ms");
        Row("half load: first webhook p50", measured.Half, rounds => $"{Median(rounds, round => round.WebhookMedian.TotalMilliseconds):f1} ms");
        Row("half load: first webhook p99", measured.Half, rounds => $"{Median(rounds, round => round.WebhookP99.TotalMilliseconds):f1} ms");
        table.Caption = new TableTitle(string.Create(
            CultureInfo.InvariantCulture,
            $"{options.Rounds} × {options.Round.TotalSeconds:f0} s each, in turns; {options.Connections} connections; {Environment.ProcessorCount} processors"));
        foreach (var column in table.Columns.Skip(1))
        {
            column.RightAligned();
        }

        return table;

        void Row(string name, IReadOnlyDictionary<SystemKind, List<Round>> results, Func<List<Round>, FormattableString> show) =>
            table.AddRow([name, .. results.Values.Select(rounds => FormattableString.Invariant(show(rounds)))]);
    }

    // Of the rounds that followed each other: what else the machine does at that time slows both.
    private static int Verdict(BenchOptions options, List<Round> floor, List<Round> server)
    {
        var ratios = floor.Zip(server, (one, other) => other.CyclesPerSecond / one.CyclesPerSecond).ToList();
        var ratio = Median(ratios, one => one);
        var met = ratio >= options.Bar;
        AnsiConsole.MarkupLineInterpolated(
            CultureInfo.InvariantCulture, $"The server does [bold]{ratio:f2}[/] of the floor ({ratios.Min():f2} … {ratios.Max():f2}).");
        AnsiConsole.MarkupLine(string.Create(
            CultureInfo.InvariantCulture, $"The bar of {options.Bar:f2} is {(met ? "[green]met[/]" : "[red]not met[/]")}."));
        return met ? BenchCommand.Met : BenchCommand.Missed;
    }
}
