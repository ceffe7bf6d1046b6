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
                .. End(conversation, leg, EndReasons.ConversationEnded, Reasons.HungUpBy(leg)),
            ],
        };

    /// <summary>A peer-to-peer call ends with the first of its legs that goes.</summary>
    /// <param name="conversation">Before it ends.</param>
    /// <param name="leg">The leg that goes.</param>
    /// <param name="own">Why, for itself.</param>
    /// <param name="others">Why, for the others.</param>
    public static IEnumerable<ConversationEvent> End(Conversation conversation, Leg leg, EndReason own, EndReason others) =>
    [
        new LegTerminated(leg.Id, own),
        .. conversation.LiveLegs.Where(other => other.Id != leg.Id).Select(other => new LegTerminated(other.Id, others)),
        new ConversationEnded(),
    ];
}
