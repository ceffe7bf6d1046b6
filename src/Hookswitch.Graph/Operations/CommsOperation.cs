using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>Something a bot asked for that takes its time. Graph, commsOperation resource type.</summary>
/// <remarks>What is written as this type carries the <c>@odata.type</c> of its own; one that is read with none, or an unknown one, is plain.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "@odata.type", IgnoreUnrecognizedTypeDiscriminators = true)]
[JsonDerivedType(typeof(CommsOperation), "#microsoft.graph.commsOperation")]
[JsonDerivedType(typeof(InviteParticipantsOperation), "#microsoft.graph.inviteParticipantsOperation")]
[JsonDerivedType(typeof(MuteParticipantOperation), "#microsoft.graph.muteParticipantOperation")]
[JsonDerivedType(typeof(UnmuteParticipantOperation), "#microsoft.graph.unmuteParticipantOperation")]
[JsonDerivedType(typeof(SubscribeToToneOperation), "#microsoft.graph.subscribeToToneOperation")]
[JsonDerivedType(typeof(UpdateRecordingStatusOperation), "#microsoft.graph.updateRecordingStatusOperation")]
[JsonDerivedType(typeof(PlayPromptOperation), "#microsoft.graph.playPromptOperation")]
[JsonDerivedType(typeof(RecordOperation), "#microsoft.graph.recordOperation")]
[JsonDerivedType(typeof(SendDtmfTonesOperation), "#microsoft.graph.sendDtmfTonesOperation")]
[JsonDerivedType(typeof(CancelMediaProcessingOperation), "#microsoft.graph.cancelMediaProcessingOperation")]
[JsonDerivedType(typeof(StartHoldMusicOperation), "#microsoft.graph.startHoldMusicOperation")]
[JsonDerivedType(typeof(StopHoldMusicOperation), "#microsoft.graph.stopHoldMusicOperation")]
[JsonDerivedType(typeof(AdmitFromLobbyOperation), "#microsoft.graph.admitFromLobbyOperation")]
[JsonDerivedType(typeof(RemoveFromLobbyOperation), "#microsoft.graph.removeFromLobbyOperation")]
[JsonDerivedType(typeof(AdmitAllFromLobbyOperation), "#microsoft.graph.admitAllFromLobbyOperation")]
public record CommsOperation
{
    /// <summary>Of responses only.</summary>
    [JsonPropertyName("@odata.context"), JsonPropertyOrder(-1)]
    public string? ODataContext { get; init; }

    public OperationStatus? Status { get; init; }

    /// <summary>What the bot sent with its request, by which it finds the answer.</summary>
    public string? ClientContext { get; init; }

    public ResultInfo? ResultInfo { get; init; }

    [JsonPropertyOrder(100)]
    public string? Id { get; init; }
}

/// <summary>Someone is called into the call. Graph, inviteParticipantsOperation resource type.</summary>
public sealed record InviteParticipantsOperation : CommsOperation
{
    public IReadOnlyList<InvitationParticipantInfo>? Participants { get; init; }
}

/// <summary>A participant is muted. Graph, muteParticipantOperation resource type.</summary>
public sealed record MuteParticipantOperation : CommsOperation;

/// <summary>A participant may be heard again. Graph, unmuteParticipantOperation resource type.</summary>
public sealed record UnmuteParticipantOperation : CommsOperation;

/// <summary>The bot is told which keys are pressed. Graph, subscribeToToneOperation resource type.</summary>
public sealed record SubscribeToToneOperation : CommsOperation;

/// <summary>The bot says whether it records. Graph, updateRecordingStatusOperation resource type.</summary>
public sealed record UpdateRecordingStatusOperation : CommsOperation;

/// <summary>Someone in the lobby is let in. Graph beta, participant: admitFromLobby.</summary>
public sealed record AdmitFromLobbyOperation : CommsOperation;

/// <summary>Someone in the lobby is refused. Graph beta, participant: removeFromLobby.</summary>
public sealed record RemoveFromLobbyOperation : CommsOperation;

/// <summary>Everyone in the lobby is let in. Graph beta, participant: admitAllFromLobby.</summary>
public sealed record AdmitAllFromLobbyOperation : CommsOperation;

/// <summary>How far an operation is. Graph, commsOperation resource type.</summary>
[JsonConverter(typeof(GraphEnum<OperationStatus>))]
public enum OperationStatus
{
    NotStarted,
    Running,
    Completed,
    Failed,
}
