using System.CommandLine;

namespace Hookswitch.Bench.Floor;

/// <summary>The verb with which the benchmark starts the floor.</summary>
internal static class FloorCommand
{
    public static Command Create()
    {
        var data = new Option<string>("--data") { HelpName = "DIR", Description = "The folder of its store.", Required = true };
        var callbacks = new Option<string>("--callbacks") { HelpName = "URI", Description = "Where its webhooks go.", Required = true };
        var command = new Command("floor", "The floor alone. The benchmark starts it.") { data, callbacks };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var floor = await FloorServer.Start(parsed.GetValue(data)!, parsed.GetValue(callbacks)!, cancellation);
            await Console.Out.WriteLineAsync($"The floor listens on {floor.Address}");
            var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using (cancellation.Register(() => stop.TrySetResult()))
            {
                await stop.Task;
            }
        });
        return command;
    }
}
