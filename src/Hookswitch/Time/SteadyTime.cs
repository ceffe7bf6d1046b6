namespace Hookswitch.Time;

/// <summary>
/// The system's time as it was when the server started, and as it went on from there: a clock that is set meanwhile makes no call longer or shorter. The
/// next start goes by the new time. Orleans has it too: it activates no grain while its clock is behind what it was.
/// </summary>
/// <param name="system">The system's, but in tests.</param>
internal sealed class SteadyTime(TimeProvider system) : TimeProvider
{
    private readonly DateTimeOffset _started = system.GetUtcNow();
    private readonly long _stamp = system.GetTimestamp();

    public override long TimestampFrequency => system.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _started + system.GetElapsedTime(_stamp);

    public override long GetTimestamp() => system.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        system.CreateTimer(callback, state, dueTime, period);
}
