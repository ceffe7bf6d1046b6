using System.Diagnostics;

namespace Hookswitch.Calling.Rules;

/// <summary>What happens when nothing else has happened first.</summary>
internal static class Deadlines
{
    /// <summary>One deadline at a time, the earliest: what it causes may cancel the rest. The shell asks again.</summary>
    public static Decision Decide(Conversation conversation, DateTimeOffset now, Timeouts timeouts) =>
        conversation.NextDeadline is { } next && next.At <= now
            ? next.Leg is { } id && conversation.Find(id) is { } leg
                ? [.. Expire(conversation, next.Kind, leg, now, timeouts)]
                : [.. Expire(conversation, next.Kind, now)]
            : [];

    // Those of the whole conversation.
    private static IEnumerable<ConversationEvent> Expire(Conversation conversation, DeadlineKind kind, DateTimeOffset now) => kind switch
    {
        DeadlineKind.End => Moving.TimeIsOver(conversation),
        DeadlineKind.Message => Moving.Repeat(now),
        _ => throw new UnreachableException($"Nothing happens to a whole conversation at a deadline of kind {kind}."),
    };

    private static IEnumerable<ConversationEvent> Expire(
        Conversation conversation, DeadlineKind kind, Leg leg, DateTimeOffset now, Timeouts timeouts) => kind switch
        {
            DeadlineKind.KeepAlive => HangingUp.End(conversation, leg, EndReasons.KeepAliveTimeout, EndReasons.OtherParticipantLeft),
            DeadlineKind.Answer => NotAnswered(conversation, leg),
            DeadlineKind.Ring => conversation.IsPeerToPeer
                ? GiveUp(conversation, Reasons.NotAnsweredBy)
                : [new LegTerminated(leg.Id, Reasons.NotAnsweredBy(leg))],
            DeadlineKind.Signalling => conversation.IsPeerToPeer
                ? NotSignalled(conversation, leg)
                : [new LegTerminated(leg.Id, EndReasons.NoSignalling)],
            DeadlineKind.Script => Phones.Advance(conversation, leg, now, timeouts),
            DeadlineKind.Patience => HangingUp.End(conversation, leg, EndReasons.ConversationEnded, Reasons.HungUpBy(leg)),
            DeadlineKind.Acknowledgement => HangingUp.End(conversation, leg, EndReasons.NotAcknowledged, EndReasons.NotAcknowledged),
            DeadlineKind.MediaStart => Media.GiveUp(conversation, leg, EndReasons.MediaNeverStarted),
            DeadlineKind.MediaLoss => Media.GiveUp(conversation, leg, EndReasons.MediaLost),
            DeadlineKind.Lobby => [new LegTerminated(leg.Id, EndReasons.LobbyTimeout)],
            DeadlineKind.Join => [new LegTerminated(leg.Id, EndReasons.NobodyJoined)],
            DeadlineKind.MediaWatch => MediaOperations.Ask(leg.Id, now),
            DeadlineKind.Alone => [new LegTerminated(leg.Id, EndReasons.EveryoneElseLeft)],
            _ => throw new UnreachableException($"Nothing happens at a deadline of kind {kind}."), // a test lets each kind pass
        };

    // A bot that does not answer is one callee less: phones behind the same line ring on.
    private static IEnumerable<ConversationEvent> NotAnswered(Conversation conversation, Leg bot) =>
        !conversation.IsPeerToPeer || conversation.PendingLegs.Any(leg => leg.Id != bot.Id)
            ? [new LegTerminated(bot.Id, EndReasons.NotAnswered)]
            : GiveUp(conversation, Reasons.NotAnsweredBy);

    // Phones that signal nothing take no time from the bot that shares their line: it is called on.
    private static IEnumerable<ConversationEvent> NotSignalled(Conversation conversation, Leg waiting) =>
        conversation.PendingLegs.All(leg => leg.Bot is null)
            ? GiveUp(conversation, _ => EndReasons.NoSignalling)
            :
            [
                .. conversation.PendingLegs.Where(leg => leg.Bot is null).Select(leg => new LegTerminated(leg.Id, EndReasons.NoSignalling)),
                new DeadlineCleared(DeadlineKind.Signalling, waiting.Id),
            ];

    private static IEnumerable<ConversationEvent> GiveUp(Conversation conversation, Func<Leg, EndReason> reason)
    {
        var callees = conversation.PendingLegs.ToArray();
        return
        [
            .. callees.Select(callee => new LegTerminated(callee.Id, reason(callee))),
            .. Answering.NobodyCame(conversation, reason(callees[^1])),
        ];
    }
}
