using System.Diagnostics;
using System.Globalization;
using Hookswitch.Calling;
using Hookswitch.Phones;
using Hookswitch.Time;
using Spectre.Console;
using Directory = Hookswitch.Phones.Directory;

namespace Hookswitch.Cli;

/// <summary><c>hookswitch demo --all</c>: every reason that can be shown, one after the other, by a clock that is moved by hand.</summary>
internal static class DemoOfAll
{
    /// <summary>Of real time, for one reason: each takes a fraction of a second.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Test identities and threads are done after a few seconds, a call without keep-alive after three quarters of an hour.</summary>
    private const int MaxSteps = 10;

    public static async Task<int> Run(CancellationToken cancellation)
    {
        var options = new ServerOptions { Urls = ["http://127.0.0.1:0"], Data = "", Clock = ClockKind.Manual };
        await using var server = await Server.Start(options, logging => logging.SetMinimumLevel(LogLevel.None));
        await using var bot = await DemoBot.Start(server.Address, Directory.DevelopmentTenant, Directory.DevelopmentApplication, Directory.DevelopmentSecret, new Timeline());
        await bot.GetToken(cancellation);
        var showings = EndReasons.All.Select(Showing.Of).OfType<Showing>().ToArray();

        Write("", "reason", "received", "cause");
        var (shown, start) = (0, Stopwatch.GetTimestamp());
        foreach (var showing in showings)
        {
            var (ok, received) = await See(bot, showing, cancellation);
            Write(ok ? "[green]✓[/]" : "[red]✗[/]", $"{showing.Reason}", received, showing.Reason.Cause);
            shown += ok ? 1 : 0;
        }

        AnsiConsole.WriteLine();
        AnsiConsole.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"{shown} of {showings.Length} reasons came from their causes, in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s. hookswitch demo --reason CODE shows all of one.");
        return shown == showings.Length ? 0 : 1;
    }

    /// <returns>Whether the bot was told the reason, and what it was told.</returns>
    private static async Task<(bool Ok, string Received)> See(DemoBot bot, Showing showing, CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(Patience);
        try
        {
            return await Call(bot, showing, timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (false, $"no end within {Patience.TotalSeconds} s");
        }
        catch (HttpRequestException e)
        {
            return (false, e.Message);
        }
    }

    private static async Task<(bool Ok, string Received)> Call(DemoBot bot, Showing showing, CancellationToken cancellation)
    {
        var (status, id) = await bot.Begin(showing, cancellation);
        if (id is null)
        {
            return (false, $"{status} instead of a call");
        }

        var (count, tick) = (0, showing.Reason == EndReasons.KeepAliveTimeout ? "PT15M" : "PT1S");
        for (var step = 0; step < MaxSteps; step++)
        {
            await bot.Advance(step == 0 ? "PT0S" : tick, cancellation); // comes back when the bot has been told all that was due
            while (bot.TryNext(out var told))
            {
                count++;
                if (told is { Change: "deleted", Call: { ResultInfo: var info } call } && call.Id == id)
                {
                    return (showing.Reason.IsToldBy(info) && bot.AllTokensValid, $"{info?.Code?.Value}/{info?.Subcode?.Value} in {count} notifications");
                }

                await bot.React(showing, told, cancellation);
            }
        }

        return (false, $"no end in {count} notifications");
    }

    // A row at a time, so that one sees how far it is: a table would come at its end.
    private static void Write(string mark, string reason, string received, string cause) => AnsiConsole.Write(
        new Grid()
            .AddColumn(new GridColumn().Width(1))
            .AddColumn(new GridColumn().Width(11).NoWrap())
            .AddColumn(new GridColumn().Width(30))
            .AddColumn(new GridColumn().PadRight(0))
            .AddRow(mark, Markup.Escape(reason), Markup.Escape(received), Markup.Escape(cause)));
}
