using System.Text.Json.Nodes;
using Hookswitch.Tests.Harness;
using Microsoft.Graph.Communications.Calls.Item.Answer;
using Microsoft.Graph.Models;

namespace Hookswitch.Tests.Groups;

/// <summary>A bot calls several at once.</summary>
public sealed class GroupCallTests
{
    /// <summary>Graph, Delete call: for a group call, only your leg is deleted and the call goes on.</summary>
    [Fact]
    public async Task For_a_group_call_only_your_leg_is_deleted_and_the_call_goes_on()
    {
        await using var server = await TestServer.Start();
        await People.Ada.Register(server, """[{"do":"ring"},{"do":"answer","after":"PT1S"}]""");
        await People.Ben.Register(server, """[{"do":"ring"},{"do":"answer","after":"PT2S"}]""");
        await People.Cem.Register(server, """[{"do":"ring"},{"do":"answer","after":"PT3S"}]""");
        await using var first = await server.Bot("First");
        await using var second = await server.SecondBot();

        var call = await first.CallGroup(
            [People.Ada.Id, People.Ben.Id, People.Cem.Id],
            order => order.Targets!.Add(new() { Identity = new() { Application = new() { Id = second.Application } } }));
        await server.Settle();
        await second.Graph.Communications.Calls[second.All[0].CallId].Answer.PostAsync(new AnswerPostRequestBody
        {
            CallbackUri = second.Callback,
            AcceptedModalities = [Modality.Audio],
            MediaConfig = new ServiceHostedMediaConfig(),
        });
        await server.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("First, Ada, Ben, Cem, Second", await server.Members(call));

        await first.Graph.Communications.Calls[call].DeleteAsync();
        await server.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("200/7000", first.All[^1].Reason);
        Assert.Equal("Ada, Ben, Cem, Second", await server.Members(call));

        await server.Does(People.Ada, "hangUp");
        await server.Does(People.Ben, "hangUp");
        Assert.Equal("Cem, Second", await server.Members(call));
        await server.Does(People.Cem, "hangUp");
        Assert.Equal("200/5010", second.All[^1].Reason);
        Assert.Equal("over", await server.Members(call));
        Snapshot.Match(server.Transcript.ToString(WithRostersAsNames));
    }

    [Fact]
    public async Task A_person_leaves_a_group_call_and_the_others_stay()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var call = await bot.CallGroup([People.Ada.Id, People.Ben.Id]);
        await server.Advance(TimeSpan.FromSeconds(1));
        var told = bot.All.Count;

        await server.Does(People.Ada, "hangUp");

        Assert.Equal("updated participants [Bot, Ben]\n", bot.Story(told));
        Assert.Equal("Bot, Ben", await server.Members(call));
    }

    /// <summary>Its end is told within the conversation's own times alone: nobody keeps it up.</summary>
    [Theory]
    [InlineData("""[{"do":"decline"}]""", """[{"do":"decline"}]""", "200/5003")]
    [InlineData("""[{"do":"decline"}]""", """[{"do":"ring"}]""", "200/5013")]
    [InlineData("""[]""", """[]""", "200/5013")]
    [InlineData("""[{"do":"decline"}]""", """[{"do":"ring"},{"do":"answer"},{"do":"hangUp","after":"PT1S"}]""", "200/5010")]
    public async Task A_group_call_in_which_nobody_stays_ends_and_says_why(string one, string other, string reason)
    {
        await using var server = await TestServer.Start();
        await People.Ada.Register(server, one);
        await People.Ben.Register(server, other);
        await using var bot = await server.Bot();

        var call = await bot.CallGroup([People.Ada.Id, People.Ben.Id]);
        await server.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(("deleted terminated", reason), (bot.All[^1].Summary, bot.All[^1].Reason));
        Assert.Equal("over", await server.Members(call));
        Assert.Equal("404 8522", (await bot.Http.Ask("GET", People.Path(call))).Outcome);
    }

    [Fact]
    public async Task The_answer_to_a_group_call_names_its_targets_and_what_is_read_later_names_where_it_is()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();

        var created = await bot.Http.Ask("POST", "/v1.0/communications/calls", $$"""
            {"callbackUri":"{{bot.Callback}}","targets":[{{People.Ada.Target}},{{People.Ben.Target}}],"subject":"Minutes",
             "mediaConfig":{"@odata.type":"#microsoft.graph.serviceHostedMediaConfig"} }
            """);
        var read = (await bot.Http.Ask("GET", People.Path((string)created.Body["id"]!))).Body;

        Assert.Equal((201, "establishing", "Minutes"), (created.Status, (string?)created.Body["state"], (string?)created.Body["subject"]));
        Assert.Equal([People.Ada.Id, People.Ben.Id], created.Body["targets"]!.AsArray().Select(one => (string?)one!["identity"]!["user"]!["id"]));
        Assert.Equal(("established", "#microsoft.graph.tokenMeetingInfo"), ((string?)read["state"], (string?)read["meetingInfo"]!["@odata.type"]));
        Assert.Matches("^19:[0-9a-f]{32}@thread.v2$", (string?)read["chatInfo"]!["threadId"]);
    }

    // A roster has 45 lines a head. What it is like as a whole, RosterTests show.
    private static string WithRostersAsNames(string body)
    {
        var node = JsonNode.Parse(body)!;
        foreach (var item in node["value"] as JsonArray ?? [])
        {
            if (item!["resourceData"] is JsonArray roster)
            {
                item["resourceData"] = roster.Names();
            }
        }

        return node.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
