namespace Hookswitch.Time;

/// <summary>Which keys are due when. Each key stands in it once at most; of two instants for one key the later call counts.</summary>
internal sealed class Agenda<TKey>
    where TKey : notnull
{
    /// <summary>Overtaken entries beyond this and the number of keys are cleared away.</summary>
    private const int Slack = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, DateTimeOffset> _instants = [];

    // Entries that a later Set overtook stay until they come up: they differ from the dictionary and are passed over.
    private readonly PriorityQueue<TKey, DateTimeOffset> _order = new();

    /// <summary>Raised when the first instant has become an earlier one.</summary>
    public event Action? Hastened;

    /// <summary>The earliest instant; null: nothing is awaited.</summary>
    public DateTimeOffset? Next
    {
        get
        {
            lock (_lock)
            {
                DropOvertaken();
                return _order.TryPeek(out _, out var at) ? at : null;
            }
        }
    }

    /// <summary>Notes a key for an instant, or strikes it out.</summary>
    public void Set(TKey key, DateTimeOffset? at)
    {
        bool hastened;
        lock (_lock)
        {
            if (at is not { } instant)
            {
                _instants.Remove(key);
                return;
            }

            if (_instants.TryGetValue(key, out var noted) && noted == instant)
            {
                return;
            }

            DropOvertaken();
            hastened = !_order.TryPeek(out _, out var first) || instant < first;
            _instants[key] = instant;
            _order.Enqueue(key, instant);
            if (_order.Count > (2 * _instants.Count) + Slack)
            {
                _order.Clear();
                _order.EnqueueRange(_instants.Select(one => (one.Key, one.Value)));
            }
        }

        if (hastened)
        {
            Hastened?.Invoke();
        }
    }

    /// <summary>Takes all keys that are due, the earliest first.</summary>
    public IReadOnlyList<TKey> Take(DateTimeOffset now)
    {
        var due = new List<TKey>();
        lock (_lock)
        {
            while (_order.TryPeek(out var key, out var at) && at <= now)
            {
                _order.Dequeue();
                if (_instants.TryGetValue(key, out var noted) && noted == at)
                {
                    _instants.Remove(key);
                    due.Add(key);
                }
            }
        }

        return due;
    }

    public void Clear()
    {
        lock (_lock)
        {
            _instants.Clear();
            _order.Clear();
        }
    }

    private void DropOvertaken()
    {
        while (_order.TryPeek(out var key, out var at) && !(_instants.TryGetValue(key, out var noted) && noted == at))
        {
            _order.Dequeue();
        }
    }
}
