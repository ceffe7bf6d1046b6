using System.Globalization;
using Hookswitch.Load;
using Spectre.Console;

namespace Hookswitch.Cli;

/// <summary>What people see of a load: how far it is, and what it showed.</summary>
internal static class LoadScreen
{
    /// <summary>A line each, where nobody watches it live.</summary>
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan RefreshEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>Of violations; the files list all.</summary>
    private const int MaxShown = 20;

    /// <summary>Runs a load, and says every few seconds how far it is.</summary>
    public static async Task Lines(LoadRun load, CancellationToken cancellation)
    {
        var run = load.Run(cancellation);
        while (await Task.WhenAny(run, Task.Delay(LineEvery, TimeProvider.System, CancellationToken.None)) != run)
        {
            AnsiConsole.WriteLine(Words(load));
        }

        await run;
    }

    /// <summary>Runs a load, and shows how far it is.</summary>
    public static Task Bar(LoadRun load, int calls, CancellationToken cancellation) => AnsiConsole.Progress().StartAsync(async progress =>
    {
        var (bar, run) = (progress.AddTask("calls", maxValue: calls), load.Run(cancellation));
        while (await Task.WhenAny(run, Task.Delay(RefreshEvery, TimeProvider.System, CancellationToken.None)) != run)
        {
            (bar.Value, bar.Description) = (load.Progress.Over, Words(load));
        }

        (bar.Value, bar.Description) = (load.Progress.Over, Words(load));
        await run;
    });

    public static void Write(LoadReport report)
    {
        AnsiConsole.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Requested} calls requested, {report.Acknowledged} acknowledged, {report.Refused} refused, {report.Ambiguous} unclear, {report.Ended} ended, {report.Failed} failed, in {report.Seconds} s."));
        AnsiConsole.Write(Latencies(report));
        AnsiConsole.WriteLine($"Answers: {Words(report.Answers)}");
        AnsiConsole.WriteLine($"Ended with: {Words(report.Reasons)}");
        foreach (var violation in report.Violations.Take(MaxShown))
        {
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[red]{violation}[/]");
        }

        AnsiConsole.WriteLine($"{report.Violations.Count} violations of I1 to I8.");
    }

    private static Table Latencies(LoadReport report)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("milliseconds", "count", "p50", "p90", "p99", "max");
        foreach (var (name, latency) in new[] { ("POST", report.Post), ("DELETE", report.Delete), ("first webhook", report.FirstWebhook) })
        {
            table.AddRow([name, .. new[] { latency.Count, latency.P50, latency.P90, latency.P99, latency.Max }.Select(value => value.ToString(CultureInfo.InvariantCulture))]);
        }

        return table;
    }

    private static string Words(LoadRun load) =>
        string.Create(CultureInfo.InvariantCulture, $"{load.Progress.Begun} calls begun, {load.Progress.Over} over, {load.Progress.Failed} failed");

    private static string Words(IReadOnlyDictionary<string, int> tally) =>
        tally.Count == 0 ? "none" : string.Join(", ", tally.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Value} × {one.Key}")));
}
