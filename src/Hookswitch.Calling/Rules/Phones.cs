using System.Collections.Immutable;

namespace Hookswitch.Calling.Rules;

/// <summary>What follows when a phone does something, and how a scripted phone gets to do it.</summary>
internal static class Phones
{
    public static Decision Decide(Conversation conversation, PhoneActed command, DateTimeOffset now, Timeouts timeouts) =>
        conversation.Find(command.Leg) is { Bot: null, IsLive: true, IsDeparting: false } leg
            ? Decide(conversation, leg, command, now, timeouts)
            : Refusal.PhoneCannotDoThat;

    /// <summary>Sets the deadline of the first step of a script, if there is one.</summary>
    public static IEnumerable<ConversationEvent> Begin(LegId leg, ImmutableArray<ScriptStep> steps, DateTimeOffset now) =>
        steps.IsEmpty ? [] : [new DeadlineSet(DeadlineKind.Script, leg, now + steps[0].After)];

    /// <summary>Takes the next step. A step that the call has overtaken (answering what was answered by hand) is passed over.</summary>
    public static IEnumerable<ConversationEvent> Advance(Conversation conversation, Leg leg, DateTimeOffset now, Timeouts timeouts)
    {
        var step = leg.Script[0];
        var acted = new PhoneActed(leg.Id, step.Action) { SipStatus = step.SipStatus, Tone = step.Tone, Sound = step.Sound };
        ConversationEvent[] taken =
        [
            new DeadlineCleared(DeadlineKind.Script, leg.Id),
            new ScriptAdvanced(leg.Id),
            .. Decide(conversation, leg, acted, now, timeouts).Events,
        ];
        var after = Conversation.Evolve(conversation, taken);
        return [.. taken, .. after.Find(leg.Id) is { IsLive: true, IsDeparting: false } live ? Begin(live.Id, live.Script, now) : []];
    }

    // The order of the lines is their precedence.
    private static Decision Decide(Conversation conversation, Leg leg, PhoneActed acted, DateTimeOffset now, Timeouts timeouts) =>
        (acted.Action, leg) switch
        {
            (PhoneAction.Ring, { State: LegState.Incoming }) =>
                [new LegRinging(leg.Id), .. Signalled(conversation, conversation.IsPeerToPeer ? conversation.Waiting.Id : leg.Id, now, timeouts)],
            (PhoneAction.Answer, { IsPending: true }) => [.. Answering.Accept(conversation, leg, now, timeouts)],
            (PhoneAction.Decline or PhoneAction.HangUp, { IsPending: true }) =>
                [.. Answering.Decline(conversation, leg, EndReasons.Declined, Reasons.DeclinedBy(leg), now, timeouts)],
            (PhoneAction.Busy, { IsPending: true }) =>
                [.. Answering.Decline(conversation, leg, EndReasons.Declined, Reasons.BusyAt(leg), now, timeouts)],
            (PhoneAction.Refuse, { IsPending: true, Identity.Kind: IdentityKind.Phone }) when acted.SipStatus is { } status =>
                [.. Answering.Decline(conversation, leg, Reasons.RefusedFor(leg, status), Reasons.RefusedFor(leg, status), now, timeouts)],
            (PhoneAction.Acknowledge, _) when conversation.Awaits(DeadlineKind.Acknowledgement, leg.Id) =>
                [new DeadlineCleared(DeadlineKind.Acknowledgement, leg.Id), .. Confirmed(conversation, leg, now, timeouts)],
            (PhoneAction.HangUp, _) =>
                [.. HangingUp.End(conversation, leg, conversation.IsPeerToPeer ? EndReasons.ConversationEnded : EndReasons.Left, Reasons.HungUpBy(leg))],
            (PhoneAction.Vanish, { IsPending: false }) => [.. HangingUp.End(conversation, leg, EndReasons.Vanished, EndReasons.OtherParticipantLeft)],
            (PhoneAction.Hold, { IsInside: true, OnHold: false }) when Media.Awaited(conversation, leg) is null => [new LegHeld(leg.Id)],
            (PhoneAction.Resume, { OnHold: true }) => [new LegResumed(leg.Id)],
            (PhoneAction.StartMedia, _) when Media.Awaited(conversation, leg) is { } kind => [.. Media.Start(conversation, leg, kind)],
            (PhoneAction.LoseMedia, { MediaActive: true, OnHold: false }) => [.. Media.Lose(leg, now, timeouts)],
            (PhoneAction.Press, { State: LegState.Established, OnHold: false }) when acted.Tone is { } tone => [new TonePressed(leg.Id, tone)],
            (PhoneAction.Speak, { State: LegState.Established, OnHold: false }) when acted.Sound is { } sound => [new PhoneSpoke(leg.Id, sound)],
            (_, { IsInside: true }) when !conversation.IsPeerToPeer => Participants.Decide(conversation, leg, acted, now, timeouts),
            _ => Refusal.PhoneCannotDoThat,
        };

    private static IEnumerable<ConversationEvent> Confirmed(Conversation conversation, Leg leg, DateTimeOffset now, Timeouts timeouts) =>
        conversation.IsPeerToPeer
            ? Answering.Connect(conversation, Accepted(conversation), now, timeouts)
            : GroupCalling.Connect(conversation, leg, now, timeouts);

    // Whoever accepted is neither called any longer nor connected yet.
    private static Leg Accepted(Conversation conversation) =>
        conversation.LiveLegs.Single(leg => leg is { Direction: CallDirection.Incoming, State: LegState.Establishing });

    /// <summary>The first phone that signals anything ends the wait for a signal, and starts the ring time of the whole call.</summary>
    /// <param name="waits">The leg that waits: the caller of a peer-to-peer call or the bot that transfers it, else the one that is called.</param>
    public static IEnumerable<ConversationEvent> Signalled(Conversation conversation, LegId waits, DateTimeOffset now, Timeouts timeouts)
    {
        if (conversation.Awaits(DeadlineKind.Signalling, waits))
        {
            yield return new DeadlineCleared(DeadlineKind.Signalling, waits);
        }

        if (!conversation.Awaits(DeadlineKind.Ring, waits))
        {
            yield return new DeadlineSet(DeadlineKind.Ring, waits, now + timeouts.Ring);
        }
    }
}
