using System.Text.Json.Nodes;
using System.Xml.Linq;
using Hookswitch.Tests.Harness;
using Microsoft.AspNetCore.Http;

namespace Hookswitch.Tests.Cli;

/// <summary><c>hookswitch load</c>, as its users start it.</summary>
public sealed class LoadCommandTests : IDisposable
{
    private const string Application = "bbbbbbbb-0000-4000-8000-000000000001";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hookswitch-load-");

    private string Json => Path.Combine(_folder.FullName, "load.json");

    private string Junit => Path.Combine(_folder.FullName, "load.xml");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_load_on_a_server_of_its_own_is_clean_and_says_so()
    {
        var (exit, output, error) = await ServerProcess.Run("load", "--calls", "20", "--rate", "50", "--hold", "PT0.2S", "--json", Json, "--junit", Junit);

        Assert.Equal("", error);
        Assert.Contains("A server of its own at ", output, StringComparison.Ordinal);
        Assert.Contains("20 calls requested, 20 acknowledged, 0 refused, 0 unclear, 20 ended, 0 failed", output, StringComparison.Ordinal);
        Assert.Contains("20 × 200/5001", output, StringComparison.Ordinal);
        Assert.Contains("0 violations", output, StringComparison.Ordinal);
        Assert.Equal(0, exit);
        var report = JsonNode.Parse(await File.ReadAllTextAsync(Json))!;
        Assert.Equal((20, true, true), ((int)report["delete"]!["count"]!, (bool)report["isClean"]!, (double)report["firstWebhook"]!["p99"]! > 0));
        var suite = XDocument.Load(Junit).Root!;
        Assert.Equal(("9", "0"), (suite.Attribute("tests")!.Value, suite.Attribute("failures")!.Value));
    }

    [Fact]
    public async Task A_bot_that_answers_its_calls_passes()
    {
        await using var server = await TestServer.Start(options => options with { Clock = Time.ClockKind.System });
        await using var bot = await TestBot.Start(server);
        bot.Answer = async (request, received) =>
        {
            if (received.Summary == "created incoming")
            {
                request.HttpContext.Response.OnCompleted(() => bot.Http.PostAsync($"/v1.0/communications/calls/{received.CallId}/answer", new StringContent(TestBot.AnswerBody, null, "application/json")));
            }

            await Task.Yield();
            return Results.Accepted();
        };

        var (exit, output, error) = await Load(server, bot);

        Assert.Equal("", error);
        Assert.Contains("10 calls requested, 10 acknowledged, 0 refused, 0 unclear, 10 ended, 0 failed", output, StringComparison.Ordinal);
        Assert.Contains("10 × 200/4521", output, StringComparison.Ordinal);
        Assert.Equal(0, exit);
    }

    /// <summary>It refuses what it is told, so that it is not told again: a bot that loses notifications is found out.</summary>
    [Fact]
    public async Task A_bot_that_loses_the_end_of_its_calls_fails()
    {
        await using var server = await TestServer.Start(options => options with { Clock = Time.ClockKind.System });
        await using var bot = await TestBot.Start(server);
        bot.Answer = (_, _) => Task.FromResult(Results.BadRequest());

        var (exit, output, _) = await Load(server, bot, "--junit", Junit);

        Assert.Equal(1, exit);
        Assert.Contains("10 failed", output, StringComparison.Ordinal);
        Assert.Contains("its end was told, never taken, and not told again", output, StringComparison.Ordinal);
        Assert.Contains(XDocument.Load(Junit).Descendants("testcase"), one => one.Attribute("name")!.Value.StartsWith("I1", StringComparison.Ordinal) && one.HasElements);
    }

    [Theory]
    [InlineData("--calls", "0", "--calls must be between 1 and 1000000.")]
    [InlineData("--rate", "0", "--rate must be between 0.01 and 100000.")]
    [InlineData("--hold", "1s", "--hold must be an ISO 8601 duration such as PT1S, not '1s'.")]
    [InlineData("--hold", "PT2H", "--hold must be between PT0S and PT1H.")]
    [InlineData("--target", "here", "--target must be an address such as http://127.0.0.1:5080.")]
    [InlineData("--bot", "bot.js", "--bot must be an address such as http://127.0.0.1:5080.")]
    [InlineData("--target", "http://127.0.0.1:1", "http://127.0.0.1:1/ gave no token for d0000000-0000-4000-8000-000000000002: nobody listens there")]
    public async Task What_makes_no_sense_is_said(string option, string value, string message) =>
        Assert.Equal((2, "", $"hookswitch: {message}\n"), await ServerProcess.Run("load", option, value));

    private static Task<(int Exit, string Output, string Error)> Load(TestServer server, TestBot bot, params string[] more) => ServerProcess.Run(
        ["load", "--target", $"{server.Address}", "--bot", bot.Callback, "--application", Application, "--calls", "10", "--rate", "50", "--hold", "PT0.2S", .. more]);
}
