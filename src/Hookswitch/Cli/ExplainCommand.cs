using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Hookswitch.Calling;
using Hookswitch.Phones;
using Spectre.Console;
using Command = System.CommandLine.Command;

namespace Hookswitch.Cli;

/// <summary><c>hookswitch explain CODE</c>: what an end reason means, and what to do about it.</summary>
internal static partial class ExplainCommand
{
    public static Command Create()
    {
        var code = new Argument<string>("CODE")
        {
            Description = "A subcode (10057), a code and subcode (408/10057), or a DiagCode (408#10057) with or without the text around it.",
        };
        var command = new Command("explain", "Say what an end reason means, and what to do about it.") { code };
        command.SetAction(parsed => Explain(parsed.GetValue(code)!));
        return command;
    }

    /// <summary>Finds the end reason that a person asks about. Null: it is none.</summary>
    public static EndReason? Find(string text)
    {
        var match = Code().Match(text);
        if (!match.Success || !int.TryParse(match.Groups["subcode"].Value, CultureInfo.InvariantCulture, out var subcode))
        {
            return null;
        }

        return EndReasons.Find(subcode) is { IsTold: true } reason && Agrees(match, reason) ? reason : null;
    }

    /// <summary>Finds the failure of a transfer that a person asks about. 7000 alone is the end reason. Null: it is none.</summary>
    public static TransferFailure? FindFailure(string text) =>
        TransferFailure.All.FirstOrDefault(one => text.Trim() == $"{one.Code}/{one.Subcode}")
        ?? TransferFailure.All.FirstOrDefault(one => Find(text) is null && text.Trim() == $"{one.Subcode}");

    private static int Explain(string text)
    {
        if (FindFailure(text) is { } failure)
        {
            AnsiConsole.MarkupLine($"[bold]{failure.Code}/{failure.Subcode}[/]");
            AnsiConsole.MarkupLine(Markup.Escape($"{failure.Cause} This ends no call: it goes on. The message of the resultInfo says the true reason."));
            return 0;
        }

        if (Find(text) is not { } reason)
        {
            Console.Error.WriteLine($"hookswitch: '{text}' is no end reason. Known are: {string.Join(", ", EndReasons.All.Select(one => one.ToString()))}, "
                + "and 540xxx and 560xxx with a SIP status for calls from and to the telephone network.");
            return 1;
        }

        var facts = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();
        facts.AddRow("Message", Markup.Escape(reason.Message));
        facts.AddRow("Observed", Markup.Escape(reason.ObservedMessage));
        facts.AddRow("Cause", Markup.Escape(reason.Cause));
        facts.AddRow("Advice", Markup.Escape(reason.Advice ?? "Nothing is wrong: a call may end like this."));
        foreach (var (i, showing) in Showing.All(reason).Index())
        {
            facts.AddRow(i == 0 ? "See it" : "or", Markup.Escape(showing.HowTo));
        }

        facts.AddRow("Source", reason.Documented ? "Graph, Delete call: \"Call end reason codes\"" : "Not in Graph's table; known from sibling services");
        AnsiConsole.MarkupLine($"[bold]{reason}[/]");
        AnsiConsole.Write(facts);
        return 0;
    }

    // A DiagCode has the platform's own code on the left, which is 0 for 200: only code/subcode can contradict.
    private static bool Agrees(Match match, EndReason reason) =>
        !match.Groups["code"].Success || match.Groups["code"].Value == reason.Code.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\s*(?:(?:.*\bDiagCode:\s*)?\d{1,9}#|(?<code>\d{1,4})/)?(?<subcode>\d{1,7})(?:\.?@?\s*)$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
