using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Hookswitch.Bench.Starting;

/// <summary>How long starting takes: from the start of the process to the first answer. Medians.</summary>
internal sealed record Starts(TimeSpan Silo, TimeSpan Server)
{
    public double Ratio => Server / Silo;
}

/// <summary><c>start</c>: how long the server takes to start, beside a bare silo, in turns.</summary>
internal static class StartCommand
{
    public static Command Create()
    {
        var folder = BenchCommand.Folder();
        var rounds = BenchCommand.Whole("--rounds", "Starts of each, in turns.", 11, 1, 1000);
        var command = new Command("start", "Time from the start of the process to the first answer, beside a bare silo.") { folder, rounds };
        command.SetAction(async (parsed, cancellation) =>
        {
            var starts = await Measure(parsed.GetValue(folder)!, parsed.GetValue(rounds), cancellation);
            AnsiConsole.MarkupLine(string.Create(
                CultureInfo.InvariantCulture,
                $"A bare silo answers after {starts.Silo.TotalMilliseconds:f0} ms, the server after {starts.Server.TotalMilliseconds:f0} ms: [bold]{starts.Ratio:f2}[/] times as long."));
            return BenchCommand.Met;
        });
        return command;
    }

    public static async Task<Starts> Measure(string parent, int rounds, CancellationToken cancellation)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var (silo, server) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var round = -1; round < rounds; round++)
        {
            var (one, other) = (
                await Time(http, [Path.Combine(AppContext.BaseDirectory, "Hookswitch.Bench.dll"), "silo"], cancellation),
                await Benchmark.WithFolder(parent, folder => Time(
                    http, [Path.Combine(AppContext.BaseDirectory, "hookswitch.dll"), "dev", "--urls", "http://127.0.0.1:0", "--data", folder], cancellation)));
            if (round >= 0) // the first one reads the files from the disk
            {
                silo.Add(one);
                server.Add(other);
            }
        }

        return new Starts(Median(silo), Median(server));
    }

    private static async Task<TimeSpan> Time(HttpClient http, string[] arguments, CancellationToken cancellation)
    {
        var begun = Stopwatch.GetTimestamp();
        await using var process = await ChildProcess.Start(arguments, cancellation);
        using var answer = await http.GetAsync(new Uri(process.Address, "/alive"), cancellation);
        answer.EnsureSuccessStatusCode();
        return Stopwatch.GetElapsedTime(begun);
    }

    private static TimeSpan Median(List<TimeSpan> times) => TimeSpan.FromMilliseconds(Benchmark.Median(times, time => time.TotalMilliseconds));
}
