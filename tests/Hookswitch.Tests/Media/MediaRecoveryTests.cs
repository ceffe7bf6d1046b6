using System.Text.Json.Nodes;
using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Media;

/// <summary>Sound that a killed process carried is over: its bot is told so, and the next begins.</summary>
public sealed class MediaRecoveryTests
{
    private const string Call = "/v1.0/communications/calls";

    [Fact]
    public async Task A_prompt_that_was_played_at_a_crash_has_failed_and_the_next_is_played()
    {
        using var folder = new TestFolder();
        await using var bot = await Webhook.Start();
        await using var sounds = await SoundServer.Start();
        string call, operation;
        await using (var server = await ServerProcess.Start(folder, "--clock", "manual"))
        {
            call = $"{Call}/{await server.Place(bot.Callback)}";
            await Advance(server, "PT1S");
            operation = await Play(server, call, sounds.Put("long.wav", Sounds.Noise(71, seconds: 60)));
            await Play(server, call, sounds.Put("hello.wav", Sounds.Noise(72)));
            await server.Kill();
        }

        await using (var server = await ServerProcess.Start(folder, "--clock", "manual"))
        {
            Assert.Equal("running", (string?)(await server.AskAsBot("GET", $"{call}/operations/{operation}")).Body["status"]);
            await Advance(server, "PT30S");

            var failed = await bot.Until("deleted playPromptOperation");
            Assert.Equal((operation, "failed", "500/9999"), ((string?)failed.Operation!["id"], (string?)failed.Operation["status"], failed.Reason));
            Assert.StartsWith(
                "Action failed. The server was stopped while it ran.", (string?)failed.Operation["resultInfo"]!["message"], StringComparison.Ordinal);
            Assert.Equal("200/0", (await bot.Until("deleted playPromptOperation")).Reason);
            Assert.Equal("established", (string?)(await server.AskAsBot("GET", call)).Body["state"]);
        }
    }

    private static async Task<string> Play(ServerProcess server, string call, string uri)
    {
        var answer = await server.AskAsBot("POST", $"{call}/playPrompt", new JsonObject
        {
            ["prompts"] = new JsonArray(new JsonObject { ["@odata.type"] = "#microsoft.graph.mediaPrompt", ["mediaInfo"] = new JsonObject { ["uri"] = uri } }),
        }.ToJsonString());
        Assert.Equal(200, answer.Status);
        return (string)answer.Body["id"]!;
    }

    private static async Task Advance(ServerProcess server, string by) =>
        Assert.Equal(200, (await server.Http.Ask("POST", "/control/clock/advance", $$"""{"by":"{{by}}"}""")).Status);
}
