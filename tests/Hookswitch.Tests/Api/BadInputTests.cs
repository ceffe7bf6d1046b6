using System.Text;
using System.Text.Json.Nodes;
using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Api;

/// <summary>Whatever is wrong with a request is said as a Graph error that names it, and changes nothing.</summary>
public sealed class BadInputTests
{
    private const string Target = """{"identity":{"user":{"id":"cccccccc-0000-4000-8000-000000000001"}}}""";
    private const string Media = """{"@odata.type":"#microsoft.graph.serviceHostedMediaConfig"}""";

    /// <summary>What is wrong, the member to replace ("-": left out), and what the answer says.</summary>
    public static TheoryData<string, string, string> BadCalls => new()
    {
        { "callbackUri", "-", "'callbackUri' is missing." },
        { "callbackUri", "null", "'callbackUri' is missing." },
        { "callbackUri", "\"\"", "'callbackUri' is missing." },
        { "callbackUri", "7", "'callbackUri' must be a string, not this number." },
        { "callbackUri", "\"bot\"", "'callbackUri' must be an absolute http or https address." },
        { "callbackUri", "\"/callback\"", "'callbackUri' must be an absolute http or https address." },
        { "callbackUri", "\"ftp://bot.example/\"", "'callbackUri' must be an absolute http or https address." },
        { "callbackUri", "\"file:///etc/passwd\"", "'callbackUri' must be an absolute http or https address." },
        { "callbackUri", "\"https://user:word@bot.example/\"", "'callbackUri' must not carry a user name or password." },
        { "callbackUri", "\"http://169.254.169.254/latest\"", "'callbackUri' must not lead to 169.254.169.254: " },
        { "callbackUri", "\"http://[fe80::1]/\"", "'callbackUri' must not lead to fe80::1: " },
        { "callbackUri", "\"http://[::ffff:169.254.169.254]/\"", "'callbackUri' must not lead to ::ffff:169.254.169.254: " },
        { "callbackUri", "\"http://2852039166/\"", "'callbackUri' must not lead to 169.254.169.254: " },
        { "callbackUri", "\"http://0.0.0.0/\"", "'callbackUri' must not lead to 0.0.0.0: " },
        { "callbackUri", "\"http://bot.example/\"", "'callbackUri' must be https: http is for addresses on this machine alone." },
        { "targets", "-", "'targets' is missing." },
        { "targets", "[]", "'targets' is missing." },
        { "targets", "{}", "'targets' must be an array, not an object." },
        { "targets", "[null]", "'targets[0]' must not be null." },
        { "targets", "[{}]", "'targets[0].identity' is missing." },
        { "targets", """[{"identity":{}}]""", "'targets[0].identity' must name a user, a phone, an application or an applicationInstance." },
        { "targets", """[{"identity":{"user":{}}}]""", "'targets[0].identity.user.id' is missing." },
        { "targets", """[{"identity":{"user":{"id":"a"},"phone":{"id":"+1"}}}]""", "'targets[0].identity' names more than one party." },
        { "targets", """[{"identity":{"user":{"id":"a\u0007b"}}}]""", "'targets[0].identity.user.id' must not contain control characters." },
        { "targets", """[{"identity":{"phone":{"id":"555"}}}]""", "'targets[0].identity.phone.id' must be a number in E.164" },
        { "targets", """[{"identity":{"phone":{"id":"+14255550123"}}}]""", "'source.identity.applicationInstance' is missing" },
        { "targets", $"[{Target},{Target}]", "'targets[1].identity' is named twice." },
        { "targets", $"[{string.Join(',', "abcdef".Select(one => $$$"""{"identity":{"user":{"id":"{{{one}}}"} } }"""))}]", "'targets' names 6: 5 at most can be called at once." },
        { "mediaConfig", "-", "'mediaConfig' is missing." },
        { "mediaConfig", "null", "'mediaConfig' is missing." },
        { "mediaConfig", "{}", "'mediaConfig' must have an @odata.type, one of #microsoft.graph.serviceHostedMediaConfig" },
        { "mediaConfig", """{"@odata.type":"#microsoft.graph.otherMediaConfig"}""", "'mediaConfig' has the unknown @odata.type \"#microsoft.graph.otherMediaConfig\"" },
        { "mediaConfig", """{"preFetchMedia":[{}],"@odata.type":"#microsoft.graph.serviceHostedMediaConfig"}""", "'mediaConfig.preFetchMedia[0].uri' is missing." },
        { "requestedModalities", """["smell"]""", "'requestedModalities[0]' must be one of audio, video, videoBasedScreenSharing, data, not \"smell\"." },
        { "requestedModalities", "[1]", "'requestedModalities[0]' must be one of audio" },
        { "direction", "\"sideways\"", "'direction' must be one of incoming, outgoing, not \"sideways\"." },
        { "subject", $"\"{new string('x', 257)}\"", "'subject' is longer than 256 characters." },
        { "tenantId", $"\"{new string('x', 257)}\"", "'tenantId' is longer than 256 characters." },
    };

    /// <summary>What is kept of others, and where media go.</summary>
    public static TheoryData<string, string, string> BadNames => new()
    {
        { "source", """{"identity":{"applicationInstance":{"id":"a\u0007b"}}}""", "'source.identity.applicationInstance.id' must not contain control characters." },
        { "targets", """[{"identity":{"user":{"id":"a","displayName":"b\u0007"}}}]""", "'targets[0].identity.user.displayName' must not contain control characters." },
        { "mediaConfig", """{"@odata.type":"#microsoft.graph.appHostedMediaConfig","blob":"{\"webSocketUrl\":\"ws://192.0.2.1/\"}"}""", "'mediaConfig.blob' has a webSocketUrl that must be wss" },
    };

    /// <summary>What asks to join a meeting, and does not say which.</summary>
    public static TheoryData<string, string, string> BadMeetings => new()
    {
        { "chatInfo", """{"threadId":"19:meeting_x@thread.v2"}""", "'meetingInfo' is missing" },
        { "meetingInfo", """{"@odata.type":"#microsoft.graph.tokenMeetingInfo"}""", "'meetingInfo.token' is missing." },
        { "meetingInfo", """{"@odata.type":"#microsoft.graph.joinMeetingIdMeetingInfo"}""", "'meetingInfo.joinMeetingId' is missing." },
        { "meetingInfo", """{"@odata.type":"#microsoft.graph.organizerMeetingInfo"}""", "'meetingInfo.organizer.user.id' is missing." },
        { "meetingInfo", """{"@odata.type":"#microsoft.graph.organizerMeetingInfo","organizer":{"user":{"id":"o"}}}""", "'chatInfo.threadId' is missing" },
        { "meetingInfo", """{"@odata.type":"#microsoft.graph.tokenMeetingInfo","token":"t"}""", "'targets' must be left out" },
    };

    [Theory]
    [MemberData(nameof(BadCalls))]
    [MemberData(nameof(BadMeetings))]
    [MemberData(nameof(BadNames))]
    public async Task A_call_with_a_bad_member_is_refused_by_its_name(string member, string value, string message)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var body = JsonNode.Parse($$"""{"callbackUri":"{{bot.Callback}}","targets":[{{Target}}],"mediaConfig":{{Media}}}""")!.AsObject();
        body.Remove(member);
        if (value != "-")
        {
            body[member] = JsonNode.Parse(value);
        }

        var answer = await bot.Http.Ask("POST", "/v1.0/communications/calls", body.ToJsonString());

        Assert.Equal("400 8523", answer.Outcome);
        Assert.StartsWith(message, answer.Message, StringComparison.Ordinal);
        await NothingHappened(server, bot);
    }

    [Theory]
    [InlineData("", "The body is empty.")]
    [InlineData("{", "The body is not valid JSON at line 1, byte 2: ")]
    [InlineData("[]", "The body must be an object, not an array.")]
    [InlineData("null", "The body must be an object, not null.")]
    [InlineData("{\"subject\":\"\\ud800\"}", "'subject' must be a string, not text that is not valid Unicode.")]
    public async Task A_body_that_is_no_call_is_refused(string body, string message)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);

        var answer = await bot.Http.Ask("POST", "/v1.0/communications/calls", body);

        Assert.Equal("400 8523", answer.Outcome);
        Assert.StartsWith(message, answer.Message, StringComparison.Ordinal);
        await NothingHappened(server, bot);
    }

    [Fact]
    public async Task A_body_may_be_nested_thirty_two_levels_deep_and_no_deeper()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);

        var deepest = await bot.Http.Ask("POST", "/v1.0/communications/calls", Nested(32));
        var tooDeep = await bot.Http.Ask("POST", "/v1.0/communications/calls", Nested(33));

        Assert.Equal(("400 8523", "'callbackUri' is missing."), (deepest.Outcome, deepest.Message));
        Assert.Equal(("400 8523", "The body is nested deeper than 32 levels."), (tooDeep.Outcome, tooDeep.Message));

        static string Nested(int levels) => $$"""{"x":{{new string('[', levels - 1)}}{{new string(']', levels - 1)}}}""";
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_larger_than_256_kilobytes_is_refused_whether_or_not_it_says_its_length(bool chunked)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var body = Encoding.UTF8.GetBytes($$"""{"subject":"{{new string('x', 256 * 1024)}}"}""");
        using HttpContent content = chunked ? new StreamContent(new Unseekable(body)) : new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");

        var answer = await bot.Http.Ask("POST", "/v1.0/communications/calls", content);

        Assert.Equal("413 BadRequest", answer.Outcome);
        Assert.Equal("The body is larger than 262144 bytes.", answer.Message);
        await NothingHappened(server, bot);
    }

    [Fact]
    public async Task A_body_that_is_no_JSON_by_its_own_word_is_refused()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        using var content = new StringContent("callbackUri=x", Encoding.UTF8, "application/x-www-form-urlencoded");

        Assert.Equal("415 BadRequest", (await bot.Http.Ask("POST", "/v1.0/communications/calls", content)).Outcome);
    }

    [Theory]
    [InlineData("{}", "'mediaConfig' is missing.")]
    [InlineData("""{"mediaConfig":{"@odata.type":"#microsoft.graph.serviceHostedMediaConfig"},"callbackUri":"x"}""", "'callbackUri' must be an absolute http or https address.")]
    [InlineData("""{"mediaConfig":{"@odata.type":"#microsoft.graph.serviceHostedMediaConfig"},"acceptedModalities":["smell"]}""", "'acceptedModalities[0]' must be one of audio")]
    public async Task An_answer_with_a_bad_member_is_refused_and_the_call_stays_incoming(string body, string message)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        await server.Phone("cccccccc-0000-4000-8000-000000000001", "dial", new { to = bot.Application });
        var id = (await bot.Next()).CallId;

        var answer = await bot.Http.Ask("POST", $"/v1.0/communications/calls/{id}/answer", body);

        Assert.Equal("400 8523", answer.Outcome);
        Assert.StartsWith(message, answer.Message, StringComparison.Ordinal);
        Assert.Equal("incoming", (string?)(await bot.Http.Ask("GET", $"/v1.0/communications/calls/{id}")).Body["state"]);
    }

    [Theory]
    [InlineData("""{"reason":"tired"}""", "'reason' must be one of none, busy, forbidden, not \"tired\".")]
    [InlineData("""{"callbackUri":"http://169.254.169.254/"}""", "'callbackUri' must not lead to 169.254.169.254: ")]
    public async Task A_rejection_with_a_bad_member_is_refused_and_the_call_stays_incoming(string body, string message)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        await server.Phone("cccccccc-0000-4000-8000-000000000001", "dial", new { to = bot.Application });
        var id = (await bot.Next()).CallId;

        var answer = await bot.Http.Ask("POST", $"/v1.0/communications/calls/{id}/reject", body);

        Assert.Equal("400 8523", answer.Outcome);
        Assert.StartsWith(message, answer.Message, StringComparison.Ordinal);
        Assert.Equal("incoming", (string?)(await bot.Http.Ask("GET", $"/v1.0/communications/calls/{id}")).Body["state"]);
    }

    [Theory]
    [InlineData("{}", "'targets' is missing.")]
    [InlineData("""{"targets":[]}""", "'targets' is missing.")]
    [InlineData("""{"targets":[{"identity":{"user":{"id":"a"},"phone":{"id":"+1"}}}]}""", "'targets[0].identity' names more than one party.")]
    [InlineData("""{"targets":[{"identity":{"user":{"id":"a"}}},{"identity":{"user":{"id":"A"}}}]}""", "'targets[1].identity' is named twice.")]
    [InlineData("""{"targets":[{"identity":{"user":{"id":"a"}},"replacesCallId":"00000000-0000-8000-8000-000000000000"}]}""", "'targets[0].replacesCallId' must be left out: ")]
    [InlineData("""{"targets":[{"identity":{"phone":{"id":"+14255550123"}}}]}""", "The body names a number: ")]
    [InlineData("""{"targets":[{"identity":{"user":{"id":"a"}}}],"timeout":14}""", "'timeout' must be from 15 to 90 seconds.")]
    [InlineData("""{"targets":[{"identity":{"user":{"id":"a"}}}],"timeout":91}""", "'timeout' must be from 15 to 90 seconds.")]
    [InlineData("""{"targets":[{"identity":{"user":{"id":"a"}}}],"timeout":"55"}""", "'timeout' must be a whole number, not this string.")]
    [InlineData("""{"targets":[{"identity":{"user":{"id":"a"}}}],"callbackUri":"http://169.254.169.254/"}""", "'callbackUri' must not lead to 169.254.169.254: ")]
    public async Task A_redirection_with_a_bad_member_is_refused_and_the_call_stays_incoming(string body, string message) =>
        await RefusesToRedirect(body, message);

    [Fact]
    public async Task A_redirection_to_more_than_25_is_refused() => await RefusesToRedirect(
        $$"""{"targets":[{{string.Join(',', Enumerable.Range(0, 26).Select(one => $$$"""{"identity":{"user":{"id":"{{{one}}}"} } }"""))}}]}""",
        "'targets' names 26: 25 at most can be called at once.");

    private static async Task RefusesToRedirect(string body, string message)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        await server.Phone("cccccccc-0000-4000-8000-000000000001", "dial", new { to = bot.Application });
        var id = (await bot.Next()).CallId;

        var answer = await bot.Http.Ask("POST", $"/v1.0/communications/calls/{id}/redirect", body);

        Assert.Equal("400 8523", answer.Outcome);
        Assert.StartsWith(message, answer.Message, StringComparison.Ordinal);
        Assert.Equal("incoming", (string?)(await bot.Http.Ask("GET", $"/v1.0/communications/calls/{id}")).Body["state"]);
    }

    [Theory]
    [InlineData("{}", "'transferTarget' is missing.")]
    [InlineData("""{"transferTarget":[]}""", "'transferTarget' must be an object, not an array.")]
    [InlineData("""{"transferTarget":{}}""", "'transferTarget.identity' is missing.")]
    [InlineData("""{"transferTarget":{"identity":{"user":{"id":"a"},"application":{"id":"b"}}}}""", "'transferTarget.identity' names more than one party.")]
    [InlineData("""{"transferTarget":{"identity":{"user":{"id":"a"}},"replacesCallId":"x"}}""", "'transferTarget.replacesCallId' is no id of a call.")]
    [InlineData("""{"transferTarget":{"identity":{"phone":{"id":"+14255550123"}}}}""", "The body names a number: ")]
    [InlineData("""{"transferTarget":{"identity":{"user":{"id":"a"}}},"transferee":"x"}""", "'transferee' must be an object, not this string.")]
    public async Task A_transfer_with_a_bad_member_is_refused_and_the_call_stays_established(string body, string message)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = $"/v1.0/communications/calls/{await bot.PlaceEstablished()}";

        var answer = await bot.Http.Ask("POST", $"{call}/transfer", body);

        Assert.Equal("400 8523", answer.Outcome);
        Assert.StartsWith(message, answer.Message, StringComparison.Ordinal);
        Assert.Equal("established", (string?)(await bot.Http.Ask("GET", call)).Body["state"]);
    }

    [Fact]
    public async Task What_this_server_does_not_offer_is_said()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);

        Assert.Equal("405 8520", (await bot.Http.Ask("POST", "/v1.0/communications/calls/x/startRecording", "{}")).Outcome);
        Assert.Equal("405 8520", (await bot.Http.Ask("POST", "/v1.0/communications/calls/x/participants/y/reportSyntheticMedia", "{}")).Outcome);
        await NothingHappened(server, bot);
    }

    private static async Task NothingHappened(TestServer server, TestBot bot)
    {
        await server.Settle();
        Assert.Empty(bot.All);
        Assert.Equal("[]", await server.Http.GetStringAsync("/control/calls"));
    }

    /// <summary>A body whose length nobody knows beforehand.</summary>
    private sealed class Unseekable(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
