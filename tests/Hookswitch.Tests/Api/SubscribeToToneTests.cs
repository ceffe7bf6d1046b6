using System.Text.Json.Nodes;
using Hookswitch.Tests.Harness;
using Microsoft.Graph.Communications.Calls.Item.SubscribeToTone;
using Microsoft.Graph.Models;

namespace Hookswitch.Tests.Api;

/// <summary>A bot is told which keys people press.</summary>
public sealed class SubscribeToToneTests
{
    private const string User = "cccccccc-0000-4000-8000-000000000001";

    [Fact]
    public async Task The_SDK_subscribes_and_each_tone_is_told_by_itself_from_one()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var id = await bot.PlaceEstablished();

        await server.Phone(User, "press", new { key = "9" });
        var operation = (await bot.Graph.Communications.Calls[id].SubscribeToTone.PostAsync(new SubscribeToTonePostRequestBody { ClientContext = "tones" }))!;
        await server.Phone(User, "press", new { key = "1" });
        await server.Phone(User, "press", new { key = "1" });
        await server.Phone(User, "press", new { key = "#" });
        await server.Settle();

        Assert.IsType<SubscribeToToneOperation>(operation);
        Assert.Equal((OperationStatus.Completed, "tones", 200), (operation.Status, operation.ClientContext, operation.ResultInfo!.Code));
        Assert.Equal(
            [(1, "tone1"), (2, "tone1"), (3, "pound")],
            bot.All.Select(one => one.Call["toneInfo"]).OfType<JsonNode>().Select(one => ((int)one["sequenceId"]!, (string)one["tone"]!)));
        Assert.DoesNotContain(bot.All, one => one.Operation is not null);
    }

    [Fact]
    public async Task A_tone_is_told_as_captures_show_it()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var id = await bot.PlaceEstablished();

        await bot.Http.Ask("POST", $"/v1.0/communications/calls/{id}/microsoft.graph.subscribeToTone");
        await server.Phone(User, "press", new { key = "*" });
        await server.Settle();

        var expected = $$$"""
            {"@odata.type":"#microsoft.graph.commsNotifications","value":[{"@odata.type":"#microsoft.graph.commsNotification","changeType":"updated",
              "resourceUrl":"/communications/calls/{{{id}}}","resourceData":{"@odata.type":"#microsoft.graph.call","state":"established",
                "toneInfo":{"@odata.type":"#microsoft.graph.toneInfo","sequenceId":1,"tone":"star"},"id":"{{{id}}}"} }]}
            """;
        Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), bot.All[^1].Body.ToJsonString());
    }

    [Fact]
    public async Task In_a_group_call_whoever_is_inside_is_heard()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var id = await bot.CallGroup([User, "cccccccc-0000-4000-8000-000000000002"]);
        await server.Advance(TimeSpan.FromSeconds(1));

        await bot.Http.Ask("POST", $"/v1.0/communications/calls/{id}/subscribeToTone", "{}");
        await server.Phone("cccccccc-0000-4000-8000-000000000002", "press", new { key = "2" });
        await server.Phone(User, "press", new { key = "1" });
        await server.Settle();

        Assert.Equal(
            ["1 tone2", "2 tone1"],
            bot.All.Select(one => one.Call["toneInfo"]).OfType<JsonNode>().Select(one => $"{one["sequenceId"]} {one["tone"]}"));
    }

    [Fact]
    public async Task Tones_are_for_established_calls_whose_media_the_server_hosts()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var answer = await bot.Http.Ask("POST", "/v1.0/communications/calls", bot.CallBody(media: "appHosted"));
        var path = $"/v1.0/communications/calls/{answer.Body["id"]}/subscribeToTone";

        Assert.Equal("400 8501", (await bot.Http.Ask("POST", path, "{}")).Outcome);
        await server.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("400 8500", (await bot.Http.Ask("POST", path, "{}")).Outcome);
        Assert.Equal("400 8523", (await bot.Http.Ask("POST", path, $$"""{"clientContext":"{{new string('x', 257)}}"}""")).Outcome);
    }
}
