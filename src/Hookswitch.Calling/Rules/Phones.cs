using System.Collections.Immutable;
using System.Diagnostics;

namespace Hookswitch.Calling.Rules;

/// <summary>What follows when a phone does something, and how a scripted phone gets to do it.</summary>
internal static class Phones
{
    public static Decision Decide(Conversation conversation, PhoneActed command, DateTimeOffset now, Timeouts timeouts) =>
        conversation.Find(command.Leg) is { Bot: null, IsLive: true } leg
            ? Decide(conversation, leg, command.Action, now, timeouts)
            : Refusal.PhoneCannotDoThat;

    /// <summary>Sets the deadline of the first step of a script, if there is one.</summary>
    public static IEnumerable<ConversationEvent> Begin(LegId leg, ImmutableArray<ScriptStep> steps, DateTimeOffset now) =>
        steps.IsEmpty ? [] : [new DeadlineSet(DeadlineKind.Script, leg, now + steps[0].After)];

    /// <summary>Takes the next step. A step that the call has overtaken (answering what was answered by hand) is passed over.</summary>
    public static IEnumerable<ConversationEvent> Advance(Conversation conversation, Leg leg, DateTimeOffset now, Timeouts timeouts)
    {
        ConversationEvent[] taken =
        [
            new DeadlineCleared(DeadlineKind.Script, leg.Id),
            new ScriptAdvanced(leg.Id),
            .. Decide(conversation, leg, leg.Script[0].Action, now, timeouts).Events,
        ];
        var after = Conversation.Evolve(conversation, taken);
        return [.. taken, .. after.Find(leg.Id) is { IsLive: true } live ? Begin(live.Id, live.Script, now) : []];
    }

    // The order of the lines is their precedence.
    private static Decision Decide(Conversation conversation, Leg leg, PhoneAction action, DateTimeOffset now, Timeouts timeouts) =>
        (action, leg) switch
        {
            (PhoneAction.Ring, { State: LegState.Incoming }) => [new LegRinging(leg.Id), .. Signalled(conversation, now, timeouts)],
            (PhoneAction.Ring, _) => Refusal.PhoneCannotDoThat,
            (PhoneAction.Answer, { IsPending: true }) => [.. Answering.Connect(conversation, leg, now)],
            (PhoneAction.Answer, _) => Refusal.PhoneCannotDoThat,
            (PhoneAction.Decline or PhoneAction.HangUp, { IsPending: true }) =>
                [.. Answering.Decline(conversation, leg, EndReasons.Declined, now, timeouts)],
            (PhoneAction.Decline, _) => Refusal.PhoneCannotDoThat,
            (PhoneAction.HangUp, _) =>
                [.. HangingUp.End(conversation, leg, EndReasons.ConversationEnded, Reasons.HungUpBy(leg))],
            _ => throw new UnreachableException($"No rule for {action}."), // a test takes every action
        };

    /// <summary>The first phone that signals anything ends the wait for a signal, and starts the ring time of the whole call.</summary>
    public static IEnumerable<ConversationEvent> Signalled(Conversation conversation, DateTimeOffset now, Timeouts timeouts)
    {
        var caller = conversation.Caller.Id;
        if (conversation.Awaits(DeadlineKind.Signalling, caller))
        {
            yield return new DeadlineCleared(DeadlineKind.Signalling, caller);
        }

        if (!conversation.Awaits(DeadlineKind.Ring, caller))
        {
            yield return new DeadlineSet(DeadlineKind.Ring, caller, now + timeouts.Ring);
        }
    }
}
