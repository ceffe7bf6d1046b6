using System.Globalization;
using Spectre.Console;

namespace Hookswitch.Cli;

/// <summary>What the demo was to show, and whether it did.</summary>
internal sealed class DemoChecks
{
    private readonly List<(string What, bool Ok, string Instead)> _checks = [];
    private Calling.EndReason? _reason;

    public void Add(string what, bool ok, string instead) => _checks.Add((what, ok, instead));

    public void Status(string what, int expected, int actual) => Add(what, expected == actual, $"{actual}");

    public void State(string what, ReceivedNotification received, string change, string state) => Add(
        what, received.Change == change && received.State == state, $"{received.Change} {received.State}");

    public void Reason(string what, Graph.ResultInfo? told, Calling.EndReason expected)
    {
        _reason = told?.Subcode is { } subcode ? Calling.EndReasons.Find(subcode.Value) : null;
        Add($"{what} {expected}", expected.IsToldBy(told), $"{told?.Code?.Value}/{told?.Subcode?.Value} {told?.Message}");
    }

    /// <returns>Whether all of it came as specified.</returns>
    public bool Write()
    {
        foreach (var (what, ok, instead) in _checks)
        {
            AnsiConsole.MarkupLine(ok ? $"[green]✓[/] {Markup.Escape(what)}" : $"[red]✗ {Markup.Escape(what)}[/]: {Markup.Escape(instead)}");
        }

        AnsiConsole.WriteLine();
        if (_reason is { } reason)
        {
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"The call ended with [bold]{reason}[/] \"{reason.Message}\"");
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  {reason.Cause}");
            AnsiConsole.MarkupLineInterpolated(
                CultureInfo.InvariantCulture, $"  The documentation's page prints the codes as strings, \"{reason.Code}\" and \"{reason.Subcode}\"; the official SDKs read only numbers.");
            AnsiConsole.MarkupLine("  An application that is registered with \"quotedCodes\": true gets them as the page has them.");
        }

        return _checks.TrueForAll(check => check.Ok);
    }
}

/// <summary>What a bot was told, beside what it was to be told.</summary>
internal static class ToldReasons
{
    public static bool IsToldBy(this Calling.EndReason reason, Graph.ResultInfo? told) =>
        told?.Code?.Value == reason.Code && told.Subcode?.Value == reason.Subcode && told.Message == reason.Message;
}
