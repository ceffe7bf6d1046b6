using Hookswitch.Tests.Harness;
using Microsoft.Graph.Communications.Calls.Item.UpdateRecordingStatus;
using Microsoft.Graph.Models;

namespace Hookswitch.Tests.Api;

/// <summary>A bot says whether it records.</summary>
public sealed class RecordingStatusTests
{
    [Fact]
    public async Task What_the_SDK_says_is_shown_in_rosters_with_the_bot_as_who_records()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        await server.Put("/control/meetings/recorded", new { tenantId = TestBot.Tenant, threadId = "19:meeting_recorded@thread.v2" });
        var id = await bot.Join("19:meeting_recorded@thread.v2");
        await server.Settle();
        var call = bot.Graph.Communications.Calls[id];

        var operation = (await call.UpdateRecordingStatus.PostAsync(
            new UpdateRecordingStatusPostRequestBody { Status = RecordingStatus.Recording, ClientContext = "on" }))!;
        var recording = (await call.Participants.GetAsync())!.Value!.Single().RecordingInfo!;
        await call.UpdateRecordingStatus.PostAsync(new UpdateRecordingStatusPostRequestBody { Status = RecordingStatus.NotRecording });
        await server.Settle();

        Assert.IsType<UpdateRecordingStatusOperation>(operation);
        Assert.Equal((OperationStatus.Completed, "on", 200), (operation.Status, operation.ClientContext, operation.ResultInfo!.Code));
        Assert.Equal((RecordingStatus.Recording, bot.Application), (recording.RecordingStatus, recording.Initiator!.Application!.Id));
        Assert.Equal(
            [null, "recording", "notRecording"],
            bot.All.SelectMany(one => one.Participants).Select(one => (string?)one!["recordingInfo"]?["recordingStatus"]));
    }

    /// <summary>Some clients begin the values of enums with a capital.</summary>
    [Fact]
    public async Task Between_two_the_list_of_participants_shows_it()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var path = $"/v1.0/communications/calls/{await bot.PlaceEstablished()}";

        var answer = await bot.Http.Ask("POST", $"{path}/microsoft.graph.updateRecordingStatus", """{"status":"Failed"}""");
        var participants = (await bot.Http.Ask("GET", $"{path}/participants")).Body["value"]!.AsArray();

        Assert.Equal((200, "completed"), (answer.Status, (string?)answer.Body["status"]));
        Assert.Equal(["failed", null], participants.Select(one => (string?)one!["recordingInfo"]?["recordingStatus"]));
    }

    [Theory]
    [InlineData("{}", "'status' is missing.")]
    [InlineData("""{"status":"unknown"}""", "'status' must be one of notRecording, recording, failed.")]
    [InlineData("""{"status":"unknownFutureValue"}""", "'status' must be one of notRecording, recording, failed.")]
    [InlineData("""{"status":"loud"}""", "'status' must be one of unknown, notRecording, recording, failed, not \"loud\".")]
    [InlineData("", "The body is empty.")]
    public async Task A_status_that_is_none_is_refused(string body, string message)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);

        var answer = await bot.Http.Ask("POST", $"/v1.0/communications/calls/{await bot.PlaceEstablished()}/updateRecordingStatus", body);

        Assert.Equal(("400 8523", message), (answer.Outcome, answer.Message));
    }
}
