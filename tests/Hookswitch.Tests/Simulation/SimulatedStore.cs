using Hookswitch.Calling;
using Hookswitch.Storage;

namespace Hookswitch.Tests.Simulation;

/// <summary>
/// A store in memory that keeps what every store promises, and no more: what it acknowledged outlives a crash, what it was only handed may
/// not. When it fails, and whether before or after it wrote, is decided by whoever runs it.
/// </summary>
internal sealed class SimulatedStore(Fault fault = Fault.None) : IEventStore
{
    private readonly Dictionary<ConversationId, Stream> _streams = [];
    private readonly Dictionary<CallId, DeliveryCursor> _cursors = [];
    private readonly Dictionary<CallId, DeliveryCursor> _unsaved = [];
    private readonly Dictionary<MeetingThread, ConversationId> _threads = [];
    private readonly List<DeadLetter> _letters = [];
    private Append? _unsynced;
    private int _saves;

    /// <summary>What each access takes.</summary>
    public Func<Task> Latency { get; set; } = () => Task.CompletedTask;

    /// <summary>Whether this access fails.</summary>
    public Func<bool> Fails { get; set; } = () => false;

    /// <summary>Hears of what is about to be written.</summary>
    public Action<Append>? Writing { get; set; }

    public IReadOnlyCollection<ConversationId> All => _streams.Keys;

    public IReadOnlyCollection<DeadLetter> Letters => _letters;

    /// <summary>Of which a bot was not told everything.</summary>
    public IEnumerable<CallId> LaggingCalls => _cursors.Values.Where(one => (_unsaved.GetValueOrDefault(one.Call)?.Settled ?? one.Settled) < one.Head).Select(one => one.Call);

    /// <summary>What is durable of a conversation.</summary>
    public IReadOnlyList<StoredEvent> Stored(ConversationId id) => _streams.TryGetValue(id, out var stream) ? stream.Events : [];

    public async Task Append(Append append)
    {
        await Latency();
        if (Fails())
        {
            Refuse(fault == Fault.HidesFailedAppends);
            return;
        }

        Check(append);
        if (fault == Fault.TellsBeforeStoring)
        {
            Writing?.Invoke(append);
            await Latency();
            await Latency();
            Check(append);
        }

        Write(append);
        SaveSome();
        _unsynced = fault == Fault.AcknowledgesUnsynced && _unsynced is null ? append : null;

        await Latency();
        if (Fails())
        {
            Refuse(hides: false); // it is written, and nobody knows
        }
    }

    public async Task<IReadOnlyList<StoredEvent>> Read(ConversationId conversation, CancellationToken cancellation)
    {
        await Reading();
        return [.. Stored(conversation)];
    }

    public async Task<StoredStream> Load(ConversationId conversation, CancellationToken cancellation)
    {
        await Reading();
        return _streams.TryGetValue(conversation, out var stream) && stream.Snapshot is { } snapshot
            ? new StoredStream(snapshot, [.. stream.Events.Where(one => one.Sequence > snapshot.Version)])
            : new StoredStream(Conversation.None, [.. Stored(conversation)]);
    }

    public async Task<DateTimeOffset?> BeganAt(ConversationId conversation, CancellationToken cancellation)
    {
        await Reading();
        return Stored(conversation) is [var first, ..] ? first.At : null;
    }

    public async Task<bool> Keep(ConversationId conversation, Conversation state)
    {
        await Reading();
        SaveAll();
        var isLagging = _cursors.Values.Any(one => one.Call.Conversation == conversation && one.IsLagging && one.Settled < state.Version);
        if (isLagging || !_streams.TryGetValue(conversation, out var stream) || stream.Events.Count < state.Version)
        {
            return false;
        }

        stream.Snapshot = state;
        return true;
    }

    public async Task<IReadOnlyList<DueTime>> Due(CancellationToken cancellation)
    {
        await Latency();
        return
        [
            .. from one in _streams
               where one.Value.Due is not null && !(fault == Fault.ForgetsDue && one.Key.Value % 2 == 0)
               select new DueTime(one.Key, Instant.From(Instant.Of(one.Value.Due!.Value))),
        ];
    }

    public async Task<IReadOnlyList<DeliveryCursor>> Lagging(CancellationToken cancellation)
    {
        await Latency();
        return [.. _cursors.Values.Where(one => one.IsLagging && !(fault == Fault.ForgetsLagging && one.Call.Conversation.Value % 2 == 0))];
    }

    public async Task<DeliveryCursor?> Cursor(CallId call, CancellationToken cancellation)
    {
        await Reading();
        return _unsaved.GetValueOrDefault(call) ?? _cursors.GetValueOrDefault(call);
    }

    public async Task<ThreadHolder?> FindThread(MeetingThread thread, CancellationToken cancellation)
    {
        await Reading();
        return _threads.TryGetValue(thread, out var holder) ? new ThreadHolder(holder, _streams[holder].IsLive) : null;
    }

    public async Task<IReadOnlyList<ConversationId>> Live(CancellationToken cancellation)
    {
        await Reading();
        return [.. from one in _streams where one.Value.IsLive orderby one.Value.Events[0].At descending, one.Key.Value select one.Key];
    }

