namespace Hookswitch.Time;

/// <summary>
/// The time that calls go by: deadlines, scripts and retry schedules. Whatever else the process waits for (tokens, TLS, HTTP, Orleans)
/// goes by the system's <see cref="TimeProvider"/>, so that moving calls through time moves nothing else.
/// </summary>
internal abstract class CallClock
{
    public abstract DateTimeOffset Now { get; }
}

/// <summary>
/// Calls go by the system's time as it was when the server started, and as it went on from there: a clock that is set meanwhile makes no call longer or
/// shorter, and no bot wait for its notifications. The next start goes by the new time.
/// </summary>
/// <param name="system">The system's, but in tests.</param>
internal sealed class SystemClock(TimeProvider system) : CallClock
{
    private readonly DateTimeOffset _started = system.GetUtcNow();
    private readonly long _stamp = system.GetTimestamp();

    public override DateTimeOffset Now => _started + system.GetElapsedTime(_stamp);
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
