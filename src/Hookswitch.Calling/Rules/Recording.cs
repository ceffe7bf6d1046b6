namespace Hookswitch.Calling.Rules;

/// <summary>What a bot says of its recording, so that those who are recorded see it. Graph, call: updateRecordingStatus.</summary>
internal static class Recording
{
    public static Decision Decide(Conversation conversation, UpdateRecordingStatus command) =>
        Member.ActInside(conversation, command.Leg, command.Application, leg => Member.Done(
            command.Operation, leg, OperationKind.UpdateRecordingStatus, command.ClientContext, [leg],
            leg.Recording == command.Status ? [] : [new RecordingStatusUpdated(leg.Id, command.Status)]));
}
