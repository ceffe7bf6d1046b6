using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Hookswitch.Tests.Harness;
using Directory = System.IO.Directory;

namespace Hookswitch.Tests.Sdk;

/// <summary>The JavaScript Graph client and @azure/identity as a bot uses them. What the bot does stands in <c>tests/graph-js</c>.</summary>
public sealed class JavaScriptClientTests
{
    [Theory]
    [InlineData("a call that the bot places is established and ends when the bot deletes it")]
    [InlineData("a call that comes in is answered and ends when the person hangs up")]
    [InlineData("a call that is gone cannot be deleted")]
    public async Task In_JavaScript(string scenario)
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(Folder(), "node_modules")), "The packages of tests/graph-js are not installed: npm ci in that folder does it.");
        Assert.SkipUnless(await HasNode(), "Node is not installed.");
        await using var server = await TestServer.Start(options => options with { Urls = ["http://127.0.0.1:0", "https://127.0.0.1:0"] });

        var (exit, output) = await Run(
            ["--test", "--test-reporter=tap", $"--test-name-pattern=^{scenario}$", "calls.test.mjs"],
            new Dictionary<string, string>
            {
                ["HOOKSWITCH"] = server.Address.GetLeftPart(UriPartial.Authority),
                ["HOOKSWITCH_SECURE"] = server.SecureAddress!.GetLeftPart(UriPartial.Authority),
                ["NODE_EXTRA_CA_CERTS"] = Path.Combine(server.Folder, "ca.pem"),
            });

        Assert.True(exit == 0 && output.Contains("# pass 1\n", StringComparison.Ordinal), output);
    }

    private static async Task<bool> HasNode()
    {
        try
        {
            return (await Run(["--version"], [])).Exit == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static async Task<(int Exit, string Output)> Run(IEnumerable<string> arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("node", arguments)
        {
            WorkingDirectory = Folder(),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync().WaitAsync(TestServer.Patience);
            return (process.ExitCode, await output + await error);
        }
        finally
        {
            process.Kill(entireProcessTree: true); // one that hangs
        }
    }

    private static string Folder([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../graph-js"));
}
