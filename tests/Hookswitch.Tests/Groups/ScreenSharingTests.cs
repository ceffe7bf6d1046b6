using Hookswitch.Tests.Harness;
using Microsoft.Graph.Communications.Calls.Item.ChangeScreenSharingRole;
using Microsoft.Graph.Models;

namespace Hookswitch.Tests.Groups;

/// <summary>A bot shares a screen with its own media. Graph, call: changeScreenSharingRole.</summary>
public sealed class ScreenSharingTests
{
    [Fact]
    public async Task Rosters_show_that_a_bot_sends_a_screen_while_it_shares()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var id = await bot.Join(await server.Meeting(), call => call.MediaConfig = new AppHostedMediaConfig { Blob = "blob" });
        await server.Join("weekly", People.Ada);
        var (call, known) = (bot.Graph.Communications.Calls[id], bot.All.Count);

        await call.ChangeScreenSharingRole.PostAsync(new ChangeScreenSharingRolePostRequestBody { Role = ScreenSharingRole.Sharer });
        await call.ChangeScreenSharingRole.PostAsync(new ChangeScreenSharingRolePostRequestBody { Role = ScreenSharingRole.Sharer });
        await call.ChangeScreenSharingRole.PostAsync(new ChangeScreenSharingRolePostRequestBody { Role = ScreenSharingRole.Viewer });
        await server.Settle();

        Assert.Equal(
            ["audio main-audio sendReceive, videoBasedScreenSharing applicationsharing-video sendOnly", "audio main-audio sendReceive"],
            bot.All.Skip(known).Select(one => string.Join(", ", one.Participants[0]!["mediaStreams"]!.AsArray().Select(stream =>
                $"{stream!["mediaType"]} {stream["label"]} {stream["direction"]}"))));
    }

    [Fact]
    public async Task It_is_202_without_a_body_and_else_a_clear_refusal()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var thread = await server.Meeting();
        var own = $"{People.Path(await bot.Join(thread, call => call.MediaConfig = new AppHostedMediaConfig()))}/microsoft.graph.changeScreenSharingRole";
        var served = $"{People.Path(await bot.Join(thread))}/changeScreenSharingRole";
        var between = $"{People.Path(await bot.PlaceEstablished())}/changeScreenSharingRole";
        const string Shares = """{"role":"Sharer"}""";

        using var answer = await bot.Http.PostAsync(own, new StringContent(Shares, System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal((202, ""), ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        Assert.Equal("400 8500", (await bot.Http.Ask("POST", served, Shares)).Outcome);
        Assert.Equal("400 8548", (await bot.Http.Ask("POST", between, Shares)).Outcome);
        Assert.Equal("'role' is missing.", (await bot.Http.Ask("POST", own, "{}")).Message);
        Assert.Equal("'role' must be one of viewer, sharer, not \"owner\".", (await bot.Http.Ask("POST", own, """{"role":"owner"}""")).Message);
    }
}
