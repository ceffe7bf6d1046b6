using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Api;

/// <summary>What is shared in a call: nothing.</summary>
public sealed class ContentSharingTests
{
    [Fact]
    public async Task The_SDK_finds_nothing_shared_in_a_live_call_and_no_call_once_it_is_over()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var id = await bot.PlaceEstablished();
        var path = $"/v1.0/communications/calls/{id}/contentSharingSessions";

        Assert.Empty((await bot.Graph.Communications.Calls[id].ContentSharingSessions.GetAsync())!.Value!);
        Assert.Equal($"{server.Address}v1.0/$metadata#communications/calls('{id}')/contentSharingSessions", (string?)(await bot.Http.Ask("GET", path)).Body["@odata.context"]);
        Assert.Equal("404 8522", (await bot.Http.Ask("GET", $"{path}/x")).Outcome);
        Assert.Equal("405 BadRequest", (await bot.Http.Ask("POST", path, "{}")).Outcome);
        await bot.Http.Ask("DELETE", $"/v1.0/communications/calls/{id}");
        Assert.Equal("404 8522", (await bot.Http.Ask("GET", path)).Outcome);
    }
}
