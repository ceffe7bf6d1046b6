using System.Text.Json.Nodes;
using Hookswitch.Cli;
using Hookswitch.Tests.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.Graph.Models;

namespace Hookswitch.Tests.Groups;

/// <summary>Who takes part, as bots are told and as they read it. <c>wire.md</c>, 1.2; <c>spec.md</c>, 2.3 M and O.</summary>
public sealed class RosterTests
{
    /// <summary>Graph, call: answer. Whoever may not see who calls does not see it in the roster either.</summary>
    [Fact]
    public async Task An_application_without_any_permission_sees_people_under_another_id()
    {
        await using var server = await People.Server();
        await using var bot = await TestBot.Start(server, registration: new() { ["permissions"] = Array.Empty<string>() });
        await server.Phone(People.Ada.Id, "dial", new { to = bot.Application });
        await server.Settle();
        var call = bot.All[0].CallId;
        Assert.Equal(202, (await bot.Http.Ask("POST", $"{People.Path(call)}/answer", TestBot.AnswerBody)).Status);

        var roster = await bot.Http.Ask("GET", $"{People.Path(call)}/participants");
        var source = bot.All[0].Call["source"]!["identity"]!["encrypted"]!["id"];

        Assert.DoesNotContain(People.Ada.Id, roster.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains((string)source!, roster.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Participants_as_they_are_told_and_read()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var call = await bot.Join(await server.Meeting());
        await server.Join("weekly", People.Ada);
        await server.JoinAsGuest("weekly", "Gina");

        var ids = bot.All[^1].Participants.Select(one => (string)one!["id"]!).ToArray();
        var told = Plain(bot.All[^1].Item["resourceData"]!, ids);
        var listed = (await bot.Http.Ask("GET", $"{People.Path(call)}/participants")).Body;
        var one = (await bot.Http.Ask("GET", $"{People.Path(call)}/participants/{ids[1]}")).Body;

        Assert.Equal(told, Plain(listed["value"]!, ids));
        Assert.Equal($"{server.Address}v1.0/$metadata#communications/calls('{call}')/participants", (string?)listed["@odata.context"]);
        Assert.Equal($"{server.Address}v1.0/$metadata#communications/calls('{call}')/participants/$entity", (string?)one["@odata.context"]);
        one.Remove("@odata.context");
        Assert.Equal(bot.All[^1].Participants[1]!.ToJsonString(), one.ToJsonString());
        Assert.All(bot.All[^1].Participants, participant => Assert.Equal((string?)participant!["id"], (string?)participant["info"]!["participantId"]));
        Snapshot.Match(told);
    }

    /// <summary>Graph, outgoingCallOptions: isDeltaRosterEnabled; deltaParticipants resource type.</summary>
    [Fact]
    public async Task A_bot_that_asks_for_it_is_told_only_what_has_changed_in_the_roster()
    {
        await using var server = await People.Server();
        await using var whole = await server.Bot("Whole");
        await using var delta = await server.Bot("Delta", People.SecondApplication);
        var thread = await server.Meeting();
        var call = await whole.Join(thread);
        await delta.Join(thread, one => one.CallOptions = new OutgoingCallOptions { AdditionalData = { ["isDeltaRosterEnabled"] = true } });
        await server.Settle();
        var (first, second) = (whole.All.Count, delta.All.Count);

        await server.Join("weekly", People.Ada);
        await server.Join("weekly", People.Ben);
        await server.Does(People.Ada, "mute");
        await server.Does(People.Ada, "hangUp");
        await server.Does(People.Olga, "goOnline"); // nothing of the meeting's
        await whole.Http.Ask("DELETE", $"{People.Path(call)}/participants/{await whole.Participant(call, "Ben")}");
        await server.Settle();

        Assert.StartsWith("updated deltaParticipants [Whole, Delta]\n", delta.Story(second - 1), StringComparison.Ordinal);
        Snapshot.Match($"the whole roster\n{whole.Story(first)}\nthe changes\n{delta.Story(second)}");
        var numbers = delta.All.Skip(second).Select(one => (long)Assert.Single(one.Participants)!["rosterSequenceNumber"]!).ToArray();
        Assert.Equal(numbers.Order().Distinct(), numbers);
        Assert.Equal(numbers, delta.All.Skip(second).Select(one => (long)one.Changes!["sequenceNumber"]!));
        Assert.All(whole.All.SelectMany(one => one.Participants), participant => Assert.Null(participant!["rosterSequenceNumber"]));
    }

    /// <summary>Only the newest whole roster matters to a bot that is slow; of changes each does.</summary>
    [Fact]
    public async Task A_whole_roster_that_waits_is_replaced_by_a_newer_one_and_changes_are_all_told()
    {
        await using var server = await People.Server();
        await using var whole = await server.Bot("Whole");
        await using var delta = await server.Bot("Delta", People.SecondApplication);
        var thread = await server.Meeting();
        await whole.Join(thread);
        await delta.Join(thread, one => one.CallOptions = new OutgoingCallOptions { AdditionalData = { ["isDeltaRosterEnabled"] = true } });
        await server.Settle();
        var (first, second) = (HeldUp(whole), HeldUp(delta));

        foreach (var person in new[] { People.Ada, People.Ben, People.Cem })
        {
            using var joined = await server.Phone(person.Id, "join", new { meeting = "weekly" });
            await Task.WhenAll(first.Reached.Task, second.Reached.Task).WaitAsync(TestServer.Patience);
        }

        first.GoOn.SetResult();
        second.GoOn.SetResult();
        await server.Settle();
        Assert.Equal("updated participants [Whole, Delta, Ada]\nupdated participants [Whole, Delta, Ada, Ben, Cem]\n", whole.Story(first.Told));
        Assert.Equal("updated deltaParticipants [Ada]\nupdated deltaParticipants [Ben]\nupdated deltaParticipants [Cem]\n", delta.Story(second.Told));
    }

    [Fact]
    public async Task A_bot_that_mutes_someone_mutes_them_for_all()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        await using var second = await server.SecondBot();
        var thread = await server.Meeting();
        var call = await bot.Join(thread);
        await second.Join(thread);
        await server.Join("weekly", People.Ada);
        var told = bot.All.Count;

        var muted = await bot.Http.Ask("POST", $"{People.Path(call)}/participants/{await bot.Participant(call, "Ada")}/mute", """{"clientContext":"quiet"}""");
        await server.Settle();

        Assert.Equal((200, "completed", "quiet"), (muted.Status, (string?)muted.Body["status"], (string?)muted.Body["clientContext"]));
        Assert.Equal("#microsoft.graph.muteParticipantOperation", (string?)muted.Body["@odata.type"]);
        Assert.Equal("updated participants [Bot, Second, Ada muted]\n", bot.Story(told));
        Assert.Equal("[Bot, Second, Ada muted]", second.All[^1].Participants.Names());
        var audio = bot.All[^1].Participants[2]!["mediaStreams"]!.AsArray();
        Assert.Equal([true, false, false, false], audio.Select(stream => (bool)stream!["serverMuted"]!));
        Assert.Equal("completed", (string?)(await bot.Http.Ask("GET", muted.Headers.Location!.PathAndQuery)).Body["status"]);

        await server.Does(People.Ada, "unmute");
        Assert.Equal("[Bot, Second, Ada]", bot.All[^1].Participants.Names());
    }

    /// <summary>Graph, Delete participant.</summary>
    [Fact]
    public async Task A_bot_removes_another_bot_which_hears_it()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        await using var second = await server.SecondBot();
        var thread = await server.Meeting();
        var call = await bot.Join(thread);
        await second.Join(thread);
        await server.Settle();

        var removed = await bot.Http.Ask("DELETE", $"{People.Path(call)}/participants/{await bot.Participant(call, "Second")}");
        await server.Settle();

        Assert.Equal((204, ""), (removed.Status, removed.Text));
        Assert.Equal(("deleted terminated", "200/5300"), (second.All[^1].Summary, second.All[^1].Reason));
        Assert.Equal("[Bot]", bot.All[^1].Participants.Names());
    }

