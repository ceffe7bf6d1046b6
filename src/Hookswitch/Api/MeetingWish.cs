using Hookswitch.Phones;

namespace Hookswitch.Api;

/// <summary>Which meeting a bot wants to join, and how, checked. Graph, Create call: meetingInfo and chatInfo.</summary>
/// <param name="Echo">As the bot wrote it: the answer shows it again.</param>
internal sealed record MeetingWish(MeetingAddress Address, Graph.MeetingInfo Echo)
{
    /// <summary>The application joins as a guest of that name; null: as itself.</summary>
    public Calling.Identity? Guest { get; init; }

    public bool RequiresHost { get; init; }

    public bool BypassesLobby { get; init; }

    /// <summary>Whether a body asks to join rather than to call.</summary>
    public static bool IsIn(Graph.Call body) => body.MeetingInfo is not null || body.ChatInfo is not null;

    /// <summary>Reports the first bad member, by its path.</summary>
    public static GraphError? Problem(Graph.Call body) =>
        (body.MeetingInfo switch
        {
            null => GraphError.InvalidArgument("meetingInfo", "is missing: chatInfo alone names no meeting"),
            Graph.TokenMeetingInfo { Token: null or "" } => GraphError.InvalidArgument("meetingInfo.token", "is missing"),
            Graph.JoinMeetingIdMeetingInfo { JoinMeetingId: null or "" } => GraphError.InvalidArgument("meetingInfo.joinMeetingId", "is missing"),
            Graph.OrganizerMeetingInfo { Organizer.User.Id: null or "" } or Graph.OrganizerMeetingInfo { Organizer: null or { User: null } } =>
                GraphError.InvalidArgument("meetingInfo.organizer.user.id", "is missing"),
            Graph.OrganizerMeetingInfo when string.IsNullOrEmpty(body.ChatInfo?.ThreadId) =>
                GraphError.InvalidArgument("chatInfo.threadId", "is missing: with an organizer it names the meeting"),
            _ => null,
        })
        ?? InvitedParties.Length(body.ChatInfo?.ThreadId, "chatInfo.threadId")
        ?? InvitedParties.Length(body.ChatInfo?.MessageId, "chatInfo.messageId")
        ?? GuestProblem(body.Source?.Identity?.Guest)
        ?? (body.Targets is { Count: > 0 } ? GraphError.InvalidArgument("targets", "must be left out: whoever joins a meeting calls nobody") : null);

    public static MeetingWish From(Graph.Call body) => new(
        body.MeetingInfo switch
        {
            Graph.TokenMeetingInfo token => new MeetingAddress.ByToken(token.Token!),
            Graph.JoinMeetingIdMeetingInfo id => new MeetingAddress.ByJoinId(id.JoinMeetingId!, id.Passcode),
            Graph.OrganizerMeetingInfo organizer => new MeetingAddress.ByThread(
                body.ChatInfo!.ThreadId!, body.ChatInfo.MessageId is { Length: > 0 } message ? message : "0", organizer.Organizer!.User!.Id!),
            _ => throw new System.Diagnostics.UnreachableException("The problem of it was reported."),
        },
        body.MeetingInfo)
    {
        Guest = body.Source?.Identity?.Guest is { } guest ? new(Calling.IdentityKind.Guest, guest.Id!, guest.DisplayName) : null,
        RequiresHost = body.MeetingInfo.AllowConversationWithoutHost == false,
        BypassesLobby = body.CallOptions is Graph.OutgoingCallOptions { AllowGuestToBypassLobby: true },
    };

    private static GraphError? GuestProblem(Graph.Identity? guest) => guest switch
    {
        { Id: null or "" } => GraphError.InvalidArgument("source.identity.guest.id", "is missing"),
        _ => InvitedParties.TextProblem(guest?.Id, "source.identity.guest.id")
            ?? InvitedParties.TextProblem(guest?.DisplayName, "source.identity.guest.displayName"),
    };
}
