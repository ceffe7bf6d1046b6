using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>Which meeting to join. Graph, meetingInfo resource type.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "@odata.type")]
[JsonDerivedType(typeof(OrganizerMeetingInfo), "#microsoft.graph.organizerMeetingInfo")]
[JsonDerivedType(typeof(TokenMeetingInfo), "#microsoft.graph.tokenMeetingInfo")]
[JsonDerivedType(typeof(JoinMeetingIdMeetingInfo), "#microsoft.graph.joinMeetingIdMeetingInfo")]
public abstract record MeetingInfo
{
    /// <summary>Declared in beta only, but sent in the examples of v1.0.</summary>
    public bool? AllowConversationWithoutHost { get; init; }
}

/// <summary>A meeting by its organizer, with chatInfo. Graph, organizerMeetingInfo resource type.</summary>
public sealed record OrganizerMeetingInfo : MeetingInfo
{
    public IdentitySet? Organizer { get; init; }
}

/// <summary>A meeting by the token of a notification. Graph, tokenMeetingInfo resource type.</summary>
public sealed record TokenMeetingInfo : MeetingInfo
{
    public string? Token { get; init; }
}

/// <summary>A meeting by the number and passcode that people type. Graph, joinMeetingIdMeetingInfo resource type.</summary>
public sealed record JoinMeetingIdMeetingInfo : MeetingInfo
{
    public string? JoinMeetingId { get; init; }

    public string? Passcode { get; init; }
}
