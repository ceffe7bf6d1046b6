using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Hookswitch.Calling;
using Hookswitch.Telemetry;

namespace Hookswitch.Conversations;

/// <summary>Counts the calls of bots as they begin and end, and knows in which state those are that live.</summary>
/// <remarks>In memory: after a start it knows of a call once something happens to it.</remarks>
internal sealed class CallCensus(Meters meters) : IFollower
{
    private readonly ConcurrentDictionary<CallId, LegState> _live = new();

    /// <summary>How many live in each state, as Graph spells it.</summary>
    public IEnumerable<KeyValuePair<string, int>> Live() =>
        _live.Values.CountBy(state => state).Select(one => KeyValuePair.Create(JsonNamingPolicy.CamelCase.ConvertName($"{one.Key}"), one.Value));

    public void Follow(ConversationId id, ImmutableArray<ConversationEvent> events, Conversation after)
    {
        foreach (var one in events)
        {
            if (Moved(one) is { } leg && after.Find(leg) is { Bot: not null } call)
            {
                Count(one);
                Note(new CallId(id, leg), call);
            }
        }

        if (events.IsEmpty) // it is unknown what happened
        {
            foreach (var leg in after.Legs.Where(leg => leg.Bot is not null))
            {
                Note(new CallId(id, leg.Id), leg);
            }
        }
    }

    public void Clear() => _live.Clear();

    private static LegId? Moved(ConversationEvent one) => one switch
    {
        LegAdded e => e.Leg,
        LegRinging e => e.Leg,
        LegAccepted e => e.Leg,
        LegEstablished e => e.Leg,
        TransferStarted e => e.Leg,
        TransferAccepted e => e.Leg,
        TransferFailed e => e.Leg,
        LegTerminating e => e.Leg,
        LegTerminated e => e.Leg,
        _ => null,
    };

    private void Count(ConversationEvent one)
    {
        switch (one)
        {
            case LegAdded added:
                meters.Created(added.Direction);
                break;
            case LegTerminated terminated:
                meters.Ended(terminated.Reason);
                break;
        }
    }

    private void Note(CallId call, Leg leg)
    {
        if (leg.IsLive)
        {
            _live[call] = leg.State;
        }
        else
        {
            _live.TryRemove(call, out _);
        }
    }
}
