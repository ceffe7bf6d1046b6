using System.CommandLine;
using Hookswitch.Identity;
using Hookswitch.Storage;
using Hookswitch.Telemetry;
using Spectre.Console;
using Directory = Hookswitch.Phones.Directory;

namespace Hookswitch.Cli;

/// <summary><c>hookswitch dev</c>: a server for the developer of a bot, on this machine alone. The verb when none is named.</summary>
internal static class DevCommand
{
    public static Command Create()
    {
        var command = new Command("dev", "Start a server for developing a bot (this is what hookswitch does when no command is named).");
        AddTo(command);
        return command;
    }

    /// <summary>Makes a command start the server, with an option for each setting.</summary>
    public static void AddTo(Command command)
    {
        var settings = SettingOptions.Of(Mode.Development);
        settings.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            await Run(settings.Read(parsed), Greet, cancellation);
            return 0;
        });
    }

    /// <summary>Runs a server until it is stopped.</summary>
    /// <param name="greet">Says where it is, once it is there.</param>
    public static async Task Run(ServerOptions options, Action<Server, ServerOptions> greet, CancellationToken cancellation)
    {
        await using var server = await Server.Start(options, logging => Log(logging, options.Log, toError: LogLevel.None));
        greet(server, options);
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (cancellation.Register(() => stop.TrySetResult()))
        {
            await Task.WhenAny(stop.Task, server.WaitForShutdown());
        }
    }

    /// <param name="toError">From this level on, what is logged goes to standard error.</param>
    public static void Log(ILoggingBuilder logging, LogOptions options, LogLevel toError)
    {
        logging.SetMinimumLevel(options.Level);
        logging.AddFilter("Orleans", Least(LogLevel.Error)).AddFilter("Polly", Least(LogLevel.Error)).AddFilter("Microsoft", Least(LogLevel.Warning))
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None); // what stops a start is said in a sentence of its own
        if (options.IsJson)
        {
            logging.AddJsonConsole(console =>
            {
                (console.IncludeScopes, console.UseUtcTimestamp) = (true, true);
                console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            });
        }
        else
        {
            logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss ";
            });
        }

        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = toError);

        LogLevel Least(LogLevel level) => level > options.Level ? level : options.Level;
    }

    private static void Greet(Server server, ServerOptions options)
    {
        var address = Markup.Escape(server.Address.GetLeftPart(UriPartial.Authority)); // an IPv6 address has brackets
        var facts = new Grid().AddColumn(new GridColumn().PadRight(3)).AddColumn();
        facts.AddRow("API", $"[green]{address}/v1.0[/]  and  [green]{address}/beta[/]");
        if (server.SecureAddress is { } secure && secure != server.Address)
        {
            facts.AddRow("The same on https", $"[green]{Markup.Escape(secure.GetLeftPart(UriPartial.Authority))}[/]   [grey](hookswitch certificate says how to trust it)[/]");
        }

        facts.AddRow("Tenant id", Directory.DevelopmentTenant);
        facts.AddRow("Application id", Directory.DevelopmentApplication);
        facts.AddRow("Secret", $"{Directory.DevelopmentSecret}   [grey](in development any other id and secret will do as well)[/]");
        if (options.Authority is { } authority)
        {
            facts.AddRow("Tokens", $"[yellow]those of {Markup.Escape(authority.ToString())} alone[/]");
        }

        facts.AddRow("Data", Markup.Escape(server.Services.GetRequiredService<DataFolder>().Path));
        facts.AddRow("Clock", options.Clock == Time.ClockKind.Manual
            ? $"manual   [grey](POST {address}/control/clock/advance {{\"by\":\"PT1S\"}} moves it)[/]"
            : "system");
        AnsiConsole.MarkupLine("[bold]Hookswitch[/] is running, for development on this machine. Ctrl+C stops it.");
        AnsiConsole.WriteLine();
        AnsiConsole.Write(facts);
        AnsiConsole.WriteLine();
        AnsiConsole.MarkupLine("Two settings to change in a bot:");
        var settings = new Grid().AddColumn(new GridColumn().PadLeft(2).PadRight(3)).AddColumn();
        settings.AddRow("https://graph.microsoft.com", $"→ [green]{address}[/]");
        settings.AddRow("https://login.microsoftonline.com", $"→ [green]{address}[/]   [grey](token: /{{tenant}}/oauth2/v2.0/token)[/]");
        AnsiConsole.Write(settings);
        AnsiConsole.MarkupLine("A bot that hard-codes them needs no change: [green]hookswitch run -- COMMAND[/]");
        AnsiConsole.WriteLine();
        AnsiConsole.MarkupLine($"Bots that validate notifications find the keys at [green]{address}{OpenIdMetadata.CallbackConfiguration}[/]");
        AnsiConsole.MarkupLine($"What a call is told, and why it ended: [green]{address}/control/calls[/]");
        AnsiConsole.WriteLine();
    }
}
