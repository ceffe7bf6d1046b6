using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Groups;

/// <summary>Who has to wait before they are let in, and what they see and may do meanwhile.</summary>
public sealed class LobbyTests
{
    private const string ForOrganizers = """{"lobby":"organizer"}""";

    [Fact]
    public async Task A_bot_in_the_lobby_sees_itself_alone_until_a_person_admits_it()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var thread = await server.Meeting(members: ForOrganizers);
        await server.Join("weekly", People.Olga);
        var call = await bot.Join(thread);
        await server.Settle();
        var told = bot.All.Count;
        var alone = Assert.Single(await bot.Roster(call))!;

        await server.Does(People.Olga, "admit");

        Assert.Equal((true, bot.Application), ((bool)alone["isInLobby"]!, (string?)alone["info"]!["identity"]!["application"]!["id"]));
        Assert.Equal(3, told);
        Assert.Equal(
            "updated establishing\nupdated established\nupdated participants [Bot in the lobby]\nupdated established media active\nupdated participants [Olga, Bot]\n",
            bot.Story());
        Assert.Equal("[Olga, Bot]", (await bot.Roster(call)).Names());
    }

    [Fact]
    public async Task Nothing_is_done_to_others_from_the_lobby()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var thread = await server.Meeting(members: """{"lobby":"organizer","attendees":[{"guest":"Gina"}]}""");
        var call = await bot.Join(thread);
        await server.Settle();
        var gina = (await server.Http.Ask("GET", $"/control/conversations/{call}")).Body["participants"]![0]!["participant"];
        var told = bot.All.Count;
        var participants = $"{People.Path(call, "beta")}/participants";

        Assert.Equal("409 8519", (await bot.Invite(call, People.Ada.Target)).Outcome);
        Assert.Equal("409 8519", (await bot.Http.Ask("DELETE", $"{participants}/{gina}")).Outcome);
        foreach (var action in new[] { $"{gina}/mute", $"{gina}/admitFromLobby", $"{gina}/removeFromLobby", "admitAllFromLobby" })
        {
            Assert.Equal("409 8519", (await bot.Http.Ask("POST", $"{participants}/{action}", "{}")).Outcome);
        }

        Assert.Equal("404 8558", (await bot.Http.Ask("GET", $"{participants}/{gina}")).Outcome);
        await server.Settle();
        Assert.Equal("", bot.Story(told));
        Assert.Equal("Gina, Bot in the lobby", await server.Members(call));
    }

    [Fact]
    public async Task A_bot_admits_one_who_waits_then_all_and_refuses_one()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var thread = await server.Meeting(members: """{"lobby":"organization"}""");
        var call = await bot.Join(thread);
        foreach (var name in new[] { "Gina", "Gus", "Gwen", "Gil" })
        {
            await server.JoinAsGuest("weekly", name);
        }

        Assert.Equal("[Bot, Gina in the lobby, Gus in the lobby, Gwen in the lobby, Gil in the lobby]", bot.All[^1].Participants.Names());
        var told = bot.All.Count;
        var admitted = await Act("Gus", "admitFromLobby");
        var removed = await Act("Gwen", "removeFromLobby");
        var all = await bot.Http.Ask("POST", $"{People.Path(call, "beta")}/participants/admitAllFromLobby", """{"clientContext":"all"}""");
        await server.Settle();

        Assert.Equal(("200", "#microsoft.graph.admitFromLobbyOperation", "completed"), Operation(admitted));
        Assert.Equal(("200", "#microsoft.graph.removeFromLobbyOperation", "completed"), Operation(removed));
        Assert.Equal(("200", "#microsoft.graph.admitAllFromLobbyOperation", "completed"), Operation(all));
        Assert.Equal("all", (string?)all.Body["clientContext"]);
        Assert.DoesNotContain("Operation", bot.Story(told), StringComparison.Ordinal);
        Assert.Equal("[Bot, Gina, Gus, Gil]", bot.All[^1].Participants.Names());
        Assert.Equal("409 8519", (await Act("Gus", "admitFromLobby")).Outcome);

        async Task<GraphAnswer> Act(string name, string action) => await bot.Http.Ask(
            "POST", $"{People.Path(call, "beta")}/participants/{await bot.Participant(call, name)}/{action}", "{}");
    }

    /// <summary>Another bot, which is there as a guest, is let in, and refused.</summary>
    [Fact]
    public async Task A_bot_that_joins_as_a_guest_is_let_in_by_another_or_refused()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        await using var second = await server.SecondBot();
        var thread = await server.Meeting(members: """{"lobby":"organization"}""");
        var call = await bot.Join(thread);

        await JoinAsGuest(second, thread);
        await server.Settle();
        var participant = await bot.Participant(call, "Recorder");
        await bot.Http.Ask("POST", $"{People.Path(call, "beta")}/participants/{participant}/admitFromLobby", "{}");
        await server.Settle();
        Assert.Equal(
            "updated establishing\nupdated established\nupdated participants [Recorder in the lobby]\nupdated established media active\nupdated participants [Bot, Recorder]\n",
            second.Story());

        var refused = await JoinAsGuest(second, thread, id: "another");
        await server.Settle();
        participant = (string)(await bot.Roster(call)).First(one => (bool)one!["isInLobby"]!)!["id"]!;
        await bot.Http.Ask("POST", $"{People.Path(call, "beta")}/participants/{participant}/removeFromLobby", "{}");
        await server.Settle();
        Assert.Equal(
            "updated establishing\nupdated established\nupdated participants [Recorder in the lobby]\ndeleted terminated 200/5854\n", second.Story(refused));
    }

    [Fact]
    public async Task A_guest_who_may_bypass_the_lobby_does_not_wait()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var thread = await server.Meeting(members: """{"lobby":"organization"}""");

        var call = await JoinAsGuest(bot, thread, options: """{"@odata.type":"#microsoft.graph.outgoingCallOptions","allowGuestToBypassLobby":true}""");
        await server.Settle();

        Assert.Equal("updated establishing\nupdated established\nupdated established media active\nupdated participants [Recorder]\n", bot.Story(call));
    }

    [Fact]
    public async Task A_person_refuses_a_bot_entry()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var thread = await server.Meeting(members: ForOrganizers);
        await server.Join("weekly", People.Olga);
        var call = await bot.Join(thread);
        await server.Settle();

        await server.Does(People.Olga, "deny", new { participant = bot.Application });

        Assert.Equal("200/5854", bot.All[^1].Reason);
        Assert.Equal("404 8522", (await bot.Http.Ask("GET", People.Path(call))).Outcome);
    }

    [Theory]
    [InlineData("""{"lobby":"organizer"}""", 30 * 60)]
    [InlineData("""{"lobby":"organizer","lobbyTime":"PT10S"}""", 10)]
    public async Task Nobody_waits_in_the_lobby_for_longer_than_its_time(string meeting, int seconds)
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var thread = await server.Meeting(members: meeting);
        await server.Join("weekly", People.Olga);
        await bot.Join(thread);

        await server.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        Assert.Equal("updated participants", bot.All[^1].Summary);
        await server.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(("deleted terminated", "200/5855"), (bot.All[^1].Summary, bot.All[^1].Reason));
    }

    /// <summary>Graph, lobbyBypassSettings: scope.</summary>
    [Theory]
    [InlineData("everyone", "Bot, Ada, Frieda, Gina")]
    [InlineData("organizationAndFederated", "Bot, Ada, Frieda, Gina in the lobby")]
    [InlineData("organization", "Bot, Ada, Frieda in the lobby, Gina in the lobby")]
    [InlineData("organizationExcludingGuests", "Bot, Ada, Frieda in the lobby, Gina in the lobby")]
    [InlineData("invited", "Bot in the lobby, Ada, Frieda in the lobby, Gina in the lobby")]
    [InlineData("organizer", "Bot in the lobby, Ada in the lobby, Frieda in the lobby, Gina in the lobby")]
    public async Task Who_waits_is_said_by_the_meeting(string lobby, string members)
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        await server.Put("/control/users/frieda", new { displayName = "Frieda", tenantId = "ffffffff-0000-4000-8000-000000000001" });
        var invited = lobby == "invited" ? $$"""[{"user":"{{People.Ada.Id}}"}]""" : "[]"; // and there from the beginning
        var thread = await server.Meeting(members: $$"""{"lobby":"{{lobby}}","attendees":{{invited}}}""");

        var call = await bot.Join(thread);
        await server.Join("weekly", lobby == "invited" ? [new Person("frieda", "Frieda")] : [People.Ada, new Person("frieda", "Frieda")]);
        await server.JoinAsGuest("weekly", "Gina");

        Assert.Equal(members.Split(", ").Order(), (await server.Members(call)).Split(", ").Order());
    }

    private static async Task<string> JoinAsGuest(TestBot bot, string thread, string id = "guest", string options = "null")
    {
        var answer = await bot.Http.Ask("POST", "/v1.0/communications/calls", $$$"""
            {"callbackUri":"{{{bot.Callback}}}","tenantId":"{{{TestBot.Tenant}}}","callOptions":{{{options}}},
             "mediaConfig":{"@odata.type":"#microsoft.graph.serviceHostedMediaConfig"},
             "source":{"identity":{"guest":{"id":"{{{id}}}","displayName":"Recorder"} } },
             "chatInfo":{"threadId":"{{{thread}}}","messageId":"0"},
             "meetingInfo":{"@odata.type":"#microsoft.graph.organizerMeetingInfo","organizer":{"user":{"id":"{{{TestBot.Organizer}}}"} } } }
            """);
        Assert.Equal(201, answer.Status);
        return (string)answer.Body["id"]!;
    }

    private static (string Outcome, string? Type, string? Status) Operation(GraphAnswer answer) =>
        (answer.Outcome, (string?)answer.Body["@odata.type"], (string?)answer.Body["status"]);
}
