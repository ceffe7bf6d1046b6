namespace Hookswitch.Calling;

/// <summary>A transfer that is under way: a bot leaves its call, or one of a group call, to another. Graph, call: transfer.</summary>
/// <param name="By">The bot's leg: it hears what becomes of it.</param>
/// <param name="Participant">The id of whoever comes over, where a call is replaced.</param>
public sealed record Transfer(LegId By, Guid Participant, Identity Target)
{
    /// <summary>The peer-to-peer call whose other party is to come over (a consultative transfer); null: the target is rung (a blind one).</summary>
    public CallId? Replaces { get; init; }

    /// <summary>Of a group call: who of it goes aside with the target. Null: a peer-to-peer call, whose other party remains.</summary>
    public Aside? Aside { get; init; }

    public bool IsConsultative => Replaces is not null;
}

/// <summary>How one of a group call goes to talk with the target of a transfer alone.</summary>
/// <param name="To">The peer-to-peer conversation that begins with whichever of the two comes first.</param>
public sealed record Aside(LegId Transferee, ConversationId To);

/// <summary>Who of a group call is to go. Graph, participantInfo.</summary>
/// <param name="Participant">Null: whoever has the identity.</param>
public sealed record Transferee(Guid? Participant, Identity? Identity)
{
    public bool Is(Leg leg) => Participant is { } participant
        ? leg.Participant == participant
        : Identity is { } one && one.Kind == leg.Identity.Kind && one.Id.Equals(leg.Identity.Id, StringComparison.OrdinalIgnoreCase);
}

/// <summary>How a bot is told that its transfer has failed. No end reasons: its call goes on, and 7000 means something else there.</summary>
/// <remarks>Graph, call: transfer, notifications.</remarks>
/// <param name="Cause">In a sentence.</param>
public sealed record TransferFailure(int Code, int Subcode, string Cause)
{
    private static readonly TransferFailure Blind = new(
        500, 7000, "The bot transferred its call to someone who was rung, and did not take it.");

    private static readonly TransferFailure Consultative = new(
        500, 7700, "The bot transferred its call to the other party of another of its calls, who could not come over.");

    public static IReadOnlyList<TransferFailure> All { get; } = [Blind, Consultative];

    public static TransferFailure Of(bool isConsultative) => isConsultative ? Consultative : Blind;
}
