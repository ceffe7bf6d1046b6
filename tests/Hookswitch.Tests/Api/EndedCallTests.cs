using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Api;

/// <summary>What can be asked of a call in each of its states, and what becomes of two who ask at once.</summary>
public sealed class EndedCallTests
{
    private const string User = "cccccccc-0000-4000-8000-000000000001";

    [Theory]
    [InlineData("deleted by the bot")]
    [InlineData("hung up by the person")]
    public async Task A_call_that_has_ended_is_gone_whatever_is_asked_of_it(string how)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = $"/v1.0/communications/calls/{await bot.PlaceEstablished()}";
        _ = how.StartsWith("deleted", StringComparison.Ordinal)
            ? (object)await bot.Http.Ask("DELETE", call)
            : await server.Phone(User, "hangUp");
        await server.Settle();
        var told = bot.All.Count;

        Assert.Equal("404 8522", (await bot.Http.Ask("GET", call)).Outcome);
        Assert.Equal("404 8522", (await bot.Http.Ask("DELETE", call)).Outcome);
        Assert.Equal("404 8522", (await bot.Http.Ask("POST", $"{call}/keepAlive")).Outcome);
        Assert.Equal("404 8522", (await bot.Http.Ask("POST", $"{call}/answer", TestBot.AnswerBody)).Outcome);
        Assert.Equal("404 8522", (await bot.Http.Ask("POST", $"{call}/reject", "{}")).Outcome);
        Assert.Equal("404 8522", (await bot.Http.Ask("POST", $"{call}/redirect", TestBot.RedirectBody)).Outcome);
        Assert.Equal("404 8522", (await bot.Http.Ask("POST", $"{call}/transfer", TestBot.TransferBody)).Outcome);
        await server.Advance(TimeSpan.FromHours(1));
        Assert.Equal(told, bot.All.Count);
    }

    [Fact]
    public async Task A_call_is_answered_once()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        await server.Phone(User, "dial", new { to = bot.Application });
        var call = $"/v1.0/communications/calls/{(await bot.Next()).CallId}";

        Assert.Equal(202, (await bot.Http.Ask("POST", $"{call}/answer", TestBot.AnswerBody)).Status);
        Assert.Equal("409 8519", (await bot.Http.Ask("POST", $"{call}/answer", TestBot.AnswerBody)).Outcome);
        Assert.Equal("409 8519", (await bot.Http.Ask("POST", $"{call}/reject", "{}")).Outcome);
    }

    [Fact]
    public async Task A_call_that_the_bot_placed_is_not_its_to_answer()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = $"/v1.0/communications/calls/{(await bot.Place()).Id}";

        Assert.Equal("409 8519", (await bot.Http.Ask("POST", $"{call}/answer", TestBot.AnswerBody)).Outcome);
        Assert.Equal("409 8519", (await bot.Http.Ask("POST", $"{call}/reject", "{}")).Outcome);
    }

    [Fact]
    public async Task An_incoming_call_is_not_kept_alive_before_it_is_answered()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        await server.Phone(User, "dial", new { to = bot.Application });
        var call = $"/v1.0/communications/calls/{(await bot.Next()).CallId}";

        Assert.Equal("400 8501", (await bot.Http.Ask("POST", $"{call}/keepAlive")).Outcome);
    }

    [Fact]
    public async Task A_rejected_call_ends_without_state_reason_or_keep_alive()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        await server.Phone(User, "dial", new { to = bot.Application });
        var call = $"/v1.0/communications/calls/{(await bot.Next()).CallId}";

        var rejected = await bot.Http.Ask("POST", $"{call}/reject", $$"""{"reason":"Busy","callbackUri":"{{bot.Callback}}/rejected"}""");
        var told = await bot.Next();

        Assert.Equal((202, ""), (rejected.Status, rejected.Text));
        Assert.Equal(("/callback/rejected", "deleted terminated"), (told.Path, told.Summary));
        Assert.Null(told.Call["resultInfo"]);
        Assert.Equal("404 8522", (await bot.Http.Ask("POST", $"{call}/keepAlive")).Outcome);
    }

    /// <summary>Whoever comes first, one DELETE of two gets the 204, and the bot is told once.</summary>
    [Fact]
    public async Task Of_many_who_delete_a_call_at_once_one_succeeds()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        for (var round = 0; round < 10; round++)
        {
            var call = $"/v1.0/communications/calls/{await bot.PlaceEstablished()}";

            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => bot.Http.Ask("DELETE", call)));

            Assert.Equal(["204", .. Enumerable.Repeat("404 8522", 7)], answers.Select(answer => answer.Outcome).Order(StringComparer.Ordinal));
        }

        await server.Settle();
        Assert.Equal(10, bot.All.Count(one => one.Summary == "deleted terminated"));
        Assert.All(bot.All.Where(one => one.Change == "deleted"), one => Assert.Equal("200/5001", one.Reason));
    }

    /// <summary>The bot's DELETE and the person's hang-up meet: either is the cause, and the bot's answer agrees with what it is told.</summary>
    [Fact]
    public async Task A_delete_that_meets_a_hang_up_is_answered_as_the_call_ended()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        for (var round = 0; round < 20; round++)
        {
            var id = await bot.PlaceEstablished();

            var deleting = bot.Http.Ask("DELETE", $"/v1.0/communications/calls/{id}");
            await server.Phone(User, "hangUp");
            var answer = await deleting;
            await server.Settle();

            var end = Assert.Single(bot.All, one => one.CallId == id && one.Change == "deleted");
            Assert.Equal(answer.Status == 204 ? "200/5001" : "200/4521", end.Reason);
            Assert.Equal(answer.Status == 204, bot.All.Any(one => one.CallId == id && one.State == "terminating"));
        }
    }

    /// <summary>The DELETE of an incoming call meets its answer: the answer may come first or find no call, the DELETE always ends it.</summary>
    [Fact]
    public async Task A_delete_that_meets_an_answer_ends_the_call_whoever_comes_first()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        for (var round = 0; round < 20; round++)
        {
            var seen = bot.All.Count;
            await server.Phone(User, "dial", new { to = bot.Application });
            await server.Settle();
            var call = $"/v1.0/communications/calls/{bot.All[seen].CallId}";

            var answering = bot.Http.Ask("POST", $"{call}/answer", TestBot.AnswerBody);
            var deleted = await bot.Http.Ask("DELETE", call);
            var answered = await answering;
            await server.Settle();

            Assert.Equal(204, deleted.Status);
            Assert.Contains(answered.Outcome, new[] { "202", "404 8522" });
            string[] expected = answered.Status == 202
                ? ["created incoming", "updated establishing", "updated established", "updated established", "updated terminating", "deleted terminated"]
                : ["created incoming", "updated terminating", "deleted terminated"];
            Assert.Equal(expected, bot.All.Skip(seen).Select(one => one.Summary));
            Assert.Equal("200/5001", bot.All[^1].Reason);
        }
    }
}
