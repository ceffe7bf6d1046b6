using System.Text.Json.Nodes;
using Hookswitch.Tests.Harness;
using Microsoft.AspNetCore.Http;

namespace Hookswitch.Tests.Notifications;

/// <summary>How notifications reach their bot, whatever its webhook does.</summary>
public sealed class DeliveryTests
{
    private const string User = "cccccccc-0000-4000-8000-000000000001";
    private const string Call = "/v1.0/communications/calls";

    private static readonly string[] Life =
        ["updated establishing", "updated established", "updated established", "updated terminating", "deleted terminated"];

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_notification_that_the_bot_could_not_take_comes_again_and_those_after_it_wait(int status)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var refusals = 0;
        bot.Answer = (_, one) => Task.FromResult(Results.StatusCode(one.State == "establishing" && refusals++ < 2 ? status : 202));

        var id = await bot.PlaceEstablished();
        await bot.Http.Ask("DELETE", $"{Call}/{id}");
        await server.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal([Life[0], Life[0], .. Life], bot.All.Select(one => one.Summary));
        Assert.Equal(["1", "2", "3", "1"], bot.All.Take(4).Select(one => one.Headers["X-Hookswitch-Attempt"].ToString()));
        Assert.Single(bot.All.Take(3).Select(one => one.Headers["X-Microsoft-Skype-Message-ID"].ToString()).Distinct());
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    public async Task A_notification_that_the_bot_refuses_is_kept_as_a_dead_letter_and_the_next_one_goes(int status)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        bot.Answer = (_, one) => Task.FromResult(one.State == "establishing" ? Results.Text("no, thanks", statusCode: status) : Results.Accepted());

        var id = await bot.PlaceEstablished();
        await bot.Http.Ask("DELETE", $"{Call}/{id}");
        await server.Settle();

        Assert.Equal(Life, bot.All.Select(one => one.Summary));
        var letter = Assert.Single(JsonNode.Parse(await server.Http.GetStringAsync("/control/deadLetters"))!.AsArray())!;
        Assert.Equal((id, $"{status} no, thanks", bot.Callback), ((string?)letter["call"], (string?)letter["why"], (string?)letter["address"]));
        Assert.Equal(bot.All[0].Body.ToJsonString(), letter["body"]!.ToJsonString());
        Assert.Contains(server.Log.Warnings, warning => warning.Contains($"refused 'updated establishing': {status} no, thanks", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_bot_that_answers_410_is_told_nothing_more_of_that_call()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        bot.Answer = (_, one) => Task.FromResult(Results.StatusCode(one.State == "established" ? 410 : 202));
        var first = await bot.PlaceEstablished();
        bot.Answer = (_, _) => Task.FromResult(Results.Accepted());

        await bot.Http.Ask("DELETE", $"{Call}/{first}");
        var second = await bot.PlaceEstablished();
        await bot.Http.Ask("DELETE", $"{Call}/{second}");
        await server.Advance(TimeSpan.FromHours(1));

        Assert.Equal(Life[..2], bot.All.Where(one => one.CallId == first).Select(one => one.Summary));
        Assert.Equal(Life, bot.All.Where(one => one.CallId == second).Select(one => one.Summary));
    }

    /// <summary>What the bot says in words may never come: the status has said what counts.</summary>
    [Fact]
    public async Task An_answer_whose_body_stalls_counts_by_its_status()
    {
        await using var server = await TestServer.Start(options => options with { Delivery = options.Delivery with { AttemptTimeout = TimeSpan.FromSeconds(0.5) } });
        await using var bot = await TestBot.Start(server);
        bot.Answer = async (request, _) =>
        {
            var response = request.HttpContext.Response;
            (response.StatusCode, response.ContentLength) = (410, 100);
            await response.Body.FlushAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, request.HttpContext.RequestAborted);
            return Results.Empty;
        };

        await bot.PlaceEstablished();
        await server.Advance(TimeSpan.FromHours(1));

        Assert.Single(bot.All);
    }

    [Fact]
    public async Task After_a_reset_nothing_is_told_that_waited_before_it()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var released = new TaskCompletionSource();
        bot.Answer = async (_, _) =>
        {
            await released.Task;
            return Results.Accepted();
        };
        var call = await bot.Place();
        await bot.Next();
        await bot.Http.Ask("DELETE", $"{Call}/{call.Id}");

        await server.Http.Ask("POST", "/control/reset");
        released.SetResult();
        await server.Settle();

