using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Media;

/// <summary>A participant hears music instead of the others. Graph, participant: startHoldMusic, stopHoldMusic.</summary>
public sealed class HoldMusicTests
{
    private static readonly short[] Music = Sounds.Noise(6);
    private static readonly short[] Talk = Sounds.Noise(7);

    [Fact]
    public async Task One_participant_hears_the_music_and_the_others_each_other()
    {
        await using var server = await People.Server();
        await using var sounds = await SoundServer.Start();
        await using var bot = await server.Bot();
        var call = await bot.CallGroup([People.Ada.Id, People.Ben.Id, People.Cem.Id]);
        await server.Advance(TimeSpan.FromSeconds(1));
        await server.PutSound("talk", Talk);
        var ada = $"{People.Path(call)}/participants/{await bot.Participant(call, "Ada")}";

        var started = await bot.Http.Ask("POST", $"{ada}/startHoldMusic", $$$"""
            {"clientContext":"hold","customPrompt":{"@odata.type":"#microsoft.graph.mediaPrompt","mediaInfo":{"uri":"{{{sounds.Put("music.wav", Music)}}}"} }}
            """);
        var held = await bot.Until("deleted startHoldMusicOperation");
        await server.Does(People.Ben, "speak", new { sound = "talk" });
        await server.Hears(People.Cem.Id, Talk);
        await server.Hears(People.Ada.Id, [.. Music, .. Music]);
        Assert.Equal(-1, (await server.Heard(People.Ada.Id)).Find(Talk));

        var stopped = await bot.Http.Ask("POST", $"{ada}/stopHoldMusic", """{"clientContext":"back"}""");
        var back = await bot.Until("deleted stopHoldMusicOperation");
        await server.Does(People.Ben, "speak", new { sound = "talk" });
        await server.Hears(People.Ada.Id, Talk);

        Assert.Equal((202, "running"), (started.Status, (string?)started.Body["status"]));
        Assert.Equal(("completed", "hold"), ((string?)held.Operation!["status"], (string?)held.Operation["clientContext"]));
        Assert.Equal((202, "running"), (stopped.Status, (string?)stopped.Body["status"]));
        Assert.Equal(("completed", "back"), ((string?)back.Operation!["status"], (string?)back.Operation["clientContext"]));
    }

    [Fact]
    public async Task Music_that_cannot_be_fetched_holds_nobody()
    {
        await using var server = await People.Server();
        await using var sounds = await SoundServer.Start();
        await using var bot = await server.Bot();
        var call = await bot.CallGroup([People.Ada.Id, People.Ben.Id]);
        await server.Advance(TimeSpan.FromSeconds(1));
        var ada = $"{People.Path(call)}/participants/{await bot.Participant(call, "Ada")}";

        await bot.Http.Ask("POST", $"{ada}/startHoldMusic", $$$"""
            {"customPrompt":{"@odata.type":"#microsoft.graph.mediaPrompt","mediaInfo":{"uri":"{{{sounds.Address("none.wav")}}}"} }}
            """);

        var told = (await bot.Until("deleted startHoldMusicOperation")).Operation!;
        Assert.Equal(("failed", "8536"), ((string?)told["status"], told["resultInfo"]!["subcode"]!.ToString()));
        Assert.Equal(409, (await bot.Http.Ask("POST", $"{ada}/stopHoldMusic", "{}")).Status);
    }

    [Fact]
    public async Task Without_music_of_the_bots_own_the_servers_is_heard_and_the_roster_shows_who_hears_it()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var call = await bot.CallGroup([People.Ada.Id, People.Ben.Id]);
        await server.Advance(TimeSpan.FromSeconds(1));

        await bot.Http.Ask("POST", $"{People.Path(call)}/participants/{await bot.Participant(call, "Ada")}/startHoldMusic");
        await bot.Until("deleted startHoldMusicOperation");

        await server.Hears(People.Ada.Id, Hookswitch.Media.HoldMusic.Samples[..8_000]);
        var shown = (await bot.Roster(call)).ToDictionary(
            one => (string)one!["info"]!["identity"]!.AsObject().First(member => member.Value is System.Text.Json.Nodes.JsonObject).Value!["displayName"]!,
            one => (string)one!["mediaStreams"]![0]!["direction"]!);
        Assert.Equal(("receiveOnly", "sendReceive"), (shown["Ada"], shown["Ben"]));
    }
}
