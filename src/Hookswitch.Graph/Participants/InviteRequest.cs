namespace Hookswitch.Graph;

/// <summary>What a bot sends to call others into a call. Graph, participant: invite.</summary>
public sealed record InviteRequest
{
    public IReadOnlyList<InvitationParticipantInfo>? Participants { get; init; }

    public string? ClientContext { get; init; }
}
