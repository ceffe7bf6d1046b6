using Hookswitch.Tests.Harness;
using Microsoft.Graph.Communications.Calls.Item.Redirect;
using Microsoft.Graph.Models;

namespace Hookswitch.Tests;

/// <summary>A bot passes an incoming call on. Graph, call: redirect.</summary>
public sealed class RedirectTests
{
    private const string Caller = "cccccccc-0000-4000-8000-000000000009";
    private const string First = "cccccccc-0000-4000-8000-000000000001";
    private const string Second = "cccccccc-0000-4000-8000-000000000002";

    [Fact]
    public async Task A_bot_redirects_a_call_to_a_user_who_answers()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = await Called(server, bot);

        await Redirect(bot, call, timeout: null, First);
        await server.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([$"{Caller} talks", $"{bot.Application} 5", $"{First} talks"], await server.Parties(call));
        Snapshot.Match(server.Transcript.ToString());
    }

    [Fact]
    public async Task A_bot_redirects_a_call_to_two_users_at_once_and_the_first_to_answer_has_it()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        await Ringing(server, First);
        var call = await Called(server, bot);

        await Redirect(bot, call, timeout: null, First, Second);
        await server.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([$"{Caller} talks", $"{bot.Application} 5", $"{First} 10003", $"{Second} talks"], await server.Parties(call));
        Snapshot.Match(server.Transcript.ToString());
    }

    [Fact]
    public async Task A_bot_redirects_a_call_to_a_user_who_does_not_answer_in_time()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        await Ringing(server, First);
        var call = await Called(server, bot);

        await Redirect(bot, call, timeout: 20, First);
        await server.Advance(TimeSpan.FromSeconds(20) - TimeSpan.FromMilliseconds(1));
        Assert.Equal([$"{Caller} is called", $"{bot.Application} 5", $"{First} is called"], await server.Parties(call));
        await server.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal([$"{Caller} 10004", $"{bot.Application} 5", $"{First} 10004"], await server.Parties(call));
        Snapshot.Match(server.Transcript.ToString());
    }

    [Theory]
    [InlineData(1, 55)]
    [InlineData(2, 60)]
    public async Task Without_a_timeout_one_target_rings_55_seconds_and_several_60(int targets, int seconds)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        await Ringing(server, First);
        await Ringing(server, Second);
        var call = await Called(server, bot);

        await Redirect(bot, call, timeout: null, [.. new[] { First, Second }.Take(targets)]);
        await server.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        Assert.Equal($"{Caller} is called", (await server.Parties(call))[0]);
        await server.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal($"{Caller} 10004", (await server.Parties(call))[0]);
    }

    [Theory]
    [InlineData("00000000-0000-4000-8000-000000010024", "487/10024")]
    [InlineData("00000000-0000-4000-8000-000000010037", "480/10037")]
    [InlineData("00000000-0000-4000-8000-000000010076", "480/10076")]
    public async Task A_bot_whose_call_is_redirected_hears_the_outcome_as_of_any_call(string target, string reason)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        await using var caller = await TestBot.Start(server, "bbbbbbbb-0000-4000-8000-000000000002");
        await caller.Graph.Communications.Calls.PostAsync(new Call
        {
            CallbackUri = caller.Callback,
            Targets = [new() { Identity = new() { Application = new() { Id = bot.Application } } }],
            MediaConfig = new ServiceHostedMediaConfig(),
        });

        await Redirect(bot, (await bot.Next()).CallId, timeout: null, target);
        await server.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(reason, caller.All[^1].Reason);
        Assert.Equal("deleted terminated", bot.All[^1].Summary);
        Assert.Null(bot.All[^1].Call["resultInfo"]);
    }

    [Fact]
    public async Task A_bot_to_which_a_call_is_redirected_is_told_who_calls_and_talks_with_the_caller()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        await using var other = await TestBot.Start(server, "bbbbbbbb-0000-4000-8000-000000000002");
        await bot.Graph.Communications.Calls[await Called(server, bot)].Redirect.PostAsync(new RedirectPostRequestBody
        {
            Targets = [new() { Identity = new() { Application = new() { Id = other.Application } } }],
        });

        var incoming = await other.Next();
        await other.Http.Ask("POST", $"/v1.0/communications/calls/{incoming.CallId}/answer", TestBot.AnswerBody);
        await server.Phone(Caller, "hangUp");
        await server.Settle();

        Assert.Equal(Caller, (string?)incoming.Call["source"]!["identity"]!["user"]!["id"]);
        Assert.Equal(other.Application, (string?)incoming.Call["targets"]![0]!["identity"]!["application"]!["id"]);
        Assert.Equal("200/4521", other.All[^1].Reason);
    }

    [Fact]
    public async Task Only_a_call_that_waits_for_its_answer_can_be_redirected()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = $"/v1.0/communications/calls/{await Called(server, bot)}";
        await bot.Http.Ask("POST", $"{call}/answer", TestBot.AnswerBody);

        Assert.Equal("409 8519", (await bot.Http.Ask("POST", $"{call}/redirect", TestBot.RedirectBody)).Outcome);
    }

    private static async Task<string> Called(TestServer server, TestBot bot)
    {
        await server.Phone(Caller, "dial", new { to = bot.Application });
        return (await bot.Next()).CallId;
    }

    private static Task Ringing(TestServer server, string user) =>
        server.Put($"/control/users/{user}", new { phones = new[] { new { script = new[] { new { @do = "ring" } } } } });

    private static Task Redirect(TestBot bot, string call, int? timeout, params string[] users) =>
        bot.Graph.Communications.Calls[call].Redirect.PostAsync(new RedirectPostRequestBody
        {
            Targets = [.. users.Select(user => new InvitationParticipantInfo { Identity = new() { User = new() { Id = user } } })],
            Timeout = timeout,
            CallbackUri = $"{bot.Callback}/redirected",
        });
}
