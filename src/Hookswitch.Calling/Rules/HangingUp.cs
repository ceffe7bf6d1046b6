namespace Hookswitch.Calling.Rules;

/// <summary>How legs end because someone hung up.</summary>
internal static class HangingUp
{
    // Only the leg that the bot itself hangs up is told `terminating`; the others just end.
    public static Decision Decide(Conversation conversation, HangUp command) =>
        Owned.Find(conversation, command.Leg, command.Application) switch
        {
            null => Refusal.CallNotFound,
            { } leg =>
            [
                new LegTerminating(leg.Id),
                .. End(
                    conversation, leg, conversation.IsPeerToPeer ? EndReasons.ConversationEnded : EndReasons.EndedByBot, Reasons.HungUpBy(leg)),
            ],
        };

    /// <summary>The operator ends the conversation.</summary>
    public static Decision EndAll(Conversation conversation) =>
        conversation.LiveLegs.Any() ? [.. All(conversation, _ => EndReasons.ConversationEnded)] : Refusal.CallNotFound;

    /// <summary>The conversation is over for everyone. Whoever is on the way to another one is no longer of it.</summary>
    public static IEnumerable<ConversationEvent> All(Conversation conversation, Func<Leg, EndReason> reason) =>
    [
        .. Present(conversation).Select(leg => new LegTerminated(leg.Id, reason(leg))),
        .. OverIfPeerToPeer(conversation, leg: null),
    ];

    /// <summary>
    /// A peer-to-peer call ends with the first of the two that goes; of other conversations that leg alone goes, and so does one who is
    /// called to take a bot's place.
    /// </summary>
    /// <param name="conversation">Before it ends.</param>
    /// <param name="leg">The leg that goes.</param>
    /// <param name="own">Why, for itself.</param>
    /// <param name="others">Why, for the others.</param>
    public static IEnumerable<ConversationEvent> End(Conversation conversation, Leg leg, EndReason own, EndReason others) =>
        Transferring.IsCalled(conversation, leg)
            ? Transferring.Leave(conversation, leg, own, others)
            :
            [
                new LegTerminated(leg.Id, own),
                .. conversation.IsPeerToPeer
                    ? Present(conversation).Where(other => other.Id != leg.Id).Select(other => new LegTerminated(other.Id, others))
                    : [],
                .. OverIfPeerToPeer(conversation, leg),
            ];

    private static IEnumerable<Leg> Present(Conversation conversation) => conversation.LiveLegs.Where(leg => !leg.IsDeparting);

    // What follows from the end of legs elsewhere, the consequences say. Who departs keeps the conversation open until it is answered.
    private static IEnumerable<ConversationEvent> OverIfPeerToPeer(Conversation conversation, Leg? leg) =>
        conversation.IsPeerToPeer && conversation.LiveLegs.All(one => !one.IsDeparting || one.Id == leg?.Id) ? [new ConversationEnded()] : [];
}
