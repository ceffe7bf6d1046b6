using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Hookswitch.Media;
using Hookswitch.Tests.Harness;
using Microsoft.Graph.Communications.Calls.Item.RecordResponse;
using Microsoft.Graph.Models;

namespace Hookswitch.Tests.Media;

/// <summary>What people say to a bot is what it can fetch. Graph, call: recordResponse.</summary>
public sealed class RecordResponseTests
{
    private const string User = "cccccccc-0000-4000-8000-000000000001";
    private static readonly short[] Question = Sounds.Noise(3);
    private static readonly short[] Answer = Sounds.Noise(4, seconds: 0.5);

    [Fact]
    public async Task What_is_said_after_the_prompt_and_the_beep_is_recorded_until_a_stop_tone()
    {
        await using var server = await People.Server();
        await using var sounds = await SoundServer.Start();
        await using var bot = await server.Bot();
        var call = await bot.CallGroup([People.Ada.Id, People.Ben.Id]);
        await server.Advance(TimeSpan.FromSeconds(1));
        await server.PutSound("answer", Answer);

        var operation = (await bot.Graph.Communications.Calls[call].RecordResponse.PostAsync(new RecordResponsePostRequestBody
        {
            ClientContext = "question",
            Prompts = [new MediaPrompt { MediaInfo = new MediaInfo { Uri = sounds.Put("question.wav", Question) } }],
            MaxRecordDurationInSeconds = 60,
            PlayBeep = true, // the SDK says false where nobody says anything
            StopTones = ["#", "tone1"],
        }))!;
        await server.Hears(People.Ada.Id, [.. Question, .. DtmfTones.Beep.Span]);
        await server.Does(People.Ada, "speak", new { sound = "answer" });
        await server.Hears(People.Ben.Id, Answer);
        await server.Does(People.Ada, "press", new { key = "1" });

        var told = (await bot.Until("deleted recordOperation")).Operation!;
        Assert.IsType<RecordOperation>(operation);
        Assert.Equal((OperationStatus.Running, "question"), (operation.Status, operation.ClientContext));
        Assert.Equal(("completed", "stopToneDetected", 8514), Ending(told));
        Assert.NotEqual(-1, WavFile.Read(await Fetch(server, told)).Find(Answer));
    }

    [Fact]
    public async Task It_ends_when_it_is_as_long_as_it_may_be()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = await bot.PlaceEstablished();

        await Record(bot, call, """{"maxRecordDurationInSeconds":1,"playBeep":false}""");
        await server.Phone(User, "speak", new { sound = "tone-440" });

        var told = (await bot.Until("deleted recordOperation")).Operation!;
        Assert.Equal(("completed", "maxRecordDurationReached", 8515), Ending(told));
        Assert.Equal("Action completed, max record duration reached.", (string?)told["resultInfo"]!["message"]);
        Assert.Equal(Pcm.SampleRate, WavFile.Read(await Fetch(server, told)).Length);
    }

    [Fact]
    public async Task It_ends_after_the_silence_that_follows_the_answer()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = await bot.PlaceEstablished();
        await server.PutSound("answer", Answer);

        await Record(bot, call, """{"maxRecordDurationInSeconds":60,"maxSilenceTimeoutInSeconds":1,"playBeep":false}""");
        await server.Phone(User, "speak", new { sound = "answer" });

        var told = (await bot.Until("deleted recordOperation")).Operation!;
        Assert.Equal(("completed", "maxSilenceTimeout", 8509), Ending(told));
        Assert.NotEqual(-1, WavFile.Read(await Fetch(server, told)).Find(Answer));
    }

    [Fact]
    public async Task Where_nobody_says_anything_there_is_nothing_to_fetch()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = await bot.PlaceEstablished();

        await Record(bot, call, """{"initialSilenceTimeoutInSeconds":1,"playBeep":false}""");

        var told = (await bot.Until("deleted recordOperation")).Operation!;
        Assert.Equal(("failed", "initialSilenceTimeout", 8510), Ending(told));
        Assert.Equal(("", ""), ((string?)told["recordingLocation"], (string?)told["recordingAccessToken"]));
    }

    [Fact]
    public async Task A_recording_that_is_cancelled_is_told_as_the_documentation_has_it()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = await bot.PlaceEstablished();

        await Record(bot, call, """{"clientContext":"question","maxRecordDurationInSeconds":60}""");
        await bot.Http.Ask("POST", $"/v1.0/communications/calls/{call}/cancelMediaProcessing", "{}");

        var told = (await bot.Until("deleted recordOperation")).Operation!;
        Assert.Equal(("failed", "operationCanceled", 8508), Ending(told));
        Assert.Equal(("", ""), ((string?)told["recordingLocation"], (string?)told["recordingAccessToken"]));
    }

    [Fact]
    public async Task A_recording_that_may_barge_in_ends_the_prompt_before_it()
    {
        await using var server = await TestServer.Start();
        await using var sounds = await SoundServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = await bot.PlaceEstablished();

        await bot.Http.Ask("POST", $"/v1.0/communications/calls/{call}/playPrompt", $$$"""
            {"clientContext":"long","prompts":[{"@odata.type":"#microsoft.graph.mediaPrompt","mediaInfo":{"uri":"{{{sounds.Put("long.wav", Sounds.Noise(5, seconds: 60))}}}"} }]}
            """);
        await Record(bot, call, """{"bargeInAllowed":true,"initialSilenceTimeoutInSeconds":1,"playBeep":false}""");

        Assert.Equal("8508", (await bot.Until("deleted playPromptOperation")).Operation!["resultInfo"]!["subcode"]!.ToString());
        Assert.Equal(8510, Ending((await bot.Until("deleted recordOperation")).Operation!).Subcode);
    }

    [Fact]
    public async Task A_prompt_that_cannot_be_played_ends_it()
    {
        await using var server = await TestServer.Start();
        await using var sounds = await SoundServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = await bot.PlaceEstablished();

        await Record(bot, call, $$$"""{"prompts":[{"@odata.type":"#microsoft.graph.mediaPrompt","mediaInfo":{"uri":"{{{sounds.Address("none")}}}"} }]}""");

        Assert.Equal(("failed", "playPromptFailed", 8536), Ending((await bot.Until("deleted recordOperation")).Operation!));
    }

    [Fact]
    public async Task Nobody_fetches_a_recording_without_its_token()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = await bot.PlaceEstablished();
        await Record(bot, call, """{"maxRecordDurationInSeconds":1,"playBeep":false}""");
        await server.Phone(User, "speak", new { sound = "tone-440" });
        var told = (await bot.Until("deleted recordOperation")).Operation!;
        var location = (string)told["recordingLocation"]!;

        Assert.Equal(401, (await server.Http.Ask("GET", location)).Status);
        Assert.Equal(401, (await bot.Http.Ask("GET", location)).Status); // the bot's own token opens calls, not recordings
    }

    private static async Task Record(TestBot bot, string call, string body) =>
        Assert.Equal(200, (await bot.Http.Ask("POST", $"/v1.0/communications/calls/{call}/recordResponse", body)).Status);

    private static (string? Status, string? Reason, int Subcode) Ending(JsonObject told) =>
        ((string?)told["status"], (string?)told["completionReason"], (int)told["resultInfo"]!["subcode"]!);

    private static async Task<byte[]> Fetch(TestServer server, JsonObject told)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, (string?)told["recordingLocation"])
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", (string?)told["recordingAccessToken"]) },
        };
        using var response = await server.Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        Assert.Equal("application/octet-stream", response.Content.Headers.ContentType?.MediaType);
        return await response.Content.ReadAsByteArrayAsync();
    }
}
