using System.Collections.Immutable;

namespace Hookswitch.Calling;

/// <summary>What two or more parties share. The unit of consistency: one stream of events, one fold.</summary>
public sealed partial record Conversation
{
    /// <summary>Before anything happened.</summary>
    public static Conversation None { get; } = new();

    /// <summary>How many events were folded: the sequence number of the last one.</summary>
    public long Version { get; init; }

    public ConversationKind Kind { get; init; }

    public Guid CallChain { get; init; }

    /// <summary>The times of this conversation; null: those of the server.</summary>
    public Timeouts? Timeouts { get; init; }

    public ImmutableArray<Identity> Targets { get; init; } = [];

    /// <summary>In the order in which they came; the caller is first. Legs that are over stay.</summary>
    public ImmutableArray<Leg> Legs { get; init; } = [];

    /// <summary>The earliest first.</summary>
    public ImmutableArray<Deadline> Deadlines { get; init; } = [];

    public bool HasEnded { get; init; }

    public bool HasStarted => Version > 0;

    public IEnumerable<Leg> LiveLegs => Legs.Where(leg => leg.IsLive);

    /// <summary>The leg that called.</summary>
    public Leg Caller => Legs[0];

    /// <summary>Called legs that are neither connected nor over.</summary>
    public IEnumerable<Leg> PendingLegs => Legs.Where(leg => leg.IsPending);

    public Deadline? NextDeadline => Deadlines.IsEmpty ? null : Deadlines[0];

    public Leg? Find(LegId id)
    {
        foreach (var leg in Legs)
        {
            if (leg.Id == id)
            {
                return leg;
            }
        }

        return null;
    }

    public bool Awaits(DeadlineKind kind, LegId leg) => Deadlines.Any(deadline => deadline.Kind == kind && deadline.Leg == leg);
}

/// <summary>What a conversation is.</summary>
public enum ConversationKind
{
    /// <summary>One party called one other.</summary>
    PeerToPeer,

    /// <summary>One party called several, or invited someone into a peer-to-peer call.</summary>
    GroupCall,

    /// <summary>It has an organizer, and people come and go.</summary>
    Meeting,

    /// <summary>A part of a meeting that meets by itself for a while.</summary>
    BreakoutRoom,
}

/// <summary>An instant at which something happens unless something else happens first.</summary>
public sealed record Deadline(DeadlineKind Kind, LegId Leg, DateTimeOffset At);

/// <summary>What a deadline is about. Stored by name, for ever.</summary>
public enum DeadlineKind
{
    /// <summary>The bot must have sent a keep-alive.</summary>
    KeepAlive,

    /// <summary>The bot must have answered the incoming call.</summary>
    Answer,

    /// <summary>Someone must have answered the caller.</summary>
    Ring,

    /// <summary>A phone of the callee must have signalled something to the caller.</summary>
    Signalling,

    /// <summary>A scripted phone takes its next step.</summary>
    Script,

    /// <summary>The phone that calls gives up waiting for an answer.</summary>
    Patience,

    /// <summary>The phone must have confirmed that the call was accepted.</summary>
    Acknowledgement,

    /// <summary>The phone's media must have begun to flow.</summary>
    MediaStart,

    /// <summary>The phone's media must flow again.</summary>
    MediaLoss,
}
