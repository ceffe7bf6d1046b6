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
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static Command Create()
    {
        var code = new Option<string?>("--reason")
        {
            HelpName = "CODE",
            Description = "Show a call that ends with that reason instead: a subcode, such as 10057. hookswitch explain CODE says what it means.",
        };
        var command = new Command("demo", "Place a call, hang it up, and show all that went over the wire.") { code };
        command.SetAction(async (parsed, cancellation) => await Run(Shown(parsed.GetValue(code)), cancellation));
        return command;
    }

    private static TestIdentity Shown(string? code)
    {
        var reason = code is null ? EndReasons.ConversationEnded : ExplainCommand.Find(code);
        return reason is null ? throw new UsageException($"'{code}' is no end reason. hookswitch explain {code} lists those that are.")
            : TestIdentity.For(reason) ?? throw new UsageException($"{reason} does not end a peer-to-peer call with a phone: there is nothing to show yet.");
    }

    private static async Task<int> Run(TestIdentity shown, CancellationToken cancellation)
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
        await using var bot = await DemoBot.Start(server.Address, Directory.DevelopmentTenant, DevCommand.Application, DevCommand.Secret, timeline);
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

    // The reason of the identity comes by itself; the bot answers when it is called, and does no more.
    private static async Task Watch(DemoBot bot, TestIdentity shown, DemoChecks checks, CancellationToken cancellation)
    {
        checks.Status("The token endpoint answers 200", 200, await bot.GetToken(cancellation));
        if (shown.Called is not null)
        {
            checks.Status("POST answers 201 with the call", 201, (await bot.Create(shown.Identity, cancellation)).Status);
        }
        else
        {
            checks.Status("The phone dials the bot", 201, await bot.HaveDialled(shown.Identity.Id, cancellation));
        }

        ReceivedNotification told;
        while ((told = await bot.Next(cancellation)).Change != "deleted")
        {
            if (told.State == "incoming" && shown.IsAnswered)
            {
                checks.Status("answer is taken", 202, await bot.Answer(told.Call!.Id!, cancellation));
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
        var (created, id) = await bot.Create(new(IdentityKind.User, "12345678-0000-4000-8000-000000000001"), cancellation);
        checks.Status("POST answers 201 with the call", 201, created);

        checks.State("The bot is told establishing", await bot.Next(cancellation), "updated", "establishing");
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
