using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Media;

/// <summary>A routing group lets through exactly its pairs. Graph, audioRoutingGroup.</summary>
public sealed class RoutedSoundTests
{
    private static readonly short[] Talk = Sounds.Noise(10);
    private static readonly short[] More = Sounds.Noise(11);

    [Fact]
    public async Task A_bot_outside_the_default_group_is_heard_by_the_receivers_of_its_group_alone()
    {
        await using var server = await People.Server();
        await using var sounds = await SoundServer.Start();
        await using var bot = await server.Bot();
        var call = await Outside(server, bot);
        var (own, ada) = (await bot.Participant(call, "Bot"), await bot.Participant(call, "Ada"));

        var group = await bot.Http.Ask("POST", $"{People.Path(call)}/audioRoutingGroups", $$"""
            {"id":"whisper","routingMode":"oneToOne","sources":["{{own}}"],"receivers":["{{ada}}"]}
            """);
        await bot.Http.Ask("POST", $"{People.Path(call)}/playPrompt", $$$"""
            {"prompts":[{"@odata.type":"#microsoft.graph.mediaPrompt","mediaInfo":{"uri":"{{{sounds.Put("talk.wav", Talk)}}}"} }]}
            """);
        await bot.Until("deleted playPromptOperation");

        Assert.Equal(200, group.Status);
        await server.Hears(People.Ada.Id, Talk);
        Assert.Equal(-1, (await server.Heard(People.Ben.Id)).Find(Talk));
    }

    [Fact]
    public async Task Whoever_is_in_the_default_group_is_not_heard_outside_it()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var call = await Outside(server, bot);
        await server.PutSound("more", More);

        await bot.Http.Ask("POST", $"{People.Path(call)}/recordResponse", """{"initialSilenceTimeoutInSeconds":1,"playBeep":false}""");
        await server.Does(People.Ada, "speak", new { sound = "more" });
        await server.Hears(People.Ben.Id, More);

        Assert.Equal("400/8510", (await bot.Until("deleted recordOperation")).Reason); // it has heard nothing
    }

    private static async Task<string> Outside(TestServer server, TestBot bot)
    {
        var answer = await bot.Http.Ask("POST", "/beta/communications/calls", $$$"""
            {"callbackUri":"{{{bot.Callback}}}","requestedModalities":["audio"],
             "mediaConfig":{"@odata.type":"#microsoft.graph.serviceHostedMediaConfig","removeFromDefaultAudioGroup":true},
             "targets":[{{{People.Ada.Target}}},{{{People.Ben.Target}}}]}
            """);
        await server.Advance(TimeSpan.FromSeconds(1));
        return (string)answer.Body["id"]!;
    }
}
