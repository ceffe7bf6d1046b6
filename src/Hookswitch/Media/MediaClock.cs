using System.Diagnostics;

namespace Hookswitch.Media;

/// <summary>
/// Ticks every 20 ms on a thread of its own, at instants that do not drift, while there is anything to tick for. Media goes by real time.
/// </summary>
internal sealed partial class MediaClock : IDisposable
{
    /// <summary>After a pause of the process, such as a debugger's, ticks are caught up with only this far back.</summary>
    private const int MostBehind = 10;

    private static readonly long Interval = Stopwatch.Frequency / 50;

    private readonly Action _tick;
    private readonly ILogger _logger;
    private readonly ManualResetEventSlim _runs = new(false);
    private readonly Thread _thread;
    private readonly CancellationTokenSource _isOver = new();
    private long _ticks;
    private long _lateTicks;

    /// <param name="tick">What it throws is logged, and the next tick comes.</param>
    public MediaClock(Action tick, ILogger logger)
    {
        (_tick, _logger) = (tick, logger);
        _thread = new Thread(Run) { IsBackground = true, Name = "media", Priority = ThreadPriority.AboveNormal };
        _thread.Start();
    }

    public long Ticks => Volatile.Read(ref _ticks);

    /// <summary>Those that began more than a whole interval late.</summary>
    public long LateTicks => Volatile.Read(ref _lateTicks);

    /// <summary>There is something to tick for. May be said again.</summary>
    public void Start() => _runs.Set();

    /// <summary>There is nothing to tick for: the thread sleeps. May be said again, also within a tick.</summary>
    public void Stop() => _runs.Reset();

    public void Dispose()
    {
        _isOver.Cancel(); // wakes it wherever it waits, whether it is started or stopped meanwhile
        _thread.Join();
        _runs.Dispose();
        _isOver.Dispose();
    }

    private void Run()
    {
        try
        {
            while (true)
            {
                _runs.Wait(_isOver.Token);
                for (var next = Stopwatch.GetTimestamp(); _runs.IsSet; next += Interval)
                {
                    next = Wait(next);
                    _isOver.Token.ThrowIfCancellationRequested();
                    Tick();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It is disposed of.
        }
    }

    // Exact to a millisecond, and never early: whoever listens has a buffer.
    private long Wait(long next)
    {
        var late = Stopwatch.GetTimestamp() - next;
        if (late > Interval)
        {
            Interlocked.Increment(ref _lateTicks);
            return Math.Max(next, next + late - (MostBehind * Interval));
        }

        if (late < 0)
        {
            _isOver.Token.WaitHandle.WaitOne((int)Math.Ceiling(Stopwatch.GetElapsedTime(0, -late).TotalMilliseconds));
        }

        return next;
    }

    private void Tick()
    {
        try
        {
            _tick();
        }
        catch (Exception e)
        {
            LogFailure(e);
        }

        Interlocked.Increment(ref _ticks);
    }

    [LoggerMessage(LogLevel.Error, "A tick of the media clock failed.")]
    private partial void LogFailure(Exception exception);
}
