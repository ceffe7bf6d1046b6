using System.Text.Json.Nodes;
using Hookswitch.Tests.Harness;
using Microsoft.Graph.Models;

namespace Hookswitch.Tests.Api;

/// <summary>Which members of a call are read.</summary>
public sealed class CallQueryTests
{
    private const string User = "cccccccc-0000-4000-8000-000000000001";

    [Fact]
    public async Task The_SDK_selects_members_and_expands_who_is_there()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var id = await bot.PlaceEstablished();

        var call = (await bot.Graph.Communications.Calls[id].GetAsync(request =>
        {
            request.QueryParameters.Select = ["id", "state"];
            request.QueryParameters.Expand = ["participants"];
        }))!;

        Assert.Equal((id, CallState.Established, null), (call.Id, call.State, call.CallbackUri));
        Assert.Equal([bot.Application, User], call.Participants!.Select(one => one.Info!.Identity!.Application?.Id ?? one.Info.Identity.User!.Id));
    }

    [Theory]
    [InlineData("$select=id", "@odata.context @odata.type id")]
    [InlineData("%24select=id", "@odata.context @odata.type id")]
    [InlineData("$SELECT=ID,%20State,", "@odata.context @odata.type state id")]
    [InlineData("$select=subject,mediaState", "@odata.context @odata.type mediaState subject")]
    [InlineData("$select=participants", "@odata.context @odata.type")]
    [InlineData("$select=id&$expand=participants,Operations", "@odata.context @odata.type operations participants id")]
    public async Task What_is_selected_is_shown_in_the_order_of_the_whole(string query, string members)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var id = await bot.PlaceEstablished();

        var answer = await bot.Http.Ask("GET", $"/v1.0/communications/calls/{id}?{query}");

        Assert.Equal(200, answer.Status);
        Assert.Equal(members, string.Join(' ', answer.Body.Select(member => member.Key)));
        Assert.Equal($"{server.Address}v1.0/$metadata#communications/calls/$entity", (string?)answer.Body["@odata.context"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?$select=")]
    [InlineData("?$select=*")]
    [InlineData("?$select=id,*&$expand=")]
    [InlineData("?$filter=state%20eq%20'established'&$top=1&select=id")]
    public async Task Without_a_selection_the_whole_call_is_shown(string query)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = $"/v1.0/communications/calls/{await bot.PlaceEstablished()}";

        Assert.Equal((await bot.Http.Ask("GET", call)).Text, (await bot.Http.Ask("GET", $"{call}{query}")).Text);
    }

    [Fact]
    public async Task What_the_bot_asked_for_is_expanded()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = $"/v1.0/communications/calls/{await bot.PlaceEstablished()}";
        var invite = """{"participants":[{"identity":{"user":{"id":"cccccccc-0000-4000-8000-000000000002"} } }]}""";
        var invited = await bot.Http.Ask("POST", $"{call}/participants/invite", invite);

        var operations = (await bot.Http.Ask("GET", $"{call}?$expand=operations")).Body["operations"]!.AsArray();

        Assert.Equal([(string?)invited.Body["id"]], operations.Select(one => (string?)one!["id"]));
        Assert.Equal("#microsoft.graph.inviteParticipantsOperation", (string?)operations[0]!["@odata.type"]);
    }

    [Fact]
    public async Task A_call_that_was_not_answered_yet_shows_nobody()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        await server.Phone(User, "dial", new { to = bot.Application });
        var id = (await bot.Next()).CallId;

        var answer = await bot.Http.Ask("GET", $"/v1.0/communications/calls/{id}?$expand=participants");

        Assert.Empty(Assert.IsType<JsonArray>(answer.Body["participants"]));
    }

    [Theory]
    [InlineData("$select=id,colour", "'$select' names 'colour', which it cannot. There are: state, direction, ")]
    [InlineData("%24select=%40odata.type", "'$select' names '@odata.type', which it cannot.")]
    [InlineData("$expand=contentSharingSessions", "'$expand' names 'contentSharingSessions', which it cannot. There are: participants, operations, audioRoutingGroups.")]
    [InlineData("$expand=participants($select=id)", "'$expand' names 'participants($select=id)', which it cannot.")]
    public async Task What_cannot_be_read_is_named(string query, string message)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);

        var answer = await bot.Http.Ask("GET", $"/v1.0/communications/calls/00000000-0000-8000-8000-000000000000?{query}");

        Assert.Equal("400 BadRequest", answer.Outcome);
        Assert.StartsWith(message, answer.Message, StringComparison.Ordinal);
    }
}
