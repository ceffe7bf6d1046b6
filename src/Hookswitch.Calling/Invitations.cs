using System.Collections.Immutable;

namespace Hookswitch.Calling;

/// <summary>Someone who is to be called into a conversation of many.</summary>
/// <param name="Participant">The id that rosters will show, and by which the invitation is taken back.</param>
/// <param name="Callees">The phones and applications behind the identity, all of which are called.</param>
/// <param name="Unreachable">Why there are no callees; null where there are some, or where a call is replaced.</param>
public sealed record Invitee(Guid Participant, Identity Identity, ImmutableArray<Party> Callees, EndReason? Unreachable = null)
{
    /// <summary>It is to be in no roster. Graph, invitationParticipantInfo.</summary>
    public bool Hidden { get; init; }

    /// <summary>It neither hears the others nor is heard by them, unless a routing group leads. Graph: removeFromDefaultAudioRoutingGroup.</summary>
    public bool OutsideDefaultGroup { get; init; }

    /// <summary>The peer-to-peer call whose other party is to come over, instead of being rung. Graph, invitationParticipantInfo.</summary>
    public CallId? Replaces { get; init; }
}

/// <summary>What is known of someone who was called into a conversation of many.</summary>
public sealed record Invitation(Guid Participant, Identity Identity, LegId By)
{
    public CallId? Replaces { get; init; }

    /// <summary>Who comes over by it neither hears the others nor is heard by them, unless a routing group leads.</summary>
    public bool OutsideDefaultGroup { get; init; }

    /// <summary>Null: it did not fail.</summary>
    public EndReason? Failure { get; init; }

    public bool HasJoined { get; init; }

    public bool IsOpen => Failure is null && !HasJoined;
}

/// <summary>What a bot asked for that takes its time, or was done at once. Graph, commsOperation.</summary>
/// <param name="Leg">Whose bot asked.</param>
/// <param name="ClientContext">What it sent with its request.</param>
/// <param name="Participants">Whom it is about.</param>
public sealed record Operation(Guid Id, LegId Leg, OperationKind Kind, string? ClientContext, ImmutableArray<Guid> Participants)
{
    /// <summary>What is to be done with sound; null: nothing.</summary>
    public MediaWork? Work { get; init; }

    /// <summary>Of what was to be done with sound: what became of it. Null: it is not over.</summary>
    public MediaResult? Result { get; init; }

    /// <summary>More of it, in words.</summary>
    public string? Detail { get; init; }

    public bool IsOver { get; init; }
}

/// <summary>What kinds of operations there are: the concrete types of Graph's commsOperation. Stored by name, for ever.</summary>
public enum OperationKind
{
    Invite,
    MuteParticipant,
    AdmitFromLobby,
    AdmitAllFromLobby,
    RemoveFromLobby,
    UnmuteParticipant,
    SubscribeToTone,
    UpdateRecordingStatus,
    PlayPrompt,
    RecordResponse,
    SendDtmfTones,
    CancelMediaProcessing,
    StartHoldMusic,
    StopHoldMusic,
}

/// <summary>Where a person's leg goes from one conversation to another.</summary>
/// <param name="Leg">The id that it has there: it follows from the one that it had here, so that a repeated arrival is known.</param>
/// <param name="Participant">The id that rosters show for it there.</param>
/// <param name="To">A conversation that lives; null: the one of <paramref name="Room"/>, which begins with whoever comes first.</param>
public sealed record Departure(LegId Leg, Guid Participant, ConversationId? To, MeetingTerms? Room)
{
    /// <summary>The participant whom it meets there, between the two of them; null: it goes where others are.</summary>
    public Guid? Meets { get; init; }

    private const long Multiplier = 6364136223846793005;
    private const long Increment = 1442695040888963407;
    private const long LegBits = (1L << 62) - 1;

    /// <summary>The id of a leg after a move: never one that it had before.</summary>
    public static LegId Next(LegId leg) => new(unchecked((leg.Value * Multiplier) + Increment) & LegBits);
}
