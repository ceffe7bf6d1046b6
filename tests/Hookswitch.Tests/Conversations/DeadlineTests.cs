using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Conversations;

/// <summary>What happens when nothing else has happened first, by the manual clock.</summary>
public sealed class DeadlineTests
{
    private const string User = "cccccccc-0000-4000-8000-000000000001";
    private const string Call = "/v1.0/communications/calls";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_that_nobody_keeps_alive_is_cleaned_up_after_forty_five_minutes_awake_or_asleep(bool asleep)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var id = await bot.PlaceEstablished();
        if (asleep)
        {
            await server.PutToSleep();
        }

        await server.Advance(TimeSpan.FromMinutes(45) - TimeSpan.FromMilliseconds(301));
        var before = bot.All.Count;
        await server.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal((3, "deleted terminated", "408/8537"), (before, bot.All[^1].Summary, bot.All[^1].Reason));
        Assert.Equal("404 8522", (await bot.Http.Ask("DELETE", $"{Call}/{id}")).Outcome);
    }

    [Fact]
    public async Task A_keep_alive_gives_a_call_another_forty_five_minutes_and_nothing_else_does()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var id = await bot.PlaceEstablished();

        await server.Advance(TimeSpan.FromMinutes(44));
        await bot.Http.Ask("POST", $"{Call}/{id}/keepAlive");
        await server.Advance(TimeSpan.FromMinutes(44));
        Assert.Equal(200, (await bot.Http.Ask("GET", $"{Call}/{id}")).Status);
        await server.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("408/8537", bot.All[^1].Reason);
    }

    [Fact]
    public async Task An_incoming_call_that_is_not_answered_within_fifteen_seconds_ends()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        await server.Phone(User, "dial", new { to = bot.Application });

        await server.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal(["created incoming", "deleted terminated"], bot.All.Select(one => one.Summary));
        Assert.Equal("487/10004", bot.All[^1].Reason);
        Assert.Equal("404 8522", (await bot.Http.Ask("POST", $"{Call}/{bot.All[0].CallId}/answer", TestBot.AnswerBody)).Outcome);
    }

    [Theory]
    [InlineData("""[{"do":"ring"}]""", 60, "487/10004")]
    [InlineData("""[{"do":"ring"},{"do":"decline","after":"PT2S"}]""", 2, "487/10024")]
    [InlineData("[]", 15, "408/10057")]
    [InlineData("""[{"do":"ring"},{"do":"answer","after":"PT1S"},{"do":"hangUp","after":"PT4S"}]""", 5, "200/4521")]
    public async Task A_call_ends_as_the_phone_of_the_callee_makes_it_end(string script, int seconds, string reason)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        await server.Put($"/control/users/{User}", new { phones = new[] { new { script = System.Text.Json.Nodes.JsonNode.Parse(script) } } });
        await bot.Place();

        await server.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        var before = bot.All[^1].Change;
        await server.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(("updated", "deleted terminated", reason), (before, bot.All[^1].Summary, bot.All[^1].Reason));
    }

    [Fact]
    public async Task A_call_to_a_user_without_a_phone_ends_at_once()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        await server.Put($"/control/users/{User}", new { phones = Array.Empty<object>() });

        var call = await bot.Place();
        await server.Settle();

        Assert.NotNull(call.Id);
        Assert.Equal(["updated establishing", "deleted terminated"], bot.All.Select(one => one.Summary));
        Assert.Equal("480/10037", bot.All[^1].Reason);
    }

    [Fact]
    public async Task A_call_that_rings_can_be_answered_by_hand()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        await server.Put($"/control/users/{User}", new { phones = new[] { new { script = Array.Empty<object>() } } });
        await bot.Place();

        await server.Phone(User, "ring");
        await server.Phone(User, "answer");
        await server.Settle();

        Assert.Equal(["updated establishing", "updated established", "updated established"], bot.All.Select(one => one.Summary));
    }

    [Fact]
    public async Task A_conversation_that_sleeps_wakes_for_whatever_is_asked_of_it()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var id = await bot.PlaceEstablished();

        await server.PutToSleep();
        Assert.Equal("established", (string?)(await bot.Http.Ask("GET", $"{Call}/{id}")).Body["state"]);
        await server.PutToSleep();
        Assert.Equal(204, (await bot.Http.Ask("DELETE", $"{Call}/{id}")).Status);
        await server.PutToSleep();
        Assert.Equal("404 8522", (await bot.Http.Ask("DELETE", $"{Call}/{id}")).Outcome);
        await server.Settle();
        Assert.Equal("200/5001", bot.All[^1].Reason);
    }
}
