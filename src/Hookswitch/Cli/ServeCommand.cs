using System.CommandLine;
using Spectre.Console;

namespace Hookswitch.Cli;

/// <summary><c>hookswitch serve</c>: a server for others. Nobody is made up, and it does not start where something is not safe.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var settings = SettingOptions.Of(Mode.Production);
        var command = new Command("serve", "Start a server for others: only who is registered is there, and the control API needs its key.");
        settings.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            await DevCommand.Run(settings.Read(parsed), Greet, cancellation);
            return 0;
        });
        return command;
    }

    private static void Greet(Server server, ServerOptions options)
    {
        AnsiConsole.MarkupLine("[bold]Hookswitch[/] is running, in production. Ctrl+C stops it.");
        foreach (var url in server.Addresses)
        {
            AnsiConsole.MarkupLineInterpolated(System.Globalization.CultureInfo.InvariantCulture, $"API   {url.GetLeftPart(UriPartial.Authority)}/v1.0  and  /beta");
        }
    }
}
