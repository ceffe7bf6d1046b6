using Hookswitch.Time;

namespace Hookswitch.Storage;

/// <summary>How long what is over is kept.</summary>
internal sealed record Retention
{
    /// <summary>Since a conversation ended.</summary>
    public TimeSpan Calls { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Since a notification was given up. <c>reliability.md</c>, section 1.</summary>
    public TimeSpan DeadLetters { get; init; } = TimeSpan.FromDays(7);
}

/// <summary>Forgets what has been kept long enough, a little at a time: those who write meanwhile wait no longer than for another commit.</summary>
internal sealed partial class Housekeeping(IEventStore store, CallClock clock, Retention retention, TaskScheduler scheduler, ILogger<Housekeeping> logger) : IDueWork
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(6);

    private readonly Activity _activity = new(scheduler);
    private readonly Lock _lock = new();
    private DateTimeOffset _nextAt = clock.Now + TimeSpan.FromMinutes(10);

    /// <summary>Never: it comes at its own pace.</summary>
    public event Action? Hastened
    {
        add { }
        remove { }
    }

    public DateTimeOffset? NextAt
    {
        get
        {
            lock (_lock)
            {
                return _nextAt;
            }
        }
    }

    public Task RunDue(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (now < _nextAt)
            {
                return Task.CompletedTask;
            }

            _nextAt = now + Interval;
        }

        _activity.Run(() => Forget(now));
        return WhenIdle();
    }

    public Task WhenIdle() => _activity.WhenIdle();

    private async Task Forget(DateTimeOffset now)
    {
        try
        {
            while (await store.Forget(now - retention.DeadLetters, now - retention.Calls))
            {
                // There is more: others have their turn in between.
            }
        }
        catch (StoreUnavailableException e)
        {
            LogFailure(e.Message, Interval);
        }
    }

    [LoggerMessage(LogLevel.Warning, "What is over could not be forgotten: {Problem} Next try in {Wait}.")]
    private partial void LogFailure(string problem, TimeSpan wait);
}
