using System.Text.Json.Nodes;
using Hookswitch.Tests.Harness;
using Microsoft.Graph.Communications.Calls.Item.Transfer;
using Microsoft.Graph.Models;

namespace Hookswitch.Tests;

/// <summary>A bot leaves its peer-to-peer call to another. Graph, call: transfer.</summary>
public sealed class TransferTests
{
    private const string Person = "cccccccc-0000-4000-8000-000000000001";
    private const string Target = "cccccccc-0000-4000-8000-000000000002";

    [Fact]
    public async Task A_bot_transfers_a_call_to_a_user_who_answers()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = await bot.PlaceEstablished();

        await Transfer(bot, call, Target);
        await server.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([$"{bot.Application} 7015", $"{Person} talks", $"{Target} talks"], await server.Parties(call));
        Snapshot.Match(server.Transcript.ToString());
    }

    [Fact]
    public async Task A_bot_transfers_a_call_to_a_user_who_declines_and_deletes_it()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = await bot.PlaceEstablished();

        await Transfer(bot, call, "00000000-0000-4000-8000-000000010024");
        await server.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("established", (string?)(await bot.Http.Ask("GET", $"/v1.0/communications/calls/{call}")).Body["state"]);
        await bot.Graph.Communications.Calls[call].DeleteAsync();
        await server.Settle();

        Snapshot.Match(server.Transcript.ToString());
    }

    /// <summary>The notifications of the two calls do not wait for each other: they stand here call by call.</summary>
    [Fact]
    public async Task A_bot_transfers_a_call_to_the_person_of_another_of_its_calls()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = await bot.PlaceEstablished();
        var consulted = (await bot.Place(Target)).Id!;
        await server.Advance(TimeSpan.FromSeconds(1));

        await Transfer(bot, call, Target, replaces: consulted);
        await server.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal([$"{bot.Application} 7015", $"{Person} talks", $"{Target} talks"], await server.Parties(call));
        Assert.Equal([$"{bot.Application} 18503", $"{Target} 4"], await server.Parties(consulted));
        Snapshot.Match(Told(bot, call, consulted));
    }

    [Theory]
    [InlineData("ended")]
    [InlineData("not answered")]
    [InlineData("the same")]
    [InlineData("another application's")]
    public async Task A_consultative_transfer_fails_when_there_is_no_such_call_to_be_replaced(string which)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        await using var other = await TestBot.Start(server, "bbbbbbbb-0000-4000-8000-000000000002");
        var call = await bot.PlaceEstablished();
        var consulted = which switch
        {
            "the same" => call,
            "another application's" => await other.PlaceEstablished(),
            _ => (await bot.Place(Target)).Id!,
        };
        if (which == "ended")
        {
            await server.Advance(TimeSpan.FromSeconds(1));
            await bot.Graph.Communications.Calls[consulted].DeleteAsync();
        }

        await Transfer(bot, call, Target, replaces: consulted);
        await server.Settle();

        var told = bot.All.Last(one => one.CallId == call);
        Assert.Equal(("updated established", "500/7700"), (told.Summary, told.Reason));
        Assert.Equal(
            "The transfer failed. Underlying reason: 404/10202: The call to be replaced was not found.", (string?)told.Call["resultInfo"]!["message"]);
        Assert.Equal([$"{bot.Application} talks", $"{Person} talks"], await server.Parties(call));
    }

    [Fact]
    public async Task The_notifications_of_a_consultative_transfer_that_fails()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = await bot.PlaceEstablished();

        await Transfer(bot, call, Target, replaces: call);
        await server.Settle();

        Snapshot.Match(server.Transcript.ToString());
    }

    [Theory]
    [InlineData("00000000-0000-4000-8000-000000010004", 25, "487/10004")]
    [InlineData("00000000-0000-4000-8000-000000010057", 15, "408/10057")]
    [InlineData("00000000-0000-4000-8000-000000010037", 0, "480/10037")]
    [InlineData("00000000-0000-4000-8000-000000001106", 30, "408/1106")]
    public async Task A_blind_transfer_that_fails_says_the_true_reason_and_the_call_goes_on(string target, int seconds, string reason)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = await bot.PlaceEstablished();

        await Transfer(bot, call, target);
        await server.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(("updated established", "500/7000"), (bot.All[^1].Summary, bot.All[^1].Reason));
        Assert.StartsWith(
            $"The transfer failed. Underlying reason: {reason}: ", (string?)bot.All[^1].Call["resultInfo"]!["message"], StringComparison.Ordinal);
        await server.Phone(Person, "hangUp");
        await server.Settle();
        Assert.Equal("200/4521", bot.All[^1].Reason);
    }

    [Fact]
    public async Task A_bot_to_which_a_call_is_transferred_is_told_who_is_there_and_who_transferred_it()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        await using var other = await TestBot.Start(server, "bbbbbbbb-0000-4000-8000-000000000002");
        var call = await bot.PlaceEstablished();

        await bot.Graph.Communications.Calls[call].Transfer.PostAsync(new TransferPostRequestBody
        {
            TransferTarget = new() { Identity = new() { Application = new() { Id = other.Application } } },
        });
        var incoming = await other.Next();
        await other.Http.Ask("POST", $"/v1.0/communications/calls/{incoming.CallId}/answer", TestBot.AnswerBody);
        await server.Phone(Person, "hangUp");
        await server.Settle();

        Assert.Equal(Person, (string?)incoming.Call["source"]!["identity"]!["user"]!["id"]);
        Assert.Equal(other.Application, (string?)incoming.Call["targets"]![0]!["identity"]!["application"]!["id"]);
        Assert.Equal(bot.Application, (string?)incoming.Call["incomingContext"]!["transferor"]!["application"]!["id"]);
        Assert.Equal("200/7015", bot.All[^1].Reason);
        Assert.Equal("200/4521", other.All[^1].Reason);
    }

    [Fact]
    public async Task A_call_is_transferred_once_it_is_established_and_once_at_a_time()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = $"/v1.0/communications/calls/{(await bot.Place()).Id}";

        Assert.Equal("400 8501", (await bot.Http.Ask("POST", $"{call}/transfer", TestBot.TransferBody)).Outcome);
        await server.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(202, (await bot.Http.Ask("POST", $"{call}/transfer", TestBot.TransferBody)).Status);
        Assert.Equal("transferring", (string?)(await bot.Http.Ask("GET", call)).Body["state"]);
        Assert.Equal("409 8519", (await bot.Http.Ask("POST", $"{call}/transfer", TestBot.TransferBody)).Outcome);
        Assert.Equal(200, (await bot.Http.Ask("POST", $"{call}/keepAlive")).Status);
    }

    [Fact]
    public async Task A_bot_that_deletes_its_call_during_a_transfer_is_told_5001_and_the_target_rings_no_longer()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = await bot.PlaceEstablished();

        await Transfer(bot, call, Target);
        await bot.Graph.Communications.Calls[call].DeleteAsync();
        await server.Settle();

        Assert.Equal("200/5001", bot.All[^1].Reason);
        Assert.Equal([$"{bot.Application} 5001", $"{Person} 10550", $"{Target} 10550"], await server.Parties(call));
    }

    [Fact]
    public async Task A_bot_transfers_one_of_a_group_call_to_a_user_who_answers()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        await using var second = await server.SecondBot();
        var (call, ada) = await Group(server, bot);
        await bot.Invite(call, People.User(People.Cem.Id));
        await server.Advance(TimeSpan.FromSeconds(1));
        var known = bot.All.Count;

        await TransferOne(bot, call, ada, People.Olga.Id);
        await server.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("Ben, Cem", await server.Members(call));
        Assert.Equal(["transferring", "transferAccepted", "terminated"], bot.All.Skip(known).Select(one => (string?)one.Call["state"]));
        Assert.Equal("200/7015", bot.All[^1].Reason);
        Assert.Equal(["Ada", "Olga"], (await MembersWith(server, "Olga")).Split(", ").Order(StringComparer.Ordinal));
        await server.Does(People.Ada, "hangUp");
        Assert.Equal("", await MembersWith(server, "Olga"));
    }

    [Fact]
    public async Task A_bot_transfers_one_of_a_group_call_to_the_person_of_another_of_its_calls()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var consulted = (await bot.Place(People.Olga.Id)).Id!;
        var (call, ada) = await Group(server, bot);

        await TransferOne(bot, call, ada, People.Olga.Id, replaces: consulted);
        await server.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("200/7015", bot.All.Last(one => one.CallId == call).Reason);
        Assert.Equal("200/18503", bot.All.Last(one => one.CallId == consulted).Reason);
        Assert.Equal(["Ada", "Olga"], (await MembersWith(server, "Olga")).Split(", ").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_transfer_from_a_group_call_that_fails_leaves_all_where_they_were()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var (call, ada) = await Group(server, bot);

        await TransferOne(bot, call, ada, "00000000-0000-4000-8000-000000010024");
        await server.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(("updated established", "500/7000"), (bot.All[^1].Summary, bot.All[^1].Reason));
        await TransferOne(bot, call, ada, People.Olga.Id, replaces: call);
        await server.Settle();

        Assert.Equal(("updated established", "500/7700"), (bot.All[^1].Summary, bot.All[^1].Reason));
        Assert.Equal("Bot, Ada, Ben", await server.Members(call));
    }

    [Fact]
    public async Task Of_a_group_call_one_has_to_be_named_who_is_there()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = $"/v1.0/communications/calls/{await bot.CallGroup([Person, "cccccccc-0000-4000-8000-000000000003"])}";
        await server.Advance(TimeSpan.FromSeconds(1));
        const string Named = """{"transferTarget":{"identity":{"user":{"id":"u"}}},"transferee":{"participantId":"p"}}""";
        const string There = """{"transferTarget":{"identity":{"user":{"id":"cccccccc-0000-4000-8000-000000000003"}}},"transferee":{"identity":{"user":{"id":"cccccccc-0000-4000-8000-000000000001"}}}}""";

        var missing = await bot.Http.Ask("POST", $"{call}/transfer", TestBot.TransferBody);
        var named = await bot.Http.Ask("POST", $"{call}/transfer", Named);

        Assert.Equal("400 8523", missing.Outcome);
        Assert.StartsWith("'transferee' is missing", missing.Message, StringComparison.Ordinal);
        Assert.Equal("404 8558", named.Outcome);
        Assert.Equal(
            "'transferTarget' names someone who is in the call already, or is being called into it.",
            (await bot.Http.Ask("POST", $"{call}/transfer", There)).Message);
    }

    private static async Task<(string Call, string Ada)> Group(TestServer server, TestBot bot)
    {
        var call = await bot.CallGroup([People.Ada.Id, People.Ben.Id]);
        await server.Advance(TimeSpan.FromSeconds(1));
        return (call, await bot.Participant(call, "Ada"));
    }

    private static async Task TransferOne(TestBot bot, string call, string participant, string user, string? replaces = null)
    {
        var member = replaces is null ? "" : $"\"replacesCallId\":\"{replaces}\",";
        var answer = await bot.Http.Ask(
            "POST", $"{People.Path(call)}/transfer",
            $$$"""{"transferTarget":{{{{member}}}"identity":{"user":{"id":"{{{user}}}"} } },"transferee":{"participantId":"{{{participant}}}"} }""");
        Assert.Equal(202, answer.Status);
    }

    // The conversation that lives and has that person in it.
    private static async Task<string> MembersWith(TestServer server, string name)
    {
        var conversations = JsonNode.Parse(await server.Http.GetStringAsync("/control/conversations"))!.AsArray();
        foreach (var id in conversations.Select(one => (string)one!["id"]!))
        {
            if (await server.Members(id) is var members && members.Split(", ").Contains(name))
            {
                return members;
            }
        }

        return "";
    }

    private static Task Transfer(TestBot bot, string call, string user, string? replaces = null)
    {
        var target = new InvitationParticipantInfo { Identity = new() { User = new() { Id = user } } };
        if (replaces is not null)
        {
            target.ReplacesCallId = replaces;
        }

        return bot.Graph.Communications.Calls[call].Transfer.PostAsync(new TransferPostRequestBody { TransferTarget = target });
    }

    private static string Told(TestBot bot, params ReadOnlySpan<string> calls)
    {
        var transcript = new Transcript(() => TimeSpan.Zero);
        transcript.Name(bot.Callback, "http://bot/callback");
        foreach (var call in calls)
        {
            foreach (var one in bot.All.Where(one => one.CallId == call))
            {
                transcript.AddNotification("bot", $"POST {one.Path}", one.Body.ToJsonString());
            }
        }

        return transcript.ToString();
    }
}
