namespace Hookswitch.Calling.Rules;

/// <summary>How a conversation begins.</summary>
internal static class Placing
{
    public static Decision Decide(Conversation conversation, PlaceCall command, DateTimeOffset now, Timeouts timeouts) =>
        conversation.HasStarted
            ? Refusal.ConversationExists
            :
            [
                new ConversationStarted(ConversationKind.PeerToPeer, command.CallChain, [command.Target]) { Timeouts = command.Timeouts },
                Add(command.Caller, CallDirection.Outgoing),
                .. command.Callees.Select(callee => Add(callee, CallDirection.Incoming)),
                .. command.Unreachable is { } reason
                    ? [new LegTerminated(command.Caller.Leg, reason), new ConversationEnded()]
                    : Await(command, now, timeouts),
            ];

    /// <summary>A party is there. What it is by default is not stored.</summary>
    public static LegAdded Add(Party party, CallDirection direction) =>
        new(party.Leg, party.Participant, party.Identity, direction, party.Bot, party.Script.Steps)
        {
            Habits = party.Habits == PhoneHabits.Usual ? null : party.Habits,
            Hidden = party.Hidden ? true : null,
            OutsideDefaultGroup = party.OutsideDefaultGroup ? true : null,
            Role = party.Role == MeetingRole.Attendee ? null : party.Role,
        };

    private static IEnumerable<ConversationEvent> Await(PlaceCall command, DateTimeOffset now, Timeouts timeouts)
    {
        if (command.Caller.Bot is not null)
        {
            yield return new DeadlineSet(DeadlineKind.KeepAlive, command.Caller.Leg, now + timeouts.KeepAlive);
        }

        if (command.Caller.Patience is { } patience)
        {
            yield return new DeadlineSet(DeadlineKind.Patience, command.Caller.Leg, now + patience);
        }

        // A bot signals by its answer, for which it has a deadline of its own.
        if (command.Callees.Any(callee => callee.Bot is null))
        {
            yield return new DeadlineSet(DeadlineKind.Signalling, command.Caller.Leg, now + timeouts.Signalling);
        }

        foreach (var waits in command.Callees.SelectMany(callee => Await(callee, now, timeouts)))
        {
            yield return waits;
        }
    }

    /// <summary>A bot has to answer in its time, a phone begins to follow its script.</summary>
    public static IEnumerable<ConversationEvent> Await(Party callee, DateTimeOffset now, Timeouts timeouts) =>
    [
        .. callee.Bot is not null ? [new DeadlineSet(DeadlineKind.Answer, callee.Leg, now + timeouts.Answer)] : Enumerable.Empty<ConversationEvent>(),
        .. Phones.Begin(callee.Leg, callee.Script.Steps, now),
    ];
}
