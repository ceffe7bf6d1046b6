using Hookswitch.Calling;
using Hookswitch.Calling.Tests;
using Hookswitch.Conversations;
using Hookswitch.Journal;
using Hookswitch.Notifications;
using Hookswitch.Storage;
using Hookswitch.Tests.Harness;
using Hookswitch.Time;
using Microsoft.Extensions.Logging;

namespace Hookswitch.Tests.Simulation;

/// <summary>
/// One run of a seed: bots and phones that do what they like, and the server's own rules, projection and delivery between a store, receivers
/// and a silo that fail as the seed says. Real time, threads and chance have no part in it.
/// </summary>
internal sealed class World
{
    private const int Steps = 500;
    private const int MaxStepsToTheEnd = 50_000;
    private const int MaxConversations = 4;

    private readonly Random _random;
    private readonly Fault _fault;
    private readonly SeededScheduler _scheduler;
    private readonly ManualClock _clock = new(Parties.Noon);
    private readonly SimulatedStore _store;
    private readonly SimulatedBots _bots;
    private readonly Violations _violations = new();
    private readonly Dictionary<ConversationId, Conversation> _folded = [];
    private readonly HashSet<CallId> _created = [];
    private readonly HashSet<CallId> _hungUp = [];
    private Adversity _adversity;
    private Process _process;
    private int _commands;

    private World(int seed, Fault fault, SimulatedStore store)
    {
        (_random, _fault, _store) = (new Random(seed), fault, store);
        _scheduler = new SeededScheduler(_random);
        _adversity = Adversity.Draw(_random);
        (store.Latency, store.Fails) = (Latency, () => _random.NextDouble() < _adversity.StoreFailures);
        _bots = new SimulatedBots(_random, () => _adversity, Folded, _violations, Latency, fault);
        _process = Boot();
    }

    /// <summary>What was stored, and who was told of it: the same for the same seed.</summary>
    public string Trace => string.Join('\n', _store.All.SelectMany(id => _store.Stored(id).Select(one => $"{id} {one}")
        .Concat(Folded(id).Legs.Select(leg => $"{leg.Id} {string.Join(' ', _bots.Of(new CallId(id, leg.Id)))}"))));

    public int Events => _store.All.Sum(id => _store.Stored(id).Count);

    /// <returns>The promise that was broken; null: none.</returns>
    public static (string? Violation, World World) Run(int seed, Fault fault = Fault.None)
    {
        var world = new World(seed, fault, new SimulatedStore(fault));
        return (world.Violation(), world);
    }

    private string? Violation()
    {
        for (var step = 0; step < Steps && _violations.First is null; step++)
        {
            Step();
        }

        _adversity = Adversity.None; // what was broken is mended: now everything must come to its end
        for (var step = 0; _violations.First is null && MayGoOn(); step++)
        {
            _violations.Unless(step < MaxStepsToTheEnd, "I1", "it goes on and on");
        }

        if (_violations.First is null)
        {
            CheckEnd();
        }

        return _violations.First;
    }

    private void Step()
    {
        var roll = _random.NextDouble();
        if (roll < _adversity.Crashes)
        {
            Crash();
        }
        else if (!_scheduler.IsIdle && roll < 0.8)
        {
            _scheduler.RunOne();
        }
        else if (roll < 0.93 && _process.IsReady)
        {
            _ = _scheduler.Start(Act);
        }
        else if (NextAt is { } next && (_scheduler.IsIdle || next - _clock.Now < TimeSpan.FromSeconds(2)))
        {
            LetTimePass(next);
        }
    }

    /// <returns>False: nothing is left to do.</returns>
    private bool MayGoOn()
    {
        if (!_scheduler.IsIdle)
        {
            _scheduler.RunOne();
        }
        else if (NextAt is { } next)
        {
            LetTimePass(next);
        }
        else
        {
            return false;
        }

        return true;
    }

    private DateTimeOffset? NextAt => _process.IsReady ? _process.Works.Min(work => work.NextAt) : null;

    private void LetTimePass(DateTimeOffset until)
    {
        _clock.MoveTo(until);
        foreach (var work in _process.Works)
        {
            _ = _scheduler.Start(() => work.RunDue(_clock.Now));
        }
    }

