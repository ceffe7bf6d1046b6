namespace Hookswitch.Time;

/// <summary>A clock that stands still until it is moved (<c>--clock manual</c>). It has no timers of its own: <see cref="Timekeeper"/> moves it.</summary>
internal sealed class ManualClock(DateTimeOffset start) : TimeProvider
{
    private long _ticks = start.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    /// <summary>Moves to a later instant; an earlier one is ignored.</summary>
    public void MoveTo(DateTimeOffset instant)
    {
        if (instant.UtcTicks > Interlocked.Read(ref _ticks))
        {
            Interlocked.Exchange(ref _ticks, instant.UtcTicks);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        throw new NotSupportedException("What waits for this clock stands in an agenda.");
}

/// <summary>Which clock a server goes by.</summary>
internal enum ClockKind
{
    System,

    /// <summary>Moved over the control API.</summary>
    Manual,
}
