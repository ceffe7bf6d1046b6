namespace Hookswitch.Calling.Rules;

/// <summary>What the other party of a peer-to-peer call is told, by who it was that ended it.</summary>
internal static class Reasons
{
    private const int NoAnswer = 480;
    private const int BusyHere = 486;
    private const int GaveUp = 487;
    private const int DeclinedEverywhere = 603;

    /// <summary>The telephone user who was called declined.</summary>
    public static EndReason DeclinedOnNetwork { get; } = EndReasons.Pstn(CallDirection.Outgoing, DeclinedEverywhere);

    /// <summary>That leg hung up.</summary>
    public static EndReason HungUpBy(Leg leg) => leg switch
    {
        { Bot: not null } or { Identity.Kind: IdentityKind.Application } => EndReasons.EndedByOtherBot,
        { Identity.Kind: IdentityKind.Phone } => EndReasons.Pstn(Seen(leg), leg.State == LegState.Established ? 0 : GaveUp),
        _ => EndReasons.EndedByOtherParticipant,
    };

    /// <summary>Whoever called has left, or is gone without having hung up. Null: nobody knows who it was.</summary>
    public static EndReason GivenUpBy(Leg? caller) =>
        caller is null ? EndReasons.EndedByOtherParticipant
        : caller.EndReason == EndReasons.EndedByBot || caller.EndReason == EndReasons.Left ? HungUpBy(caller)
        : EndReasons.OtherParticipantLeft;

    /// <summary>Why someone who was called into a conversation does not come, by the last leg that was called. Null: there was none.</summary>
    public static EndReason NotReached(Leg? last) =>
        last?.EndReason is not { } reason ? EndReasons.ConversationEnded
        : reason == EndReasons.EndedByBot ? EndReasons.EndedByOtherBot
        : reason.IsTold ? reason
        : reason == EndReasons.Rejected ? EndReasons.Declined
        : reason == EndReasons.Vanished ? EndReasons.OtherParticipantLeft
        : EndReasons.EndedByOtherParticipant; // answered, and hung up before it was confirmed

    /// <summary>That leg declined, and nobody else is called.</summary>
    public static EndReason DeclinedBy(Leg leg) => OfNetwork(leg, DeclinedEverywhere) ?? EndReasons.Declined;

    /// <summary>Someone is on that phone already, and nobody else is called.</summary>
    public static EndReason BusyAt(Leg leg) => OfNetwork(leg, BusyHere) ?? EndReasons.Declined;

    /// <summary>The telephone network refused the call to that leg.</summary>
    public static EndReason RefusedFor(Leg leg, int sipStatus) => EndReasons.Pstn(Seen(leg), sipStatus);

    /// <summary>That leg was called until the time was over.</summary>
    public static EndReason NotAnsweredBy(Leg leg) => OfNetwork(leg, NoAnswer) ?? EndReasons.NotAnswered;

    private static EndReason? OfNetwork(Leg leg, int sipStatus) =>
        leg.Identity.Kind == IdentityKind.Phone ? EndReasons.Pstn(Seen(leg), sipStatus) : null;

    // The telephone user's outgoing call is the bot's incoming one.
    private static CallDirection Seen(Leg leg) =>
        leg.Direction == CallDirection.Outgoing ? CallDirection.Incoming : CallDirection.Outgoing;
}
