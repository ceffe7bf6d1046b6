namespace Hookswitch.Calling.Rules;

/// <summary>What a bot says of its recording, so that those who are recorded see it. Graph, call: updateRecordingStatus.</summary>
internal static class Recording
{
    // The order of the lines is their precedence.
    public static Decision Decide(Conversation conversation, UpdateRecordingStatus command) =>
        Owned.Find(conversation, command.Leg, command.Application) switch
        {
            null => Refusal.CallNotFound,
            { InLobby: true } => Refusal.CallIsInLobby,
            { IsInside: false } => Refusal.CallNotEstablished,
            { } leg => Member.Done(
                command.Operation, leg, OperationKind.UpdateRecordingStatus, command.ClientContext, [leg],
                leg.Recording == command.Status ? [] : [new RecordingStatusUpdated(leg.Id, command.Status)]),
        };
}
