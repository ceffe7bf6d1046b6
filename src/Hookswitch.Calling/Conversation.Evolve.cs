using System.Collections.Immutable;
using System.Diagnostics;

namespace Hookswitch.Calling;

public sealed partial record Conversation
{
    /// <summary>The only place where state changes. Total: what was committed can always be folded again.</summary>
    public static Conversation Evolve(Conversation state, ConversationEvent @event)
    {
        var next = @event switch
        {
            ConversationStarted e => state with { Kind = e.Kind, CallChain = e.CallChain, Targets = e.Targets, Timeouts = e.Timeouts },
            LegAdded e => state with { Legs = state.Legs.Add(Added(e)) },
            LegRinging e => state.Move(e.Leg, LegSignal.Ring),
            LegAccepted e => state.Move(e.Leg, LegSignal.Accept).Change(e.Leg, leg => leg with { Bot = Accepted(leg.Bot, e) }),
            PhoneAnswered e => state.Move(e.Leg, LegSignal.Accept),
            CallbackChanged e => state.Change(e.Leg, leg => leg with { Bot = leg.Bot is { } bot ? bot with { Callback = e.Callback } : null }),
            LegEstablished e => state.Move(e.Leg, LegSignal.Connect),
            MediaStarted e => state.Change(e.Leg, leg => leg with { MediaActive = true }),
            MediaStopped e => state.Change(e.Leg, leg => leg with { MediaActive = false }),
            TonePressed => state,
            LegTerminating e => state.Move(e.Leg, LegSignal.HangUp),
            LegTerminated e => Terminated(state, e),
            ScriptAdvanced e => state.Change(e.Leg, leg => leg with { Script = leg.Script.IsEmpty ? [] : leg.Script.RemoveAt(0) }),
            DeadlineSet e => state with { Deadlines = With(state.Deadlines, new Deadline(e.Kind, e.Leg, e.At)) },
            DeadlineCleared e => state with { Deadlines = Without(state.Deadlines, e.Kind, e.Leg) },
            ConversationEnded => state with { Deadlines = [], HasEnded = true },
            _ => throw new UnreachableException($"No fold for {@event.GetType().Name}."), // a test folds every event type
        };
        return next with { Version = state.Version + 1 };
    }

    /// <summary>Folds several events in their order.</summary>
    public static Conversation Evolve(Conversation state, IEnumerable<ConversationEvent> events) => events.Aggregate(state, Evolve);

    private static Leg Added(LegAdded added) =>
        new(added.Leg, added.Participant, added.Identity, added.Direction,
            added.Direction == CallDirection.Outgoing ? LegState.Establishing : LegState.Incoming)
        {
            Bot = added.Bot,
            Script = added.Script,
            Habits = added.Habits ?? PhoneHabits.Usual,
        };

    private static Bot? Accepted(Bot? bot, LegAccepted e) => bot is null
        ? null
        : bot with
        {
            Callback = e.Callback,
            Media = e.Media,
            Modalities = e.Modalities,
            Options = e.Options,
            Scenario = e.Scenario ?? bot.Scenario,
        };

    private static Conversation Terminated(Conversation state, LegTerminated e) =>
        state.Move(e.Leg, LegSignal.End)
            .Change(e.Leg, leg => leg with { EndReason = e.Reason, MediaActive = false, Script = [] }) with
        {
            Deadlines = state.Deadlines.RemoveAll(deadline => deadline.Leg == e.Leg),
        };

    // What was committed is true: a signal that the table does not know leaves the leg as it is.
    private Conversation Move(LegId id, LegSignal signal) =>
        Change(id, leg => leg with { State = Calling.Legs.Next(leg.State, signal) ?? leg.State });

    private Conversation Change(LegId id, Func<Leg, Leg> change) =>
        Find(id) is { } leg ? this with { Legs = Legs.Replace(leg, change(leg)) } : this;

    private static ImmutableArray<Deadline> With(ImmutableArray<Deadline> deadlines, Deadline added)
    {
        var others = Without(deadlines, added.Kind, added.Leg);
        var place = 0;
        while (place < others.Length && others[place].At <= added.At)
        {
            place++;
        }

        return others.Insert(place, added);
    }

    private static ImmutableArray<Deadline> Without(ImmutableArray<Deadline> deadlines, DeadlineKind kind, LegId leg) =>
        deadlines.RemoveAll(deadline => deadline.Kind == kind && deadline.Leg == leg);
}
