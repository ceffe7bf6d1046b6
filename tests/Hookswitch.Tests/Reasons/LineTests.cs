using System.Text.Json.Nodes;
using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Reasons;

/// <summary>Lines with several phones and applications, policies, routes and resource accounts, as they are registered.</summary>
public sealed class LineTests
{
    private const string User = "cccccccc-0000-4000-8000-000000000001";
    private const string Call = "/v1.0/communications/calls";
    private const string Instance = "dddddddd-0000-4000-8000-000000000001";

    [Theory]
    [InlineData("""{"phones":[{"offline":true},{"offline":true}]}""", "480/10076")]
    [InlineData("""{"phones":[]}""", "480/10037")]
    [InlineData("""{"allowPrivateCalls":false}""", "480/10199")]
    [InlineData("""{"phones":[{"script":[{"do":"busy"}]}]}""", "487/10024")]
    [InlineData("""{"phones":[{"offline":true},{"script":[{"do":"decline"}]}]}""", "487/10024")]
    [InlineData("""{"phones":[{"script":[{"do":"answer"},{"do":"vanish","after":"PT1S"}]}]}""", "200/18503")]
    [InlineData("""{"phones":[{"script":[{"do":"answer"}],"acknowledges":false}]}""", "408/1106")]
    [InlineData("""{"phones":[{"script":[{"do":"answer"}],"bringsMedia":false}]}""", "410/301004")]
    [InlineData("""{"phones":[{"script":[{"do":"answer"},{"do":"loseMedia"}]}]}""", "410/301005")]
    [InlineData("""{"phones":[{"script":[{"do":"answer"},{"do":"press","key":"#"},{"do":"hangUp"}]}]}""", "200/4521")]
    public async Task A_user_is_as_it_is_registered(string entry, string reason)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        Assert.Equal(200, (await server.Http.Ask("PUT", $"/control/users/{User}", entry)).Status);

