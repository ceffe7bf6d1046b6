using System.Collections.Immutable;

namespace Hookswitch.Calling;

/// <summary>What happened in a conversation. A closed set, stored for ever: changes are additive.</summary>
public abstract record ConversationEvent
{
    private protected ConversationEvent()
    {
    }
}

/// <summary>Two or more parties share something from now on.</summary>
/// <param name="CallChain">What Graph calls <c>callChainId</c>.</param>
/// <param name="Targets">Whom the caller asked for.</param>
public sealed record ConversationStarted(ConversationKind Kind, Guid CallChain, ImmutableArray<Identity> Targets) : ConversationEvent
{
    /// <summary>The times of this conversation; null: those of the server.</summary>
    public Timeouts? Timeouts { get; init; }

    /// <summary>Null: a peer-to-peer call.</summary>
    public MeetingTerms? Terms { get; init; }

    /// <summary>The participant who is still to come, to talk with the one with whom it begins. Null: nobody.</summary>
    public Guid? Expects { get; init; }
}

/// <summary>A party is there: it calls, or is called.</summary>
public sealed record LegAdded(
    LegId Leg, Guid Participant, Identity Identity, CallDirection Direction, Bot? Bot, ImmutableArray<ScriptStep> Script) : ConversationEvent
{
    /// <summary>Null: the usual ones.</summary>
    public PhoneHabits? Habits { get; init; }

    /// <summary>
    /// Who called it into a conversation of many, or passed a peer-to-peer call on to it; null: it came by itself, or the caller called it.
    /// </summary>
    public LegId? CalledBy { get; init; }

    /// <summary>With whom it is to talk, where a peer-to-peer call was passed on to it; null: with whoever called it.</summary>
    public LegId? CalledFor { get; init; }

    /// <summary>True: it is in no roster. Null: it is.</summary>
    public bool? Hidden { get; init; }

    /// <summary>True: it neither hears the others of a conversation of many nor is heard by them, unless a routing group leads. Null: it does.</summary>
    public bool? OutsideDefaultGroup { get; init; }

    /// <summary>Null: an attendee.</summary>
    public MeetingRole? Role { get; init; }

    /// <summary>True: it does not stay without someone who could host. Null: it does.</summary>
    public bool? RequiresHost { get; init; }
}

/// <summary>A called phone said that it rings.</summary>
public sealed record LegRinging(LegId Leg) : ConversationEvent;

/// <summary>A bot accepted an incoming call.</summary>
public sealed record LegAccepted(LegId Leg, string Callback, MediaConfig Media) : ConversationEvent
{
    public ImmutableArray<Modality> Modalities { get; init; } = [];

    public RosterOptions? Options { get; init; }

    public Guid? Scenario { get; init; }
}

/// <summary>A called phone was answered, and has not yet confirmed it.</summary>
public sealed record PhoneAnswered(LegId Leg) : ConversationEvent;

/// <summary>From now on the leg's notifications go to another address.</summary>
public sealed record CallbackChanged(LegId Leg, string Callback) : ConversationEvent;

/// <summary>The leg is connected.</summary>
public sealed record LegEstablished(LegId Leg) : ConversationEvent;

/// <summary>Sound flows to and from the leg.</summary>
public sealed record MediaStarted(LegId Leg) : ConversationEvent;

/// <summary>Sound no longer flows to and from the leg.</summary>
public sealed record MediaStopped(LegId Leg) : ConversationEvent;

/// <summary>The phone has put its call on hold.</summary>
public sealed record LegHeld(LegId Leg) : ConversationEvent;

/// <summary>The phone has taken back the call that it held.</summary>
public sealed record LegResumed(LegId Leg) : ConversationEvent;

/// <summary>Someone pressed a key of the phone.</summary>
public sealed record TonePressed(LegId Leg, Tone Tone) : ConversationEvent;

/// <summary>The bot behind the leg hears from now on which keys are pressed.</summary>
public sealed record TonesSubscribed(LegId Leg) : ConversationEvent;

/// <summary>The bot behind the leg said whether it records.</summary>
public sealed record RecordingStatusUpdated(LegId Leg, RecordingStatus Status) : ConversationEvent;

/// <summary>The bot behind the leg is about to leave its call to another.</summary>
/// <param name="Participant">The id of whoever comes over, where a call is replaced.</param>
public sealed record TransferStarted(LegId Leg, Guid Participant, Identity Target) : ConversationEvent
{
    /// <summary>The peer-to-peer call whose other party is to come over; null: the target is rung.</summary>
    public CallId? Replaces { get; init; }

    /// <summary>Of a group call: who of it goes aside with the target. Null: a peer-to-peer call.</summary>
    public Aside? Aside { get; init; }
}

/// <summary>The target of the transfer has accepted.</summary>
/// <param name="Leg">The bot's, which is over once the target is connected.</param>
public sealed record TransferAccepted(LegId Leg) : ConversationEvent;

/// <summary>Nobody came instead of the bot, whose call goes on.</summary>
public sealed record TransferFailed(LegId Leg, bool IsConsultative, EndReason Reason) : ConversationEvent;

/// <summary>The bot behind the leg hangs up by its own wish.</summary>
public sealed record LegTerminating(LegId Leg) : ConversationEvent;

/// <summary>The leg is over. Once for each leg.</summary>
public sealed record LegTerminated(LegId Leg, EndReason Reason) : ConversationEvent;

/// <summary>A scripted phone has taken its next step, or found that it no longer could.</summary>
public sealed record ScriptAdvanced(LegId Leg) : ConversationEvent;

/// <summary>From now on something happens at that instant unless something else happens first.</summary>
/// <param name="Leg">Null: it is about the whole conversation.</param>
public sealed record DeadlineSet(DeadlineKind Kind, LegId? Leg, DateTimeOffset At) : ConversationEvent;

/// <summary>Something else happened first.</summary>
public sealed record DeadlineCleared(DeadlineKind Kind, LegId? Leg) : ConversationEvent;

/// <summary>Nobody is left.</summary>
public sealed record ConversationEnded : ConversationEvent;
