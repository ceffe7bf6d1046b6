using System.CommandLine;
using Hookswitch.Bench;
using Hookswitch.Bench.Comparing;
using Hookswitch.Bench.Floor;
using Hookswitch.Bench.Holding;
using Hookswitch.Bench.Meetings;
using Hookswitch.Bench.Mixing;
using Hookswitch.Bench.Overloading;
using Hookswitch.Bench.Starting;
using Spectre.Console;

// A pipe has no width: what would wrap there is wanted in one piece.
if (Console.IsOutputRedirected)
{
    AnsiConsole.Profile.Width = 200;
}

var root = new RootCommand("Calls per second of Hookswitch beside a bare floor in the same run. docs/performance.md says what is measured.");
BenchCommand.AddTo(root);
root.Add(CompareCommand.Create());
root.Add(StartCommand.Create());
root.Add(HoldCommand.Create());
root.Add(OverloadCommand.Create());
root.Add(FloorCommand.Create());
root.Add(SiloCommand.Create());
root.Add(MeetingsCommand.Create());
root.Add(MixingCommand.Create());

try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (BenchFailureException e)
{
    await Console.Error.WriteLineAsync($"Nothing was measured: {e.Message}");
    return BenchCommand.Failed;
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("Stopped.");
    return BenchCommand.Failed;
}