    private void Crash()
    {
        _scheduler.DropAll();
        _store.Crash();
        _folded.Clear();
        _bots.MayRepeat = true;
        _process = Boot();
    }

    // As Server composes it; what carries sound, phones and HTTP has no part in it.
    private Process Boot()
    {
        Aftermath? aftermath = null;
        var grains = new SimulatedGrains(_random, () => _adversity, _store, _clock, () => aftermath!, Latency, _fault).Factory();
        var (deadlines, door) = (new DeadlineScheduler(grains, _clock, Log<DeadlineScheduler>()), new ThreadDoor(_store, Draw));
        var messenger = new Messenger(grains, door, _scheduler, Log<Messenger>());
        var options = new DeliveryOptions();
        var hosts = new CallbackHosts(_bots, new ResponseHold(), _clock, options, _random.NextDouble, Log<CallbackHosts>());
        var delivery = new Delivery(_store, _clock, options, hosts, new CallJournal(), Measured.ByNobody, _random.NextDouble, _scheduler, Log<Delivery>());
        aftermath = new Aftermath(deadlines, delivery, [messenger]);
        var process = new Process(grains, door, [deadlines, messenger, delivery]);
        _store.Writing = append => delivery.Enqueue(CallNotifications.Project(append.Conversation, Folded(append.Conversation), append.Events).Notifications, new Committed(_clock.Now));
        _ = _scheduler.Start(async () =>
        {
            await delivery.StartAsync(CancellationToken.None);
            var recovery = new Recovery(_store, deadlines, delivery, Log<Recovery>());
            await recovery.StartAsync(CancellationToken.None);
            process.IsReady = true;
        });
        return process;
    }

    private async Task Act()
    {
        var (process, index) = (_process, ++_commands);
        var choice = new Choice(_random.Next(1 << 20), _random.Next(1 << 20), _random.Next(1 << 20), TimeSpan.Zero);
        if (_store.All.Count == 0 || (_store.All.Count < MaxConversations && choice.Has(0) && choice.Has(1)))
        {
            await Begin(process, new Making(Conversation.None, choice, index).Beginning(), index);
            return;
        }

        var id = _store.All.ElementAt(_random.Next(_store.All.Count));
        var state = Folded(id);
        if (_random.Next(4) == 0 && state.LiveLegs.Where(leg => leg.Bot is not null).ToArray() is { Length: > 0 } bots)
        {
            await HangUp(process, id, bots[_random.Next(bots.Length)]);
        }
        else if (_random.Next(4) == 0)
        {
            await Look(process, id);
        }
        else
        {
            await Do(process, id, OfItsOwn(new Making(state, choice, index).Command(), index));
        }
    }

    private async Task Begin(Process process, Command command, int index)
    {
        switch (OfItsOwn(command, index))
        {
            case Join join:
                await process.Door.Enter(join.Terms, id => Do(process, id, join));
                break;
            case Arrive { Terms: { } terms } arrive:
                await process.Door.Enter(terms, id => Do(process, id, arrive));
                break;
            case var place:
                await Do(process, Draw(), place);
                break;
        }
    }

    private async Task<Reply> Do(Process process, ConversationId id, Command command)
    {
        var reply = await process.Grains.Send(id, command);
        if (reply is { Unavailable: false, Refusal: null } && CreatedBy(command) is { } leg)
        {
            _created.Add(new CallId(id, leg));
        }

        return reply;
    }

    private async Task HangUp(Process process, ConversationId id, Leg leg)
    {
        if (await Do(process, id, new HangUp(leg.Id, leg.Bot!.Application)) is { Unavailable: false, Refusal: null })
        {
            _hungUp.Add(new CallId(id, leg.Id));
        }
    }

    private async Task Look(Process process, ConversationId id)
    {
        var over = _hungUp.Where(call => call.Conversation == id).ToArray();
        if (await process.Grains.Read(id) is { Unavailable: false } reply)
        {
            Array.ForEach(over, call => _violations.Unless(reply.Conversation.Find(call.Leg) is not { IsLive: true }, "I5", $"{call} is shown though it was hung up"));
        }
    }

