using System.Collections.Immutable;

namespace Hookswitch.Calling;

/// <summary>What someone wants of a conversation. A closed set: one line of <see cref="Decider"/> each.</summary>
public abstract record Command
{
    private protected Command()
    {
    }
}

/// <summary>A party calls one other. Starts the conversation.</summary>
/// <param name="Target">Whom the caller asked for.</param>
/// <param name="Callees">The phones and applications behind the target, all of which are called.</param>
/// <param name="Unreachable">Why there are no callees; null where there are some.</param>
public sealed record PlaceCall(
    Guid CallChain, Party Caller, Identity Target, ImmutableArray<Party> Callees, EndReason? Unreachable = null) : Command
{
    /// <summary>The times of this conversation; null: those of the server.</summary>
    public Timeouts? Timeouts { get; init; }
}

/// <summary>The bot accepts an incoming call. Graph, call: answer.</summary>
/// <param name="Callback">Null: the address of the incoming call stays.</param>
public sealed record Answer(LegId Leg, AppId Application, string? Callback, MediaConfig Media) : Command
{
    public ImmutableArray<Modality> Modalities { get; init; } = [];

    public RosterOptions? Options { get; init; }

    public Guid? Scenario { get; init; }

    /// <summary>The application holds a permission to take part in group calls.</summary>
    public bool MayJoinGroups { get; init; }
}

/// <summary>The bot declines an incoming call. Graph, call: reject.</summary>
/// <param name="Callback">Null: the address of the incoming call stays.</param>
public sealed record Reject(LegId Leg, AppId Application, string? Callback) : Command;

/// <summary>The bot passes an incoming call on to others, all of whom are called at once. Graph, call: redirect.</summary>
/// <param name="Callback">Null: the address of the incoming call stays.</param>
/// <param name="Ring">For which they are called in all.</param>
public sealed record Redirect(LegId Leg, AppId Application, string? Callback, ImmutableArray<Invitee> Targets, TimeSpan Ring) : Command;

/// <summary>The bot leaves its call to another. Graph, call: transfer.</summary>
/// <param name="Target">Who is rung, or comes over from the call that is replaced.</param>
public sealed record TransferCall(LegId Leg, AppId Application, Invitee Target) : Command
{
    /// <summary>Of a group call: who is to go. Null: it does not say.</summary>
    public Transferee? Transferee { get; init; }

    /// <summary>Of a group call: the id that was drawn for the conversation to which the two go.</summary>
    public ConversationId Aside { get; init; }
}

/// <summary>The bot hangs up. Graph, Delete call.</summary>
public sealed record HangUp(LegId Leg, AppId Application) : Command;

/// <summary>The bot says that it is still there. Graph, call: keepAlive.</summary>
public sealed record KeepAlive(LegId Leg, AppId Application) : Command;

/// <summary>The bot wants to hear which keys are pressed from now on. Graph, call: subscribeToTone.</summary>
public sealed record SubscribeToTones(LegId Leg, AppId Application, Guid Operation, string? ClientContext) : Command;

/// <summary>The bot says whether it records. Graph, call: updateRecordingStatus.</summary>
public sealed record UpdateRecordingStatus(
    LegId Leg, AppId Application, RecordingStatus Status, Guid Operation, string? ClientContext) : Command;

/// <summary>A phone did something, by its script or driven over the control API.</summary>
public sealed record PhoneActed(LegId Leg, PhoneAction Action) : Command
{
    /// <summary>With <see cref="PhoneAction.Refuse"/>. RFC 3261, 21.</summary>
    public int? SipStatus { get; init; }

    /// <summary>With <see cref="PhoneAction.Press"/>.</summary>
    public Tone? Tone { get; init; }

    /// <summary>With <see cref="PhoneAction.Speak"/>: the name of the sound.</summary>
    public string? Sound { get; init; }

    /// <summary>Of what is done to another: to whom.</summary>
    public Guid? Participant { get; init; }
}

/// <summary>It is late enough for the earliest deadline, or nothing is due and nothing happens.</summary>
public sealed record DeadlinePassed : Command;
