namespace Hookswitch.Graph;

/// <summary>What a bot sends to leave its call to another. Graph, call: transfer.</summary>
public sealed record TransferRequest
{
    /// <summary>With <c>replacesCallId</c>: the other party of that call comes over.</summary>
    public InvitationParticipantInfo? TransferTarget { get; init; }

    /// <summary>Of a group call: who is to go.</summary>
    public ParticipantInfo? Transferee { get; init; }
}