        await bot.Place();
        await server.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(reason, bot.All[^1].Reason);
    }

    [Fact]
    public async Task What_is_registered_is_shown_as_it_was_written()
    {
        await using var server = await TestServer.Start();
        const string Entry = """
            {"phones":[{"script":[{"do":"press","after":"PT1S","key":"*"},{"do":"refuse","after":"PT0S","status":503}],"offline":true,"acknowledges":false,"bringsMedia":false}],
             "applications":["a"],"allowPrivateCalls":false}
            """;

        var shown = (await server.Http.Ask("PUT", $"/control/users/{User}", Entry)).Body;

        Assert.All(JsonNode.Parse(Entry)!.AsObject(), member => Assert.Equal(member.Value!.ToJsonString(), shown[member.Key]!.ToJsonString()));
    }

    [Fact]
    public async Task Two_bots_and_a_phone_behind_one_line_are_called_and_the_first_to_answer_has_the_call()
    {
        await using var server = await TestServer.Start();
        await using var first = await TestBot.Start(server);
        await using var second = await TestBot.Start(server, "bbbbbbbb-0000-4000-8000-000000000002");
        await using var caller = await TestBot.Start(server, "bbbbbbbb-0000-4000-8000-000000000003");
        await server.Put($"/control/users/{User}", new
        {
            phones = new[] { new { script = new[] { new { @do = "ring" } } } },
            applications = new[] { first.Application, second.Application },
        });
        await caller.Place();
        await server.Settle();

        Assert.Equal(202, (await second.Http.Ask("POST", $"{Call}/{second.All[0].CallId}/answer", TestBot.AnswerBody)).Status);
        await server.Settle();
        await second.Http.Ask("DELETE", $"{Call}/{second.All[0].CallId}");
        await server.Settle();

        Assert.Equal(["created incoming", "deleted terminated"], first.All.Select(one => one.Summary));
        Assert.Equal("487/10003", first.All[^1].Reason);
        Assert.Equal("200/5001", second.All[^1].Reason);
        Assert.Equal("200/10550", caller.All[^1].Reason);
    }

    [Fact]
    public async Task A_bot_that_calls_a_bot_hears_why_the_other_ended_it()
    {
        await using var server = await TestServer.Start();
        await using var caller = await TestBot.Start(server);
        await using var callee = await TestBot.Start(server, "bbbbbbbb-0000-4000-8000-000000000002");

        async Task<string> Connect()
        {
            var seen = callee.All.Count;
            var body = JsonNode.Parse(caller.CallBody())!;
            body["targets"]![0]!["identity"] = JsonNode.Parse($$$"""{"application":{"id":"{{{callee.Application}}}"} }""");
            await caller.Http.Ask("POST", Call, body.ToJsonString());
            await server.Settle();
            var id = callee.All[seen].CallId;
            await callee.Http.Ask("POST", $"{Call}/{id}/answer", TestBot.AnswerBody);
            await server.Settle();
            return id;
        }

        await callee.Http.Ask("DELETE", $"{Call}/{await Connect()}");
        await server.Settle();
        Assert.Equal("200/10550", caller.All[^1].Reason);

        var second = await Connect();
        await server.Advance(TimeSpan.FromMinutes(44));
        await caller.Http.Ask("POST", $"{Call}/{caller.All[^1].CallId}/keepAlive");
        await server.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(("408/8537", second), (callee.All[^1].Reason, callee.All[^1].CallId));
        Assert.Equal("200/18503", caller.All[^1].Reason);
    }

    [Fact]
    public async Task A_user_whose_phones_go_offline_is_gone_from_its_call_and_cannot_be_reached()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        await bot.PlaceEstablished();

        Assert.Equal(204, (int)(await server.Phone(User, "goOffline")).StatusCode);
        await server.Settle();
        Assert.Equal("200/18503", bot.All[^1].Reason);
        await bot.Place();
        await server.Settle();
        Assert.Equal("480/10076", bot.All[^1].Reason);
        await server.Phone(User, "goOnline");
        await bot.PlaceEstablished();
        Assert.Equal("updated established", bot.All[^1].Summary);
    }

    [Fact]
    public async Task A_number_without_a_route_and_one_that_the_network_does_not_know_end_differently()
    {
        using var folder = new TestFolder();
        var file = Path.Combine(folder.Path, "people.json");
        await File.WriteAllTextAsync(file, """{"routes":["+1425"]}""");
        await using var server = await TestServer.Start(options => options with { Directory = file });
        await using var bot = await TestBot.Start(server);

        await PlaceToNumber(bot, "+14255550123");
        await server.Settle();
        Assert.Equal("404/560404", bot.All[^1].Reason);
        await PlaceToNumber(bot, "+493055501230");
        await server.Settle();
        Assert.Equal("480/10134", bot.All[^1].Reason);
    }

    [Fact]
    public async Task A_resource_account_that_nobody_registered_gets_a_number_under_which_its_application_is_called()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        await server.Put("/control/numbers/+14255550123", new { });
        var created = await PlaceToNumber(bot, "+14255550123");
        var number = (string)(await server.Http.Ask("GET", $"/control/applicationInstances/{Instance}")).Body["number"]!;
        var told = bot.All.Count;

        await server.Phone("+14255550123", "dial", new { to = number });
        await server.Settle();

        Assert.Equal(Instance, (string?)created.Body["source"]!["identity"]!["applicationInstance"]!["id"]);
        Assert.StartsWith("+8880", number, StringComparison.Ordinal);
        var incoming = bot.All.Skip(told).First(one => one.Change == "created");
        Assert.Equal(Instance, (string?)incoming.Call["targets"]![0]!["identity"]!["applicationInstance"]!["id"]);
        Assert.Equal("+14255550123", (string?)incoming.Call["source"]!["identity"]!["phone"]!["id"]);
    }

    [Fact]
    public async Task No_application_calls_as_the_resource_account_of_another()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        await server.Put($"/control/applicationInstances/{Instance}", new { application = "another", number = "+14255550100" });

        Assert.Equal("403 7507", (await PlaceToNumber(bot, "+14255550123")).Outcome);
    }

    [Theory]
    [InlineData("refuse", "{}", "'status' must be a SIP status from 300 to 699, such as 503.")]
    [InlineData("refuse", """{"status":200}""", "'status' must be a SIP status from 300 to 699, such as 503.")]
    [InlineData("press", """{"key":"12"}""", "'key' must be a key of a telephone: 0 to 9, *, # or a to d.")]
    [InlineData("dial", """{"to":"x","giveUpAfter":"soon"}""", "'giveUpAfter' must be an ISO 8601 duration, such as PT45M.")]
    public async Task A_phone_that_is_driven_without_sense_is_told_so(string action, string body, string detail)
    {
        await using var server = await TestServer.Start();

        var answer = await server.Http.Ask("POST", $"/control/phones/{User}/{action}", body);

        Assert.Equal((400, detail), (answer.Status, (string?)answer.Body["detail"]));
    }

    private static Task<GraphAnswer> PlaceToNumber(TestBot bot, string number)
    {
        var body = JsonNode.Parse(bot.CallBody())!;
        body["targets"]![0]!["identity"] = JsonNode.Parse($$$"""{"phone":{"id":"{{{number}}}"} }""");
        body["source"] = JsonNode.Parse($$$"""{"identity":{"applicationInstance":{"id":"{{{Instance}}}"} } }""");
        return bot.Http.Ask("POST", Call, body.ToJsonString());
    }
}
