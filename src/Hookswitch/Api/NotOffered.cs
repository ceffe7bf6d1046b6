namespace Hookswitch.Api;

/// <summary>Operations on a call that Graph has and this server does not offer: said plainly, rather than as an unknown path.</summary>
internal static class NotOffered
{
    private static readonly string[] Operations =
    [
        "addLargeGalleryView", "audioRoutingGroups", "cancelMediaProcessing", "changeScreenSharingRole", "contentSharingSessions", "mute",
        "operations", "participants", "playPrompt", "record", "recordResponse", "redirect", "sendDtmfTones", "startRecording",
        "startTranscription", "stopRecording", "stopTranscription", "subscribeToTone", "transfer", "unmute", "updateRecordingStatus",
    ];

    public static void MapNotOffered(this IEndpointRouteBuilder calls)
    {
        foreach (var operation in Operations)
        {
            calls.Map($"/{{id}}/{operation}/{{**rest}}", () => GraphError.NotOffered(operation));
            calls.Map($"/{{id}}/microsoft.graph.{operation}", () => GraphError.NotOffered(operation));
        }

        calls.MapPost("/logTeleconferenceDeviceQuality", () => GraphError.NotOffered("logTeleconferenceDeviceQuality"));
    }
}
