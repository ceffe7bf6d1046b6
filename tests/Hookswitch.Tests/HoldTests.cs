using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests;

/// <summary>A person puts a call on hold, and takes it back. Graph, call resource type: hold.</summary>
public sealed class HoldTests
{
    private const string Person = "cccccccc-0000-4000-8000-000000000001";

    /// <summary>Bots play their first prompt when they are told that media flows: after a hold they are not told it again.</summary>
    [Fact]
    public async Task A_person_holds_a_call_and_takes_it_back()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = People.Path(await bot.PlaceEstablished());

        Assert.Equal(204, (int)(await server.Phone(Person, "hold")).StatusCode);
        await server.Settle();
        Assert.Equal("hold", (string?)(await bot.Http.Ask("GET", call)).Body["state"]);
        Assert.Equal(204, (int)(await server.Phone(Person, "resume")).StatusCode);
        await server.Settle();
        Assert.Equal("established", (string?)(await bot.Http.Ask("GET", call)).Body["state"]);

        Snapshot.Match(server.Transcript.ToString());
    }

    [Fact]
    public async Task A_script_holds_and_a_bot_transfers_from_hold()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        await server.Put($"/control/users/{Person}", new
        {
            phones = new[] { new { script = new object[] { new { @do = "answer" }, new { @do = "hold", after = "PT1S" }, new { @do = "resume", after = "PT1M" } } } },
        });
        var call = await bot.PlaceEstablished();
        await server.Advance(TimeSpan.FromSeconds(1));

        var answer = await bot.Http.Ask("POST", $"{People.Path(call)}/transfer", TestBot.TransferBody);
        await server.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(202, answer.Status);
        Assert.Equal(
            ["establishing", "established", "established", "hold", "transferring", "transferAccepted", "terminated"],
            bot.All.Select(one => (string?)one.Call["state"]));
    }

    [Fact]
    public async Task What_is_held_is_not_held_again_and_what_is_not_held_is_not_taken_back()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        await bot.PlaceEstablished();

        Assert.Equal(409, (int)(await server.Phone(Person, "resume")).StatusCode);
        Assert.Equal(204, (int)(await server.Phone(Person, "hold")).StatusCode);
        Assert.Equal(409, (int)(await server.Phone(Person, "hold")).StatusCode);
    }

    [Fact]
    public async Task In_a_group_rosters_show_whose_sound_is_away()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var call = await bot.CallGroup([People.Ada.Id, People.Ben.Id]);
        await server.Advance(TimeSpan.FromSeconds(1));
        var known = bot.All.Count;

        await server.Does(People.Ada, "hold");
        await server.Does(People.Ada, "resume");

        Assert.Equal(["inactive", "sendReceive"], bot.All.Skip(known).Select(one =>
            (string?)one.Participants.First(who => (string?)who!["info"]!["identity"]!["user"]?["displayName"] == "Ada")!["mediaStreams"]![0]!["direction"]));
        Assert.Equal("established", (string?)(await bot.Http.Ask("GET", People.Path(call))).Body["state"]);
    }
}
