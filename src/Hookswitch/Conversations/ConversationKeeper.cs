using System.Diagnostics;
using Hookswitch.Calling;
using Hookswitch.Notifications;
using Hookswitch.Storage;
using Hookswitch.Telemetry;
using Hookswitch.Time;

namespace Hookswitch.Conversations;

/// <summary>Keeps one conversation: loads, decides, appends, evolves, acts. Holds no rule. For one caller at a time, which awaits each answer.</summary>
/// <param name="forget">It need not be kept in memory: it is loaded again when somebody asks for it.</param>
internal sealed class ConversationKeeper(
    ConversationId id, IEventStore store, CallClock clock, Timeouts timeouts, Aftermath aftermath, Action forget)
{
    /// <summary>Loading so many takes a few milliseconds.</summary>
    private const int EventsBetweenSnapshots = 1_000;

    /// <summary>After a snapshot came too soon.</summary>
    private const int EventsBetweenOffers = 20;

    private Conversation _conversation = Conversation.None;
    private bool _isLoaded;
    private long _offerAt = EventsBetweenSnapshots;
    private Conversation? _offered;

    /// <inheritdoc cref="IConversationGrain.Read"/>
    public async Task<Reply> Read()
    {
        await LoadOnce();
        return Answered(refusal: null);
    }

    /// <inheritdoc cref="IConversationGrain.Send"/>
    public async Task<Reply> Send(Command command, TraceParent? cause)
    {
        await LoadFor(command);
        var now = clock.Now;
        var (decision, decided) = Decide(command, now, cause);
        if (decision.Events.IsEmpty)
        {
            aftermath.Await(id, _conversation); // a wake-up that came early must not lose the deadline
            return Answered(decision.Refusal);
        }

        var projected = CallNotifications.Project(id, _conversation, decision.Events);
        using var commit = Traces.Commit(decided, id, decision.Events.Length);
        try
        {
            // Until this returns nothing is true yet: no state changes, nobody is told, no bot gets its 2xx.
            await store.Append(Appended(now, decision, projected));
            commit?.Stop(); // what follows has a flow of its own
        }
        catch (ConcurrencyException) // another activation wrote first: the store is right
        {
            commit?.Stop();
            await Load();
            return await Send(command, cause);
        }
        catch (ThreadTakenException) // somebody else began the same meeting first: this one never was
        {
            forget();
            return new Reply(Refusal.ConversationExists, _conversation);
        }
        catch (StoreUnavailableException)
        {
            commit?.Fail("store_unavailable");
            return await Doubt(projected.After);
        }

        (_conversation, _isLoaded) = (projected.After, true);
        aftermath.Of(id, decision.Events, projected, new Committed(now, commit?.Context ?? default));
        await Keep();
        return Answered(refusal: null);
    }

    private (Decision Decision, ActivityContext Span) Decide(Command command, DateTimeOffset now, TraceParent? cause)
    {
        using var span = Traces.Decision(cause, id, command);
        var decision = Decider.Decide(_conversation, command, now, timeouts);
        span?.Decided(decision);
        return (decision, span?.Context ?? default);
    }

    private Append Appended(DateTimeOffset now, Decision decision, Projection projected) => new(
        id, _conversation.Version, now, decision.Events, projected.After.NextDeadline?.At, projected.After.LiveLegs.Any(),
        CallNotifications.Told(projected.Notifications))
    {
        Thread = projected.After.Terms is { StandsAlone: false } terms ? terms.Thread : null,
    };

    // The outcome of the append is unknown: what the store holds now is the truth, and what follows from it starts again.
    private async Task<Reply> Doubt(Conversation attempted)
    {
        _isLoaded = false;
        try
        {
            await Load();
            aftermath.Restart(id, _conversation);
        }
        catch (StoreUnavailableException)
        {
            aftermath.Restart(id, attempted); // whoever reads the store later finds what there is to do
        }
        finally
        {
            forget(); // the next command loads once more
        }

        return new Reply(Refusal: null, _conversation, Unavailable: true);
    }

    // Whoever places a call has just drawn its id: that somebody else has it is for the append to find out, not worth a read each time.
    private Task LoadFor(Command command) => command is PlaceCall or PlaceGroupCall ? Task.CompletedTask : LoadOnce();

    private Task LoadOnce() => _isLoaded ? Task.CompletedTask : Load();

    private async Task Load()
    {
        var stream = await store.Load(id, CancellationToken.None);
        (_conversation, _isLoaded, _offerAt) = (stream.Fold(), true, stream.Snapshot.Version + EventsBetweenSnapshots);
        await Keep();
    }

    // Of the last events bots have still to be told: the same state is offered again when more has happened, until it was told.
    private async Task Keep()
    {
        if (_conversation.Version < _offerAt)
        {
            return;
        }

        var offered = _offered ??= _conversation;
        _offerAt = _conversation.Version + EventsBetweenOffers;
        try
        {
            if (await store.Keep(id, offered))
            {
                (_offerAt, _offered) = (offered.Version + EventsBetweenSnapshots, null);
            }
        }
        catch (StoreUnavailableException)
        {
            // A snapshot is a convenience. It is kept another time.
        }
    }

    private Reply Answered(Refusal? refusal)
    {
        if (!_conversation.HasStarted || IsOver)
        {
            forget(); // anybody can ask for an id that nobody has, and few ask for a conversation that is over
        }

        return new Reply(refusal, _conversation);
    }

    /// <summary>Nobody is in it, and it waits for nothing.</summary>
    private bool IsOver => _conversation is { HasEnded: true, NextDeadline: null };
}