    public async Task<IReadOnlyList<ConversationId>> Newest(int count, CancellationToken cancellation)
    {
        await Reading();
        return [.. (from one in _streams orderby one.Value.Events[0].At descending, one.Key.Value select one.Key).Take(count)];
    }

    public void Save(DeliveryCursor cursor) => _unsaved[cursor.Call] = fault switch
    {
        Fault.SkipsNotifications when _saves++ % 8 == 7 => cursor with { Settled = cursor.Settled + 1 },
        Fault.RepeatsNotifications when _saves++ % 8 == 7 => cursor with { Settled = 0 },
        _ => cursor,
    };

    public async Task Bury(DeadLetter letter, DeliveryCursor cursor)
    {
        await Reading();
        if (fault != Fault.LosesDeadLetters && !_letters.Exists(one => one.Id == letter.Id))
        {
            _letters.Add(letter);
        }

        _unsaved[cursor.Call] = cursor;
        SaveAll();
    }

    public async Task<IReadOnlyList<DeadLetter>> DeadLetters(CancellationToken cancellation)
    {
        await Reading();
        return [.. _letters.OrderBy(letter => letter.At).ThenBy(letter => letter.Sequence)];
    }

    public async Task Exhume(Guid letter)
    {
        await Reading();
        _letters.RemoveAll(one => one.Id == letter);
    }

    public async Task<bool> Forget(DateTimeOffset letters, DateTimeOffset calls)
    {
        await Reading();
        _letters.RemoveAll(letter => letter.At < letters);
        var over = _streams.Where(one => one.Value is { IsLive: false, Due: null } && one.Value.Events[0].At < calls && one.Value.Events[^1].At < calls
            && !_cursors.Values.Any(cursor => cursor.Call.Conversation == one.Key && cursor.IsLagging)).Take(MaxForgotten).Select(one => one.Key).ToArray();
        foreach (var id in over)
        {
            _streams.Remove(id);
            Array.ForEach([.. _cursors.Keys.Where(call => call.Conversation == id)], call => _cursors.Remove(call));
            Array.ForEach([.. _threads.Where(one => one.Value == id)], one => _threads.Remove(one.Key));
        }

        return over.Length == MaxForgotten;
    }

    public Task Clear()
    {
        _streams.Clear();
        _cursors.Clear();
        _unsaved.Clear();
        _threads.Clear();
        _letters.Clear();
        return Task.CompletedTask;
    }

    public async Task Probe()
    {
        await Reading();
        SaveAll();
    }

    /// <summary>The process dies: what it only had in hand is gone.</summary>
    public void Crash()
    {
        _unsaved.Clear();
        if (_unsynced is { } lost)
        {
            var events = _streams[lost.Conversation].Events;
            events.RemoveRange((int)lost.Expected, events.Count - (int)lost.Expected);
            _unsynced = null;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private const int MaxForgotten = 200;

    private static void Refuse(bool hides)
    {
        if (!hides)
        {
            throw new StoreUnavailableException("The store takes no writes.");
        }
    }

    private async Task Reading()
    {
        await Latency();
        if (Fails())
        {
            Refuse(hides: false);
        }
    }

    private void Check(Append append)
    {
        if (append is { Thread: { } thread, IsLive: true } && fault != Fault.SharesThreads
            && _threads.TryGetValue(thread, out var holder) && holder != append.Conversation && _streams[holder].IsLive)
        {
            throw new ThreadTakenException(holder);
        }

        if (Stored(append.Conversation).Count != append.Expected)
        {
            throw new ConcurrencyException(append.Conversation, append.Expected);
        }
    }

    private void Write(Append append)
    {
        if (!_streams.TryGetValue(append.Conversation, out var stream))
        {
            _streams[append.Conversation] = stream = new Stream();
        }

        stream.Events.RemoveRange((int)Math.Min(append.Expected, stream.Events.Count), (int)Math.Max(0, stream.Events.Count - append.Expected));
        stream.Events.AddRange(append.Events.Select((one, i) => new StoredEvent(append.Expected + i + 1, append.At, one)));
        (stream.Due, stream.IsLive) = (append.Due, append.IsLive);
        if (append.Thread is { } thread && (append.IsLive || !_threads.TryGetValue(thread, out var holder) || holder == append.Conversation))
        {
            _threads[thread] = append.Conversation;
        }

        foreach (var (leg, sequence) in append.Told)
        {
            var call = new CallId(append.Conversation, leg);
            _cursors[call] = (_cursors.GetValueOrDefault(call) ?? new DeliveryCursor(call, 0, 0)) with { Head = sequence };
        }
    }

    // Cursors join a commit, or the next one.
    private void SaveSome()
    {
        if (_saves++ % 2 == 0)
        {
            SaveAll();
        }
    }

    // The head is the append's to move.
    private void SaveAll()
    {
        foreach (var cursor in _unsaved.Values)
        {
            if (_cursors.TryGetValue(cursor.Call, out var known))
            {
                _cursors[cursor.Call] = cursor with { Head = known.Head };
            }
        }

        _unsaved.Clear();
    }

    private sealed class Stream
    {
        public List<StoredEvent> Events { get; } = [];

        public DateTimeOffset? Due { get; set; }

        public bool IsLive { get; set; }

        public Conversation? Snapshot { get; set; }
    }
}
