using System.Collections.Immutable;

namespace Hookswitch.Calling;

/// <summary>What two or more parties share. The unit of consistency: one stream of events, one fold.</summary>
public sealed partial record Conversation
{
    /// <summary>Who can be in it at a time. Graph documents no number of its own; reliability.md, section 3.</summary>
    public const int MaxParticipants = 300;

    /// <summary>Finished operations of which it still knows; the oldest are forgotten first.</summary>
    private const int MaxFinishedOperations = 100;

    /// <summary>Before anything happened.</summary>
    public static Conversation None { get; } = new();

    /// <summary>How many events were folded: the sequence number of the last one.</summary>
    public long Version { get; init; }

    public ConversationKind Kind { get; init; }

    public Guid CallChain { get; init; }

    /// <summary>The times of this conversation; null: those of the server.</summary>
    public Timeouts? Timeouts { get; init; }

    public ImmutableArray<Identity> Targets { get; init; } = [];

    /// <summary>Null: a peer-to-peer call.</summary>
    public MeetingTerms? Terms { get; init; }

    /// <summary>Of two who go aside: the participant who was still to come when it began.</summary>
    public Guid? Expected { get; init; }

    /// <summary>In the order in which they came; the caller is first. Legs that are over stay.</summary>
    public ImmutableArray<Leg> Legs { get; init; } = [];

    /// <summary>Everyone who was called into the conversation since it began.</summary>
    public ImmutableArray<Invitation> Invitations { get; init; } = [];

    /// <summary>Null: none is under way.</summary>
    public Transfer? Transfer { get; init; }

    public ImmutableArray<Operation> Operations { get; init; } = [];

    /// <summary>The earliest first.</summary>
    public ImmutableArray<Deadline> Deadlines { get; init; } = [];

    public bool HasEnded { get; init; }

    public bool HasStarted => Version > 0;

    public IEnumerable<Leg> LiveLegs => Legs.Where(leg => leg.IsLive);

    /// <summary>The leg that called.</summary>
    public Leg Caller => Legs[0];

    /// <summary>Of a peer-to-peer call: the leg that waits for those who are called, and hears what becomes of it.</summary>
    public Leg Waiting => Transfer is { } transfer && Find(transfer.By) is { } by ? by : Caller;

    /// <summary>Called legs that are neither connected nor over.</summary>
    public IEnumerable<Leg> PendingLegs => Legs.Where(leg => leg.IsPending);

    /// <summary>Legs that are in the conversation: connected, not in the lobby, and not on their way to another.</summary>
    public IEnumerable<Leg> InsideLegs => Legs.Where(leg => leg.IsInside);

    /// <summary>What rosters show to those inside: all who are there or wait in the lobby, but for hidden ones.</summary>
    public IEnumerable<Leg> Roster => Legs.Where(leg => leg.IsListed);

    public bool IsPeerToPeer => Kind == ConversationKind.PeerToPeer;

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

    /// <summary>Whether that leg could host: an organizer, a presenter, or a person of the conversation's tenant.</summary>
    public bool CanHost(Leg leg) =>
        leg is { Bot: null, Identity.Kind: IdentityKind.User or IdentityKind.Guest }
        && (leg.Role >= MeetingRole.Presenter
            || (leg.Identity.Kind == IdentityKind.User && string.Equals(leg.Identity.Tenant, Terms?.Thread.Tenant, StringComparison.OrdinalIgnoreCase)));

    public Invitation? FindInvitation(Guid participant) => Invitations.FirstOrDefault(one => one.Participant == participant);

    public Operation? FindOperation(Guid operation) => Operations.FirstOrDefault(one => one.Id == operation);

    /// <summary>What the roster of that leg shows: in the lobby itself alone.</summary>
    public IEnumerable<Leg> RosterOf(Leg viewer) => viewer.InLobby ? Roster.Where(leg => leg.Id == viewer.Id) : Roster;

    /// <summary>Whose bots are told of a key that this phone presses: all that asked for it, if the phone is where they are.</summary>
    public IEnumerable<Leg> HearersOf(LegId phone) => Find(phone) is { IsInside: true } ? InsideLegs.Where(leg => leg.HearsTones) : [];

    /// <summary>What is to be done with sound for that leg's bot now: one thing at a time, in the order in which it was asked for. Null: nothing.</summary>
    public Operation? MediaOf(LegId leg) => WaitingMediaOf(leg).FirstOrDefault();

    /// <summary>The same, and what comes after it.</summary>
    public IEnumerable<Operation> WaitingMediaOf(LegId leg) =>
        Operations.Where(one => one is { IsOver: false, Work: not null and not HoldMusicWork } && one.Leg == leg);

    /// <summary>Whether the other party of a peer-to-peer call holds it.</summary>
    public bool IsHeld(Leg leg) => IsPeerToPeer && InsideLegs.Any(other => other.OnHold && other.Id != leg.Id);

    public bool Awaits(DeadlineKind kind, LegId? leg) => Deadlines.Any(deadline => deadline.Kind == kind && deadline.Leg == leg);
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
/// <param name="Leg">Null: it is about the whole conversation.</param>
public sealed record Deadline(DeadlineKind Kind, LegId? Leg, DateTimeOffset At);

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

    /// <summary>Someone must have let the leg in from the lobby.</summary>
    Lobby,

    /// <summary>Somebody else must have joined.</summary>
    Join,

    /// <summary>Somebody must have come back.</summary>
    Alone,

    /// <summary>The conversation is over.</summary>
    End,

    /// <summary>Another conversation is told again what it has not answered.</summary>
    Message,

    /// <summary>Whether what a bot wanted done with sound is still being done is asked again.</summary>
    MediaWatch,
}
