using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Hookswitch.Calling;
using Hookswitch.Phones;

namespace Hookswitch.Tests;

/// <summary>The pages of the reference that are made from the server's own tables. <c>ACCEPT=1 dotnet test</c> writes them anew.</summary>
public sealed class ReferenceTests
{
    [Fact]
    public void The_page_of_end_reasons_is_that_of_the_catalogue() => Page("end-reasons.md", $"""
        # Why calls end

        Every reason that a bot can be told, from the same table as the server's own. `hookswitch explain CODE` says the same.
        *Documented*: in Graph's table "Call end reason codes" (Delete call). The others are known from sibling services.
        "See it" says which call of a bot ends so, by the true cause and within seconds; where it says nothing the reason belongs to an
        invite, which a bot makes itself, or is rare. `hookswitch demo --reason CODE` shows such a call, and `hookswitch demo --all` all
        of them.

        Test identities are users `00000000-0000-4000-8000-` with 12 digits and numbers `+999` with 8 digits. Their last six digits are
        the subcode; the digits before them number the identity, so that there are many for each reason. Test threads are meetings
        `19:meeting_endreason-`, the subcode, `@thread.v2`, at message 0, whoever is named as their organizer. Each bot that joins one has a
        meeting of its own.

        | code | subcode | documented | message | cause | see it |
        | --- | --- | --- | --- | --- | --- |
        {Rows(EndReasons.All, reason =>
            $"| {reason.Code} | {reason.Subcode} | {(reason.Documented ? "yes" : "")} | {reason.Message} | {reason.Cause} | {string.Join(" Or: ", Showing.All(reason).Select(one => one.HowTo))} |")}

        The telephone network has a family of reasons for each direction: 540xxx for calls that came in from it, 560xxx for calls that
        went out to it. xxx is the SIP status with which the call ended (RFC 3261, 21), and the code is that status; 000 is a plain
        hang-up, with code 200. The number `+99900560486` is busy, `+99900560404` is unknown, and so on.

        ## Transfers that fail

        These end no call: it goes on, and the bot is told `established` with this `resultInfo`. Its message says the true reason, one
        of those above.

        | code | subcode | cause |
        | --- | --- | --- |
        {Rows(TransferFailure.All, failure => $"| {failure.Code} | {failure.Subcode} | {failure.Cause} |")}

        """);

    [Fact]
    public void The_page_of_settings_is_that_of_the_command_line() => Page("settings.md", $"""
        # Settings

        Each is an option on the command line (`--timeouts.ring PT30S`), a member of the JSON file that `--settings FILE` names
        (`"timeouts": "ring": "PT30S"`, nested) and an environment variable (`HOOKSWITCH__TIMEOUTS__RING=PT30S`). The command line
        goes before the environment, and that before the file. Durations are ISO 8601 (`PT45M`) or `hh:mm:ss`.

        | setting | value | default | meaning |
        | --- | --- | --- | --- |
        {Rows(Setting.All, setting =>
            $"| `{setting.Name}` | {setting.Argument} | {Default(setting)} | {setting.Meaning} |")}

        """);

    private static string Default(Setting setting) =>
        setting.Name == "data" ? "`hookswitch` in the user's folder for application data"
        : setting.Show(new ServerOptions()) is { Length: > 0 } value ? $"`{value}`"
        : "";

    private static string Rows<T>(IEnumerable<T> rows, Func<T, string> row) =>
        rows.Aggregate(new StringBuilder(), (text, one) => text.Append(CultureInfo.InvariantCulture, $"{row(one)}\n")).ToString().TrimEnd('\n');

    private static void Page(string name, string text, [CallerFilePath] string here = "")
    {
        var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../docs", name));
        if (string.Equals(Environment.GetEnvironmentVariable("ACCEPT"), "1", StringComparison.Ordinal))
        {
            File.WriteAllText(path, text);
        }

        Assert.True(File.Exists(path), $"{path} is missing. Run the tests with ACCEPT=1, and read what it wrote.");
        Assert.Equal(File.ReadAllText(path), text, ignoreLineEndingDifferences: true);
    }
}
