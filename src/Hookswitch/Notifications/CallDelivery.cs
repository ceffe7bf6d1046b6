using Hookswitch.Storage;

namespace Hookswitch.Notifications;

/// <summary>What one call's bot has still to be told, in order.</summary>
/// <remarks>Guarded by its lock; <see cref="Delivery"/> runs at most one loop for it at a time.</remarks>
internal sealed class CallDelivery
{
    /// <summary>Notifications kept in memory for one call; what comes after is read from the store when its turn comes.</summary>
    public const int MaxWaiting = 100;

    private readonly Lock _lock = new();
    private readonly List<Notification> _waiting = [];
    private bool _running;
    private bool _incomplete;
    private bool _reading;
    private bool _abandoned;
    private bool _hastened;

    private CallbackAddress? _address;

    /// <summary>The last one that was taken up, by its number: under way, or to be tried again. Only a first one can be.</summary>
    private long _takenUp;

    /// <summary>Null: to be read from the store.</summary>
    public DeliveryCursor? Cursor { get; set; }

    /// <summary>An address to which notifications of this call go: the last one is kept.</summary>
    public CallbackAddress AddressOf(string text) => _address?.Text == text ? _address : _address = new CallbackAddress(text);

    /// <summary>A notification that was given up, and is not yet stored as a dead letter.</summary>
    public (DeadLetter Letter, DeliveryCursor Cursor)? Burial { get; set; }

    /// <summary>Takes a notification that was just committed.</summary>
    /// <returns>Whether a loop has to be started for it.</returns>
    public bool Add(Notification notification)
    {
        lock (_lock)
        {
            if (notification.IsFullRoster)
            {
                _waiting.RemoveAll(one => one.IsFullRoster && one.Sequence != _takenUp);
            }

            // What is committed while the store is read may be in what was read, or not.
            if (_incomplete || _reading || _waiting.Count >= MaxWaiting)
            {
                _incomplete = true;
            }
            else
            {
                _waiting.Add(notification);
            }

            return Start();
        }
    }

    /// <summary>There may be more in the store than was seen here.</summary>
    /// <returns>Whether a loop has to be started.</returns>
    public bool AddFromStore()
    {
        lock (_lock)
        {
            _incomplete = true;
            return Start();
        }
    }

    /// <summary>The time for the next attempt has come.</summary>
    /// <returns>Whether a loop has to be started.</returns>
    public bool Continue()
    {
        lock (_lock)
        {
            return Start();
        }
    }

    /// <summary>There is no need to wait for the next attempt any longer.</summary>
    /// <returns>Whether a loop has to be started.</returns>
    public bool Hasten()
    {
        lock (_lock)
        {
            _hastened = true;
            return Start();
        }
    }

    /// <summary>Nothing is tried before its time: the loop ends.</summary>
    /// <returns>False: there is no need to wait, and the loop goes on.</returns>
    public bool TryWait()
    {
        lock (_lock)
        {
            var waits = !_hastened;
            _hastened = false;
            _running &= !waits;
            return waits;
        }
    }

    /// <summary>The next notification, or what the loop has to do instead.</summary>
    public Next TryNext(out Notification? notification)
    {
        lock (_lock)
        {
            if (_waiting is [var first, ..])
            {
                _takenUp = first.Sequence;
                notification = first;
                return Next.Deliver;
            }

            notification = null;

            if (_incomplete)
            {
                (_incomplete, _reading) = (false, true);
                return Next.Read;
            }

            _running = false;
            return Next.Nothing;
        }
    }

    /// <summary>What the store holds beyond the cursor, at most as much as may wait. Of full rosters the newest is enough.</summary>
    public void Fill(IReadOnlyList<Notification> notifications)
    {
        lock (_lock)
        {
            _reading = false;
            if (_abandoned)
            {
                return;
            }

            // The attempts of the cursor were made with the first one, maybe before the server was started: it stays.
            _takenUp = Cursor is { Attempts: > 0 } && notifications is [var first, ..] ? first.Sequence : _takenUp;
            var newest = notifications.LastOrDefault(one => one.IsFullRoster);
            var needed = notifications.Where(one => !one.IsFullRoster || ReferenceEquals(one, newest) || one.Sequence == _takenUp).ToArray();
            _waiting.AddRange(needed.Take(MaxWaiting));
            _incomplete |= needed.Length > MaxWaiting;
        }
    }

    /// <summary>The first notification is done with.</summary>
    public void Settle(Notification settled)
    {
        lock (_lock)
        {
            if (_waiting is [var first, ..] && first.Sequence == settled.Sequence)
            {
                _waiting.RemoveAt(0);
            }
        }
    }

    /// <summary>The loop was broken off. A reading that failed is repeated.</summary>
    public void Pause()
    {
        lock (_lock)
        {
            _incomplete |= _reading;
            (_running, _reading) = (false, false);
        }
    }

    /// <summary>The call is forgotten: nothing more is told of it.</summary>
    public void Abandon()
    {
        lock (_lock)
        {
            _abandoned = true;
            _incomplete = false;
            _waiting.Clear();
        }
    }

    private bool Start()
    {
        var start = !_running && !_abandoned;
        _running |= start;
        return start;
    }

    /// <summary>What a loop does next.</summary>
    internal enum Next
    {
        Deliver,
        Read,
        Nothing,
    }
}
