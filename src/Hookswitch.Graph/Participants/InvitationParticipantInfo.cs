using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>Someone to be called. Graph, invitationParticipantInfo resource type.</summary>
public sealed record InvitationParticipantInfo
{
    [JsonPropertyName("@odata.type"), JsonPropertyOrder(-1)]
    public string ODataType => "#microsoft.graph.invitationParticipantInfo";

    public IdentitySet? Identity { get; init; }

    public string? ParticipantId { get; init; }

    /// <summary>The call that this one takes the place of.</summary>
    public string? ReplacesCallId { get; init; }

    public bool? Hidden { get; init; }

    public bool? RemoveFromDefaultAudioRoutingGroup { get; init; }
}
