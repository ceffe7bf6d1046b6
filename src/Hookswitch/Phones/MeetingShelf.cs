using System.Collections.Concurrent;
using Hookswitch.Calling;

namespace Hookswitch.Phones;

/// <summary>The directory's meetings, which are found by what is in an invitation as well. No two are at the same place.</summary>
/// <remarks>Read by anyone at any time; changed by one at a time.</remarks>
internal sealed class MeetingShelf
{
    private readonly Shelf<Meeting> _meetings = new(one => one.Id);
    private readonly ConcurrentDictionary<MeetingThread, (Meeting Meeting, Room? Room)> _byThread = new();
    private readonly ConcurrentDictionary<string, Meeting> _byJoinId = new(StringComparer.Ordinal);

    public IReadOnlyList<Meeting> All => _meetings.All;

    public IReadOnlyList<Meeting> Changed => _meetings.Changed;

    public IReadOnlyList<string> Removed => _meetings.Removed;

    public Meeting? Find(string id) => _meetings.Find(id);

    /// <summary>The meeting at that place, or the one to which the room there belongs.</summary>
    public (Meeting Meeting, Room? Room)? FindByThread(MeetingThread thread) =>
        _byThread.TryGetValue(KeyOf(thread), out var found) ? found : null;

    public Meeting? FindByJoinId(string digits) => _byJoinId.GetValueOrDefault(digits);

    /// <exception cref="DirectoryEntryException">Another meeting is where this one would be.</exception>
    public void Lay(Meeting meeting, bool ofFile) => Take(meeting, () => _meetings.Lay(meeting, ofFile));

    /// <exception cref="DirectoryEntryException">Another meeting is where this one would be.</exception>
    public Meeting Put(Meeting meeting)
    {
        Take(meeting, () => _meetings.Put(meeting));
        return meeting;
    }

    public bool Remove(string id)
    {
        Forget(Find(id));
        return _meetings.Remove(id);
    }

    /// <summary>Removes what was removed before, and what is to be laid anew: two meetings may have changed places.</summary>
    public void Remove(IEnumerable<string?> ids)
    {
        foreach (var id in ids.OfType<string>())
        {
            Remove(id);
        }
    }

    /// <summary>Back to the directory file.</summary>
    public void Reset()
    {
        _meetings.Reset();
        _byThread.Clear();
        _byJoinId.Clear();
        foreach (var meeting in _meetings.All)
        {
            Note(meeting);
        }
    }

    private void Take(Meeting meeting, Action take)
    {
        var places = Places(meeting).ToList();
        for (var i = 0; i < places.Count; i++)
        {
            var (place, room) = places[i];
            if (_byThread.TryGetValue(place, out var there) && !IsSame(there.Meeting, meeting))
            {
                throw Taken(meeting, room, $"the meeting '{there.Meeting.Id}'");
            }

            if (places.FindIndex(one => one.Place == place) < i)
            {
                throw Taken(meeting, room, "another room, or of the meeting itself");
            }
        }

        if (_byJoinId.TryGetValue(meeting.JoinMeetingId, out var other) && !IsSame(other, meeting))
        {
            throw new DirectoryEntryException("joinMeetingId", $"is that of the meeting '{other.Id}'");
        }

        var former = Find(meeting.Id);
        take();
        Note(meeting);
        Forget(former, but: meeting);
    }

    private void Note(Meeting meeting)
    {
        _byJoinId[meeting.JoinMeetingId] = meeting;
        foreach (var (place, room) in Places(meeting))
        {
            _byThread[place] = (meeting, room);
        }
    }

    // A meeting that is put anew is found all the while.
    private void Forget(Meeting? meeting, Meeting? but = null)
    {
        if (meeting is null)
        {
            return;
        }

        if (meeting.JoinMeetingId != but?.JoinMeetingId)
        {
            _byJoinId.TryRemove(meeting.JoinMeetingId, out _);
        }

        var stay = but is null ? [] : Places(but).Select(one => one.Place).ToHashSet();
        foreach (var (place, _) in Places(meeting).Where(one => !stay.Contains(one.Place)))
        {
            _byThread.TryRemove(place, out _);
        }
    }

    private static DirectoryEntryException Taken(Meeting meeting, Room? room, string by) => room is null
        ? new DirectoryEntryException("threadId", $"and 'messageId' are those of {by}")
        : new DirectoryEntryException($"{DirectoryReading.At("rooms", meeting.Rooms.IndexOf(room))}.threadId", $"is that of {by}");

    private static IEnumerable<(MeetingThread Place, Room? Room)> Places(Meeting meeting) =>
        [(KeyOf(meeting.Thread), null), .. meeting.Rooms.Select(room => (KeyOf(meeting.ThreadOf(room)), (Room?)room))];

    // Tenants are compared without regard to case, threads and messages as they are.
    private static MeetingThread KeyOf(MeetingThread thread) => thread with { Tenant = thread.Tenant.ToUpperInvariant() };

    private static bool IsSame(Meeting one, Meeting other) => one.Id.Equals(other.Id, StringComparison.OrdinalIgnoreCase);
}
