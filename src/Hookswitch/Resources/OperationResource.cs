using System.Diagnostics;
using Hookswitch.Calling;

namespace Hookswitch.Resources;

/// <summary>What a bot asked for, as Graph's <c>commsOperation</c>: its concrete type, and how far it is. Graph, commsOperation resource type.</summary>
internal static class OperationResource
{
    public const string Done = "Action completed successfully.";
    private const int Success = 200;

    /// <summary>The address of an operation below the version, as notifications and <c>Location</c> name it.</summary>
    public static string Path(CallId call, Guid operation) => $"{CallResource.Path(call)}/operations/{operation:D}";

    /// <summary>The name of a concrete type, as Graph spells it.</summary>
    public static string TypeName(Graph.CommsOperation operation) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(operation.GetType().Name);

    /// <summary>All that the bot of a leg asked for.</summary>
    public static IReadOnlyList<Graph.CommsOperation> Of(Conversation conversation, Leg leg) =>
        [.. conversation.Operations.Where(one => one.Leg == leg.Id).Select(one => Of(conversation, one))];

    public static Graph.CommsOperation Of(Conversation conversation, Operation operation)
    {
        var bot = conversation.Find(operation.Leg)!.Bot!;
        var failures = Failures(conversation, operation).ToArray();
        return Concrete(conversation, operation) with
        {
            Id = operation.Id.ToString("D"),
            Status = !operation.IsOver ? Graph.OperationStatus.Running
                : failures.Length > 0 || MediaResource.HasFailed(operation) ? Graph.OperationStatus.Failed
                : Graph.OperationStatus.Completed,
            ClientContext = operation.ClientContext,
            ResultInfo = !operation.IsOver ? null
                : failures.Length > 0 ? Failed(failures, bot)
                : operation.Result is { } result ? MediaResource.Result(result, operation.Detail, bot)
                : Info(Success, 0, Done, bot),
        };
    }

    private static Graph.CommsOperation Concrete(Conversation conversation, Operation operation) => operation.Kind switch
    {
        OperationKind.Invite => new Graph.InviteParticipantsOperation
        {
            Participants = [.. operation.Participants.Select(conversation.FindInvitation).OfType<Invitation>().Select(Invited)],
        },
        OperationKind.PlayPrompt or OperationKind.RecordResponse or OperationKind.SendDtmfTones => MediaResource.Of(operation),
        OperationKind.CancelMediaProcessing => new Graph.CancelMediaProcessingOperation(),
        OperationKind.StartHoldMusic => new Graph.StartHoldMusicOperation(),
        OperationKind.StopHoldMusic => new Graph.StopHoldMusicOperation(),
        OperationKind.MuteParticipant => new Graph.MuteParticipantOperation(),
        OperationKind.SubscribeToTone => new Graph.SubscribeToToneOperation(),
        OperationKind.UpdateRecordingStatus => new Graph.UpdateRecordingStatusOperation(),
        OperationKind.UnmuteParticipant => new Graph.UnmuteParticipantOperation(),
        OperationKind.AdmitFromLobby => new Graph.AdmitFromLobbyOperation(),
        OperationKind.AdmitAllFromLobby => new Graph.AdmitAllFromLobbyOperation(),
        OperationKind.RemoveFromLobby => new Graph.RemoveFromLobbyOperation(),
        _ => throw new UnreachableException($"No resource of kind {operation.Kind}."),
    };

    private static Graph.InvitationParticipantInfo Invited(Invitation invitation) => new()
    {
        Identity = IdentityResource.Of(invitation.Identity),
        ParticipantId = ParticipantResource.Id(invitation.Participant),
        ReplacesCallId = invitation.Replaces?.ToString(),
    };

    private static IEnumerable<Invitation> Failures(Conversation conversation, Operation operation) =>
        operation.Participants.Select(conversation.FindInvitation).OfType<Invitation>().Where(one => one.Failure is not null);

    // The first of them says code and subcode; the message names each, as captures of real traffic have it.
    private static Graph.ResultInfo Failed(Invitation[] failures, Bot bot)
    {
        var first = failures[0].Failure!;
        return Info(first.Code, first.Subcode, string.Join(" ", failures.Select(one =>
            $"addParticipants failed for participant {IdentityResource.Raw(one.Identity)}. Underlying reason: {CallResource.Message(one.Failure!, bot)}")), bot);
    }

    public static Graph.ResultInfo Info(int code, int subcode, string message, Bot bot) => new()
    {
        Code = new Graph.ResultCode(code, bot.QuotedCodes),
        Subcode = new Graph.ResultCode(subcode, bot.QuotedCodes),
        Message = message,
    };
}
