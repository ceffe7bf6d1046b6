namespace Hookswitch.Api;

/// <summary>Operations on a call that Graph has and this server does not offer: said plainly, rather than as an unknown path.</summary>
internal static class NotOffered
{
    private static readonly string[] Operations =
    [
        "addLargeGalleryView", "startRecording",
        "startTranscription", "stopRecording", "stopTranscription",
    ];

    private static readonly string[] OfParticipants =
        ["configureMixer", "lowerAllHands", "lowerHand", "muteAll", "reportSyntheticMedia"];

    public static void MapNotOffered(this IEndpointRouteBuilder calls)
    {
        foreach (var operation in Operations)
        {
            calls.Map($"/{{id}}/{operation}/{{**rest}}", () => GraphError.NotOffered(operation));
        }

        foreach (var operation in OfParticipants)
        {
            calls.MapPost($"/{{id}}/participants/{operation}", () => GraphError.NotOffered(operation));
            calls.MapPost($"/{{id}}/participants/{{participant}}/{operation}", () => GraphError.NotOffered(operation));
        }
    }
}
