using System.Text.Json;
using Hookswitch.Graph;
using Hookswitch.Identity;
using Hookswitch.Journal;
using Hookswitch.Time;

namespace Hookswitch.Api;

/// <summary>What bots say of the quality of their media. It is kept with the call, for people to read, and changes nothing.</summary>
internal static class QualityApi
{
    public static void MapQuality(this IEndpointRouteBuilder calls) => calls.MapPost("/logTeleconferenceDeviceQuality", Log);

    /// <summary>Takes down how the media of a device was, in a call that lives or has ended. 200, no body.</summary>
    /// <remarks>Graph, call: logTeleconferenceDeviceQuality.</remarks>
    private static async Task<IResult> Log(HttpContext context, Caller caller, CallJournal journal, CallClock clock)
    {
        var body = (await RequestBody.Read<LogTeleconferenceDeviceQualityRequest>(context.Request)).Then(Complete);
        if (body is not { Value: { } quality })
        {
            return body.Error!;
        }

        if (CallRequests.Forbidden(caller) is { } forbidden)
        {
            return forbidden;
        }

        var written = JsonSerializer.SerializeToNode(quality, GraphJson.TypeOf<TeleconferenceDeviceQuality>())!;
        return journal.TryAdd(caller.Application, quality.CallChainId!.Value, new JournaledQuality(clock.Now, written))
            ? TypedResults.Ok()
            : GraphError.CallNotFound;
    }

    // Graph, teleconferenceDeviceQuality: what the schema does not allow to be null.
    private static Checked<TeleconferenceDeviceQuality> Complete(LogTeleconferenceDeviceQualityRequest request)
    {
        var missing = request.Quality switch
        {
            null => "quality",
            { CallChainId: null } => "quality.callChainId",
            { ParticipantId: null } => "quality.participantId",
            { MediaLegId: null } => "quality.mediaLegId",
            { DeviceName: null } => "quality.deviceName",
            { DeviceDescription: null } => "quality.deviceDescription",
            { MediaQualityList: null } => "quality.mediaQualityList",
            { MediaQualityList: var list } when list.Select((one, index) => (one, index)).FirstOrDefault(item => item.one.ChannelIndex is null) is { one: not null } found =>
                $"quality.mediaQualityList[{found.index}].channelIndex",
            _ => null,
        };
        return missing is null ? request.Quality! : GraphError.InvalidArgument(missing, "is missing");
    }
}
