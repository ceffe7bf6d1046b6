using System.Collections.Immutable;

namespace Hookswitch.Calling;

/// <summary>Where a leg stands in its life. Graph, callState; <see cref="Ringing"/> is a phone's.</summary>
public enum LegState
{
    /// <summary>Called, and has not signalled anything.</summary>
    Incoming,

    /// <summary>Called, and said that it rings.</summary>
    Ringing,

    /// <summary>Calls, or has accepted: not yet connected.</summary>
    Establishing,

    Established,

    /// <summary>Is about to leave the call to another, who has not accepted yet.</summary>
    Transferring,

    /// <summary>The other has accepted, and is not yet connected.</summary>
    TransferAccepted,

    /// <summary>Hangs up by its own wish.</summary>
    Terminating,

    /// <summary>Over, with a reason.</summary>
    Terminated,
}

/// <summary>What moves a leg from state to state.</summary>
public enum LegSignal
{
    Ring,
    Accept,
    Connect,
    Transfer,
    AcceptTransfer,
    FailTransfer,
    HangUp,
    End,
}

/// <summary>Who called whom, seen from the leg. Graph, callDirection.</summary>
public enum CallDirection
{
    Incoming,
    Outgoing,
}

/// <summary>Whether a bot records, as it says itself. Graph, recordingStatus. Stored by name, for ever.</summary>
public enum RecordingStatus
{
    NotRecording,
    Recording,
    Failed,
}

/// <summary>One party's connection to a conversation. A bot's leg is a call.</summary>
public sealed record Leg(LegId Id, Guid Participant, Identity Identity, CallDirection Direction, LegState State)
{
    /// <summary>Ways of sound that one bot can make. More than anyone needs; a bound on what a state holds.</summary>
    public const int MaxRoutingGroups = 100;

    /// <summary>Null: a phone's leg.</summary>
    public Bot? Bot { get; init; }

    /// <summary>The steps that a scripted phone still has before it.</summary>
    public ImmutableArray<ScriptStep> Script { get; init; } = [];

    /// <summary>What its phone does by itself.</summary>
    public PhoneHabits Habits { get; init; } = PhoneHabits.Usual;

    /// <summary>Its sound flows as soon as it is connected. Else it is waited for.</summary>
    public bool BringsMedia => Bot?.BringsMedia ?? Habits.BringsMedia;

    public bool MediaActive { get; init; }

    /// <summary>Its bot is told which keys are pressed.</summary>
    public bool HearsTones { get; init; }

    /// <summary>Null: its bot has said nothing of it.</summary>
    public RecordingStatus? Recording { get; init; }

    /// <summary>Of the caller of a peer-to-peer call: how many phones have rung for it.</summary>
    public int RingCount { get; init; }

    /// <summary>How many tones its bot was told.</summary>
    public long ToneCount { get; init; }

    /// <summary>
    /// Who called it into a conversation of many, or passed a peer-to-peer call on to it; null: it came by itself, or the caller called it.
    /// </summary>
    public LegId? CalledBy { get; init; }

    /// <summary>With whom it is to talk, where a peer-to-peer call was passed on to it; null: with whoever called it.</summary>
    public LegId? CalledFor { get; init; }

    /// <summary>Connected, and waits until someone lets it in.</summary>
    public bool InLobby { get; init; }

    /// <summary>In no roster.</summary>
    public bool Hidden { get; init; }

    public bool Muted { get; init; }

    /// <summary>What it hears instead of the others; null: it is among them.</summary>
    public HoldMusic? Music { get; init; }

    /// <summary>Its phone holds the call: it neither hears nor is heard, and the call goes on.</summary>
    public bool OnHold { get; init; }

    /// <summary>It was called in such a way that it neither hears the others of a conversation of many nor is heard by them, unless a routing group leads.</summary>
    public bool CalledOutsideDefaultGroup { get; init; }

    /// <summary>The ways of sound that its bot made.</summary>
    public ImmutableArray<RoutingGroup> RoutingGroups { get; init; } = [];

    public ScreenSharingRole ScreenSharing { get; init; }

    public MeetingRole Role { get; init; }

    /// <summary>It does not stay without someone who could host.</summary>
    public bool RequiresHost { get; init; }

    /// <summary>While it was inside, someone else was whom rosters show.</summary>
    public bool MetOthers { get; init; }

    /// <summary>While it was inside, someone else was who could host.</summary>
    public bool MetHost { get; init; }

    /// <summary>Set once it goes to another conversation.</summary>
    public Departure? Departure { get; init; }

    /// <summary>Set when, and only when, the leg is terminated.</summary>
    public EndReason? EndReason { get; init; }

    public bool IsLive => State != LegState.Terminated;

    /// <summary>On its way to another conversation, which has not answered yet.</summary>
    public bool IsDeparting => IsLive && Departure is not null;

    /// <summary>It is so also while its bot is about to leave the call to another.</summary>
    public bool IsConnected => State is LegState.Established or LegState.Transferring or LegState.TransferAccepted;

    /// <summary>Connected, not in the lobby, and not on its way to another conversation.</summary>
    public bool IsInside => IsConnected && !InLobby && Departure is null;

    /// <summary>Sound may flow to it and from it.</summary>
    public bool HasSound => IsInside && !OnHold;

    /// <summary>Whether it neither hears the others of a conversation of many nor is heard by them, unless a routing group leads.</summary>
    public bool OutsideDefaultGroup => CalledOutsideDefaultGroup || Bot?.Media?.OutsideDefaultGroup == true;

    /// <summary>Null: its bot made none of that id.</summary>
    public RoutingGroup? FindRoutingGroup(string id) => RoutingGroups.FirstOrDefault(group => group.Id == id);

    /// <summary>Whether rosters show it.</summary>
    public bool IsListed => IsConnected && !Hidden && Departure is null;

    /// <summary>Called, and neither accepted nor over.</summary>
    public bool IsPending => State is LegState.Incoming or LegState.Ringing;
}

/// <summary>The life of a leg, as one table.</summary>
public static class Legs
{
    /// <summary>The state that follows; null where the signal makes no sense.</summary>
    public static LegState? Next(LegState state, LegSignal signal) => (state, signal) switch
    {
        (LegState.Incoming, LegSignal.Ring) => LegState.Ringing,
        (LegState.Incoming or LegState.Ringing, LegSignal.Accept) => LegState.Establishing,
        (LegState.Incoming or LegState.Ringing or LegState.Establishing, LegSignal.Connect) => LegState.Established,
        (LegState.Established, LegSignal.Transfer) => LegState.Transferring,
        (LegState.Transferring, LegSignal.AcceptTransfer) => LegState.TransferAccepted,
        (LegState.Transferring or LegState.TransferAccepted, LegSignal.FailTransfer) => LegState.Established,
        (not (LegState.Terminating or LegState.Terminated), LegSignal.HangUp) => LegState.Terminating,
        (not LegState.Terminated, LegSignal.End) => LegState.Terminated,
        _ => null,
    };
}
