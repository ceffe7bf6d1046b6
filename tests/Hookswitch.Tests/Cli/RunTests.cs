using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Cli;

/// <summary><c>hookswitch run</c>: a bot that was written for Graph, as it is.</summary>
public sealed class RunTests
{
    private static readonly string Sample = Path.Combine(AppContext.BaseDirectory, "HardCodedBot.dll");

    [Fact]
    public async Task A_bot_that_hard_codes_the_addresses_of_Graph_runs_unchanged()
    {
        var (exit, output, error) = await Run("dotnet", Sample);

        Assert.True(exit == 0, error);
        Assert.Equal(
            """
            The call is establishing at graph.microsoft.com
            The bot is told updated establishing
            The bot is told updated established
            The bot is told updated established
            The bot hangs up: 204
            The bot is told updated terminating
            The bot is told deleted terminated
            The call ended: 200/5001

            """, output);
    }

    [Fact]
    public async Task The_bot_gets_its_arguments_and_an_environment_that_leads_it_here()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It needs a Unix shell.");

        var (exit, output, error) = await Run(
            "sh", "-c", "echo \"$0 $1\"; echo $HTTPS_PROXY $https_proxy; echo $NO_PROXY; grep -c BEGIN $NODE_EXTRA_CA_CERTS; grep -c BEGIN $SSL_CERT_FILE", "--data", "a b");
        var lines = output.Split('\n');

        Assert.True(exit == 0, error);
        Assert.Equal("--data a b", lines[0]);
        Assert.Matches("^(http://127\\.0\\.0\\.1:\\d+) \\1$", lines[1]);
        Assert.Equal(["127.0.0.1,localhost", "1"], lines[2..4]);
        Assert.True(int.Parse(lines[4], System.Globalization.CultureInfo.InvariantCulture) >= 1);
    }

    [Fact]
    public async Task Its_exit_code_is_the_exit_code()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It needs a Unix shell.");

        Assert.Equal(7, (await Run("sh", "-c", "exit 7")).Exit);
    }

    [Fact]
    public async Task A_signal_goes_to_the_bot_which_decides_what_follows()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It needs a Unix shell.");

        // The bot signals its parent, as a supervisor or a terminal would; the parent tells the bot.
        var (exit, output, _) = await Run("sh", "-c", "trap 'echo told; exit 5' TERM; kill -TERM $PPID; while :; do sleep 1; done");

        Assert.Equal((5, "told\n"), (exit, output));
    }

    [Fact]
    public async Task A_command_that_there_is_not_is_said()
    {
        var (exit, _, error) = await Run("/nowhere/bot");

        Assert.Equal(2, exit);
        Assert.Contains("hookswitch: The command '/nowhere/bot' cannot be started: ", error, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Output, string Error)> Run(params string[] command)
    {
        using var folder = new TestFolder();
        return await ServerProcess.Run(["run", "--urls", "http://127.0.0.1:0", "--data", folder.Path, "--", .. command]);
    }
}
