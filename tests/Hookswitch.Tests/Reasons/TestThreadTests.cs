using System.Globalization;
using System.Text.Json.Nodes;
using Hookswitch.Calling;
using Hookswitch.Phones;
using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Reasons;

/// <summary>A meeting of a test thread, or a group of test users, ends with the reason of its digits, by its true cause and within seconds.</summary>
public sealed class TestThreadTests
{
    private const string Call = "/v1.0/communications/calls";

    public static TheoryData<int> Threads => [4097, 5000, 5001, 5002, 5007, 5010, 5012, 5013, 5014, 5020, 5030, 5300, 5854, 5855];

    public static TheoryData<int> Groups => [5003, 5010, 5013];

    /// <summary>The whole exchange after the 201, in both styles, with codes as numbers and as the page prints them.</summary>
    [Theory]
    [MemberData(nameof(Threads))]
    public async Task A_bot_that_joins_the_thread_of_a_reason_hears_it(int subcode)
    {
        await using var server = await TestServer.Start();
        await using var documented = await TestBot.Start(server);
        await using var observed = await TestBot.Start(server, "bbbbbbbb-0000-4000-8000-000000000002", new() { ["style"] = "observed", ["quotedCodes"] = true });
        var reason = EndReasons.Find(subcode)!;
        var thread = TestThread.For(reason)!.Thread;

        await documented.Join(thread);
        await observed.Join(thread);
        await server.Advance(TimeSpan.FromSeconds(5));

        Tells(documented, reason, reason.Message, quoted: false);
        Tells(observed, reason, reason.ObservedMessage, quoted: true);
        Assert.Equal(documented.All.Select(one => one.Summary), observed.All.Select(one => one.Summary));
        Snapshot.Match(documented.Story(), name: $"Thread_{subcode}");
    }

    [Theory]
    [MemberData(nameof(Groups))]
    public async Task A_bot_that_calls_a_group_of_the_users_of_a_reason_hears_it(int subcode)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var reason = EndReasons.Find(subcode)!;

        await bot.CallGroup(TestIdentity.GroupFor(reason).Select(user => user.Identity.Id));
        await server.Advance(TimeSpan.FromSeconds(5));

        Tells(bot, reason, reason.Message, quoted: false);
        Snapshot.Match(bot.Story(), name: $"Group_{subcode}");
    }

    [Fact]
    public async Task In_thread_7000_the_bots_own_delete_ends_its_leg_alone()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var id = await bot.Join(TestThread.For(EndReasons.EndedByBot)!.Thread);
        await server.Settle();

        Assert.Equal(204, (await bot.Http.Ask("DELETE", $"{Call}/{id}")).Status);
        await server.Settle();
        var conversation = JsonNode.Parse(await server.Http.GetStringAsync($"/control/conversations/{id}"))!;

        Tells(bot, EndReasons.EndedByBot, EndReasons.EndedByBot.Message, quoted: false);
        Assert.Equal("updated terminating", bot.All[^2].Summary);
        Assert.False((bool)conversation["hasEnded"]!);
        Assert.Equal("Ada", (string?)Assert.Single(conversation["participants"]!.AsArray())!["party"]!["displayName"]);
    }

    [Theory]
    [InlineData("19:meeting_endreason-5013@thread.v2", 5013)]
    [InlineData("19:meeting_endreason-005013@thread.v2", 5013)]
    [InlineData("19:meeting_endreason-4521@thread.v2", null)]
    [InlineData("19:meeting_endreason-13@thread.v2", null)]
    [InlineData("19:meeting_endreason-٤٠٩٧@thread.v2", null)]
    [InlineData("19:meeting_endreason-5013@thread.v2\n", null)]
    [InlineData("19:meeting_endreason-5013@thread.skype", null)]
    public void A_thread_is_a_test_thread_by_its_digits(string thread, int? subcode) =>
        Assert.Equal(subcode, TestThread.Of(thread)?.Reason.Subcode);

    private static void Tells(TestBot bot, EndReason reason, string message, bool quoted)
    {
        var info = Assert.Single(bot.All, one => one.Summary == "deleted terminated").Call["resultInfo"]!;
        var quote = quoted ? "\"" : "";
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"{quote}{reason.Code}{quote} {quote}{reason.Subcode}{quote}"),
            $"{info["code"]!.ToJsonString()} {info["subcode"]!.ToJsonString()}");
        Assert.Equal(message, (string?)info["message"]);
        Assert.Equal("deleted terminated", bot.All[^1].Summary);
    }
}
