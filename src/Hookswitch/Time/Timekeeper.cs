namespace Hookswitch.Time;

/// <summary>Work that waits for an instant.</summary>
internal interface IDueWork
{
    /// <summary>When there is something to do next; null: nothing is awaited.</summary>
    DateTimeOffset? NextAt { get; }

    /// <summary>Raised when <see cref="NextAt"/> has become earlier.</summary>
    event Action? Hastened;

    /// <summary>Starts all that is due. The task ends when all of it is done; it never fails.</summary>
    Task RunDue(DateTimeOffset now);

    /// <summary>Ends when nothing is under way that did not wait for an instant.</summary>
    Task WhenIdle();
}

/// <summary>
/// Starts what is due: by the system's clock in a loop of its own, by the manual clock as it is moved. The loop waits for the next
/// instant or for an earlier one to be noted, and ends with the server.
/// </summary>
internal sealed class Timekeeper(CallClock clock, IEnumerable<IDueWork> works) : BackgroundService
{
    /// <summary>Timers and the clock of calls need not agree to the last: the clock is looked at this often.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly IDueWork[] _works = [.. works];
    private readonly SemaphoreSlim _hastened = new(0);
    private readonly SemaphoreSlim _oneOwner = new(1, 1);

    private DateTimeOffset? NextAt => _works.Min(work => work.NextAt);

    /// <summary>
    /// Moves the manual clock from instant to instant in due order, and returns when every due command is committed and every due
    /// notification has had one attempt.
    /// </summary>
    /// <returns>The instant that was reached.</returns>
    /// <exception cref="InvalidOperationException">The clock is the system's.</exception>
    public async Task<DateTimeOffset> Advance(TimeSpan by)
    {
        if (clock is not ManualClock manual)
        {
            throw new InvalidOperationException("The clock is the system's. Start with --clock manual to move it.");
        }

        await _oneOwner.WaitAsync();
        try
        {
            var target = manual.Now + by;
            await WhenIdle();
            while (NextAt is { } next && next <= target)
            {
                manual.MoveTo(next);
                await Task.WhenAll(_works.Select(work => work.RunDue(manual.Now)));
                await WhenIdle();
            }

            manual.MoveTo(target);
            return target;
        }
        finally
        {
            _oneOwner.Release();
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _hastened.Dispose();
        _oneOwner.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (clock is ManualClock)
        {
            return;
        }

        foreach (var work in _works)
        {
            work.Hastened += () => _hastened.Release();
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = NextAt is { } next ? next - clock.Now : LongestWait;
            if (wait > TimeSpan.Zero)
            {
                // Rounded up: a timer of whole milliseconds that fires early would spin.
                var whole = TimeSpan.FromMilliseconds(Math.Ceiling(Math.Min(wait.TotalMilliseconds, LongestWait.TotalMilliseconds)));
                await ((Task)_hastened.WaitAsync(whole, stoppingToken)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            foreach (var work in _works)
            {
                _ = work.RunDue(clock.Now); // not awaited: one that is slow must not make the others late
            }
        }
    }

    // One after the other: what one of them does may give those after it something to do.
    private async Task WhenIdle()
    {
        foreach (var work in _works)
        {
            await work.WhenIdle();
        }
    }
}
