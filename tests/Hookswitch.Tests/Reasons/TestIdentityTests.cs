using System.Globalization;
using System.Text.Json.Nodes;
using Hookswitch.Calling;
using Hookswitch.Phones;
using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Reasons;

/// <summary>A call with a test identity ends with the reason that its last six digits name, by its true cause and within seconds.</summary>
public sealed class TestIdentityTests
{
    private const string Call = "/v1.0/communications/calls";

    /// <summary>What the bot hears when it calls the identity, and when the last of it comes.</summary>
    public static TheoryData<int> Called =>
        [4521, 10550, 18503, 1106, 10057, 301004, 301005, 10004, 10024, 10037, 10076, 10134, 10199, 560000, 560480, 560486, 560603, 560404, 560503];

    /// <summary>What the bot hears when the identity calls it, and it answers.</summary>
    public static TheoryData<int> Calling => [4521, 10550, 18503, 1106, 301004, 301005, 10003, 10004, 540000, 540487];

    /// <summary>The whole exchange after the 201, in both styles, with codes as numbers and as the page prints them.</summary>
    [Theory]
    [MemberData(nameof(Called))]
    public async Task A_bot_that_calls_the_identity_of_a_reason_hears_it(int subcode)
    {
        await using var server = await TestServer.Start();
        await using var documented = await TestBot.Start(server);
        await using var observed = await TestBot.Start(server, "bbbbbbbb-0000-4000-8000-000000000002", new() { ["style"] = "observed", ["quotedCodes"] = true });
        var reason = EndReasons.Find(subcode)!;

        await Place(documented, TestIdentity.For(reason)!.Identity);
        await Place(observed, TestIdentity.For(reason)!.Identity);
        await server.Advance(TimeSpan.FromSeconds(5));

        Tells(documented, reason, reason.Message, quoted: false);
        Tells(observed, reason, reason.ObservedMessage, quoted: true);
        Assert.Equal(documented.All.Select(one => one.Summary), observed.All.Select(one => one.Summary));
        Snapshot.Match(Story(documented), name: $"Called_{subcode}");
    }

    [Theory]
    [MemberData(nameof(Calling))]
    public async Task A_bot_that_the_identity_of_a_reason_calls_hears_it(int subcode)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var reason = EndReasons.Find(subcode)!;
        var answers = subcode is not (10003 or 10004 or 540487);

        var dialled = await server.Phone(TestIdentity.For(reason)!.Identity.Id, "dial", new { to = bot.Application });
        await server.Settle();
        if (answers)
        {
            Assert.Equal(202, (await bot.Http.Ask("POST", $"{Call}/{bot.All[0].CallId}/answer", TestBot.AnswerBody)).Status);
        }

        await server.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(201, (int)dialled.StatusCode);
        Tells(bot, reason, reason.Message, quoted: false);
        Snapshot.Match(Story(bot), name: $"Calls_{subcode}");
    }

    [Fact]
    public async Task The_identity_of_5001_stays_until_the_bot_deletes_the_call()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var id = await Place(bot, TestIdentity.For(EndReasons.ConversationEnded)!.Identity);

        await server.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(204, (await bot.Http.Ask("DELETE", $"{Call}/{id}")).Status);
        await server.Settle();

        Tells(bot, EndReasons.ConversationEnded, EndReasons.ConversationEnded.Message, quoted: false);
    }

    [Fact]
    public async Task The_identity_of_8537_stays_until_forty_five_minutes_without_a_keep_alive_are_over()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        await Place(bot, TestIdentity.For(EndReasons.KeepAliveTimeout)!.Identity);

        await server.Advance(TimeSpan.FromMinutes(45));

        Tells(bot, EndReasons.KeepAliveTimeout, EndReasons.KeepAliveTimeout.Message, quoted: false);
    }

    [Theory]
    [InlineData("00000000-0000-4000-8000-000000010057", 10057)]
    [InlineData("00000000-0000-4000-8000-123456010057", 10057)]
    [InlineData("00000000-0000-4000-8000-000000000001", null)]
    [InlineData("00000000-0000-4000-8001-000000010057", null)]
    [InlineData("00000000-0000-4000-8000-00000001005", null)]
    [InlineData("alice", null)]
    public void A_user_is_a_test_identity_by_its_last_six_digits(string id, int? subcode) =>
        Assert.Equal(subcode, TestIdentity.OfUser(id)?.Reason.Subcode);

    [Theory]
    [InlineData("+99900560486", 560486)]
    [InlineData("+99942560486", 560486)]
    [InlineData("+9990560486", null)]
    [InlineData("+14255550123", null)]
    public void A_number_is_a_test_identity_by_its_last_six_digits(string id, int? subcode) =>
        Assert.Equal(subcode, TestIdentity.OfNumber(id)?.Reason.Subcode);

    [Fact]
    public async Task A_registration_of_the_same_id_goes_before_a_test_identity()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var identity = TestIdentity.For(EndReasons.Unreachable)!.Identity;
        await server.Put($"/control/users/{identity.Id}", new { });

        await Place(bot, identity);
        await server.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("updated established", bot.All[^1].Summary);
    }

    /// <summary>Test identities differ from others in their times alone: the cause is a real one.</summary>
    [Fact]
    public async Task The_page_of_a_call_names_the_true_cause()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var id = await Place(bot, TestIdentity.For(EndReasons.NoSignalling)!.Identity);
        await server.Advance(TimeSpan.FromSeconds(2));

        var call = JsonNode.Parse(await server.Http.GetStringAsync($"/control/calls/{id}"))!;

        Assert.Equal(EndReasons.NoSignalling.Cause, (string?)call["reason"]!["cause"]);
        Assert.Contains("\"kind\":\"signalling\"", call["events"]!.ToJsonString(), StringComparison.Ordinal);
    }

    private static async Task<string> Place(TestBot bot, Calling.Identity target)
    {
        var isNumber = target.Kind == IdentityKind.Phone;
        var body = JsonNode.Parse(bot.CallBody())!;
        body["targets"]![0]!["identity"] = new JsonObject { [isNumber ? "phone" : "user"] = new JsonObject { ["id"] = target.Id } };
        if (isNumber)
        {
            body["source"] = JsonNode.Parse($$$"""{"identity":{"applicationInstance":{"id":"{{{bot.Application}}}-line"} } }""");
        }

        var created = await bot.Http.Ask("POST", Call, body.ToJsonString());
        Assert.Equal(201, created.Status);
        return (string)created.Body["id"]!;
    }

    private static void Tells(TestBot bot, EndReason reason, string message, bool quoted)
    {
        var info = Assert.Single(bot.All, one => one.Change == "deleted").Call["resultInfo"]!;
        var quote = quoted ? "\"" : "";
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"{quote}{reason.Code}{quote} {quote}{reason.Subcode}{quote}"),
            $"{info["code"]!.ToJsonString()} {info["subcode"]!.ToJsonString()}");
        Assert.Equal(message, (string?)info["message"]);
        Assert.Same(bot.All[^1], bot.All.Single(one => one.Change == "deleted"));
    }

    private static string Story(TestBot bot) => string.Concat(bot.All.Select(one =>
        $"{one.Summary}{(one.Call["mediaState"] is { } media ? $" media {media["audio"]}" : "")} {one.Reason}".TrimEnd() + '\n'));
}
