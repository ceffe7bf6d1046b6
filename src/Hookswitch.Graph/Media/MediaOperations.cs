using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>Prompts are played. Graph, playPromptOperation resource type.</summary>
public sealed record PlayPromptOperation : CommsOperation
{
    /// <summary>What was asked for. In no schema, and in captures of real traffic.</summary>
    public IReadOnlyList<Prompt>? Prompts { get; init; }

    public PlayPromptCompletionReason? CompletionReason { get; init; }
}

/// <summary>An answer is recorded. Graph, recordOperation resource type.</summary>
public sealed record RecordOperation : CommsOperation
{
    /// <summary>Where the recording is fetched, with the token alone. Empty: there is none.</summary>
    public string? RecordingLocation { get; init; }

    public string? RecordingAccessToken { get; init; }

    public RecordCompletionReason? CompletionReason { get; init; }
}

/// <summary>Tones are sent. Graph, sendDtmfTonesOperation resource type.</summary>
public sealed record SendDtmfTonesOperation : CommsOperation
{
    public SendDtmfCompletionReason? CompletionReason { get; init; }
}

/// <summary>Nothing is to be played or recorded any longer. Graph, cancelMediaProcessingOperation resource type.</summary>
public sealed record CancelMediaProcessingOperation : CommsOperation;

/// <summary>A participant is to hear music instead of the others. Graph, startHoldMusicOperation resource type.</summary>
public sealed record StartHoldMusicOperation : CommsOperation;

/// <summary>A participant is to be back among the others. Graph, stopHoldMusicOperation resource type.</summary>
public sealed record StopHoldMusicOperation : CommsOperation;

/// <summary>Why prompts are played no longer. Graph beta, playPromptCompletionReason.</summary>
[JsonConverter(typeof(GraphEnum<PlayPromptCompletionReason>))]
public enum PlayPromptCompletionReason
{
    Unknown,
    CompletedSuccessfully,
    MediaOperationCanceled,
}

/// <summary>Why nothing is recorded any longer. Graph beta, recordCompletionReason.</summary>
[JsonConverter(typeof(GraphEnum<RecordCompletionReason>))]
public enum RecordCompletionReason
{
    OperationCanceled,
    StopToneDetected,
    MaxRecordDurationReached,
    InitialSilenceTimeout,
    MaxSilenceTimeout,
    PlayPromptFailed,
    UnspecifiedError,
}

/// <summary>Why tones are sent no longer. Graph, sendDtmfCompletionReason.</summary>
[JsonConverter(typeof(GraphEnum<SendDtmfCompletionReason>))]
public enum SendDtmfCompletionReason
{
    Unknown,
    CompletedSuccessfully,
    MediaOperationCanceled,
    UnknownFutureValue,
}