        Assert.Single(bot.All);
    }

    [Fact]
    public async Task A_dead_bot_is_tried_for_four_hours_and_then_given_up()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var times = new List<TimeSpan>();
        bot.Answer = (_, one) =>
        {
            times.Add(server.Now - TestServer.Noon);
            return Task.FromResult(Results.StatusCode(one.State == "establishing" ? 503 : 202));
        };

        var call = await bot.Place();
        await bot.Http.Ask("DELETE", $"{Call}/{call.Id}");
        await server.Advance(TimeSpan.FromHours(5));

        times.RemoveRange(times.Count - 2, 2); // of the two that went when the first was given up
        Assert.Equal(["updated establishing", "updated terminating", "deleted terminated"], bot.All.Select(one => one.Summary).Distinct());
        double[] waits = [1, 2, 4, 8, 15, 30, 60, 300];
        Assert.All(waits.Index(), wait => Assert.InRange((times[wait.Index + 1] - times[wait.Index]).TotalSeconds, wait.Item * 0.8, wait.Item * 1.2));
        Assert.InRange(times[^1].TotalHours, 4, 4.1);
        Assert.Single(JsonNode.Parse(await server.Http.GetStringAsync("/control/deadLetters"))!.AsArray());
    }

    [Fact]
    public async Task A_receiver_may_ask_for_a_pause_of_up_to_five_minutes()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var pauses = new Queue<string>(["120", "86400"]);
        var times = new List<TimeSpan>();
        bot.Answer = (request, _) =>
        {
            times.Add(server.Now - TestServer.Noon);
            if (!pauses.TryDequeue(out var pause))
            {
                return Task.FromResult(Results.Accepted());
            }

            request.HttpContext.Response.Headers.RetryAfter = pause;
            return Task.FromResult(Results.StatusCode(429));
        };

        await bot.Place();
        await server.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal([TimeSpan.Zero, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(7)], times.Take(3));
    }

    [Fact]
    public async Task A_slow_receiver_is_told_one_thing_at_a_time_and_delays_nobody_else()
    {
        await using var server = await TestServer.Start();
        await using var slow = await TestBot.Start(server);
        await using var quick = await TestBot.Start(server, "bbbbbbbb-0000-4000-8000-000000000002");
        var released = new TaskCompletionSource();
        slow.Answer = async (_, _) =>
        {
            await released.Task;
            return Results.Accepted();
        };

        var call = await slow.Place();
        var first = await slow.Next();
        await slow.Http.Ask("DELETE", $"{Call}/{call.Id}");
        await quick.Place();
        var other = await quick.Next();
        var toldWhileSlow = slow.All.Count;
        released.SetResult();
        await server.Settle();

        Assert.Equal(("updated establishing", "updated establishing", 1), (first.Summary, other.Summary, toldWhileSlow));
        Assert.Equal(["updated establishing", "updated terminating", "deleted terminated"], slow.All.Select(one => one.Summary));
    }

    [Theory]
    [InlineData(302)]
    [InlineData(307)]
    public async Task The_first_notification_of_an_incoming_call_may_be_redirected_and_the_rest_follows_it(int status)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        bot.Answer = (request, one) => Task.FromResult(
            request.Path == "/callback" ? Results.Redirect(bot.Callback + "/elsewhere", preserveMethod: status == 307) : Results.Accepted());

        await server.Phone(User, "dial", new { to = bot.Application });
        await server.Settle();
        await bot.Http.Ask("POST", $"{Call}/{bot.All[0].CallId}/answer", TestBot.AnswerBody);
        await server.Settle();

        Assert.Equal(
            ["/callback created incoming", "/callback/elsewhere created incoming", "/callback/elsewhere updated establishing",
             "/callback/elsewhere updated established", "/callback/elsewhere updated established"],
            bot.All.Select(one => $"{one.Path} {one.Summary}"));
    }

    [Fact]
    public async Task An_address_that_is_agreed_with_the_answer_goes_before_the_redirection()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        bot.Answer = (request, _) => Task.FromResult(request.Path == "/callback" ? Results.Redirect(bot.Callback + "/elsewhere") : Results.Accepted());

        await server.Phone(User, "dial", new { to = bot.Application });
        await server.Settle();
        await bot.Http.Ask("POST", $"{Call}/{bot.All[0].CallId}/answer", $$"""
            {"callbackUri":"{{bot.Callback}}/mine","mediaConfig":{"@odata.type":"#microsoft.graph.serviceHostedMediaConfig"} }
            """);
        await server.Settle();

        Assert.Equal("/callback/mine updated established", $"{bot.All[^1].Path} {bot.All[^1].Summary}");
    }

    [Fact]
    public async Task A_redirection_to_where_this_server_does_not_connect_is_refused()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        bot.Answer = (_, _) => Task.FromResult(Results.Redirect("http://169.254.169.254/latest"));

        await server.Phone(User, "dial", new { to = bot.Application });
        await server.Settle();

        Assert.Single(bot.All);
        Assert.Single(JsonNode.Parse(await server.Http.GetStringAsync("/control/deadLetters"))!.AsArray());
    }

    /// <summary>Bots that expect the legacy protocol answer the first notification of a call with 204.</summary>
    [Fact]
    public async Task No_content_is_as_good_an_answer_as_any()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        bot.Answer = (_, _) => Task.FromResult(Results.NoContent());

        await server.Phone(User, "dial", new { to = bot.Application });
        await server.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal(["created incoming", "deleted terminated"], bot.All.Select(one => one.Summary));
        Assert.Equal("487/10004", bot.All[1].Reason);
    }
}
