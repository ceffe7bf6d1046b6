using System.Diagnostics;
using Hookswitch.Calling;

namespace Hookswitch.Resources;

/// <summary>What a bot wanted played, recorded or sent as tones, as Graph's operations of these types.</summary>
internal static class MediaResource
{
    public static Graph.CommsOperation Of(Operation operation) => operation.Work switch
    {
        PlayWork work => new Graph.PlayPromptOperation
        {
            Prompts = [.. work.Prompts.Select(Of)],
            CompletionReason = operation.Result switch
            {
                null => null,
                MediaResult.Completed => Graph.PlayPromptCompletionReason.CompletedSuccessfully,
                MediaResult.Cancelled => Graph.PlayPromptCompletionReason.MediaOperationCanceled,
                _ => Graph.PlayPromptCompletionReason.Unknown,
            },
        },
        RecordWork work => Of(work, operation),
        ToneWork => new Graph.SendDtmfTonesOperation
        {
            CompletionReason = operation.Result switch
            {
                null => null,
                MediaResult.Completed => Graph.SendDtmfCompletionReason.CompletedSuccessfully,
                MediaResult.Cancelled => Graph.SendDtmfCompletionReason.MediaOperationCanceled,
                _ => Graph.SendDtmfCompletionReason.Unknown,
            },
        },
        _ => throw new UnreachableException($"Nothing is played, recorded or sent by {operation.Kind}."),
    };

    /// <summary>Whether it did not come to its end. Tones always have: how, their completion reason says (Graph, sendDtmfTonesOperation).</summary>
    public static bool HasFailed(Operation operation) =>
        operation is { Result: { } result, Work: not ToneWork } && Code(result).Code >= 400;

    /// <remarks>Graph documents 0, 8508 and 8515. The others are those of the same platform's call automation.</remarks>
    public static Graph.ResultInfo Result(MediaResult result, string? detail, Bot bot)
    {
        var (code, subcode, message) = Code(result);
        return OperationResource.Info(code, subcode, detail is null ? message : $"{message} {detail}", bot);
    }

    private static (int Code, int Subcode, string Message) Code(MediaResult result) => result switch
    {
        MediaResult.Completed => (200, 0, OperationResource.Done),
        MediaResult.Cancelled => (400, 8508, "Action failed, the operation was cancelled."),
        MediaResult.MaxSilence => (200, 8509, "Action completed, max silence timeout reached."),
        MediaResult.InitialSilence => (400, 8510, "Action failed, initial silence timeout reached."),
        MediaResult.StopTone => (200, 8514, "Action completed as stop tone was detected."),
        MediaResult.MaxDuration => (200, 8515, "Action completed, max record duration reached."),
        MediaResult.BadFormat => (400, 8535, "Action failed, file format is invalid."),
        MediaResult.NotDownloaded => (400, 8536, "Action failed, file could not be downloaded."),
        MediaResult.Failed => (500, 9999, "Action failed."),
        _ => throw new UnreachableException($"No words for {result}."),
    };

    // Of a recording that did not come about there is nothing to fetch: Graph, call: cancelMediaProcessing.
    private static Graph.RecordOperation Of(RecordWork work, Operation operation)
    {
        var isKept = operation is { Result: not null } && !HasFailed(operation);
        return new Graph.RecordOperation
        {
            RecordingLocation = operation.Result is null ? null : isKept ? $"{work.Shelf}/{operation.Id:D}" : "",
            RecordingAccessToken = operation.Result is null ? null : isKept ? new RecordingToken(operation.Id, work.Key).ToString() : "",
            CompletionReason = operation.Result switch
            {
                null => null,
                MediaResult.Cancelled => Graph.RecordCompletionReason.OperationCanceled,
                MediaResult.StopTone => Graph.RecordCompletionReason.StopToneDetected,
                MediaResult.MaxDuration => Graph.RecordCompletionReason.MaxRecordDurationReached,
                MediaResult.InitialSilence => Graph.RecordCompletionReason.InitialSilenceTimeout,
                MediaResult.MaxSilence => Graph.RecordCompletionReason.MaxSilenceTimeout,
                MediaResult.BadFormat or MediaResult.NotDownloaded => Graph.RecordCompletionReason.PlayPromptFailed,
                _ => Graph.RecordCompletionReason.UnspecifiedError,
            },
        };
    }

    private static Graph.Prompt Of(Prompt prompt) => new Graph.MediaPrompt
    {
        MediaInfo = new() { Uri = prompt.File.Uri, ResourceId = prompt.File.ResourceId },
        Loop = prompt.Times == 1 ? null : prompt.Times,
    };
}
