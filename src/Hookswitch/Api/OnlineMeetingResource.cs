using Hookswitch.Calling;
using Hookswitch.Phones;
using Hookswitch.Resources;

namespace Hookswitch.Api;

/// <summary>A meeting of the directory as Graph's <c>onlineMeeting</c>. Graph, onlineMeeting resource type.</summary>
internal static class OnlineMeetingResource
{
    public static Graph.OnlineMeeting Of(Meeting meeting) => new()
    {
        Id = meeting.Id,
        Subject = meeting.Subject,
        StartDateTime = meeting.StartAt,
        EndDateTime = meeting.EndAt,
        JoinWebUrl = meeting.JoinUrl,
        ChatInfo = new()
        {
            ThreadId = meeting.ThreadId,
            MessageId = meeting.MessageId,
            ReplyChainMessageId = meeting.ReplyChainMessageId,
        },
        Participants = new()
        {
            Organizer = meeting.Organizer is { } organizer ? Invited(organizer, MeetingRole.Organizer) : null,
            Attendees = [.. Invitees(meeting)],
        },
        JoinMeetingIdSettings = new()
        {
            JoinMeetingId = meeting.JoinMeetingId,
            Passcode = meeting.Passcode,
            IsPasscodeRequired = meeting.Passcode is not null,
        },
        LobbyBypassSettings = new() { Scope = Scope(meeting.Lobby), IsDialInBypassEnabled = false },
    };

    /// <summary>Graph's word for who need not wait.</summary>
    public static Graph.LobbyBypassScope Scope(LobbyBypass lobby) => lobby switch
    {
        LobbyBypass.Organizer => Graph.LobbyBypassScope.Organizer,
        LobbyBypass.Organization => Graph.LobbyBypassScope.Organization,
        LobbyBypass.OrganizationAndFederated => Graph.LobbyBypassScope.OrganizationAndFederated,
        LobbyBypass.OrganizationExcludingGuests => Graph.LobbyBypassScope.OrganizationExcludingGuests,
        LobbyBypass.Invited => Graph.LobbyBypassScope.Invited,
        _ => Graph.LobbyBypassScope.Everyone,
    };

    // The organizer is named apart from them, and a co-organizer once, whether in the meeting when it begins or not.
    private static IEnumerable<Graph.MeetingParticipantInfo> Invitees(Meeting meeting)
    {
        var present = meeting.Attendees.Where(one => one.Role != MeetingRole.Organizer).ToList();
        var absent = meeting.CoOrganizers
            .Except(present.Where(one => one.Identity.Kind == IdentityKind.User).Select(one => one.Identity.Id), StringComparer.OrdinalIgnoreCase)
            .Select(id => Invited(new Calling.Identity(IdentityKind.User, id), MeetingRole.CoOrganizer));
        return [.. absent, .. present.Select(one => Invited(one.Identity, one.Role))];
    }

    // Graph says of an organizer that they present: its roles have no word for organizers.
    private static Graph.MeetingParticipantInfo Invited(Calling.Identity identity, MeetingRole role) => new()
    {
        Identity = IdentityResource.Of(identity),
        Role = role switch
        {
            MeetingRole.Attendee => Graph.OnlineMeetingRole.Attendee,
            MeetingRole.CoOrganizer => Graph.OnlineMeetingRole.Coorganizer,
            _ => Graph.OnlineMeetingRole.Presenter,
        },
    };
}
