using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Hookswitch.Tests.Harness;
using Microsoft.AspNetCore.Http;

namespace Hookswitch.Tests.Notifications;

/// <summary>A host of callbacks that gives no answer for a while, or for hours; and what its operator does then.</summary>
public sealed class LostHostTests
{
    private const string Call = "/v1.0/communications/calls";

    private static readonly string[] Life = ["updated establishing", "updated terminating", "deleted terminated"];

    [Fact]
    public async Task It_is_asked_by_one_at_a_time_and_everything_goes_on_when_it_answers()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var (underWay, most) = (0, 0);
        bot.Answer = async (request, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref underWay));
            await Task.Yield();
            Interlocked.Decrement(ref underWay);
            request.HttpContext.Abort();
            return Results.Empty;
        };
        await PlaceAndDelete(bot, 5);
        await server.Settle();
        (var asked, most) = (bot.All.Count, 0);

        var later = await PlaceAndDelete(bot, 20);
        await server.Settle();
        Assert.Equal(asked, bot.All.Count); // nobody asks
        await server.Advance(TimeSpan.FromMinutes(10));
        Assert.InRange(bot.All.Count - asked, 2, (600 / 4) + 1);
        Assert.Equal(1, most);

        asked = bot.All.Count;
        bot.Answer = (_, _) => Task.FromResult(Results.Accepted());
        await server.Advance(TimeSpan.FromMinutes(6)); // the longest wait of the schedule

        Assert.All(bot.All.Skip(asked).GroupBy(one => one.CallId), call => Assert.Equal(Life, call.Select(one => one.Summary)));
        Assert.Empty(later.Except(bot.All.Skip(asked).Select(one => one.CallId)));
        Assert.Contains(server.Log.Warnings, warning => warning.Contains("gave no answer 5 times in a row", StringComparison.Ordinal));
        Assert.Contains(server.Log.Warnings, warning => warning.Contains("answers again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task When_it_answers_again_nobody_waits_for_the_next_turn_of_the_schedule()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        bot.Answer = Vanish;
        await PlaceAndDelete(bot, 10);
        await server.Advance(TimeSpan.FromHours(1)); // every call waits five minutes by now
        var times = new List<DateTimeOffset>();
        bot.Answer = (_, _) =>
        {
            lock (times)
            {
                times.Add(server.Now);
            }

            return Task.FromResult(Results.Accepted());
        };

        await server.Advance(TimeSpan.FromMinutes(7));

        Assert.Equal(30, times.Count);
        Assert.Single(times.Distinct());
    }

    /// <summary>Half of all attempts come to nothing, in one way or another.</summary>
    [Fact]
    public async Task A_host_that_comes_and_goes_is_told_everything_in_order_and_hardly_more_often_than_it_must_be()
    {
        const int Calls = 200;
        await using var server = await TestServer.Start(options => options with { Delivery = options.Delivery with { AttemptTimeout = TimeSpan.FromSeconds(1) } });
        await using var bot = await TestBot.Start(server);
        var (random, attempts, taken) = (new Random(20261125), 0, new ConcurrentQueue<Received>());
        bot.Answer = (request, one) =>
        {
            Interlocked.Increment(ref attempts);
            int luck;
            lock (random)
            {
                luck = random.Next(200);
            }

            switch (luck)
            {
                case < 50:
                    return Task.FromResult(Results.StatusCode(500));
                case < 99:
                    return Vanish(request, one);
                case < 100:
                    return Hang(request);
                default:
                    taken.Enqueue(one);
                    return Task.FromResult(Results.Accepted());
            }
        };

        await PlaceAndDelete(bot, Calls);
        await server.Advance(TimeSpan.FromHours(1));

        Assert.Equal(Calls, taken.Select(one => one.CallId).Distinct().Count());
        Assert.All(taken.GroupBy(one => one.CallId), call => Assert.Equal(Life, call.Select(one => one.Summary)));
        Assert.InRange((double)attempts / (Calls * Life.Length), 1, 2.2);
    }

    [Fact]
    public async Task A_host_that_says_no_is_no_lost_host()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        bot.Answer = (_, _) => Task.FromResult(Results.StatusCode(503));

        await PlaceAndDelete(bot, 20);
        await server.Settle();

        Assert.Equal(20, bot.All.Count);
    }

    [Fact]
    public async Task What_was_given_up_while_it_was_gone_for_hours_is_sent_again_in_order()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        bot.Answer = Vanish;
        await PlaceAndDelete(bot, 3);
        await server.Advance(TimeSpan.FromHours(13)); // four for each notification of a call
        var asked = bot.All.Count;
        Assert.Equal(9, (await Letters(server)).Count);

        bot.Answer = (_, _) => Task.FromResult(Results.Accepted());
        var answer = await Redeliver(server, "redeliver", new { });

        Assert.Equal((9, 0), ((int)answer["delivered"]!, (int)answer["failed"]!));
        Assert.Empty(await Letters(server));
        var sent = bot.All.Skip(asked).ToArray();
        Assert.Equal(9, sent.Length);
        Assert.All(sent.GroupBy(one => one.CallId), call => Assert.Equal(Life, call.Select(one => one.Summary)));
        Assert.All(sent, one => Assert.Equal("0", one.Headers["X-Hookswitch-Attempt"]));
        Assert.All(sent, one => Assert.Contains(
            bot.All.Take(asked), before => before.Body.ToJsonString() == one.Body.ToJsonString() && MessageId(before) == MessageId(one)));
    }

    [Fact]
    public async Task Letters_are_sent_again_by_what_they_have_in_common_one_by_one_or_elsewhere()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        await using var elsewhere = await Webhook.Start();
        bot.Answer = (_, _) => Task.FromResult(Results.BadRequest());
        var calls = await PlaceAndDelete(bot, 3);
        await server.Settle();
        bot.Answer = (_, _) => Task.FromResult(Results.Accepted());

        var ofFirst = await Redeliver(server, "redeliver", new { call = calls[0] });
        var one = (string)(await Letters(server))[0]!["id"]!;
        var ofOne = await Redeliver(server, $"{one}/redeliver", new { });
        var ofNone = await Redeliver(server, "redeliver", new { host = "bot.example" });
        var before = await Redeliver(server, "redeliver", new { until = TestServer.Noon });
        var rest = await Redeliver(server, "redeliver", new { host = new Uri(bot.Callback).Authority, since = TestServer.Noon, to = elsewhere.Callback });

        Assert.Equal([3, 1, 0, 0, 5], new[] { ofFirst, ofOne, ofNone, before, rest }.Select(answer => (int)answer["delivered"]!));
        Assert.Equal(5, elsewhere.All.Count);
        Assert.Empty(await Letters(server));
        Assert.Equal(404, (int)(await server.Http.PostAsync($"/control/deadLetters/{one}/redeliver", null)).StatusCode);
    }

    [Fact]
    public async Task Of_a_call_whose_bot_does_not_take_the_first_nothing_more_is_sent()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        bot.Answer = (_, _) => Task.FromResult(Results.BadRequest());
        await PlaceAndDelete(bot, 1);
        await server.Settle();

        var answer = await Redeliver(server, "redeliver", new { });

        Assert.Equal(4, bot.All.Count);
        Assert.Equal((0, 3), ((int)answer["delivered"]!, (int)answer["failed"]!));
        Assert.Equal(
            ["400", "not sent: it waits for the one before it", "not sent: it waits for the one before it"],
            answer["letters"]!.AsArray().Select(letter => (string)letter!["answer"]!));
        Assert.Equal(3, (await Letters(server)).Count);
    }

    [Theory]
    [InlineData("""{"call":"x"}""", "'call' is no id of a call.")]
    [InlineData("""{"to":"http://169.254.169.254/"}""", "'to' must not lead to 169.254.169.254")]
    [InlineData("""{"application":"x"}""", "application")]
    public async Task What_makes_no_sense_is_refused(string body, string problem)
    {
        await using var server = await TestServer.Start();

        var answer = await server.Http.PostAsync(
            "/control/deadLetters/redeliver", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Contains(problem, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Letters_are_kept_for_a_week_and_calls_for_a_month()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        bot.Answer = (_, _) => Task.FromResult(Results.BadRequest());
        var call = Assert.Single(await PlaceAndDelete(bot, 1));
        await server.Settle();

        await server.Advance(TimeSpan.FromDays(6.9));
        var kept = (await Letters(server)).Count;
        await server.Advance(TimeSpan.FromDays(0.5));
        var forgotten = (await Letters(server)).Count;
        await server.Advance(TimeSpan.FromDays(22));
        var known = (int)(await server.Http.GetAsync($"/control/calls/{call}")).StatusCode;
        await server.Advance(TimeSpan.FromDays(2));
        var gone = (int)(await server.Http.GetAsync($"/control/calls/{call}")).StatusCode;

        Assert.Equal((3, 0, 200, 404), (kept, forgotten, known, gone));
    }

    private static Task<IResult> Vanish(HttpRequest request, Received received)
    {
        request.HttpContext.Abort();
        return Task.FromResult(Results.Empty);
    }

    private static async Task<IResult> Hang(HttpRequest request)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, request.HttpContext.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        return Results.Empty;
    }

    private static string MessageId(Received one) => one.Headers["X-Microsoft-Skype-Message-ID"].ToString();

    private static async Task<IReadOnlyList<string>> PlaceAndDelete(TestBot bot, int count)
    {
        var calls = new List<string>();
        while (calls.Count < count)
        {
            var call = await bot.Place();
            await bot.Http.Ask("DELETE", $"{Call}/{call.Id}");
            calls.Add(call.Id!);
        }

        return calls;
    }

    private static async Task<JsonArray> Letters(TestServer server) => JsonNode.Parse(await server.Http.GetStringAsync("/control/deadLetters"))!.AsArray();

    private static async Task<JsonObject> Redeliver(TestServer server, string path, object body)
    {
        var answer = await server.Http.PostAsJsonAsync($"/control/deadLetters/{path}", body);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }
}
