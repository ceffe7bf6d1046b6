using Hookswitch.Calling;

namespace Hookswitch.Api;

/// <summary>What a bot says of its recording, checked. Graph, call: updateRecordingStatus.</summary>
internal sealed record RecordingOrder(RecordingStatus Status, string? ClientContext)
{
    /// <summary>Reports the first bad member, by its path.</summary>
    public static Checked<RecordingOrder> From(Graph.UpdateRecordingStatusRequest body) => body.Status switch
    {
        null => GraphError.InvalidArgument("status", "is missing"),
        Graph.RecordingStatus.NotRecording => new RecordingOrder(RecordingStatus.NotRecording, body.ClientContext),
        Graph.RecordingStatus.Recording => new RecordingOrder(RecordingStatus.Recording, body.ClientContext),
        Graph.RecordingStatus.Failed => new RecordingOrder(RecordingStatus.Failed, body.ClientContext),
        _ => GraphError.InvalidArgument("status", "must be one of notRecording, recording, failed"),
    };
}
