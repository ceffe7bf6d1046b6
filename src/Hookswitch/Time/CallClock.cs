namespace Hookswitch.Time;

/// <summary>
/// The time that calls go by: deadlines, scripts and retry schedules. Whatever else the process waits for (tokens, TLS, HTTP, Orleans)
/// goes by the system's <see cref="TimeProvider"/>, so that moving calls through time moves nothing else.
/// </summary>
internal abstract class CallClock
{
    public abstract DateTimeOffset Now { get; }
}

/// <summary>Calls go by the time that goes on evenly.</summary>
internal sealed class SystemClock(SteadyTime time) : CallClock
{
    public override DateTimeOffset Now => time.GetUtcNow();
}

/// <summary>A clock that stands still until it is moved (<c>--clock manual</c>). <see cref="Timekeeper"/> moves it.</summary>
internal sealed class ManualClock(DateTimeOffset start) : CallClock
{
    private long _ticks = start.UtcTicks;

    public override DateTimeOffset Now => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    /// <summary>Moves to a later instant; an earlier one is ignored.</summary>
    public void MoveTo(DateTimeOffset instant)
    {
        if (instant.UtcTicks > Interlocked.Read(ref _ticks))
        {
            Interlocked.Exchange(ref _ticks, instant.UtcTicks);
        }
    }
}

/// <summary>Which clock a server goes by.</summary>
internal enum ClockKind
{
    System,

    /// <summary>Moved over the control API.</summary>
    Manual,
}
