using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests;

/// <summary>A bot is told that a phone rings, in beta alone. Graph beta, call resource type: ringing.</summary>
public sealed class RingingTests
{
    private const string Person = "cccccccc-0000-4000-8000-000000000001";

    [Theory]
    [InlineData("beta/communications", new[] { "establishing", "ringing", "established", "established" }, "ringing")]
    [InlineData("beta/app", new[] { "establishing", "ringing", "established", "established" }, "ringing")]
    [InlineData("v1.0/communications", new[] { "establishing", "established", "established" }, "establishing")]
    public async Task A_call_that_was_created_in_beta_is_told_that_it_rings(string path, string[] told, string shown)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var id = (string)(await bot.Http.Ask("POST", $"/{path}/calls", bot.CallBody())).Body["id"]!;

        await server.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(shown, (string?)(await bot.Http.Ask("GET", $"/{path}/calls/{id}")).Body["state"]);
        Assert.Equal("establishing", (string?)(await bot.Http.Ask("GET", People.Path(id))).Body["state"]);
        await server.Advance(TimeSpan.FromMilliseconds(200));

        Assert.Equal("established", (string?)(await bot.Http.Ask("GET", $"/{path}/calls/{id}")).Body["state"]);
        Assert.Equal(told, bot.All.Select(one => (string?)one.Call["state"]));
    }

    [Fact]
    public async Task Of_several_phones_the_first_is_told_and_a_transfer_tells_nothing_of_it()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        static object Rings(string after, string answers) =>
            new { script = new[] { new { @do = "ring", after }, new { @do = answers, after = "PT1S" } } };
        await server.Put($"/control/users/{Person}", new { phones = new[] { Rings("PT1S", "decline"), Rings("PT3S", "answer") } });
        var id = (string)(await bot.Http.Ask("POST", "/beta/communications/calls", bot.CallBody())).Body["id"]!;

        await server.Advance(TimeSpan.FromSeconds(4));
        await bot.Http.Ask("POST", $"{People.Path(id, "beta")}/transfer", TestBot.TransferBody);
        await server.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(
            ["establishing", "ringing", "established", "established", "transferring", "transferAccepted", "terminated"],
            bot.All.Select(one => (string?)one.Call["state"]));
    }
}
