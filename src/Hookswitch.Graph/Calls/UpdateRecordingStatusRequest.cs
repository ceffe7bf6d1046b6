namespace Hookswitch.Graph;

/// <summary>What a bot sends to say whether it records. Graph, call: updateRecordingStatus.</summary>
public sealed record UpdateRecordingStatusRequest
{
    public RecordingStatus? Status { get; init; }

    public string? ClientContext { get; init; }
}
