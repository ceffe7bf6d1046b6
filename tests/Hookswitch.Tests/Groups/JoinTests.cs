using System.Text.Json.Nodes;
using Hookswitch.Identity;
using Hookswitch.Tests.Harness;
using Hookswitch.Tests.Identity;
using Microsoft.Graph.Models;

namespace Hookswitch.Tests.Groups;

/// <summary>A bot joins a meeting, in all the forms that Graph has. Graph, Create call: examples 5 to 8.</summary>
public sealed class JoinTests
{
    private const string Elsewhere = "ffffffff-0000-4000-8000-000000000001";

    [Fact]
    public async Task A_meeting_that_was_removed_is_unknown_once_everyone_has_left()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var thread = await server.Meeting();
        var call = await bot.Join(thread);
        var meeting = (string)JsonNode.Parse(await server.Http.GetStringAsync("/control/meetings"))![0]!["id"]!;
        Assert.Equal(204, (await server.Http.Ask("DELETE", $"/control/meetings/{meeting}")).Status);
        Assert.Equal(204, (await bot.Http.Ask("DELETE", People.Path(call))).Status);

        var error = await Assert.ThrowsAsync<Microsoft.Graph.Models.ODataErrors.ODataError>(() => bot.Join(thread));

        Assert.Equal((404, "8527"), (error.ResponseStatusCode, error.Error!.Code));
    }

    [Fact]
    public async Task A_bot_creates_a_meeting_and_joins_it_by_what_it_got_in_each_form()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        await using var second = await server.SecondBot();
        var meeting = (await bot.Graph.Users[TestBot.Organizer].OnlineMeetings.PostAsync(new OnlineMeeting
        {
            Subject = "Weekly",
            StartDateTime = TestServer.Noon,
            EndDateTime = TestServer.Noon.AddHours(1),
            JoinMeetingIdSettings = new() { IsPasscodeRequired = true },
        }))!;

        var byThread = await bot.Join(meeting.ChatInfo!.ThreadId!);
        await server.Settle();
        var token = Token(bot);
        var byToken = await Create(bot, call => call.MeetingInfo = new TokenMeetingInfo { Token = token });
        var byTokenOfAnother = await Create(second, call => call.MeetingInfo = new TokenMeetingInfo { Token = token });
        var byNumber = await Create(second, call => call.MeetingInfo = new JoinMeetingIdMeetingInfo
        {
            JoinMeetingId = meeting.JoinMeetingIdSettings!.JoinMeetingId,
            Passcode = meeting.JoinMeetingIdSettings.Passcode,
        });
        await server.Settle();

        Assert.Equal("Bot, Bot, Second, Second", await server.Members(byThread));
        Assert.All([byToken, byTokenOfAnother, byNumber], call => Assert.Equal(
            (meeting.ChatInfo.ThreadId, "0", CallState.Establishing), (call.ChatInfo!.ThreadId, call.ChatInfo.MessageId, call.State)));
        Assert.Equal("[Bot, Bot, Second, Second]", bot.All[^1].Participants.Names());
        Assert.Empty(byToken.Targets!);
    }

    /// <summary>Graph, joinMeetingIdMeetingInfo: the passcode may be null.</summary>
    [Fact]
    public async Task A_meeting_without_a_passcode_is_joined_by_its_number_alone()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        await server.Meeting(members: """{"joinMeetingId":"234567890123"}""");

        var answer = await bot.Http.Ask("POST", "/v1.0/communications/calls", $$"""
            {"callbackUri":"{{bot.Callback}}","tenantId":"{{TestBot.Tenant}}","mediaConfig":{"@odata.type":"#microsoft.graph.serviceHostedMediaConfig"},
             "meetingInfo":{"@odata.type":"#microsoft.graph.joinMeetingIdMeetingInfo","joinMeetingId":"234 567 890 123","passcode":null} }
            """);

        Assert.Equal((201, "234 567 890 123"), (answer.Status, (string?)answer.Body["meetingInfo"]!["joinMeetingId"]));
    }

    [Fact]
    public async Task What_a_bot_hears_when_it_joins_and_people_come_and_go()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var thread = await server.Meeting();

        await bot.Join(thread);
        await server.Settle();
        await server.Join("weekly", People.Ada);
        await server.Join(thread, People.Ben);
        await server.Does(People.Ada, "hangUp");
        await server.Does(People.Ben, "hangUp");
        await server.Advance(TimeSpan.FromMinutes(5));

        Snapshot.Match(bot.Story());
    }

    [Fact]
    public async Task The_same_application_is_in_one_meeting_twice_and_each_call_ends_by_itself()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var thread = await server.Meeting();
        var (first, second) = (await bot.Join(thread), await bot.Join(thread));
        await server.Join("weekly", People.Ada);

        await bot.Http.Ask("DELETE", People.Path(first));
        await server.Settle();

        Assert.NotEqual(first, second);
        Assert.EndsWith("deleted terminated 200/7000\n", bot.Story(first), StringComparison.Ordinal);
        Assert.EndsWith("updated participants [Bot, Ada]\n", bot.Story(second), StringComparison.Ordinal);
        Assert.Equal(200, (await bot.Http.Ask("GET", People.Path(second))).Status);
    }

    [Fact]
    public async Task After_everyone_left_a_meeting_begins_afresh_and_its_old_token_leads_there_too()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var thread = await server.Meeting();
        var first = await bot.Join(thread);
        await server.Settle();
        var token = Token(bot);
        await bot.Http.Ask("DELETE", People.Path(first));
        await server.Settle();

        var second = await bot.Join(thread);
        var third = await Create(bot, call => call.MeetingInfo = new TokenMeetingInfo { Token = token });
        await server.Settle();

        Assert.Equal(("over", "Bot, Bot"), (await server.Members(first), await server.Members(second)));
        Assert.Equal("Bot, Bot", await server.Members(third.Id!));
    }

    [Fact]
    public async Task A_token_is_good_for_24_hours_and_in_its_tenant()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        await bot.Join(await server.Meeting());
        await server.Settle();
        var body = $$"""
            {"callbackUri":"{{bot.Callback}}","mediaConfig":{"@odata.type":"#microsoft.graph.serviceHostedMediaConfig"},
             "meetingInfo":{"@odata.type":"#microsoft.graph.tokenMeetingInfo","token":"{{Token(bot)}}"} }
            """;

        await server.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(201, (await bot.Http.Ask("POST", "/v1.0/communications/calls", body)).Status);
        var elsewhere = new TokenForge(server).Token(token =>
            (token.Issuer, token.Claims["tid"], token.Claims["roles"]) = (Clouds.Global.IssuerOf(Elsewhere), Elsewhere, new[] { "Calls.JoinGroupCall.All" }));
        Assert.Equal("400 8526", (await server.Http.Ask("POST", "/v1.0/communications/calls", body, elsewhere)).Outcome);
        await server.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("400 8526", (await bot.Http.Ask("POST", "/v1.0/communications/calls", body)).Outcome);
    }

    /// <summary>A fresh, empty conversation: nobody can come into it whom the bot could have meant.</summary>
    [Fact]
    public async Task The_thread_of_a_group_call_that_is_over_leads_to_nobody()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var group = await bot.CallGroup([People.Ada.Id, People.Ben.Id]);
        await server.Advance(TimeSpan.FromSeconds(1));
        var thread = (string)(await bot.Http.Ask("GET", People.Path(group))).Body["chatInfo"]!["threadId"]!;
        await using var second = await server.SecondBot();
        var living = await second.Join(thread);
        await server.Settle();
        Assert.Equal("Bot, Ada, Ben, Second", await server.Members(living));
        await server.Http.Ask("POST", $"/control/conversations/{group}/end");

        await bot.Join(thread);
        await server.Settle();

        Assert.Equal("updated establishing\ndeleted terminated 200/5012\n", bot.Story(bot.All.Count - 2));
    }

    [Fact]
    public async Task A_bot_that_may_not_be_without_a_host_goes_when_the_last_one_leaves()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        await using var second = await server.SecondBot();
        var thread = await server.Meeting();
        await server.Join("weekly", People.Ada);
        await bot.Join(thread, call => call.MeetingInfo!.AdditionalData["allowConversationWithoutHost"] = false);
        await second.Join(thread);
        await server.JoinAsGuest("weekly", "Visitor");

        await server.Does(People.Ada, "hangUp");

        Assert.Equal("200/5014", bot.All[^1].Reason);
        Assert.Equal("[Second, Visitor]", second.All[^1].Participants.Names());
    }

    [Fact]
    public async Task Ten_bots_that_join_at_once_are_in_one_conversation()
    {
        await using var server = await People.Server();
        var thread = await server.Meeting();
        var bots = new List<TestBot>();
        for (var i = 0; i < 10; i++)
        {
            bots.Add(await server.Bot($"Bot {i}", $"bbbbbbbb-0000-4000-8000-0000000000{i}0"));
        }

        var calls = await Task.WhenAll(bots.Select(bot => bot.Join(thread)));
        await server.Settle();

        var conversations = JsonNode.Parse(await server.Http.GetStringAsync("/control/conversations"))!.AsArray();
        Assert.Equal(10, Assert.Single(conversations)!["participants"]!.AsArray().Count);
        Assert.Equal(10, calls.Distinct().Count());
        Assert.All(bots, bot => Assert.Equal(10, bot.All[^1].Participants.Count));
        foreach (var bot in bots)
        {
            await bot.DisposeAsync();
        }
    }

    private static string Token(TestBot bot) =>
        (string)bot.All.First(one => one.Summary == "updated established").Call["meetingInfo"]!["token"]!;

    private static async Task<Call> Create(TestBot bot, Action<Call> change)
    {
        var call = new Call
        {
            CallbackUri = bot.Callback,
            RequestedModalities = [Modality.Audio],
            MediaConfig = new ServiceHostedMediaConfig(),
            TenantId = TestBot.Tenant,
        };
        change(call);
        return (await bot.Graph.Communications.Calls.PostAsync(call))!;
    }
}
