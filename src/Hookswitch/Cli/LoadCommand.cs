using System.CommandLine;
using System.Globalization;
using Hookswitch.Load;
using Spectre.Console;
using Directory = Hookswitch.Phones.Directory;

namespace Hookswitch.Cli;

/// <summary><c>hookswitch load</c>: many calls, begun at a rate, and whether the server kept what it promises.</summary>
internal static class LoadCommand
{
    public const string Name = "load";

    private const int MaxCalls = 1_000_000;
    private const int MaxRate = 100_000;
    private const int MaxConcurrency = 100_000;

    private static readonly TimeSpan MaxHold = TimeSpan.FromHours(1);

    private static readonly Option<string?> Target = new("--target") { HelpName = "URL", Description = "The server. Left out: one is started in this process." };
    private static readonly Option<string?> Bot = new("--bot") { HelpName = "CALLBACK-URL", Description = "Call the bot that is told of its calls there. Left out: the load plays bots that call." };
    private static readonly Option<string> Application = new("--application") { HelpName = "ID", Description = "The bot's client id.", DefaultValueFactory = _ => Directory.DevelopmentApplication };
    private static readonly Option<int> Calls = new("--calls") { Description = "How many calls.", DefaultValueFactory = _ => 100 };
    private static readonly Option<double> Rate = new("--rate") { Description = "Calls that begin in a second, whatever became of those before.", DefaultValueFactory = _ => 10 };
    private static readonly Option<string> Hold = new("--hold") { HelpName = "DURATION", Description = "From the answer to the hang-up, as an ISO 8601 duration.", DefaultValueFactory = _ => "PT1S" };
    private static readonly Option<int> Concurrency = new("--concurrency") { Description = "Calls under way at a time, at most.", DefaultValueFactory = _ => 1000 };
    private static readonly Option<string?> Json = new("--json") { HelpName = "FILE", Description = "Write the report there as JSON." };
    private static readonly Option<string?> Junit = new("--junit") { HelpName = "FILE", Description = "Write the report there as JUnit XML." };
    private static readonly Option<bool> Quiet = new("--quiet") { Description = "Show no progress." };

    public static Command Create()
    {
        var command = new Command(Name, "Begin many calls at a rate, and check that the server keeps what it promises.");
        foreach (var option in new Option[] { Target, Bot, Application, Calls, Rate, Hold, Concurrency, Json, Junit, Quiet })
        {
            command.Add(option);
        }

        command.SetAction(Run);
        return command;
    }

    private static async Task<int> Run(ParseResult parsed, CancellationToken cancellation)
    {
        var options = Read(parsed);
        Server? own = null;
        if (parsed.GetValue(Target) is null)
        {
            own = await Server.Start(new ServerOptions { Urls = ["http://127.0.0.1:0"], Data = "" }, logging => logging.SetMinimumLevel(LogLevel.None));
            options = options with { Server = own.Address };
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"A server of its own at [green]{own.Address}[/], in this process. --target names another.");
        }

        await using (own)
        {
            var history = new History();
            var load = new LoadRun(options, history);
            await (parsed.GetValue(Quiet) ? load.Run(cancellation)
                : Console.IsOutputRedirected ? LoadScreen.Lines(load, cancellation)
                : LoadScreen.Bar(load, options.Calls, cancellation));
            return await Report(LoadReport.Of(history.Entries, load.Progress.Failed), parsed);
        }
    }

    private static async Task<int> Report(LoadReport report, ParseResult parsed)
    {
        LoadScreen.Write(report);
        if (parsed.GetValue(Json) is { } json)
        {
            await LoadReportFiles.WriteJson(report, json);
        }

        if (parsed.GetValue(Junit) is { } junit)
        {
            LoadReportFiles.WriteJunit(report, junit);
        }

        return report.IsClean ? 0 : 1;
    }

    private static LoadOptions Read(ParseResult parsed) => new(
        Address(parsed.GetValue(Target) ?? "http://127.0.0.1:5080", "--target"),
        (int)Within("--calls", parsed.GetValue(Calls), 1, MaxCalls), Within("--rate", parsed.GetValue(Rate), 0.01, MaxRate), Duration(parsed.GetValue(Hold)!),
        (int)Within("--concurrency", parsed.GetValue(Concurrency), 1, MaxConcurrency))
    {
        Bot = parsed.GetValue(Bot) is { } bot ? Address(bot, "--bot").ToString() : null,
        Application = parsed.GetValue(Application)!,
    };

    private static double Within(string option, double value, double least, double most) => value >= least && value <= most
        ? value
        : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"{option} must be between {least} and {most}."));

    private static Uri Address(string value, string option) => Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
        ? address
        : throw new UsageException($"{option} must be an address such as http://127.0.0.1:5080.");

    private static TimeSpan Duration(string value)
    {
        try
        {
            return System.Xml.XmlConvert.ToTimeSpan(value) is var hold && hold >= TimeSpan.Zero && hold <= MaxHold
                ? hold
                : throw new UsageException("--hold must be between PT0S and PT1H.");
        }
        catch (FormatException)
        {
            throw new UsageException($"--hold must be an ISO 8601 duration such as PT1S, not '{value}'.");
        }
    }
}
