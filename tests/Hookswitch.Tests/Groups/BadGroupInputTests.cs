using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Groups;

/// <summary>What is wrong with a join or with what is done to others is said as a Graph error, and changes nothing.</summary>
public sealed class BadGroupInputTests
{
    private const string Thread = "19:weekly@thread.v2";
    private const string Meeting = $$"""{"threadId":"{{Thread}}","joinMeetingId":"234567890123","passcode":"word"}""";

    /// <summary>What is wrong, the meeting as it is registered beyond the usual, what asks to join, and the answer.</summary>
    public static TheoryData<string, string, string, string, string> BadJoins => new()
    {
        { "an unknown thread", "", Organizer("19:other@thread.v2"), "404 8527", "No meeting is at 'chatInfo.threadId' with that organizer." },
        { "another message", "", Organizer(Thread, message: "17"), "404 8527", "No meeting is at 'chatInfo.threadId' with that organizer." },
        { "another organizer", "", Organizer(Thread, organizer: "nobody"), "404 8527", "No meeting is at 'chatInfo.threadId' with that organizer." },
        { "a wrong number", "", Number("111111111111", "\"word\""), "400 8561", "'meetingInfo.joinMeetingId' or its passcode is wrong." },
        { "a wrong passcode", "", Number("234567890123", "\"Word\""), "400 8561", "'meetingInfo.joinMeetingId' or its passcode is wrong." },
        { "no passcode", "", Number("234567890123", "null"), "400 8561", "'meetingInfo.joinMeetingId' or its passcode is wrong." },
        { "no token", "", Token("x"), "400 8526", "'meetingInfo.token' is no token of a conversation, or is no longer good." },
        { "a token of nothing", "", Token(new string('A', 32)), "400 8526", "'meetingInfo.token' is no token of a conversation, or is no longer good." },
        { "a long token", "", Token(new string('A', 3000)), "400 8526", "'meetingInfo.token' is no token of a conversation, or is no longer good." },
        { "cancelled", ",\"cancelled\":true", Organizer(Thread), "400 8528", "The meeting of 'meetingInfo' was cancelled." },
        { "cancelled, by its number", ",\"cancelled\":true", Number("234567890123", "\"word\""), "400 8528", "The meeting of 'meetingInfo' was cancelled." },
        { "over", ",\"end\":\"2026-01-01T12:00:00Z\"", Organizer(Thread), "400 8528", "The meeting of 'meetingInfo' is over." },
        { "of another tenant", ",\"tenantId\":\"another\"", Organizer(Thread), "404 8527", "No meeting is at 'chatInfo.threadId' with that organizer." },
    };

    /// <summary>What is wrong, whom it invites or what it asks, and the answer.</summary>
    public static TheoryData<string, string, string> BadInvites => new()
    {
        { """{"participants":[]}""", "400 8523", "'participants' is missing." },
        { "{}", "400 8523", "'participants' is missing." },
        { "", "400 8523", "The body is empty." },
        { """{"participants":[{"identity":{}}]}""", "400 8523", "'participants[0].identity' must name a user, a phone, an application or an applicationInstance." },
        { """{"participants":[null]}""", "400 8523", "'participants[0]' must not be null." },
        { Inviting(People.Ada.Target), "400 8523", "'participants' names someone who is in the call already, or is being called into it." },
        { Inviting(People.Ben.Target), "400 8523", "'participants' names someone who is in the call already, or is being called into it." },
        { Inviting(People.Application("bbbbbbbb-0000-4000-8000-000000000001")), "400 8523", "That is the call's own application: a bot neither calls nor removes itself. It leaves by deleting its call." },
        { Inviting(People.Cem.Target, People.Cem.Target), "400 8523", "'participants[1].identity' is named twice." },
        { Inviting([.. "abcdef".Select(one => People.User(one.ToString()))]), "400 8523", "'participants' names 6: 5 at most can be called at once." },
        { Inviting(Replacing("a"), Replacing("b")), "400 8523", "'participants' must name one participant alone where replacesCallId is given." },
        { """{"participants":[{"replacesCallId":"none","identity":{"user":{"id":"a"} } }]}""", "400 8523", "'participants[0].replacesCallId' is no id of a call." },
        { Inviting("""{"identity":{"phone":{"id":"+14255550123"} } }"""), "400 8523", "The body names a number: only a call of a resource account (source.identity.applicationInstance) can call one." },
        { $$"""{"participants":[{{People.Cem.Target}}],"clientContext":"{{new string('x', 257)}}"}""", "400 8523", "'clientContext' is longer than 256 characters." },
    };

