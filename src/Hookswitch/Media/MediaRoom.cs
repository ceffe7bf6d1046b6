using System.Collections.Immutable;
using Hookswitch.Calling;

namespace Hookswitch.Media;

/// <summary>The sound of one conversation: who is there, what they say, what each of them hears.</summary>
/// <remarks>Followed by the threads of conversations and ticked by that of the media clock: every member takes the lock.</remarks>
internal sealed class MediaRoom
{
    private readonly Lock _gate = new();
    private readonly Mixer _all = new();
    private readonly Mixer _some = new();
    private readonly List<MediaParty> _parties = [];
    private ImmutableArray<Leg> _legs = [];

    /// <summary>Holds that have been ended, and whose end is being told.</summary>
    private readonly HashSet<Guid> _stopped = [];

    /// <summary>Does something with the parties, between two frames.</summary>
    public T With<T>(Func<Parties, T> act)
    {
        lock (_gate)
        {
            return act(new Parties(_parties, _stopped));
        }
    }

    /// <summary>Whether there is anything to carry.</summary>
    public bool IsBusy => With(parties => parties.All.Exists(party => party.IsBusy));

    /// <summary>Brings it to what was committed. Commits come one after the other.</summary>
    public IReadOnlyList<MediaJob> Follow(
        ConversationId id, ImmutableArray<ConversationEvent> events, Conversation after, MediaLoader loader, PastEars past)
    {
        // Worked out before anybody has to wait for it, and only if who is there or who leads sound has changed.
        var sources = after.Legs == _legs ? null : MediaPlan.Sources(after);
        _legs = after.Legs;
        lock (_gate)
        {
            return MediaPlan.Follow(id, new Parties(_parties, _stopped), events, after, sources, loader, past);
        }
    }

    /// <summary>Carries one frame. What is over by it is told.</summary>
    /// <returns>Whether there is more to carry.</returns>
    public bool Tick(Action<Finished> over)
    {
        lock (_gate)
        {
            Carry();
            foreach (var party in _parties)
            {
                if (party is { Task: { Result: { } result } task, Turn: { } operation })
                {
                    party.Task = null;
                    over(new Finished(party.Leg.Id, operation, result, Detail: null) { Recording = task as Recording });
                }
            }

            return _parties.Exists(party => party.IsBusy);
        }
    }

    private void Carry()
    {
        _all.Clear();
        foreach (var party in _parties)
        {
            party.Speak();
            if (party.IsHeard)
            {
                _all.Add(party.Said);
            }
        }

        foreach (var party in _parties)
        {
            Mix(party);
            party.Hear();
        }
    }

    private void Mix(MediaParty party)
    {
        if (party.Sources is { } sources)
        {
            _some.Clear();
            foreach (var source in sources)
            {
                if (source.IsHeard)
                {
                    _some.Add(source.Said);
                }
            }

            _some.Take(party.Mixed);
        }
        else if (party.IsHeard)
        {
            _all.Take(party.Said, party.Mixed);
        }
        else
        {
            _all.Take(party.Mixed);
        }
    }
}

/// <summary>Those who are in a room, while nothing else happens in it.</summary>
/// <param name="All">In the order in which they came.</param>
/// <param name="Stopped">Operations that ended a hold, and whose end is being told.</param>
internal readonly record struct Parties(List<MediaParty> All, HashSet<Guid> Stopped)
{
    public MediaParty? Find(LegId leg) => All.Find(party => party.Leg.Id == leg);
}

/// <summary>An operation that is over.</summary>
/// <param name="Leg">Whose bot asked for it.</param>
internal sealed record Finished(LegId Leg, Guid Operation, MediaResult Result, string? Detail)
{
    /// <summary>What is to be kept before it is told.</summary>
    public Recording? Recording { get; init; }
}
