using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Hookswitch.Bench.Load;
using Spectre.Console;

namespace Hookswitch.Bench.Overloading;

/// <summary><c>overload</c>: what a server does when more is asked of it than it can, and how soon it is as before.</summary>
internal static class OverloadCommand
{
    private const int Connections = 64;

    /// <summary>Cycles that may be under way at a time while more is asked than can be done.</summary>
    private const int Slots = 4_000;

    /// <summary>Of the cycles at its best, those that come to their end under five times as many.</summary>
    private const double Goal = 0.8;

    /// <summary>By which the latency of what is accepted may grow.</summary>
    private const double MaxGrowth = 5;

    /// <summary>After which all is as before.</summary>
    private static readonly TimeSpan MaxRecovery = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static Command Create()
    {
        var folder = BenchCommand.Folder();
        var times = BenchCommand.Whole("--times", "So many times as many cycles begin as the server can do.", 5, 2, 20);
        var seconds = BenchCommand.Whole("--seconds", "For so long, and at its best before it.", 15, 2, 3600);
        var warmUp = BenchCommand.Whole("--warm-up", "Seconds of load before.", 45, 1, 3600);
        var command = new Command("overload", "Asks more of the server than it can do: what ends, what is refused, and when all is as before. About two minutes.")
        {
            folder, times, seconds, warmUp,
        };
        command.SetAction((parsed, cancellation) => Benchmark.WithFolder(parsed.GetValue(folder)!, at => Run(
            at, parsed.GetValue(times), TimeSpan.FromSeconds(parsed.GetValue(seconds)), TimeSpan.FromSeconds(parsed.GetValue(warmUp)), cancellation)));
        return command;
    }

    private static async Task<int> Run(string folder, int times, TimeSpan length, TimeSpan warmUp, CancellationToken cancellation)
    {
        await using var receiver = await Receiver.Start(Slots, cancellation);
        using var http = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        await using var server = await MeasuredSystem.Start(SystemKind.Server, folder, receiver, http, cancellation);
        await Separate(server, cancellation);
        AnsiConsole.MarkupLine("[grey]The server warms up[/]");
        await Load(warmUp);
        var normal = await Load(length);
        AnsiConsole.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"[grey]{normal.CyclesPerSecond:f0} cycles/s; now {times} times as many begin[/]"));
        await Surge.Run(server, receiver, http, TimeSpan.FromSeconds(Slots / normal.CyclesPerSecond * 2), normal.CyclesPerSecond / 2, cancellation); // tokens of all bots are made
        var surge = await Surge.Run(server, receiver, http, length, normal.CyclesPerSecond * times, cancellation);
        var recovery = await Recover(normal, Load);
        return Report(normal, surge, recovery, times);

        Task<Round> Load(TimeSpan time) => Round.Run(server, receiver, http, time, rate: null, cancellation, Connections);
    }

    // Until a second is as those before the surge were, by half at most.
    private static async Task<TimeSpan> Recover(Round normal, Func<TimeSpan, Task<Round>> load)
    {
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            var round = await load(Second);
            if ((round.CyclesPerSecond >= normal.CyclesPerSecond * Goal && round.DeleteP99 <= normal.DeleteP99 * 2) || Stopwatch.GetElapsedTime(begun) > MaxRecovery * 6)
            {
                return Stopwatch.GetElapsedTime(begun);
            }
        }
    }

    private static int Report(Round normal, Surge surge, TimeSpan recovery, int times)
    {
        var (goodput, growth) = (surge.Ended / normal.CyclesPerSecond, surge.DeleteP99 / normal.DeleteP99);
        AnsiConsole.Write(new Table().AddColumns("", "at its best", $"{times} times as many", "share", "goal")
            .AddRow("cycles that begin, 1/s", Number(normal.CyclesPerSecond), Number(surge.Offered), "", "")
            .AddRow("cycles that end, 1/s", Number(normal.CyclesPerSecond), Number(surge.Ended), Share(goodput), $"≥ {Share(Goal)}")
            .AddRow("calls refused with Retry-After, 1/s", "0", Number(surge.Refused), "", "")
            .AddRow("requests about live calls refused and repeated", "0", Number(surge.Repeated), "", "")
            .AddRow("DELETE p99 of what is accepted", Milliseconds(normal.DeleteP99), Milliseconds(surge.DeleteP99), Share(growth), $"≤ {Share(MaxGrowth)}")
            .AddRow("as before after", "", Milliseconds(recovery), "", $"≤ {Milliseconds(MaxRecovery)}"));
        return goodput >= Goal && growth <= MaxGrowth && recovery <= MaxRecovery ? BenchCommand.Met : BenchCommand.Missed;
    }

    // The load must not take the processors from the server that it overloads: each gets half of them.
    private static async Task Separate(MeasuredSystem server, CancellationToken cancellation)
    {
        var half = Environment.ProcessorCount / 2;
        if (half == 0 || !await Bind(server.ProcessId, $"0-{half - 1}", cancellation) || !await Bind(Environment.ProcessId, $"{half}-{Environment.ProcessorCount - 1}", cancellation))
        {
            AnsiConsole.MarkupLine("[yellow]The load shares the processors with the server: what it takes, the server lacks.[/]");
        }
    }

    private static async Task<bool> Bind(int process, string processors, CancellationToken cancellation)
    {
        try
        {
            using var taskset = Process.Start(new ProcessStartInfo("taskset", ["--all-tasks", "--cpu-list", "--pid", processors, process.ToString(CultureInfo.InvariantCulture)])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            await taskset.WaitForExitAsync(cancellation);
            return taskset.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false; // no taskset here
        }
    }

    private static string Number(double number) => number.ToString("f0", CultureInfo.InvariantCulture);

    private static string Share(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:f1} ms");
}
