using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hookswitch.Graph;
using Hookswitch.Identity;
using Hookswitch.Phones;

namespace Hookswitch.Api;

/// <summary>What has to be checked in the body that creates a meeting. Graph, Create onlineMeeting.</summary>
internal static class OnlineMeetingOrder
{
    private const string Organizer = "participants.organizer.identity.user.id";

    private const int PasscodeLength = 6;

    // Without those that look like another.
    private const string PasscodeLetters = "ABCDEFGHJKMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>How long a meeting is of which nobody said when it ends.</summary>
    private static readonly TimeSpan UsualLength = TimeSpan.FromHours(1);

    /// <summary>The meeting that a body orders.</summary>
    /// <param name="user">Whose meeting the path says that it is; null: the body says it.</param>
    public static Checked<Meeting> From(OnlineMeeting body, string? user, Caller caller, DateTimeOffset now)
    {
        if ((user ?? body.Participants?.Organizer?.Identity?.User?.Id) is not { Length: > 0 } organizer)
        {
            return GraphError.InvalidArgument(Organizer, "is missing: it says whose meeting it is");
        }

        var start = body.StartDateTime ?? now;
        var end = body.EndDateTime ?? (start < DateTimeOffset.MaxValue - UsualLength ? start + UsualLength : start);
        if (end < start)
        {
            return GraphError.InvalidArgument("endDateTime", "is before 'startDateTime'");
        }

        try
        {
            return MeetingReading.Meeting(Entry(body, organizer), caller.Tenant) with { StartAt = start, EndAt = end };
        }
        catch (DirectoryEntryException e)
        {
            return GraphError.InvalidArgument(MemberOf(e.Property), e.Problem);
        }
    }

    // As it would be written in the directory, so that what is kept can be read again.
    private static MeetingEntry Entry(OnlineMeeting body, string organizer)
    {
        var thread = MeetingReading.DrawThread(Guid.NewGuid().ToString());
        return new MeetingEntry
        {
            Id = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"1*{organizer}*0**{thread}")), // the form of Graph's own
            ThreadId = thread,
            Organizer = organizer,
            CoOrganizers =
            [
                .. from attendee in body.Participants?.Attendees ?? []
                   where attendee.Role == OnlineMeetingRole.Coorganizer
                   select attendee.Identity?.User?.Id,
            ],
            Subject = body.Subject is "" ? null : body.Subject,
            Passcode = body.JoinMeetingIdSettings?.IsPasscodeRequired == true
                ? RandomNumberGenerator.GetString(PasscodeLetters, PasscodeLength)
                : null,
            Lobby = body.LobbyBypassSettings?.Scope is { } scope ? JsonNamingPolicy.CamelCase.ConvertName(scope.ToString()) : null,
        };
    }

    // What the directory calls it, as Graph does.
    private static string MemberOf(string property) => property switch
    {
        "subject" => property,
        "lobby" => "lobbyBypassSettings.scope",
        "id" or "organizer" => Organizer, // the id is made of it, and longer
        _ => "participants.attendees",
    };
}
