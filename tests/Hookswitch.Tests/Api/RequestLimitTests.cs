using System.Text.Json.Nodes;
using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Api;

/// <summary>What becomes of an application that asks for too much.</summary>
public sealed class RequestLimitTests
{
    private const string Calls = "/v1.0/communications/calls";

    [Fact]
    public async Task The_request_that_is_too_much_is_answered_with_429_and_a_time_and_other_applications_are_not_touched()
    {
        await using var server = await TestServer.Start(options => options with { Limits = new() { Requests = 2 } });
        await using var bot = await TestBot.Start(server);
        await using var other = await TestBot.Start(server, "bbbbbbbb-0000-4000-8000-000000000002", name: "other");

        var answers = await Asked(bot, 3);
        var untouched = await other.Http.Ask("GET", $"{Calls}/x");

        Assert.Equal(["404 8522", "404 8522", "429 TooManyRequests"], answers.Select(one => one.Outcome));
        Assert.InRange(answers[2].Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
        Assert.Equal("404 8522", untouched.Outcome);
    }

    [Fact]
    public async Task A_call_that_is_too_much_is_not_created_and_other_requests_go_on()
    {
        await using var server = await TestServer.Start(options => options with { Limits = new() { Calls = 1 } });
        await using var bot = await TestBot.Start(server);

        var first = await bot.Http.Ask("POST", Calls, bot.CallBody());
        var second = await bot.Http.Ask("POST", Calls, bot.CallBody());
        var read = await bot.Http.Ask("GET", $"{Calls}/{first.Body["id"]}");

        Assert.Equal(("201", "429 TooManyRequests", "200"), (first.Outcome, second.Outcome, read.Outcome));
        Assert.Single(JsonNode.Parse((await server.Http.Ask("GET", "/control/calls")).Text)!.AsArray());
    }

    [Fact]
    public async Task The_requests_of_a_batch_count_each()
    {
        await using var server = await TestServer.Start(options => options with { Limits = new() { Requests = 2 } });
        await using var bot = await TestBot.Start(server);
        const string Batch = """
            {"requests":[{"id":"1","method":"GET","url":"/communications/calls/x"},{"id":"2","method":"GET","url":"/communications/calls/x"}]}
            """;

        var answer = await bot.Http.Ask("POST", "/v1.0/$batch", Batch);

        Assert.Equal(200, answer.Status);
        Assert.Equal([404, 429], answer.Body["responses"]!.AsArray().Select(one => (int)one!["status"]!));
    }

    [Fact]
    public async Task In_development_nothing_is_too_much()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);

        Assert.All(await Asked(bot, 200), answer => Assert.Equal(404, answer.Status));
    }

    private static async Task<IReadOnlyList<GraphAnswer>> Asked(TestBot bot, int times)
    {
        var answers = new List<GraphAnswer>();
        for (var i = 0; i < times; i++)
        {
            answers.Add(await bot.Http.Ask("GET", $"{Calls}/x"));
        }

        return answers;
    }
}
