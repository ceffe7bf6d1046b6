using System.CommandLine;
using Hookswitch;
using Hookswitch.Cli;
using Spectre.Console;

// A pipe has no width: what would wrap there is wanted in one piece.
if (Console.IsOutputRedirected)
{
    AnsiConsole.Profile.Width = 200;
}

var root = new RootCommand("Hookswitch: a calling server that speaks the Microsoft Graph cloud-communications calls API.");
DevCommand.AddTo(root);
root.Add(DevCommand.Create());
root.Add(ServeCommand.Create());
root.Add(RunCommand.Create());
root.Add(DemoCommand.Create());
root.Add(LoadCommand.Create());
root.Add(CertificateCommand.Create());
root.Add(ConfigCommand.Create());
root.Add(ExplainCommand.Create());

try
{
    var parsed = root.Parse(args);
    var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = Server.EndsWithin };
    if (parsed.CommandResult.Command.Name == RunCommand.Name)
    {
        invocation.ProcessTerminationTimeout = null; // the bot hears of signals, and decides when it ends
    }

    return await parsed.InvokeAsync(invocation);
}
catch (UsageException e)
{
    await Console.Error.WriteLineAsync($"hookswitch: {e.Message}");
    return 2;
}
