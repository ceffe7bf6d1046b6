using System.CommandLine;

namespace Hookswitch.Bench;

/// <summary>The command line of the benchmark, and what its exit code says.</summary>
internal static class BenchCommand
{
    public const int Met = 0;
    public const int Missed = 1;
    public const int Failed = 3;

    private const int MaxRounds = 1000;
    private const int MaxSeconds = 3600;
    private const int MaxConnections = 1000;

    public static void AddTo(Command command)
    {
        var rounds = Whole("--rounds", "Of each system, in turns. Fewer than five are a smoke test.", 5, 1, MaxRounds);
        var seconds = Whole("--seconds", "Length of a round.", 10, 1, MaxSeconds);
        var warmUp = Whole("--warm-up", "Seconds of load on each system before its first round: the compiler is at work that long.", 30, 0, MaxSeconds);
        var connections = Whole("--connections", "Cycles under way at a time, each with one request at a time.", 64, 1, MaxConnections);
        var bar = new Option<double>("--bar") { Description = "The share of the floor that the server must reach.", DefaultValueFactory = _ => 0.33 };
        var only = new Option<SystemKind?>("--only") { HelpName = "floor|server", Description = "Measure one system alone, for a profiler." };
        var folder = Folder();
        foreach (var option in new Option[] { rounds, seconds, warmUp, connections, bar, only, folder })
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellation) => Benchmark.Run(
            new BenchOptions(
                parsed.GetValue(rounds), TimeSpan.FromSeconds(parsed.GetValue(seconds)), TimeSpan.FromSeconds(parsed.GetValue(warmUp)),
                parsed.GetValue(connections), parsed.GetValue(bar), parsed.GetValue(only), parsed.GetValue(folder)!),
            cancellation));
    }

    public static Option<string> Folder() => new("--folder")
    {
        HelpName = "DIR",
        Description = "Where what is measured keeps its data, in a folder that is deleted afterwards. On a real disk.",
        DefaultValueFactory = _ => Path.GetTempPath(),
    };

    public static Option<int> Whole(string name, string description, int standard, int least, int most)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < least || result.GetValueOrDefault<int>() > most)
            {
                result.AddError($"{name} must be between {least} and {most}.");
            }
        });
        return option;
    }
}
