using System.Text.Json.Nodes;
using Hookswitch.Tests.Harness;
using Microsoft.Graph.Models;

namespace Hookswitch.Tests.Api;

/// <summary>What bots say of the quality of their media.</summary>
public sealed class QualityTests
{
    private const string Path = "/v1.0/communications/calls/logTeleconferenceDeviceQuality";
    private const string Other = "bbbbbbbb-0000-4000-8000-000000000002";

    [Fact]
    public async Task What_the_SDK_logs_is_shown_with_the_call_while_it_lives_and_after_it()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var id = await bot.PlaceEstablished();
        var chain = Guid.Parse((await bot.Graph.Communications.Calls[id].GetAsync())!.CallChainId!);

        await bot.Graph.Communications.Calls.LogTeleconferenceDeviceQuality.PostAsync(new() { Quality = Quality(chain, "first") });
        await bot.Graph.Communications.Calls[id].DeleteAsync();
        await server.Settle();
        await bot.Graph.Communications.Calls.LogTeleconferenceDeviceQuality.PostAsync(new() { Quality = Quality(chain, "second") });

        var shown = (await server.Http.Ask("GET", $"/control/calls/{id}")).Body["quality"]!.AsArray();
        Assert.Equal(["first", "second"], shown.Select(one => (string?)one!["quality"]!["deviceName"]));
        var audio = shown[0]!["quality"]!["mediaQualityList"]![0]!;
        Assert.Equal(
            ("#microsoft.graph.teleconferenceDeviceAudioQuality", 1, "PT0.03S", 0.5),
            ((string?)audio["@odata.type"], (int)audio["channelIndex"]!, (string?)audio["averageInboundJitter"], (double)audio["averageInboundPacketLossRateInPercentage"]!));
        Assert.Equal(30, (double)shown[0]!["quality"]!["mediaQualityList"]![1]!["averageInboundFrameRate"]!);
    }

    [Theory]
    [InlineData("v1.0", "logTeleconferenceDeviceQuality")]
    [InlineData("beta", "microsoft.graph.logTeleconferenceDeviceQuality")]
    public async Task It_is_answered_with_200_and_no_body(string version, string action)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var chain = await Chain(bot, await bot.PlaceEstablished());

        var answer = await bot.Http.Ask("POST", $"/{version}/communications/calls/{action}", Body(chain).ToJsonString());

        Assert.Equal((200, ""), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task A_chain_of_no_call_or_of_another_applications_is_not_found()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        await using var other = await TestBot.Start(server, Other);
        var id = await bot.PlaceEstablished();
        var chain = await Chain(bot, id);

        Assert.Equal("404 8522", (await other.Http.Ask("POST", Path, Body(chain).ToJsonString())).Outcome);
        Assert.Equal("404 8522", (await bot.Http.Ask("POST", Path, Body(Guid.NewGuid().ToString()).ToJsonString())).Outcome);
        Assert.Empty((await server.Http.Ask("GET", $"/control/calls/{id}")).Body["quality"]!.AsArray());
    }

    [Theory]
    [InlineData("callChainId", "null", "'quality.callChainId' is missing.")]
    [InlineData("callChainId", "\"x\"", "'quality.callChainId' must be a GUID, not this string.")]
    [InlineData("participantId", "null", "'quality.participantId' is missing.")]
    [InlineData("mediaLegId", "null", "'quality.mediaLegId' is missing.")]
    [InlineData("deviceName", "null", "'quality.deviceName' is missing.")]
    [InlineData("deviceDescription", "null", "'quality.deviceDescription' is missing.")]
    [InlineData("mediaQualityList", "null", "'quality.mediaQualityList' is missing.")]
    [InlineData("mediaQualityList", "[{}]", "'quality.mediaQualityList[0]' must have an @odata.type, one of #microsoft.graph.teleconferenceDeviceAudioQuality")]
    [InlineData("mediaQualityList", """[{"@odata.type":"#microsoft.graph.teleconferenceDeviceAudioQuality"}]""", "'quality.mediaQualityList[0].channelIndex' is missing.")]
    [InlineData(
        "mediaQualityList", """[{"@odata.type":"#microsoft.graph.teleconferenceDeviceAudioQuality","channelIndex":1,"mediaDuration":"1s"}]""",
        "'quality.mediaQualityList[0].mediaDuration' must be a duration such as PT0.03S, not this string.")]
    [InlineData(
        "mediaQualityList", """[{"@odata.type":"#microsoft.graph.teleconferenceDeviceVideoQuality","channelIndex":1,"averageInboundBitRate":"x"}]""",
        "'quality.mediaQualityList[0].averageInboundBitRate' must be a number, not this string.")]
    public async Task A_bad_member_is_named(string member, string value, string message)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var body = Body(Guid.NewGuid().ToString());
        body["quality"]![member] = JsonNode.Parse(value);

        var answer = await bot.Http.Ask("POST", Path, body.ToJsonString());

        Assert.Equal("400 8523", answer.Outcome);
        Assert.StartsWith(message, answer.Message, StringComparison.Ordinal);
        Assert.Equal("'quality' is missing.", (await bot.Http.Ask("POST", Path, "{}")).Message);
    }

    private static TeleconferenceDeviceQuality Quality(Guid chain, string device) => new()
    {
        CallChainId = chain,
        ParticipantId = Guid.NewGuid(),
        MediaLegId = Guid.NewGuid(),
        DeviceName = device,
        DeviceDescription = "a room",
        MediaQualityList =
        [
            new TeleconferenceDeviceAudioQuality
            {
                ChannelIndex = 1,
                AverageInboundJitter = TimeSpan.FromMilliseconds(30),
                AverageInboundPacketLossRateInPercentage = 0.5,
            },
            new TeleconferenceDeviceScreenSharingQuality { ChannelIndex = 2, AverageInboundFrameRate = 30 },
        ],
    };

    private static async Task<string> Chain(TestBot bot, string id) =>
        (string)(await bot.Http.Ask("GET", $"/v1.0/communications/calls/{id}")).Body["callChainId"]!;

    private static JsonObject Body(string chain) => JsonNode.Parse($$"""
        {"quality":{"callChainId":"{{chain}}","participantId":"{{Guid.NewGuid()}}","mediaLegId":"{{Guid.NewGuid()}}","deviceName":"d","deviceDescription":"e",
         "mediaQualityList":[]} }
        """)!.AsObject();
}
