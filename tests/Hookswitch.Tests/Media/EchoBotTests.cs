using System.Diagnostics;
using System.Runtime.CompilerServices;
using Hookswitch.Media;
using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Media;

/// <summary>The samples that host their own sound.</summary>
public sealed class EchoBotTests
{
    private const string User = "cccccccc-0000-4000-8000-000000000001";
    private const string Application = "d0000000-0000-4000-8000-000000000002";
    private static readonly short[] Talk = Sounds.Noise(13);

    [Fact]
    public Task In_CSharp() => Echoes("dotnet", Path.Combine(AppContext.BaseDirectory, "EchoBot.dll"));

    [Fact]
    public async Task In_JavaScript()
    {
        var folder = Folder();
        Assert.SkipUnless(
            System.IO.Directory.Exists(Path.Combine(folder, "node_modules")), "The packages of samples/echo-bot-js are not installed: npm ci in that folder does it.");

        await Echoes("node", Path.Combine(folder, "bot.js"));
    }

    private static async Task Echoes(string program, string bot)
    {
        await using var server = await TestServer.Start();
        using var process = Process.Start(new ProcessStartInfo(program, [bot, server.Address.GetLeftPart(UriPartial.Authority), "http://127.0.0.1:0"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        try
        {
            var address = (await Line(process, "The bot listens on "))["The bot listens on ".Length..];
            await server.Put($"/control/applications/{Application}", new Dictionary<string, object>
            {
                ["tenantId"] = "d0000000-0000-4000-8000-000000000001",
                ["secret"] = "development-secret",
                ["callbackUri"] = $"{address}/callback",
            });
            await server.PutSound("talk", Talk);

            await server.Phone(User, "dial", new { to = Application });
            await Line(process, "POST answer: 202");
            await Hears(server);
            await server.Phone(User, "press", new { key = "#" });

            Assert.Equal("The call ended: 200/5001", await Line(process, "The call ended"));
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    // Until the bot is connected nobody sends back what is said: so it is said again. An echo may have pauses between its frames.
    private static async Task Hears(TestServer server)
    {
        var frames = Talk.Chunk(Pcm.FrameSamples).ToArray();
        for (var (began, polls) = (TimeProvider.System.GetTimestamp(), 0); ; polls++)
        {
            if (polls % 50 == 0)
            {
                await server.Phone(User, "speak", new { sound = "talk" });
            }

            var heard = await server.Heard(User);
            if (Array.TrueForAll(frames, frame => heard.Find(frame) >= 0))
            {
                return;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(began) < TestServer.Patience, "The phone did not hear itself.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    /// <summary>The next line that begins so.</summary>
    private static async Task<string> Line(Process process, string beginning)
    {
        var lines = new List<string>();
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(TestServer.Patience) is { } line)
        {
            lines.Add(line);
            if (line.StartsWith(beginning, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"It did not say '{beginning}', but: {string.Join('\n', lines)}");
    }

    private static string Folder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../samples/echo-bot-js"));
}
