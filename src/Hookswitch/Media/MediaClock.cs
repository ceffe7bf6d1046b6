namespace Hookswitch.Media;

/// <summary>
/// Calls back every 20 ms, on a thread of its own that exists only while the clock runs. Goes by the time of the machine, which nobody
/// moves: sound flows in real time also where calls do not.
/// </summary>
/// <remarks>
/// The thread sleeps in whole milliseconds until the deadline has passed, and never spins: a tick begins up to about 1 ms late, which no
/// jitter buffer notices. Deadlines are absolute, so that lateness never adds up (<see cref="TickSchedule"/>).
/// </remarks>
/// <param name="tick">Is never called by two threads at once. What it throws is logged.</param>
internal sealed partial class MediaClock(Action tick, ILogger logger) : IDisposable
{
    /// <summary>What fails once may fail each time: as many ticks pass at least before it is logged again. A second.</summary>
    private const int QuietTicks = 50;

    private readonly object _lock = new();
    private readonly TickSchedule _schedule = new();
    private Thread? _thread;
    private bool _running;
    private bool _disposed;
    private long _logAgainAt;

    /// <summary>Ticks since the clock was made.</summary>
    public long Ticks => Read(schedule => schedule.Ticks);

    /// <summary>Ticks that began more than the time of one frame after they were due.</summary>
    public long LateTicks => Read(schedule => schedule.LateTicks);

    /// <summary>Ticks that were left out after a long stall.</summary>
    public long SkippedTicks => Read(schedule => schedule.SkippedTicks);

    /// <summary>Lets it run; the first tick comes at once. Does nothing when it runs already.</summary>
    public void Start()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_running)
            {
                return;
            }

            _running = true;
            _schedule.Restart(Now());
            if (_thread is null) // else the last one has not seen yet that it was stopped, and goes on
            {
                _thread = new Thread(Run) { IsBackground = true, Name = "Media clock", Priority = ThreadPriority.AboveNormal };
                _thread.Start();
            }

            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Lets it rest. Does not wait for a tick that has begun, and so may be called by one. Does nothing when it rests already.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _running = false;
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Stops it, and waits for the tick that has begun, unless a tick itself asks for it.</summary>
    public void Dispose()
    {
        Thread? thread;
        lock (_lock)
        {
            _disposed = true;
            Stop();
            thread = _thread;
        }

        if (thread != Thread.CurrentThread)
        {
            thread?.Join();
        }
    }

    private static TimeSpan Now() => TimeProvider.System.GetElapsedTime(0);

    private void Run()
    {
        while (WaitForTick())
        {
            try
            {
                tick();
            }
            catch (Exception e)
            {
                Report(e);
            }
        }
    }

    /// <returns>False: the clock was stopped, and the thread is to end.</returns>
    private bool WaitForTick()
    {
        lock (_lock)
        {
            while (_running)
            {
                var now = Now();
                if (_schedule.TryTake(now))
                {
                    return true;
                }

                Monitor.Wait(_lock, (int)Math.Ceiling((_schedule.Next - now).TotalMilliseconds));
            }

            _thread = null;
            return false;
        }
    }

    private void Report(Exception failure)
    {
        var ticks = Ticks;
        if (ticks >= _logAgainAt)
        {
            _logAgainAt = ticks + QuietTicks;
            LogFailure(failure);
        }
    }

    private long Read(Func<TickSchedule, long> figure)
    {
        lock (_lock)
        {
            return figure(_schedule);
        }
    }

    [LoggerMessage(LogLevel.Error, "A tick of the media clock failed; the clock goes on.")]
    private partial void LogFailure(Exception failure);
}