    [Fact]
    public async Task Whoever_is_muted_already_can_be_muted_and_nobody_is_told()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var call = await bot.Join(await server.Meeting());
        await server.Join("weekly", People.Ada);
        await server.Does(People.Ada, "mute");
        var told = bot.All.Count;

        var again = await bot.Http.Ask("POST", $"{People.Path(call)}/participants/{await bot.Participant(call, "Ada")}/mute", "{}");
        await server.Settle();

        Assert.Equal("completed", (string?)again.Body["status"]);
        Assert.Equal("", bot.Story(told));
    }

    [Fact]
    public async Task Hidden_ones_are_in_no_roster_and_are_no_participants()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var thread = await server.Meeting(members: $$"""{"attendees":[{"user":"{{People.Ada.Id}}","hidden":true},{"user":"{{People.Ben.Id}}"}]}""");
        var call = await bot.Join(thread);
        await server.Settle();
        var hidden = (await server.Http.Ask("GET", $"/control/conversations/{call}")).Body["participants"]![0]!;

        Assert.Equal("Ada hidden, Ben, Bot", await server.Members(call));
        Assert.Equal("[Ben, Bot]", bot.All[^1].Participants.Names());
        Assert.Equal("[Ben, Bot]", (await bot.Roster(call)).Names());
        Assert.Equal("404 8558", (await bot.Http.Ask("GET", $"{People.Path(call)}/participants/{hidden["participant"]}")).Outcome);
        await server.Does(People.Ada, "hangUp");
        Assert.Equal("[Ben, Bot]", bot.All[^1].Participants.Names());
    }

    [Fact]
    public async Task Roles_are_shown_as_they_are_given()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        await bot.Join(await server.Meeting(members: $$"""{"coOrganizers":["{{People.Ada.Id}}"]}"""));
        await server.Join("weekly", People.Olga, People.Ada, People.Ben);

        Assert.Equal("attendee organizer coorganizer attendee", Roles());
        await server.Does(People.Olga, "promote", new { participant = People.Ben.Id });
        Assert.Equal("attendee organizer coorganizer presenter", Roles());
        await server.Does(People.Olga, "demote", new { participant = People.Ben.Id });
        Assert.Equal("attendee organizer coorganizer attendee", Roles());

        string Roles() => string.Join(' ', bot.All[^1].Participants.Select(one => (string?)one!["meetingRole"]));
    }

    /// <summary>Graph, Create call: peer-to-peer calls have call notifications alone.</summary>
    [Fact]
    public async Task Of_a_peer_to_peer_call_no_roster_is_told_and_the_two_can_be_read()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var call = (await bot.Place(People.Ada.Id)).Id!;
        Assert.Equal("400 8501", (await bot.Http.Ask("GET", $"{People.Path(call)}/participants")).Outcome);
        await server.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("updated establishing\nupdated established\nupdated established media active\n", bot.Story());
        Assert.Equal("[Bot, Ada]", (await bot.Roster(call)).Names());
    }

    // Its webhook does not answer the next notification until it may go on.
    private static (int Told, TaskCompletionSource Reached, TaskCompletionSource GoOn) HeldUp(TestBot bot)
    {
        var (told, reached, goOn) = (bot.All.Count, new TaskCompletionSource(), new TaskCompletionSource());
        bot.Answer = async (_, _) =>
        {
            reached.TrySetResult();
            await goOn.Task;
            return Results.Accepted();
        };
        return (told, reached, goOn);
    }

    private static string Plain(JsonNode roster, string[] ids)
    {
        var text = ReadableJson.Of(roster.ToJsonString());
        for (var i = 0; i < ids.Length; i++)
        {
            text = text.Replace(ids[i], $"{{participant-{i + 1}}}", StringComparison.Ordinal);
        }

        return text + "\n";
    }
}
