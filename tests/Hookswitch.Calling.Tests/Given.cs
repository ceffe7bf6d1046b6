using System.Collections.Immutable;

using static Hookswitch.Calling.Tests.Parties;

namespace Hookswitch.Calling.Tests;

/// <summary>Given what has happened, when a command comes, then these events follow, or it is refused.</summary>
internal sealed record Given
{
    /// <param name="history">Decided at noon, one after the other; none may be refused.</param>
    public Given(params ImmutableArray<Command> history) => Conversation = Fold(Conversation.None, history, Noon);

    public Conversation Conversation { get; private init; }

    public DateTimeOffset Now { get; private init; } = Noon;

    public Timeouts Timeouts { get; init; } = new();

    /// <summary>Time goes by. No deadline passes by itself: the rules hear of time only when they are told.</summary>
    public Given After(TimeSpan wait) => this with { Now = Now + wait };

    public Given And(params ImmutableArray<Command> history) => this with { Conversation = Fold(Conversation, history, Now) };

    /// <summary>Time goes by, and each deadline passes at its instant.</summary>
    public Given Let(TimeSpan pass)
    {
        var (state, end) = (Conversation, Now + pass);
        while (state.NextDeadline is { } next && next.At <= end)
        {
            state = Fold(state, [new DeadlinePassed()], next.At);
        }

        return this with { Conversation = state, Now = end };
    }

    public Outcome When(Command command) => new(Decider.Decide(Conversation, command, Now, Timeouts));

    public Outcome WhenDeadlinePasses() => When(new DeadlinePassed());

    /// <summary>Who is over by now and why, in the order in which they came.</summary>
    public void ThenOver(params ImmutableArray<(LegId Leg, EndReason Reason)> expected) =>
        Assert.Equal(
            Printed.Lines(expected.Select(end => new LegTerminated(end.Leg, end.Reason))),
            Printed.Lines(Conversation.Legs.Where(leg => !leg.IsLive).Select(leg => new LegTerminated(leg.Id, leg.EndReason!))));

    /// <summary>Who is inside by now, in the order in which they came.</summary>
    public void ThenInside(params ImmutableArray<LegId> expected) =>
        Assert.Equal(expected, Conversation.InsideLegs.Select(leg => leg.Id));

    /// <summary>Something happens to that leg by and by.</summary>
    public void ThenAwaits(DeadlineKind kind, LegId leg) => Assert.True(Conversation.Awaits(kind, leg));

    private Conversation Fold(Conversation state, ImmutableArray<Command> history, DateTimeOffset now)
    {
        foreach (var command in history)
        {
            var decision = Decider.Decide(state, command, now, Timeouts ?? new());
            Assert.True(decision.Refusal is null, $"The history is impossible: {command} is refused with {decision.Refusal}.");
            state = Conversation.Evolve(state, decision.Events);
        }

        return state;
    }
}

/// <summary>What became of the command.</summary>
internal sealed record Outcome(Decision Decision)
{
    public void Then(params ImmutableArray<ConversationEvent> expected) => Assert.Equal(Printed.Lines(expected), Printed.Lines(Events));

    /// <summary>Who ends and why, in their order; nothing is said of the other events.</summary>
    public void ThenEnds(params ImmutableArray<(LegId Leg, EndReason Reason)> expected) =>
        Assert.Equal(
            Printed.Lines(expected.Select(end => new LegTerminated(end.Leg, end.Reason))),
            Printed.Lines(Events.OfType<LegTerminated>()));

    /// <summary>The events of that kind; nothing is said of the others.</summary>
    public void ThenOf<T>(params ImmutableArray<T> expected)
        where T : ConversationEvent => Assert.Equal(Printed.Lines(expected), Printed.Lines(Events.OfType<T>()));

    /// <summary>All events, but for what rosters show.</summary>
    public void ThenBesidesRoster(params ImmutableArray<ConversationEvent> expected) =>
        Assert.Equal(Printed.Lines(expected), Printed.Lines(Events.Where(@event => @event is not RosterChanged)));

    /// <summary>Who of the roster is told of; none: nobody.</summary>
    public void ThenChangesRoster(params ImmutableArray<Guid> participants) =>
        ThenOf(participants.IsEmpty ? [] : ImmutableArray.Create(new RosterChanged(participants)));

    public void ThenNothing() => Then();

    public void ThenRefused(Refusal refusal) => Assert.Equal((refusal, ""), (Decision.Refusal, Printed.Lines(Decision.Events)));

    private ImmutableArray<ConversationEvent> Events
    {
        get
        {
            Assert.Null(Decision.Refusal);
            return Decision.Events;
        }
    }
}
