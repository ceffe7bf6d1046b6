using System.Text.Json.Nodes;
using Hookswitch.Tests.Harness;
using Microsoft.Graph.Communications.Calls.Item.PlayPrompt;
using Microsoft.Graph.Models;

namespace Hookswitch.Tests.Media;

/// <summary>What a bot plays is what phones hear. Graph, call: playPrompt.</summary>
public sealed class PlayPromptTests
{
    private const string User = "cccccccc-0000-4000-8000-000000000001";
    private static readonly short[] Hello = Sounds.Noise(1);
    private static readonly short[] Bye = Sounds.Noise(2, seconds: 0.25);

    [Fact]
    public async Task The_SDK_plays_a_prompt_and_the_phone_hears_it_sample_for_sample()
    {
        await using var server = await TestServer.Start();
        await using var sounds = await SoundServer.Start();
        await using var bot = await TestBot.Start(server);
        var id = await bot.PlaceEstablished();

        var operation = (await bot.Graph.Communications.Calls[id].PlayPrompt.PostAsync(new PlayPromptPostRequestBody
        {
            ClientContext = "hello",
            Prompts = [new MediaPrompt { MediaInfo = new MediaInfo { Uri = sounds.Put("hello.wav", Hello), ResourceId = "hello" } }],
        }))!;
        var ended = await bot.Until("deleted playPromptOperation");

        Assert.IsType<PlayPromptOperation>(operation);
        Assert.Equal((OperationStatus.Running, "hello"), (operation.Status, operation.ClientContext));
        var expected = $$$"""
            {"@odata.type":"#microsoft.graph.commsNotifications","value":[{"@odata.type":"#microsoft.graph.commsNotification","changeType":"deleted","resourceUrl":"/communications/calls/{{{id}}}/operations/{{{operation.Id}}}","resourceData":{"@odata.type":"#microsoft.graph.playPromptOperation","prompts":[{"@odata.type":"#microsoft.graph.mediaPrompt","mediaInfo":{"@odata.type":"#microsoft.graph.mediaInfo","uri":"{{{sounds.Address("hello.wav")}}}","resourceId":"hello"}}],"completionReason":"completedSuccessfully","status":"completed","clientContext":"hello","resultInfo":{"@odata.type":"#microsoft.graph.resultInfo","code":200,"subcode":0,"message":"Action completed successfully."},"id":"{{{operation.Id}}}"} } ]}
            """;
        Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), ended.Body.ToJsonString());
        await server.Hears(User, Hello);
    }

    [Fact]
    public async Task A_prompt_arrives_at_three_phones_sample_for_sample()
    {
        await using var server = await People.Server();
        await using var sounds = await SoundServer.Start();
        await using var bot = await server.Bot();
        var call = await bot.CallGroup([People.Ada.Id, People.Ben.Id, People.Cem.Id]);
        await server.Advance(TimeSpan.FromSeconds(1));

        await Play(bot, call, sounds.Put("hello.wav", Hello));
        await bot.Until("deleted playPromptOperation");

        await server.Hears(People.Ada.Id, Hello);
        await server.Hears(People.Ben.Id, Hello);
        await server.Hears(People.Cem.Id, Hello);
    }

    [Fact]
    public async Task Prompts_are_played_one_after_the_other_in_the_order_in_which_they_were_asked_for()
    {
        await using var server = await TestServer.Start();
        await using var sounds = await SoundServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = await bot.PlaceEstablished();

        var first = await Play(bot, call, sounds.Put("hello.wav", Hello), sounds.Put("bye.wav", Bye));
        var second = await Play(bot, call, sounds.Address("bye.wav"));
        var ended = new[] { await bot.Until("deleted playPromptOperation"), await bot.Until("deleted playPromptOperation") };

        Assert.Equal([first, second], ended.Select(one => (string?)one.Operation!["id"]));
        var heard = await server.Heard(User);
        Assert.NotEqual(-1, heard.Find([.. Hello, .. Bye]));
        Assert.NotEqual(-1, heard[(heard.Find(Bye) + Bye.Length)..].Find(Bye));
    }

    [Fact]
    public async Task A_prompt_that_never_ends_ends_when_it_is_cancelled()
    {
        await using var server = await TestServer.Start();
        await using var sounds = await SoundServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = await bot.PlaceEstablished();

        await bot.Http.Ask("POST", $"/beta/communications/calls/{call}/playPrompt", $$$"""
            {"clientContext":"for ever","loop":true,"prompts":[{"@odata.type":"#microsoft.graph.mediaPrompt","mediaInfo":{"uri":"{{{sounds.Put("hello.wav", Hello)}}}"} }]}
            """);
        await server.Hears(User, [.. Hello, .. Hello]);
        var cancelled = await bot.Http.Ask("POST", $"/v1.0/communications/calls/{call}/cancelMediaProcessing", """{"clientContext":"enough"}""");

        var told = (await bot.Until("deleted playPromptOperation")).Operation!;
        Assert.Equal(("failed", "for ever", "mediaOperationCanceled"), ((string?)told["status"], (string?)told["clientContext"], (string?)told["completionReason"]));
        Assert.Equal("8508", (string?)told["resultInfo"]!["subcode"]!.ToString());
        Assert.Equal(("completed", "enough"), ((string?)cancelled.Body["status"], (string?)cancelled.Body["clientContext"]));
    }

    [Theory]
    [InlineData("nothing.wav", 8536, "failed")]
    [InlineData("noise.mp3", 8535, "failed")]
    public async Task What_cannot_be_played_fails_and_the_next_is_played(string file, int subcode, string status)
    {
        await using var server = await TestServer.Start();
        await using var sounds = await SoundServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = await bot.PlaceEstablished();
        sounds.Put("noise.mp3", "ID3 and what follows"u8.ToArray());

        await Play(bot, call, sounds.Address(file));
        await Play(bot, call, sounds.Put("hello.wav", Hello));

        var failed = (await bot.Until("deleted playPromptOperation")).Operation!;
        Assert.Equal((status, 400, subcode), ((string?)failed["status"], (int)failed["resultInfo"]!["code"]!, (int)failed["resultInfo"]!["subcode"]!));
        Assert.Contains(sounds.Address(file), (string)failed["resultInfo"]!["message"]!, StringComparison.Ordinal);
        await server.Hears(User, Hello);
    }

    [Fact]
    public async Task Prefetched_prompts_are_not_fetched_again()
    {
        await using var server = await TestServer.Start();
        await using var sounds = await SoundServer.Start();
        await using var bot = await TestBot.Start(server);
        var uri = sounds.Put("hello.wav", Hello);
        var call = (await bot.Graph.Communications.Calls.PostAsync(new Call
        {
            CallbackUri = bot.Callback,
            Targets = [new() { Identity = new() { User = new() { Id = User } } }],
            RequestedModalities = [Modality.Audio],
            MediaConfig = new ServiceHostedMediaConfig { PreFetchMedia = [new MediaInfo { Uri = uri, ResourceId = "hello" }] },
        }))!.Id!;
        await server.Advance(TimeSpan.FromSeconds(1));

        await PlayKept(bot, call, uri, "hello");
        await PlayKept(bot, call, uri, "hello");
        await bot.Until("deleted playPromptOperation");
        await bot.Until("deleted playPromptOperation");

        Assert.Equal(1, sounds.Asked["hello.wav"]);
    }

    [Fact]
    public async Task Nobody_hears_a_bot_that_is_muted()
    {
        await using var server = await People.Server();
        await using var sounds = await SoundServer.Start();
        await using var bot = await server.Bot();
        var call = await bot.CallGroup([People.Ada.Id, People.Ben.Id]);
        await server.Advance(TimeSpan.FromSeconds(1));

        await bot.Http.Ask("POST", $"/v1.0/communications/calls/{call}/mute", "{}");
        await Play(bot, call, sounds.Put("hello.wav", Hello));
        await bot.Until("deleted playPromptOperation");

        var heard = await server.Heard(People.Ada.Id);
        Assert.True(heard.Length >= Hello.Length);
        Assert.All(heard, sample => Assert.Equal(0, sample));
    }

    private static Task<string> Play(TestBot bot, string call, params string[] uris) =>
        Play(bot, call, [.. uris.Select(uri => new JsonObject { ["uri"] = uri })]);

    private static Task<string> PlayKept(TestBot bot, string call, string uri, string resource) =>
        Play(bot, call, [new JsonObject { ["uri"] = uri, ["resourceId"] = resource }]);

    private static async Task<string> Play(TestBot bot, string call, JsonObject[] files)
    {
        var prompts = new JsonArray([.. files.Select(file => new JsonObject { ["@odata.type"] = "#microsoft.graph.mediaPrompt", ["mediaInfo"] = file })]);
        var answer = await bot.Http.Ask("POST", $"/v1.0/communications/calls/{call}/playPrompt", new JsonObject { ["prompts"] = prompts }.ToJsonString());
        Assert.Equal(200, answer.Status);
        return (string)answer.Body["id"]!;
    }
}
