using Hookswitch.Calling;
using Hookswitch.Phones;
using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Cli;

/// <summary>The command as its users type it.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public async Task The_demo_shows_a_call_from_its_creation_to_its_last_notification_and_succeeds()
    {
        var (exit, output, error) = await ServerProcess.Run("demo");

        Assert.Equal((0, ""), (exit, error));
        Assert.Contains("bot → server  DELETE /beta/communications/calls/", output, StringComparison.Ordinal);
        Assert.Contains("notification: deleted terminated (token valid, bot answers 202)", output, StringComparison.Ordinal);
        Assert.Contains("✓ … with the documented reason 200/5001", output, StringComparison.Ordinal);
        Assert.DoesNotContain("✗", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10057", "408/10057")]
    [InlineData("560486", "486/560486")]
    [InlineData("540000", "200/540000")]
    [InlineData("1106", "408/1106")]
    [InlineData("10003", "487/10003")]
    [InlineData("8537", "408/8537")]
    [InlineData("5003", "200/5003")]
    [InlineData("5854", "200/5854")]
    [InlineData("7000", "200/7000")]
    public async Task The_demo_shows_a_call_that_ends_with_a_reason(string code, string reason)
    {
        var (exit, output, error) = await ServerProcess.Run("demo", "--reason", code);

        Assert.Equal((0, ""), (exit, error));
        Assert.Contains($"✓ … with the reason {reason}", output, StringComparison.Ordinal);
        Assert.DoesNotContain("✗", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12345", "'12345' is no end reason. hookswitch explain 12345 lists those that are.")]
    [InlineData("7112", "500/7112 ends no call that a test identity or a test thread could show.")]
    public async Task The_demo_of_what_cannot_be_shown_says_so(string code, string error) =>
        Assert.Equal((2, "", $"hookswitch: {error}\n"), await ServerProcess.Run("demo", "--reason", code));

    [Theory]
    [InlineData("7700", "500/7700")]
    [InlineData("500/7000", "500/7000")] // 7000 alone is the reason for which a call ends
    public async Task Explain_knows_the_failures_of_transfers(string text, string failure)
    {
        var (exit, output, error) = await ServerProcess.Run("explain", text);

        Assert.Equal((0, ""), (exit, error));
        Assert.StartsWith(failure, output, StringComparison.Ordinal);
        Assert.Contains("This ends no call", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demo_of_all_shows_every_reason_that_can_be_shown()
    {
        var (exit, output, error) = await ServerProcess.Run("demo", "--all");

        var rows = output.Split('\n').Where(line => line.StartsWith('✓')).ToArray();
        var shown = EndReasons.All.Where(reason => Showing.Of(reason) is not null).ToArray();
        Assert.Equal((0, ""), (exit, error));
        Assert.Equal(shown.Select(reason => $"{reason}"), rows.Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]));
        Assert.All(shown.Zip(rows), pair => Assert.Contains(pair.First.Cause, pair.Second, StringComparison.Ordinal));
        Assert.Contains($"{shown.Length} of {shown.Length} reasons came from their causes", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demo_of_all_is_of_no_reason_in_particular() =>
        Assert.Equal(
            (2, "", "hookswitch: --all shows every reason: leave --reason out, or --all.\n"),
            await ServerProcess.Run("demo", "--all", "--reason", "5001"));

    [Theory]
    [InlineData("10057", "Let a bot call the user 00000000-0000-4000-8000-000000010057.")]
    [InlineData("5001", "Let a bot call the user 00000000-0000-4000-8000-000000005001, and delete the call.")]
    [InlineData("5001", "Let a bot join the meeting of thread 19:meeting_endreason-5001@thread.v2.")]
    [InlineData("7000", "Let a bot join the meeting of thread 19:meeting_endreason-7000@thread.v2, and delete the call.")]
    [InlineData("5003", "Let a bot call the users 00000000-0000-4000-8000-000001005003 and 00000000-0000-4000-8000-000002005003 at once.")]
    [InlineData("540000", "POST /control/phones/+99900540000/dial {\"to\":\"<application id>\"}, and let the bot answer.")]
    public async Task Explain_says_how_to_see_a_reason(string code, string howTo) =>
        Assert.Contains(howTo, (await ServerProcess.Run("explain", code)).Output, StringComparison.Ordinal);

    [Theory]
    [InlineData("10057", "408/10057")]
    [InlineData("408/10057", "408/10057")]
    [InlineData("408#10057", "408/10057")]
    [InlineData("Request Timeout. DiagCode: 408#10057.@", "408/10057")]
    [InlineData("The conversation has ended. DiagCode: 0#5001.@", "200/5001")]
    [InlineData("560486", "486/560486")]
    public async Task Explain_says_what_a_reason_means_however_it_is_written(string code, string reason)
    {
        var (exit, output, _) = await ServerProcess.Run("explain", code);

        Assert.Equal(0, exit);
        Assert.StartsWith(reason, output, StringComparison.Ordinal);
        Assert.All(new[] { "Message", "Observed", "Cause", "Advice", "Source" }, fact => Assert.Contains(fact, output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("12345")]
    [InlineData("200/10057")]
    [InlineData("busy")]
    public async Task Explain_of_what_is_no_reason_lists_those_that_are(string code)
    {
        var (exit, _, error) = await ServerProcess.Run("explain", code);

        Assert.Equal(1, exit);
        Assert.StartsWith($"hookswitch: '{code}' is no end reason. Known are: 200/5001, ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_is_said()
    {
        var (exit, output, _) = await ServerProcess.Run("--version");

        Assert.Equal((0, "0.1.0\n"), (exit, output));
    }

    [Fact]
    public async Task The_help_names_every_command_and_every_setting_with_its_default()
    {
        var (_, root, _) = await ServerProcess.Run("--help");
        var (_, dev, _) = await ServerProcess.Run("dev", "--help");

        Assert.All(new[] { "dev", "serve", "config", "run", "certificate", "demo", "explain" }, command => Assert.Contains($"  {command}", root, StringComparison.Ordinal));
        Assert.All(Setting.All, setting => Assert.Contains($"--{setting.Name} <{setting.Argument}>", dev, StringComparison.Ordinal));
        Assert.Contains("[PT45M]", dev, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--timeouts.ring", "soon", "hookswitch: The setting timeouts.ring cannot be 'soon': it must be a duration such as PT45M or 00:45:00.")]
    [InlineData("--timeouts.ring", "30", "hookswitch: The setting timeouts.ring cannot be '30': it must be a duration such as PT45M or 00:45:00.")]
    [InlineData("--timeouts.ring", "PT0S", "hookswitch: The setting timeouts.ring cannot be 'PT0S': it must be longer than nothing.")]
    [InlineData("--timeouts.ring", "P8D", "hookswitch: The setting timeouts.ring cannot be 'P8D': it must be P7D at most.")]
    [InlineData("--identity.authority", "login", "hookswitch: The setting identity.authority cannot be 'login': it must be an absolute http or https address.")]
    [InlineData("--identity.authority", "http://login.example.com", "hookswitch: The setting identity.authority cannot be 'http://login.example.com': it must be https: http is for addresses on this machine alone.")]
    [InlineData("--cloud", "Mars", "hookswitch: The setting cloud cannot be 'Mars': there is no such cloud. Known are Global, UsGovL4, UsGovL5, China21Vianet.")]
    [InlineData("--run.passOn", "perhaps", "hookswitch: The setting run.passOn cannot be 'perhaps': it must be true or false.")]
    [InlineData("--clock", "sundial", "hookswitch: The setting clock cannot be 'sundial': it must be system or manual.")]
    [InlineData("--urls", "nowhere", "hookswitch: The setting urls cannot be 'nowhere': 'nowhere' is no http or https address such as http://127.0.0.1:5080.")]
    [InlineData("--urls", "http://0.0.0.0:1", "hookswitch: The setting urls cannot be 'http://0.0.0.0:1': 'http://0.0.0.0:1' is open to others: development mode listens on this machine only.")]
    [InlineData("--urls", "http://loopback:1", "hookswitch: The setting urls cannot be 'http://loopback:1': 'http://loopback:1' is open to others: development mode listens on this machine only.")]
    [InlineData("--urls", "http://127.0.0.1:1/api", "hookswitch: The setting urls cannot be 'http://127.0.0.1:1/api': 'http://127.0.0.1:1/api' must not have a path: the API is below /v1.0 and /beta there.")]
    [InlineData("--urls", "http://localhost:0", "hookswitch: The setting urls cannot be 'http://localhost:0': 'http://localhost:0' has no free port for both of its addresses: name 127.0.0.1.")]
    [InlineData("--urls", "http://localhost.example:1", "hookswitch: The setting urls cannot be 'http://localhost.example:1': 'http://localhost.example:1' is open to others: development mode listens on this machine only.")]
    [InlineData("--network.allow", "10.0.0.0/8;here", "hookswitch: The setting network.allow cannot be '10.0.0.0/8;here': 'here' is no network such as 10.1.0.0/16.")]
    [InlineData("--network.ports", "443;0", "hookswitch: The setting network.ports cannot be '443;0': '0' is no port.")]
    [InlineData("--limits.requests", "-1", "hookswitch: The setting limits.requests cannot be '-1': it must be a whole number, 0 or more.")]
    [InlineData("--control.keyFile", "/nowhere", "hookswitch: The setting control.keyFile cannot be '/nowhere': it cannot be read: ")]
    [InlineData("--directory", "/nowhere/people.json", "hookswitch: The directory file /nowhere/people.json cannot be opened: ")]
    public async Task A_setting_that_makes_no_sense_stops_the_start_and_is_named(string option, string value, string error)
    {
        using var folder = new TestFolder();

        var (exit, output, said) = await ServerProcess.Run("dev", "--data", folder.Path, option, value);

        Assert.Equal((2, ""), (exit, output));
        Assert.StartsWith(error, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dial")]
    [InlineData("--nothing")]
    public async Task A_command_that_there_is_not_is_said(string argument)
    {
        var (exit, _, said) = await ServerProcess.Run(argument);

        Assert.NotEqual(0, exit);
        Assert.Contains($"Unrecognized command or argument '{argument}'.", said, StringComparison.Ordinal);
    }
}
