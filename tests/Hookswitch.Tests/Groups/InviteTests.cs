using System.Text.Json.Nodes;
using Hookswitch.Calling;
using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Groups;

/// <summary>A bot calls others into its call. Graph, participant: invite.</summary>
public sealed class InviteTests
{
    private const string Instance = "dddddddd-0000-4000-8000-000000000001";
    private const string Number = "+14255550123";

    [Fact]
    public async Task One_is_invited_and_comes()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var call = await bot.Join(await server.Meeting());
        await server.Settle();
        var told = bot.All.Count;

        var answer = await bot.Invite(call, People.Ada.Target);
        var location = answer.Headers.Location!;
        var running = await bot.Http.Ask("GET", location.PathAndQuery);
        await server.Advance(TimeSpan.FromSeconds(1));
        var completed = await bot.Http.Ask("GET", location.PathAndQuery);

        Assert.Equal((200, "running", "for the minutes"), (answer.Status, (string?)answer.Body["status"], (string?)answer.Body["clientContext"]));
        Assert.Equal("#microsoft.graph.inviteParticipantsOperation", (string?)answer.Body["@odata.type"]);
        Assert.Equal($"{server.Address}v1.0{People.Path(call)["/v1.0".Length..]}/operations/{answer.Body["id"]}", location.ToString());
        Assert.Equal(("running", "completed"), ((string?)running.Body["status"], (string?)completed.Body["status"]));
        Assert.Equal("deleted inviteParticipantsOperation 200/0\nupdated participants [Bot, Ada]\n", bot.Story(told));
        Assert.Equal(location.PathAndQuery["/v1.0".Length..], (string?)bot.All[told].Item["resourceUrl"]);
        Snapshot.Match(Plain(bot.All[told].Item, call, answer));
    }

    [Fact]
    public async Task Several_are_invited_and_the_operation_tells_of_each_who_did_not_come_why()
    {
        await using var server = await People.Server();
        await People.Ada.Register(server, """[{"do":"ring"},{"do":"decline","after":"PT1S"}]""");
        await People.Ben.Register(server, """[{"do":"ring"}]""");
        await server.Put("/control/users/nobody", new { phones = Array.Empty<object>() });
        await using var bot = await server.Bot();
        var call = await bot.Join(await server.Meeting());
        await server.Settle();
        var told = bot.All.Count;

        var answer = await bot.Invite(call, People.Ada.Target, People.Ben.Target, People.Cem.Target, People.User("nobody"));
        await server.Advance(TimeSpan.FromSeconds(24.999));
        Assert.Equal("updated participants [Bot, Cem]\n", bot.Story(told));
        await server.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal("running", (string?)answer.Body["status"]);
        var operation = bot.All[^1].Operation!;
        Assert.Equal("updated participants [Bot, Cem]\ndeleted inviteParticipantsOperation 487/10024\n", bot.Story(told));
        Assert.Equal("failed", (string?)operation["status"]);
        Assert.Equal(
            $"addParticipants failed for participant 8:orgid:{People.Ada.Id}. Underlying reason: {EndReasons.Declined.Message} "
            + $"addParticipants failed for participant 8:orgid:{People.Ben.Id}. Underlying reason: {EndReasons.NotAnswered.Message} "
            + $"addParticipants failed for participant 8:orgid:nobody. Underlying reason: {EndReasons.NoEndpoints.Message}",
            (string?)operation["resultInfo"]!["message"]);
        Assert.Equal("Bot, Cem", await server.Members(call));
    }

    /// <summary>Graph, commsOperation: what was finished in the response is not notified again.</summary>
    [Fact]
    public async Task An_invite_that_fails_at_once_has_failed_in_the_response_and_is_not_told_again()
    {
        await using var server = await People.Server();
        await server.Put("/control/users/nobody", new { phones = Array.Empty<object>() });
        await using var bot = await server.Bot();
        var call = await bot.Join(await server.Meeting());
        await server.Settle();
        var told = bot.All.Count;

        var answer = await bot.Invite(call, People.User("nobody"));
        await server.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal((200, "failed", 10037), (answer.Status, (string?)answer.Body["status"], (int)answer.Body["resultInfo"]!["subcode"]!));
        Assert.Equal("", bot.Story(told));
        Assert.Equal("failed", (string?)(await bot.Http.Ask("GET", answer.Headers.Location!.PathAndQuery)).Body["status"]);
    }

    [Fact]
    public async Task A_number_is_invited_from_a_call_of_a_resource_account()
    {
        await using var server = await People.Server();
        await server.Put($"/control/numbers/{Number}", new { displayName = "Landline" });
        await using var bot = await server.Bot();
        var thread = await server.Meeting();
        var plain = await bot.Join(thread);
        var call = await bot.Join(thread, one => one.Source = new() { Identity = new() { AdditionalData = { ["applicationInstance"] = new Microsoft.Graph.Models.Identity { Id = Instance } } } });
        await server.Settle();
        var target = $$$"""{"identity":{"phone":{"id":"{{{Number}}}"} } }""";

        var refused = await bot.Invite(plain, target);
        var answer = await bot.Invite(call, target);
        await server.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(("400 8523", "The body names a number: only a call of a resource account (source.identity.applicationInstance) can call one."), (refused.Outcome, refused.Message));
        Assert.Equal("running", (string?)answer.Body["status"]);
        Assert.Contains("deleted inviteParticipantsOperation 200/0\n", bot.Story(call), StringComparison.Ordinal);
        var phone = (await bot.Roster(call))[^1]!["info"]!["identity"]!["phone"]!;
        Assert.Equal((Number, "Landline"), ((string?)phone["id"], (string?)phone["displayName"]));
    }

    [Fact]
    public async Task A_hidden_invitee_is_in_the_call_and_in_no_roster()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var call = await bot.Join(await server.Meeting());
        await server.Join("weekly", People.Ben);
        var told = bot.All.Count;

        await bot.Invite(call, People.Ada.Target.Replace("{\"identity\"", "{\"hidden\":true,\"identity\"", StringComparison.Ordinal));
        await server.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("deleted inviteParticipantsOperation 200/0\n", bot.Story(told));
        Assert.Equal("[Bot, Ben]", (await bot.Roster(call)).Names());
        Assert.Equal("Bot, Ben, Ada hidden", await server.Members(call));
    }

    [Fact]
    public async Task An_application_is_invited_and_is_told_where_it_is_called_to()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        await using var second = await server.SecondBot();
        var thread = await server.Meeting();
        var call = await bot.Join(thread);

        await bot.Invite(call, People.Application(second.Application));
        await server.Settle();
        var incoming = second.All[0];
        Assert.Equal(202, (await second.Http.Ask("POST", $"{People.Path(incoming.CallId)}/answer", TestBot.AnswerBody)).Status);
        await server.Settle();

        Assert.Equal("created incoming", incoming.Summary);
        Assert.Equal(thread, (string?)incoming.Call["chatInfo"]!["threadId"]);
        Assert.NotNull((string?)incoming.Call["meetingInfo"]!["token"]);
        Assert.Equal(bot.Application, (string?)incoming.Call["source"]!["identity"]!["application"]!["id"]);
        Assert.Equal("created incoming\nupdated establishing\nupdated established\nupdated established media active\nupdated participants [Bot, Second]\n", second.Story());
        Assert.Equal("deleted inviteParticipantsOperation 200/0\nupdated participants [Bot, Second]\n", bot.Story(bot.All.Count - 2));
    }

    [Fact]
    public async Task An_application_that_rejects_an_invitation_or_does_not_answer_makes_it_fail()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        await using var second = await server.SecondBot();
        var call = await bot.Join(await server.Meeting());

        await bot.Invite(call, People.Application(second.Application));
        await server.Settle();
        await second.Http.Ask("POST", $"{People.Path(second.All[0].CallId)}/reject", "{}");
        await server.Settle();
        Assert.Equal("487/10024", bot.All[^1].Reason);

        await bot.Invite(call, People.Application(second.Application));
        await server.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal("487/10004", bot.All[^1].Reason);
        Assert.Equal("Bot", await server.Members(call));
    }

    /// <summary>Graph, participant: invite. The same call goes on as a group call.</summary>
    [Fact]
    public async Task A_peer_to_peer_call_into_which_someone_is_invited_becomes_a_group_call_in_place()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var call = (await bot.Place(People.Ada.Id)).Id!;
        await server.Advance(TimeSpan.FromSeconds(1));
        var told = bot.All.Count;
        Assert.Null((await bot.Http.Ask("GET", People.Path(call))).Body["chatInfo"]);

        await bot.Invite(call, People.Ben.Target);
        await server.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(
            "updated established\nupdated participants [Bot, Ada]\ndeleted inviteParticipantsOperation 200/0\nupdated participants [Bot, Ada, Ben]\n",
            bot.Story(told));
        var widened = bot.All[told].Call;
        Assert.Matches("^19:[0-9a-f]{32}@thread.v2$", (string?)widened["chatInfo"]!["threadId"]);
        Assert.Equal("#microsoft.graph.tokenMeetingInfo", (string?)widened["meetingInfo"]!["@odata.type"]);

        Assert.Equal(204, (await bot.Http.Ask("DELETE", People.Path(call))).Status);
        await server.Settle();
        Assert.Equal("200/7000", bot.All[^1].Reason);
        Assert.Equal("Ada, Ben", await server.Members(call));
    }

    [Fact]
    public async Task A_peer_to_peer_call_whose_invitee_declines_is_a_group_call_all_the_same()
    {
        await using var server = await People.Server();
        await People.Ben.Register(server, """[{"do":"decline"}]""");
        await using var bot = await server.Bot();
        var call = (await bot.Place(People.Ada.Id)).Id!;
        await server.Advance(TimeSpan.FromSeconds(1));

        await bot.Invite(call, People.Ben.Target);
        await server.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("487/10024", bot.All[^1].Reason);
        Assert.Equal("Bot, Ada", await server.Members(call));

        await server.Does(People.Ada, "hangUp");
        Assert.Equal("200/5010", bot.All[^1].Reason);
    }

    /// <summary>Graph, participant: invite with replacesCallId. The replaced peer-to-peer call is terminated.</summary>
    [Fact]
    public async Task A_person_comes_over_from_the_call_that_is_replaced()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var replaced = (await bot.Place(People.Ada.Id)).Id!;
        await server.Advance(TimeSpan.FromSeconds(1));
        var call = await bot.Join(await server.Meeting());
        await server.Join("weekly", People.Ben);

        var answer = await bot.Invite(call, Replacing(People.Ada, replaced));
        await server.Settle();

        Assert.Equal("running", (string?)answer.Body["status"]);
        Assert.Equal("200/18503", bot.All.Last(one => one.CallId == replaced).Reason);
        Assert.EndsWith("deleted inviteParticipantsOperation 200/0\nupdated participants [Bot, Ben, Ada]\n", bot.Story(call), StringComparison.Ordinal);
        Assert.Equal("Bot, Ben, Ada", await server.Members(call));
        Assert.Equal("over", await server.Members(replaced));
        Assert.Equal("404 8522", (await bot.Http.Ask("GET", People.Path(replaced))).Outcome);

        await server.Does(People.Ada, "hangUp");
        Assert.Equal("Bot, Ben", await server.Members(call));
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("another application's")]
    [InlineData("a group call")]
    [InlineData("over")]
    public async Task A_call_that_cannot_be_replaced_makes_the_invitation_fail_and_changes_nothing(string which)
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        await using var second = await server.SecondBot();
        var call = await bot.Join(await server.Meeting());
        var replaced = which switch
        {
            "another application's" => (await second.Place(People.Ada.Id)).Id!,
            "a group call" => await bot.CallGroup([People.Ada.Id, People.Ben.Id]),
            _ => (await bot.Place(People.Ada.Id)).Id!,
        };
        await server.Advance(TimeSpan.FromSeconds(1));
        if (which == "over")
        {
            await server.Does(People.Ada, "hangUp");
        }

        var members = await server.Members(replaced);
        await bot.Invite(call, Replacing(People.Ada, which == "unknown" ? CallId.From(Guid.Empty).ToString() : replaced));
        await server.Settle();

        Assert.Equal(("deleted inviteParticipantsOperation", "404/10202"), (bot.All[^1].Summary, bot.All[^1].Reason));
        Assert.Equal(members, await server.Members(replaced));
        Assert.Equal("Bot", await server.Members(call));
    }

    [Fact]
    public async Task A_call_that_no_server_has_given_out_makes_the_invitation_fail_in_the_answer()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var call = await bot.Join(await server.Meeting());

        var answer = await bot.Invite(call, Replacing(People.Ada, "01234567-89ab-4cde-8f01-23456789abcd"));

        Assert.Equal(("failed", 10202), ((string?)answer.Body["status"], (int?)answer.Body["resultInfo"]!["subcode"]));
        Assert.Equal("Bot", await server.Members(call));
    }

    [Fact]
    public async Task An_invitation_is_taken_back_and_the_phone_no_longer_rings()
    {
        await using var server = await People.Server();
        await People.Ada.Register(server, """[{"do":"ring"}]""");
        await using var bot = await server.Bot();
        var call = await bot.Join(await server.Meeting());
        var invited = (string)(await bot.Invite(call, People.Ada.Target)).Body["participants"]![0]!["participantId"]!;

        Assert.Equal(204, (await bot.Http.Ask("DELETE", $"{People.Path(call)}/participants/{invited}")).Status);
        await server.Settle();

        Assert.Equal(("deleted inviteParticipantsOperation", "200/5300"), (bot.All[^1].Summary, bot.All[^1].Reason));
        using var late = await server.Phone(People.Ada.Id, "answer");
        Assert.Equal(409, (int)late.StatusCode);
        Assert.Equal("Bot", await server.Members(call));
    }

    [Fact]
    public async Task The_operations_of_a_call_are_listed()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var call = await bot.Join(await server.Meeting());
        await bot.Invite(call, People.Ada.Target);
        await bot.Invite(call, People.Ben.Target);

        var listed = (await bot.Http.Ask("GET", $"{People.Path(call)}/operations")).Body;

        Assert.Equal(["running", "running"], listed["value"]!.AsArray().Select(one => (string?)one!["status"]));
        Assert.Equal($"{server.Address}v1.0/$metadata#communications/calls('{call}')/operations", (string?)listed["@odata.context"]);
    }

    private static string Replacing(Person person, string call) =>
        $$$"""{"replacesCallId":"{{{call}}}","identity":{"user":{"id":"{{{person.Id}}}"} } }""";

    private static string Plain(JsonObject item, string call, GraphAnswer answer) => Hookswitch.Cli.ReadableJson.Of(item.ToJsonString())
        .Replace(call, "{call}", StringComparison.Ordinal)
        .Replace((string)answer.Body["id"]!, "{operation}", StringComparison.Ordinal)
        .Replace((string)answer.Body["participants"]![0]!["participantId"]!, "{participant}", StringComparison.Ordinal) + "\n";
}
