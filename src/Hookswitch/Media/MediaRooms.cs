using System.Collections.Concurrent;
using System.Collections.Immutable;
using Hookswitch.Calling;
using Hookswitch.Conversations;

namespace Hookswitch.Media;

/// <summary>
/// Carries the sound of conversations in which there is any: follows what was committed, and says what became of what bots wanted played
/// and recorded. No conversation waits for it. Goes by real time, whatever clock calls go by.
/// </summary>
internal sealed partial class MediaRooms : IFollower, IDisposable
{
    private readonly IGrainFactory _grains;
    private readonly MediaLoader _loader;
    private readonly CancellationToken _stopping;
    private readonly ILogger<MediaRooms> _logger;
    private readonly ConcurrentDictionary<ConversationId, MediaRoom> _rooms = new();
    private readonly PastEars _past = new();

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<ConversationId, MediaRoom> _busy = new();
    private readonly MediaClock _clock;

    public MediaRooms(
        IGrainFactory grains, MediaLoader loader, IHostApplicationLifetime lifetime, ILogger<MediaRooms> logger, ILogger<MediaClock> clock)
    {
        (_grains, _loader, _stopping, _logger) = (grains, loader, lifetime.ApplicationStopping, logger);
        _clock = new MediaClock(Tick, clock);
    }

    // Sound fails no command.
    public void Follow(ConversationId id, ImmutableArray<ConversationEvent> events, Conversation after)
    {
        try
        {
            _loader.Prefetch(events, after);
            if (after.HasEnded)
            {
                Close(id);
            }
            else if (_rooms.ContainsKey(id) || events.Any(BringsSound))
            {
                Follow(id, _rooms.GetOrAdd(id, _ => new MediaRoom()), events, after);
            }
        }
        catch (Exception e)
        {
            LogFailure(e, id);
        }
    }

    /// <summary>What the phone of a live leg has heard, or a phone of that name heard last; null: nothing that is remembered.</summary>
    public Ear? EarOf(string phone, IEnumerable<CallId> legs) =>
        legs.Select(leg => _rooms.TryGetValue(leg.Conversation, out var room) ? room.With(parties => parties.Find(leg.Leg)?.Ear) : null)
            .FirstOrDefault(ear => ear is not null)
        ?? _past.Of(phone);

    /// <summary>Nothing is carried any longer, and what was heard is forgotten.</summary>
    public void Clear()
    {
        foreach (var id in _rooms.Keys)
        {
            Close(id);
        }

        _past.Clear();
    }

    public void Dispose() => _clock.Dispose();

    private static bool BringsSound(ConversationEvent @event) => @event is
        OperationStarted { Work: not null } or PhoneSpoke or HoldMusicStarted or DeadlineSet { Kind: DeadlineKind.MediaWatch };

    private void Follow(ConversationId id, MediaRoom room, ImmutableArray<ConversationEvent> events, Conversation after)
    {
        foreach (var job in room.Follow(id, events, after, _loader, _past))
        {
            _ = Task.Run(() => Do(id, room, job));
        }

        CarryOn(id, room);
    }

    private void Close(ConversationId id)
    {
        if (_rooms.TryRemove(id, out var room))
        {
            room.With(parties => MediaPlan.Leave(parties, _ => true, _past));
        }
    }

    private async Task Do(ConversationId id, MediaRoom room, MediaJob job)
    {
        try
        {
            var finished = await _loader.Do(room, job);
            CarryOn(id, room);
            if (finished is not null)
            {
                await Tell(id, finished);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops. What is not told is found out after its start.
        }
        catch (Exception e)
        {
            LogFailure(e, id);
            await Tell(id, new Finished(job.Leg, job.Operation.Id, MediaResult.Failed, Detail: null));
        }
    }

    // Until it is stored, or the server stops.
    private async Task Tell(ConversationId id, Finished finished)
    {
        try
        {
            var kept = _loader.Keep(finished);
            await _grains.SendUntilStored(id, new MediaEnded(kept.Leg, kept.Operation, kept.Result, kept.Detail), _stopping);
        }
        catch (OperationCanceledException)
        {
            // What is not told is found out after the start.
        }
        catch (Exception e)
        {
            LogFailure(e, id);
        }
    }

    /// <summary>The clock runs while there is anything to carry.</summary>
    private void CarryOn(ConversationId id, MediaRoom room)
    {
        if (!room.IsBusy)
        {
            return;
        }

        lock (_gate)
        {
            _busy[id] = room;
            _clock.Start();
        }
    }

    private void Tick()
    {
        foreach (var (id, room) in _busy)
        {
            if (!Carry(id, room))
            {
                Rest(id, room);
            }
        }
    }

    // What goes wrong in one room disturbs no other.
    private bool Carry(ConversationId id, MediaRoom room)
    {
        try
        {
            return room.Tick(finished => _ = Task.Run(() => Tell(id, finished)));
        }
        catch (Exception e)
        {
            LogFailure(e, id);
            _busy.TryRemove(id, out _); // until something else happens in it: it would fail fifty times a second
            return true;
        }
    }

    private void Rest(ConversationId id, MediaRoom room)
    {
        lock (_gate)
        {
            if (!room.IsBusy)
            {
                _busy.TryRemove(id, out _);
            }

            if (_busy.IsEmpty)
            {
                _clock.Stop();
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The sound of conversation {Conversation} failed.")]
    private partial void LogFailure(Exception exception, ConversationId conversation);
}
