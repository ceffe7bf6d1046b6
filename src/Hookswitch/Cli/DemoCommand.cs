using System.CommandLine;
using System.Globalization;
using Hookswitch.Calling;
using Hookswitch.Phones;
using Spectre.Console;
using Command = System.CommandLine.Command;
using Directory = Hookswitch.Phones.Directory;

namespace Hookswitch.Cli;

/// <summary><c>hookswitch demo</c>: a server and a small bot in one process; one call, from its creation to its last notification.</summary>
internal static class DemoCommand
{
    /// <summary>Anything in the demo that takes longer than this has failed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Command Create()
    {
        var code = new Option<string?>("--reason")
        {
            HelpName = "CODE",
            Description = "Show a call that ends with that reason instead: a subcode, such as 10057. hookswitch explain CODE says what it means.",
        };
        var all = new Option<bool>("--all")
        {
            Description = "Show every reason that can be shown instead, one after the other: what the bot received, and whether it is right.",
        };
        var command = new Command("demo", "Place a call, hang it up, and show all that went over the wire.") { code, all };
        command.SetAction(async (parsed, cancellation) => (parsed.GetValue(all), parsed.GetValue(code)) switch
        {
            (true, null) => await DemoOfAll.Run(cancellation),
            (true, not null) => throw new UsageException("--all shows every reason: leave --reason out, or --all."),
            (false, var one) => await Run(Shown(one), cancellation),
        });
        return command;
    }

    private static Showing Shown(string? code)
    {
        var reason = code is null ? EndReasons.ConversationEnded : ExplainCommand.Find(code);
        return reason is null ? throw new UsageException($"'{code}' is no end reason. hookswitch explain {code} lists those that are.")
            : Showing.Of(reason) ?? throw new UsageException($"{reason} ends no call that a test identity or a test thread could show.");
    }

    private static async Task<int> Run(Showing shown, CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(Patience);
        var options = new ServerOptions
        {
            Urls = ["http://127.0.0.1:0"],
            Data = "",
            Clock = shown.Reason == EndReasons.KeepAliveTimeout ? Time.ClockKind.Manual : Time.ClockKind.System, // nobody watches for 45 minutes
        };
        await using var server = await Server.Start(options, logging => logging.SetMinimumLevel(LogLevel.None));
        var timeline = new Timeline();
        await using var bot = await DemoBot.Start(server.Address, Directory.DevelopmentTenant, Directory.DevelopmentApplication, Directory.DevelopmentSecret, timeline);
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"A server at [green]{server.Address}[/] and a bot at [green]{bot.Callback}[/], both in this process.");
        AnsiConsole.WriteLine();

        var checks = new DemoChecks();
        try
        {
            await (shown.Reason == EndReasons.ConversationEnded ? HangUp(bot, checks, timeout.Token) : Watch(bot, shown, checks, timeout.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException or InvalidOperationException)
        {
            checks.Add("The exchange came to its end", ok: false, e is OperationCanceledException ? $"not within {Patience.TotalSeconds} s" : e.Message);
        }

        timeline.Write();
        return checks.Write() ? 0 : 1;
    }

    // The reason comes by itself, but for an answer or a DELETE of the bot.
    private static async Task Watch(DemoBot bot, Showing shown, DemoChecks checks, CancellationToken cancellation)
    {
        checks.Status("The token endpoint answers 200", 200, await bot.GetToken(cancellation));
        var (begun, id) = await bot.Begin(shown, cancellation);
        checks.Status(shown is Showing.Dial ? "The phone dials the bot" : "POST answers 201 with the call", 201, begun);

        ReceivedNotification told;
        while ((told = await bot.Next(cancellation)) is not { Change: "deleted", Call: { } call } || call.Id != id)
        {
            if (await bot.React(shown, told, cancellation) is var (what, expected, status))
            {
                checks.Status(what, expected, status);
            }
            else if (shown.Reason == EndReasons.KeepAliveTimeout)
            {
                await bot.Advance(told.Call?.MediaState is null ? "PT1S" : "PT45M", cancellation);
            }
        }

        checks.State("The bot is told terminated", told, "deleted", "terminated");
        checks.Reason("… with the reason", told.Call?.ResultInfo, shown.Reason);
        checks.Add("Each notification carried a token that validates", bot.AllTokensValid, "a token did not validate");
    }

    private static async Task HangUp(DemoBot bot, DemoChecks checks, CancellationToken cancellation)
    {
        checks.Status("The token endpoint answers 200", 200, await bot.GetToken(cancellation));
        var (created, id) = await bot.Create(ShownCall.To(new Calling.Identity(IdentityKind.User, "12345678-0000-4000-8000-000000000001")), cancellation);
        checks.Status("POST answers 201 with the call", 201, created);

        checks.State("The bot is told establishing", await bot.Next(cancellation), "updated", "establishing");
        checks.State("The bot is told ringing, which beta alone has", await bot.Next(cancellation), "updated", "ringing");
        checks.State("The bot is told established", await bot.Next(cancellation), "updated", "established");
        var media = await bot.Next(cancellation);
        checks.State("The bot is told that media flows", media, "updated", "established");
        checks.Add("… with mediaState active", media.Call?.MediaState?.Audio == Graph.MediaState.Active, "no mediaState");

        checks.Status("DELETE answers 204", 204, await bot.Send(HttpMethod.Delete, $"/beta/communications/calls/{id}", cancellation));
        checks.State("The bot is told terminating", await bot.Next(cancellation), "updated", "terminating");
        var ended = await bot.Next(cancellation);
        checks.State("The bot is told terminated", ended, "deleted", "terminated");
        checks.Reason("… with the documented reason", ended.Call?.ResultInfo, EndReasons.ConversationEnded);
        checks.Status("A call that has ended is gone: 404", 404, await bot.Send(HttpMethod.Get, $"/beta/communications/calls/{id}", cancellation));
        checks.Add("Each notification carried a token that validates", bot.AllTokensValid, "a token did not validate");
    }
}
