using Hookswitch.Tests.Harness;
using Microsoft.Graph.Communications.Calls.Item.SendDtmfTones;
using Microsoft.Graph.Models;

namespace Hookswitch.Tests.Media;

/// <summary>The keys that a bot sends are heard in the sound that reaches the phone. Graph, call: sendDtmfTones.</summary>
public sealed class SendDtmfTonesTests
{
    private const string User = "cccccccc-0000-4000-8000-000000000001";

    [Fact]
    public async Task The_phone_hears_the_keys_that_the_SDK_sends()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = await bot.PlaceEstablished();

        var operation = (await bot.Graph.Communications.Calls[call].SendDtmfTones.PostAsync(new SendDtmfTonesPostRequestBody
        {
            ClientContext = "pin",
            Tones = [Tone.Tone1, Tone.Tone1, Tone.Tone0, Tone.Star, Tone.Pound, Tone.D],
            DelayBetweenTonesMs = 60,
        }))!;

        var told = (await bot.Until("deleted sendDtmfTonesOperation")).Operation!;
        Assert.Equal((OperationStatus.Running, "pin"), (operation.Status, operation.ClientContext));
        Assert.Equal(("completed", "completedSuccessfully", "pin"), ((string?)told["status"], (string?)told["completionReason"], (string?)told["clientContext"]));
        Assert.Equal("110*#d", await server.HeardKeys(User));
    }

    [Fact]
    public async Task Tones_that_are_cancelled_are_completed_all_the_same_and_say_why()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = await bot.PlaceEstablished();

        await bot.Http.Ask("POST", $"/v1.0/communications/calls/{call}/sendDtmfTones", """{"tones":["tone1","tone2"],"delayBetweenTonesMs":10000}""");
        await bot.Http.Ask("POST", $"/v1.0/communications/calls/{call}/cancelMediaProcessing", "{}");

        var told = (await bot.Until("deleted sendDtmfTonesOperation")).Operation!;
        Assert.Equal(("completed", "mediaOperationCanceled"), ((string?)told["status"], (string?)told["completionReason"]));
    }
}