    // Threads of group calls are drawn by the server; those of meetings are shared.
    private static Command OfItsOwn(Command command, int index) => command switch
    {
        PlaceGroupCall c => c with { Terms = OfItsOwn(c.Terms, index) },
        Invite c => c with { Terms = OfItsOwn(c.Terms, index) },
        TransferCall c => c with { Aside = new ConversationId(1_000_000 + index) },
        _ => command,
    };

    private static MeetingTerms OfItsOwn(MeetingTerms terms, int index) =>
        terms with { Thread = terms.Thread with { Thread = $"19:group{index}@thread.v2" } };

    private static LegId? CreatedBy(Command command) => command switch
    {
        PlaceCall { Caller: { Bot: not null } caller } => caller.Leg,
        PlaceGroupCall c => c.Caller.Leg,
        Join { Party: { Bot: not null } party } => party.Leg,
        _ => null,
    };

    private void CheckEnd()
    {
        foreach (var id in _store.All)
        {
            var state = Folded(id);
            _violations.Unless(
                state.HasEnded || state.LiveLegs.All(leg => leg is { Bot: null, State: LegState.Established }), "I1", $"{id} never ends: {Printed.Of(state)}");
            _violations.Unless(state.HasEnded == !state.LiveLegs.Any(), "I8", $"{id} has ended with live legs, or not without");
            var told = CallNotifications.Project(id, Conversation.None, _store.Stored(id).Select(one => one.Event)).Notifications;
            foreach (var call in told.GroupBy(notification => notification.Call))
            {
                CheckTold(call.Key, [.. call]);
            }
        }

        var sharing = _store.All.Select(Folded).Where(state => !state.HasEnded && state.Terms is { StandsAlone: false }).GroupBy(state => state.Terms!.Thread);
        _violations.Unless(sharing.All(thread => thread.Count() == 1), "I8", "two conversations live at the same coordinates");
        _violations.Unless(_created.All(call => Folded(call.Conversation).Find(call.Leg) is { IsLive: false }), "I1", "a call that was created never was, or never ended");
        _violations.Unless(!_store.LaggingCalls.Any(), "I1", $"{string.Join(", ", _store.LaggingCalls)} was not told everything");
    }

    // What was given up is kept as a letter, and what a newer roster says need not be said.
    private void CheckTold(CallId call, IReadOnlyList<Notification> notifications)
    {
        var known = _bots.Of(call).Concat(_store.Letters.Where(letter => letter.Call == call).Select(letter => letter.Sequence)).ToHashSet();
        var newest = notifications.LastOrDefault(one => one.IsFullRoster && known.Contains(one.Sequence))?.Sequence;
        foreach (var notification in notifications)
        {
            _violations.Unless(
                known.Contains(notification.Sequence) || (notification.IsFullRoster && notification.Sequence < newest), "I1",
                $"{call} was never told of {notification.Sequence} ({notification.Summary}); it was of {string.Join(' ', _bots.Of(call))}");
        }

        _violations.Unless(notifications.Count(one => one.IsFinal) == 1, "I1", $"{call} is not told of one end");
        _violations.Unless(known.IsSubsetOf(notifications.Select(one => one.Sequence)), "I1", $"{call} was told of what did not happen");
    }

    // As it is durable.
    private Conversation Folded(ConversationId id)
    {
        var (events, state) = (_store.Stored(id), _folded.GetValueOrDefault(id, Conversation.None));
        if (state.Version != events.Count)
        {
            state = state.Version < events.Count ? state : Conversation.None;
            _folded[id] = state = Conversation.Evolve(state, events.Skip((int)state.Version).Select(stored => stored.Event));
        }

        return state;
    }

    private ConversationId Draw() => new(_random.NextInt64(1, 1L << 59));

    private async Task Latency()
    {
        for (var wait = _random.Next(3); wait > 0; wait--)
        {
            await Task.Yield();
        }
    }

    private Logger<T> Log<T>() => new((category, exception) => _violations.Unless(
        exception is StoreUnavailableException, "no failure", $"{category}: {exception}"));

    /// <summary>What a crash ends.</summary>
    private sealed record Process(IGrainFactory Grains, ThreadDoor Door, IReadOnlyList<IDueWork> Works)
    {
        public bool IsReady { get; set; }
    }

    private sealed class Logger<T>(Action<string, Exception?> failed) : ILogger<T>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Error)
            {
                failed(typeof(T).Name, exception);
            }
        }
    }
}
