using Hookswitch.Tests.Harness;
using Microsoft.Graph.Communications.Calls.Item.Mute;
using Microsoft.Graph.Communications.Calls.Item.Unmute;
using Microsoft.Graph.Models;

namespace Hookswitch.Tests.Api;

/// <summary>A bot mutes and unmutes itself.</summary>
public sealed class SelfMuteTests
{
    [Fact]
    public async Task The_SDK_mutes_and_unmutes_the_bot_and_rosters_show_it()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var id = await Join(server, bot);
        var call = bot.Graph.Communications.Calls[id];

        var muted = (await call.Mute.PostAsync(new MutePostRequestBody { ClientContext = "quiet" }))!;
        var whileMuted = await call.Participants.GetAsync();
        var unmuted = (await call.Unmute.PostAsync(new UnmutePostRequestBody { ClientContext = "loud" }))!;
        await server.Settle();

        Assert.Equal((OperationStatus.Completed, "quiet", 200), (muted.Status, muted.ClientContext, muted.ResultInfo!.Code));
        Assert.Equal((OperationStatus.Completed, "loud", 200), (unmuted.Status, unmuted.ClientContext, unmuted.ResultInfo!.Code));
        Assert.Equal([true], whileMuted!.Value!.Select(one => one.IsMuted));
        Assert.Equal([true], whileMuted.Value![0].MediaStreams!.Select(stream => stream.ServerMuted));
        Assert.Equal([false, true, false], bot.All.SelectMany(one => one.Participants).Select(one => (bool)one!["isMuted"]!));
        Assert.DoesNotContain(bot.All, one => one.Operation is not null);
    }

    [Theory]
    [InlineData("mute", "muteParticipantOperation")]
    [InlineData("microsoft.graph.mute", "muteParticipantOperation")]
    [InlineData("unmute", "unmuteParticipantOperation")]
    [InlineData("microsoft.graph.unmute", "unmuteParticipantOperation")]
    public async Task The_operation_can_be_read_where_the_answer_says_and_a_body_is_not_needed(string action, string type)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var id = await Join(server, bot);

        var answer = await bot.Http.Ask("POST", $"/v1.0/communications/calls/{id}/{action}");
        var read = await bot.Http.Ask("GET", answer.Headers.Location!.PathAndQuery);

        Assert.Equal((200, $"#microsoft.graph.{type}"), (answer.Status, (string?)answer.Body["@odata.type"]));
        Assert.Equal($"{server.Address}v1.0/$metadata#{type}", (string?)answer.Body["@odata.context"]);
        Assert.Equal(((string?)answer.Body["id"], "completed"), ((string?)read.Body["id"], (string?)read.Body["status"]));
    }

    [Theory]
    [InlineData("mute")]
    [InlineData("unmute")]
    public async Task Neither_is_for_a_peer_to_peer_call_nor_for_another_application(string action)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        await using var other = await TestBot.Start(server, "bbbbbbbb-0000-4000-8000-000000000002");
        var path = $"/v1.0/communications/calls/{await bot.PlaceEstablished()}/{action}";

        Assert.Equal("400 8548", (await bot.Http.Ask("POST", path, "{}")).Outcome);
        Assert.Equal("404 8522", (await other.Http.Ask("POST", path, "{}")).Outcome);
        Assert.Equal("400 8523", (await bot.Http.Ask("POST", path, """{"clientContext":7}""")).Outcome);
    }

    private static async Task<string> Join(TestServer server, TestBot bot)
    {
        const string thread = "19:meeting_mute@thread.v2";
        await server.Put("/control/meetings/mute", new { tenantId = TestBot.Tenant, threadId = thread });
        var id = await bot.Join(thread);
        await server.Settle();
        return id;
    }
}
