using Hookswitch.Tests.Harness;
using Microsoft.Graph.Models;

namespace Hookswitch.Tests.Groups;

/// <summary>A bot makes ways of sound between participants. Graph, audioRoutingGroup resource type.</summary>
public sealed class AudioRoutingTests
{
    [Fact]
    public async Task The_SDK_makes_a_group_lists_it_changes_it_and_takes_it_away()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var (id, call) = await Call(server, bot);
        var (source, ada, ben) = (await bot.Participant(id, "Bot"), await bot.Participant(id, "Ada"), await bot.Participant(id, "Ben"));
        var groups = bot.Graph.Communications.Calls[id].AudioRoutingGroups;

        var made = (await groups.PostAsync(new AudioRoutingGroup { Id = "oneToOne", RoutingMode = RoutingMode.OneToOne, Sources = [source], Receivers = [ada] }))!;
        var listed = (await groups.GetAsync())!.Value!;
        var changed = (await groups["oneToOne"].PatchAsync(new AudioRoutingGroup { RoutingMode = RoutingMode.Multicast, Receivers = [ada, ben] }))!;
        await server.Does(People.Ada, "hangUp");
        var read = (await groups["oneToOne"].GetAsync())!;
        var expanded = (await bot.Http.Ask("GET", $"{call}?$expand=audioRoutingGroups")).Body["audioRoutingGroups"]!.AsArray();
        await groups["oneToOne"].DeleteAsync();

        Assert.Equal(["oneToOne", source, ada], [made.Id, .. made.Sources!, .. made.Receivers!]);
        Assert.Equal(["oneToOne"], listed.Select(one => one.Id));
        Assert.Equal((RoutingMode.Multicast, 1, 2), (changed.RoutingMode, changed.Sources!.Count, changed.Receivers!.Count));
        Assert.Equal([ben], read.Receivers);
        Assert.Equal(["oneToOne"], expanded.Select(one => (string?)one!["id"]));
        Assert.Equal("404 8522", (await bot.Http.Ask("GET", $"{call}/audioRoutingGroups/oneToOne")).Outcome);
        Assert.Empty((await bot.Http.Ask("GET", $"{call}/audioRoutingGroups")).Body["value"]!.AsArray());
    }

    [Fact]
    public async Task What_is_none_or_not_possible_is_refused_and_an_id_is_drawn_where_none_is_given()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var (id, call) = await Call(server, bot);
        var (source, ada) = (await bot.Participant(id, "Bot"), await bot.Participant(id, "Ada"));
        var groups = $"{call}/audioRoutingGroups";
        var good = $$"""{"id":"a","routingMode":"OneToOne","sources":["{{source}}"],"receivers":["{{ada}}"]}""";

        Assert.Equal("200", (await bot.Http.Ask("POST", groups, good)).Outcome);
        Assert.Equal("409 8519", (await bot.Http.Ask("POST", groups, good)).Outcome);
        Assert.True(Guid.TryParse((string?)(await bot.Http.Ask("POST", groups, good.Replace("\"id\":\"a\",", "", StringComparison.Ordinal))).Body["id"], out _));
        await Refused("""{}""", "'routingMode' is missing.");
        await Refused("""{"routingMode":"oneToOne"}""", "'sources' is missing.");
        await Refused("""{"routingMode":"oneToOne","sources":["x"]}""", "'receivers' is missing.");
        await Refused("""{"routingMode":"unknownFutureValue","sources":["x"],"receivers":["y"]}""", "'routingMode' must be one of oneToOne, multicast.");
        await Refused("""{"id":"","routingMode":"oneToOne","sources":["x"],"receivers":["y"]}""", "'id' is empty.");
        await Refused(
            """{"routingMode":"multicast","sources":["x"],"receivers":[]}""",
            "An audio routing group has one source, and one receiver (oneToOne) or at least one (multicast). Nobody stands there twice.");
        Assert.Equal("404 8558", (await bot.Http.Ask("PATCH", $"{groups}/a", """{"receivers":["nobody"]}""")).Outcome);
        Assert.Equal("404 8522", (await bot.Http.Ask("PATCH", $"{groups}/b", "{}")).Outcome);
        Assert.Equal("404 8522", (await bot.Http.Ask("DELETE", $"{groups}/b")).Outcome);

        async Task Refused(string body, string message)
        {
            var answer = await bot.Http.Ask("POST", groups, body);
            Assert.Equal(("400 8523", message), (answer.Outcome, answer.Message));
        }
    }

    [Fact]
    public async Task Another_bot_in_the_call_has_groups_of_its_own()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        await using var second = await server.SecondBot();
        var thread = await server.Meeting();
        var (first, other) = (await bot.Join(thread), await second.Join(thread));
        await server.Settle();
        var body = $$"""{"id":"a","routingMode":"oneToOne","sources":["{{await bot.Participant(first, "Bot")}}"],"receivers":["{{await bot.Participant(first, "Second")}}"]}""";

        Assert.Equal("200", (await bot.Http.Ask("POST", $"{People.Path(first)}/audioRoutingGroups", body)).Outcome);
        Assert.Empty((await second.Http.Ask("GET", $"{People.Path(other)}/audioRoutingGroups")).Body["value"]!.AsArray());
        Assert.Equal("404 8522", (await second.Http.Ask("GET", $"{People.Path(first)}/audioRoutingGroups")).Outcome);
    }

    [Fact]
    public async Task What_a_bot_joins_or_calls_apart_from_the_others_is_kept()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var id = await bot.Join(await server.Meeting(), call => call.MediaConfig!.AdditionalData["removeFromDefaultAudioGroup"] = true);
        await server.Settle();
        var apart = $$$"""{"identity":{"user":{"id":"{{{People.Ada.Id}}}"} },"removeFromDefaultAudioRoutingGroup":true}""";

        await bot.Invite(id, apart);
        await server.Advance(TimeSpan.FromSeconds(1));

        Assert.True((bool?)(await bot.Http.Ask("GET", People.Path(id))).Body["mediaConfig"]!["removeFromDefaultAudioGroup"]);
        var events = (await server.Http.Ask("GET", $"/control/calls/{id}")).Body["events"]!.AsArray();
        Assert.Equal([null, true], events.Where(one => (string?)one!["type"] == "legAdded").Select(one => (bool?)one!["body"]!["outsideDefaultGroup"]));
    }

    private static async Task<(string Id, string Path)> Call(TestServer server, TestBot bot)
    {
        var id = await bot.CallGroup([People.Ada.Id, People.Ben.Id]);
        await server.Advance(TimeSpan.FromSeconds(1));
        return (id, People.Path(id));
    }
}
