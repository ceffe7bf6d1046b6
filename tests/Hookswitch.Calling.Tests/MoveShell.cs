using static Hookswitch.Calling.Tests.Parties;

namespace Hookswitch.Calling.Tests;

/// <summary>
/// What the rules of moves ask of a server, in small: streams, and messages between conversations that get lost, come twice, late and in
/// any order. A crash leaves nothing but the streams.
/// </summary>
internal sealed class MoveShell
{
    private readonly Dictionary<ConversationId, List<ConversationEvent>> _streams = [];
    private readonly Dictionary<ConversationId, Conversation> _states = [];
    private readonly List<(ConversationId From, Message Message, bool IsAnswer)> _underway = [];
    private readonly Timeouts _timeouts = new();
    private DateTimeOffset _now = Noon;

    public int UnderwayCount => _underway.Count;

    public bool HasDeadlines => _states.Values.Any(state => state.NextDeadline is not null);

    /// <summary>Decides, stores, and tells other conversations what they are to be told.</summary>
    /// <returns>Whether the command was taken: not refused.</returns>
    public bool Send(ConversationId id, Command command)
    {
        var before = _states.GetValueOrDefault(id, Conversation.None);
        var decision = Decider.Decide(before, command, _now, _timeouts);
        if (!decision.Events.IsEmpty)
        {
            (_streams.TryGetValue(id, out var stream) ? stream : _streams[id] = []).AddRange(decision.Events);
            _states[id] = Conversation.Evolve(before, decision.Events);
            if (decision.Events.Any(@event => @event is DeadlineSet { Kind: DeadlineKind.Message }))
            {
                Tell(id);
            }
        }

        AssertNobodyIsTwice();
        return decision.Refusal is null;
    }

    /// <summary>Whoever comes to a thread comes to the conversation that lives there, or begins the next one.</summary>
    public bool Send(MeetingThread thread, Command command) =>
        Send(_states.Where(one => one.Value.Terms?.Thread == thread && !one.Value.HasEnded)
            .Select(one => one.Key)
            .SingleOrDefault(new ConversationId(_streams.Count + 1)), command);

    public void Act(LegId phone, PhoneAction action)
    {
        if (_states.FirstOrDefault(one => one.Value.Find(phone) is { IsLive: true }) is { Value: not null } at)
        {
            Send(at.Key, new PhoneActed(phone, action));
        }
    }

    /// <summary>The leg of that person that lives, wherever it is.</summary>
    public LegId? LegOf(Party person) => _states.Values.SelectMany(state => state.LiveLegs)
        .Where(leg => leg.Identity == person.Identity && !leg.IsDeparting).Select(LegId? (leg) => leg.Id).FirstOrDefault();

    public void Deliver(int which, bool stays = false)
    {
        var (from, message, isAnswer) = _underway[which];
        if (!stays)
        {
            _underway.RemoveAt(which);
        }

        if (isAnswer)
        {
            Send(from, message.Command);
        }
        else if (Answer(message) is { } answer)
        {
            _underway.Add((from, message with { Command = answer }, IsAnswer: true));
        }
    }

    public void Lose(int which) => _underway.RemoveAt(which);

    /// <summary>The earliest deadline of all passes.</summary>
    public void LetTimePass()
    {
        var next = _states.Where(one => one.Value.NextDeadline is not null).MinBy(one => one.Value.NextDeadline!.At);
        _now = next.Value.NextDeadline!.At > _now ? next.Value.NextDeadline!.At : _now;
        Send(next.Key, new DeadlinePassed());
    }

    /// <summary>All that was not stored is forgotten, and what is to be told is told again.</summary>
    public void Crash()
    {
        _underway.Clear();
        foreach (var (id, stream) in _streams)
        {
            _states[id] = Conversation.Evolve(Conversation.None, stream);
            Tell(id);
        }
    }

    /// <summary>Once everything has been delivered and every deadline has passed.</summary>
    public void AssertAllIsWell()
    {
        var legs = _states.Values.SelectMany(state => state.Legs).ToArray();
        Assert.Equal(legs.Length, legs.Select(leg => leg.Id).Distinct().Count()); // nobody has come twice by one move
        Assert.All(_states.Values, state => Assert.Equal(state.HasEnded, !state.LiveLegs.Any()));
        Assert.All(legs, leg => Assert.True(leg.IsInside || leg.EndReason is not null, $"{leg.Id} is lost: {Printed.Of(leg)}"));
        Assert.All(legs.Where(leg => leg.Departure is not null), leg =>
            Assert.Equal(leg.EndReason == EndReasons.Moved, legs.Any(other => other.Id == leg.Departure!.Leg)));
        Assert.All(legs.Where(leg => leg.Departure?.Room is not null), leg => Assert.Equal(EndReasons.Moved, leg.EndReason)); // rooms take everyone
    }

    private void AssertNobodyIsTwice() =>
        Assert.All(
            _states.Values.SelectMany(state => state.LiveLegs).Where(leg => leg.Bot is null && !leg.IsDeparting).GroupBy(leg => leg.Identity.Id),
            person => Assert.Single(person));

    private void Tell(ConversationId id) =>
        _underway.AddRange(Message.From(id, _states[id]).Select(message => (id, message, IsAnswer: false)));

    private Command? Answer(Message message) => Takes(message) ? message.Taken : message.Refused;

    // Whoever has arrived in a conversation of the thread has arrived, be it over or not the newest: a message may be that late.
    private bool Takes(Message message) =>
        message.To is { } id ? Send(id, message.Command)
        : _states.Values.Any(state => state.Terms?.Thread == message.Room!.Thread && state.Find(((Arrive)message.Command).Party.Leg) is not null)
            || Send(message.Room!.Thread, message.Command);
}
