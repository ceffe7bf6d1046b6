using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Hookswitch.Calling;
using Hookswitch.Resources;
using Hookswitch.Storage;
using Hookswitch.Time;

namespace Hookswitch.Phones;

/// <summary>A meeting that can be joined.</summary>
/// <param name="Terms">What is agreed if its conversation begins now.</param>
/// <param name="Company">Those who are there then.</param>
/// <param name="Timeouts">The times of that conversation; null: those of the server.</param>
internal sealed record FoundMeeting(MeetingTerms Terms, ImmutableArray<Party> Company, Timeouts? Timeouts);

/// <summary>Finds the meeting that someone wants to join: one that is registered, a test thread, or a group call that someone is in.</summary>
internal sealed class MeetingFinder(Directory directory, IEventStore store, CallClock clock, Timeouts timeouts)
{
    /// <exception cref="StoreUnavailableException">The store cannot be read now.</exception>
    public Task<(FoundMeeting? Found, MeetingProblem Problem)> Find(MeetingAddress address, string tenant) => address switch
    {
        MeetingAddress.ByThread one => AtThread(Thread(tenant, one.Thread, one.Message), one.Organizer),
        MeetingAddress.ByToken one => ByToken(one.Token, tenant),
        MeetingAddress.ByJoinId one => Task.FromResult(ByJoinId(one, tenant)),
        _ => throw new System.Diagnostics.UnreachableException($"No way to find {address}."),
    };

    /// <summary>A meeting of the directory as one that can be joined.</summary>
    public FoundMeeting Registered(Meeting meeting, Room? room)
    {
        var times = timeouts with
        {
            Lobby = meeting.LobbyTime ?? timeouts.Lobby,
            Alone = meeting.AloneTime ?? timeouts.Alone,
            Join = meeting.JoinTime ?? timeouts.Join,
        };
        return new FoundMeeting(
            room is null ? OfMain(meeting) : meeting.Terms(room, Guid.NewGuid()) with { MainRoom = OfMain(meeting), Invited = OfMain(meeting).Invited },
            room is null ? [.. meeting.Attendees.Select(Party)] : [],
            times == timeouts ? null : times);
    }

    private async Task<(FoundMeeting?, MeetingProblem)> AtThread(MeetingThread thread, string? organizer)
    {
        if (directory.FindMeetingByThread(thread.Tenant, thread.Thread, thread.Message) is var (meeting, room))
        {
            return organizer is not null && meeting.Organizer is { } known && !known.Id.Equals(organizer, StringComparison.OrdinalIgnoreCase)
                ? (null, MeetingProblem.Unknown)
                : Open(meeting, room);
        }

        if (TestThread.Of(thread.Thread) is { } test)
        {
            return (test.Found(thread, timeouts), default);
        }

        // What was registered and is no longer goes on as long as somebody is in it; a group call that is over is known to be over.
        return await store.FindThread(thread, CancellationToken.None) is { } holder
            && await Load(holder.Conversation) is { Terms: { } terms }
            && (holder.IsLive || terms.Kind == ConversationKind.GroupCall)
            && (organizer is null || terms.Organizer is not { } one || one.Id.Equals(organizer, StringComparison.OrdinalIgnoreCase))
            ? (new FoundMeeting(terms with { JoinKey = Guid.NewGuid() }, [], Timeouts: null), default)
            : (null, MeetingProblem.Unknown);
    }

    private async Task<(FoundMeeting?, MeetingProblem)> ByToken(string text, string tenant) =>
        JoinToken.TryParse(text, out var token)
        && await store.BeganAt(token.Conversation, CancellationToken.None) + JoinToken.Lifetime > clock.Now
        && await Load(token.Conversation) is { Terms: { } terms }
        && token.Opens(terms)
        && terms.Thread.Tenant.Equals(tenant, StringComparison.OrdinalIgnoreCase)
            ? await AtThread(terms.Thread, organizer: null)
            : (null, MeetingProblem.WrongToken);

    private (FoundMeeting?, MeetingProblem) ByJoinId(MeetingAddress.ByJoinId address, string tenant) =>
        directory.FindMeetingByJoinId(address.JoinMeetingId) is { } meeting
        && meeting.Tenant.Equals(tenant, StringComparison.OrdinalIgnoreCase)
        && (meeting.Passcode is not { } passcode || Same(passcode, address.Passcode ?? ""))
            ? Open(meeting, room: null)
            : (null, MeetingProblem.WrongJoinId);

    private (FoundMeeting?, MeetingProblem) Open(Meeting meeting, Room? room) =>
        meeting.IsCancelled ? (null, MeetingProblem.Cancelled)
        : meeting.EndAt <= clock.Now ? (null, MeetingProblem.Over)
        : (Registered(meeting, room), default);

    private async Task<Conversation> Load(ConversationId id) => (await store.Load(id, CancellationToken.None)).Fold();

    private static MeetingTerms OfMain(Meeting meeting) =>
        meeting.Terms(Guid.NewGuid()) with { Invited = [.. meeting.Attendees.Where(one => one.Identity.Kind == IdentityKind.User).Select(one => one.Identity.Id)] };

    private static MeetingThread Thread(string tenant, string thread, string message) =>
        new(tenant.ToLowerInvariant(), thread, message);

    private static Party Party(Attendee attendee) =>
        Routing.OfPhone(attendee.Identity, attendee.Phone) with { Role = attendee.Role, Hidden = attendee.Hidden };

    private static bool Same(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}