    [Theory]
    [MemberData(nameof(BadJoins))]
    public async Task A_meeting_that_cannot_be_joined_is_said_and_no_call_is_created(string what, string meeting, string join, string outcome, string message)
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        await server.Meeting(members: string.Concat(Meeting.AsSpan(0, Meeting.Length - 1), meeting, "}"));

        var answer = await bot.Http.Ask("POST", "/v1.0/communications/calls", $$"""
            {"callbackUri":"{{bot.Callback}}","mediaConfig":{"@odata.type":"#microsoft.graph.serviceHostedMediaConfig"},{{join}}}
            """);

        Assert.Equal((what, outcome), (what, answer.Outcome));
        Assert.StartsWith(message, answer.Message, StringComparison.Ordinal);
        await server.Settle();
        Assert.Empty(bot.All);
        Assert.Equal("[]", await server.Http.GetStringAsync("/control/calls"));
        Assert.Equal("[]", await server.Http.GetStringAsync("/control/conversations"));
    }

    [Theory]
    [MemberData(nameof(BadInvites))]
    public async Task An_invitation_that_makes_no_sense_is_refused_and_nobody_is_called(string body, string outcome, string message)
    {
        await using var server = await People.Server();
        await People.Ben.Register(server, """[{"do":"ring"}]""");
        await using var bot = await server.Bot();
        var call = await InMeeting(server, bot);
        await bot.Invite(call, People.Ben.Target); // and rings
        await server.Settle();
        var before = await State(server, call);

        var answer = await bot.Http.Ask("POST", $"{People.Path(call)}/participants/invite", body);

        Assert.Equal((outcome, message), (answer.Outcome, answer.Message));
        await server.Settle();
        Assert.Equal(before, await State(server, call));
    }

    [Theory]
    [InlineData("DELETE", "{self}", "", "400 8523")]
    [InlineData("DELETE", "{nobody}", "", "404 8558")]
    [InlineData("DELETE", "no id at all", "", "404 8558")]
    [InlineData("GET", "{nobody}", "", "404 8558")]
    [InlineData("GET", "no id at all", "", "404 8558")]
    [InlineData("POST", "{nobody}", "mute", "404 8558")]
    [InlineData("POST", "no id at all", "mute", "404 8558")]
    [InlineData("POST", "{nobody}", "admitFromLobby", "404 8558")]
    [InlineData("POST", "{nobody}", "removeFromLobby", "404 8558")]
    [InlineData("POST", "{ada}", "admitFromLobby", "409 8519")]
    [InlineData("POST", "{ada}", "removeFromLobby", "409 8519")]
    public async Task What_is_asked_of_the_wrong_participant_is_refused(string method, string participant, string action, string outcome)
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var call = await InMeeting(server, bot);
        var path = participant
            .Replace("{self}", await bot.Participant(call, "Bot"), StringComparison.Ordinal)
            .Replace("{ada}", await bot.Participant(call, "Ada"), StringComparison.Ordinal)
            .Replace("{nobody}", "01234567-89ab-4cde-8f01-23456789abcd", StringComparison.Ordinal);
        var before = await State(server, call);

        var answer = await bot.Http.Ask(method, $"{People.Path(call, "beta")}/participants/{Uri.EscapeDataString(path)}/{action}".TrimEnd('/'), method == "POST" ? "{}" : null);

        Assert.Equal(outcome, answer.Outcome);
        await server.Settle();
        Assert.Equal(before, await State(server, call));
    }

    [Fact]
    public async Task Someone_who_has_left_is_removed_no_more()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var call = await InMeeting(server, bot);
        var path = $"{People.Path(call)}/participants/{await bot.Participant(call, "Ada")}";

        Assert.Equal("204", (await bot.Http.Ask("DELETE", path)).Outcome);
        Assert.Equal("404 8558", (await bot.Http.Ask("DELETE", path)).Outcome);
        Assert.Equal("404 8558", (await bot.Http.Ask("GET", path)).Outcome);
    }

    [Fact]
    public async Task What_groups_have_a_peer_to_peer_call_has_not()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var call = (await bot.Place(People.Ada.Id)).Id!;
        Assert.Equal("400 8501", (await bot.Invite(call, People.Ben.Target)).Outcome);
        await server.Advance(TimeSpan.FromSeconds(1));
        var ada = await bot.Participant(call, "Ada");
        var before = await State(server, call);
        var participants = $"{People.Path(call, "beta")}/participants";

        Assert.Equal("400 8548", (await bot.Invite(call, People.Ben.Target, People.Cem.Target)).Outcome);
        Assert.Equal("400 8548", (await bot.Http.Ask("DELETE", $"{participants}/{ada}")).Outcome);
        foreach (var action in new[] { $"{ada}/mute", $"{ada}/admitFromLobby", $"{ada}/removeFromLobby", "admitAllFromLobby" })
        {
            Assert.Equal("400 8548", (await bot.Http.Ask("POST", $"{participants}/{action}", "{}")).Outcome);
        }

        await server.Settle();
        Assert.Equal(before, await State(server, call));
    }

    [Theory]
    [InlineData("participants/invite")]
    [InlineData("participants/{ada}/mute")]
    [InlineData("participants/{ada}/admitFromLobby")]
    [InlineData("participants/{ada}/removeFromLobby")]
    [InlineData("participants/admitAllFromLobby")]
    public async Task A_client_context_has_256_characters_at_most(string action)
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var call = await InMeeting(server, bot);
        var path = $"{People.Path(call, "beta")}/{action.Replace("{ada}", await bot.Participant(call, "Ada"), StringComparison.Ordinal)}";

        var (longest, tooLong) = (await Ask(256), await Ask(257));

        Assert.NotEqual("400 8523", longest.Outcome);
        Assert.Equal(("400 8523", "'clientContext' is longer than 256 characters."), (tooLong.Outcome, tooLong.Message));

        Task<GraphAnswer> Ask(int length) => bot.Http.Ask("POST", path, $$"""{"participants":[{{People.Ben.Target}}],"clientContext":"{{new string('x', length)}}"}""");
    }

    [Fact]
    public async Task An_operation_that_was_never_started_or_is_anothers_is_not_found()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        await using var second = await server.SecondBot();
        var call = await InMeeting(server, bot);
        var anothers = await second.Join(Thread);
        var operation = (string)(await second.Invite(anothers, People.Ben.Target)).Body["id"]!;

        Assert.Equal("404 8522", (await bot.Http.Ask("GET", $"{People.Path(call)}/operations/01234567-89ab-4cde-8f01-23456789abcd")).Outcome);
        Assert.Equal("404 8522", (await bot.Http.Ask("GET", $"{People.Path(call)}/operations/x")).Outcome);
        Assert.Equal("404 8522", (await bot.Http.Ask("GET", $"{People.Path(call)}/operations/{operation}")).Outcome);
        Assert.Equal("404 8522", (await bot.Http.Ask("GET", $"{People.Path(anothers)}/operations/{operation}")).Outcome);
        Assert.Equal("[]", (await bot.Http.Ask("GET", $"{People.Path(call)}/operations")).Body["value"]!.ToJsonString());
    }

    private static async Task<string> InMeeting(TestServer server, TestBot bot)
    {
        var call = await bot.Join(await server.Meeting(members: Meeting));
        await server.Join("weekly", People.Ada);
        return call;
    }

    // All that happened, and who is there.
    private static async Task<string> State(TestServer server, string call)
    {
        var shown = (await server.Http.Ask("GET", $"/control/calls/{call}")).Body;
        return $"{await server.Members(call)} after {shown["events"]!.AsArray().Count} events, {shown["deliveries"]!.AsArray().Count} attempts";
    }

    private static string Inviting(params string[] targets) => $$"""{"participants":[{{string.Join(',', targets)}}]}""";

    private static string Replacing(string user) =>
        $$$"""{"replacesCallId":"{{{Hookswitch.Calling.CallId.From(Guid.Empty)}}}","identity":{"user":{"id":"{{{user}}}"} } }""";

    private static string Organizer(string thread, string message = "0", string? organizer = null) => $$$"""
        "chatInfo":{"threadId":"{{{thread}}}","messageId":"{{{message}}}"},
        "meetingInfo":{"@odata.type":"#microsoft.graph.organizerMeetingInfo","organizer":{"user":{"id":"{{{organizer ?? TestBot.Organizer}}}"} } }
        """;

    private static string Number(string number, string passcode) =>
        $$"""
        "meetingInfo":{"@odata.type":"#microsoft.graph.joinMeetingIdMeetingInfo","joinMeetingId":"{{number}}","passcode":{{passcode}}}
        """;

    private static string Token(string token) =>
        $$"""
        "meetingInfo":{"@odata.type":"#microsoft.graph.tokenMeetingInfo","token":"{{token}}"}
        """;
}
