namespace Hookswitch.Time;

/// <summary>Runs what nobody waits for, counts it, and tells when nothing is under way.</summary>
/// <param name="scheduler">Where it runs, whoever started it.</param>
internal sealed class Activity(TaskScheduler scheduler)
{
    private readonly Lock _lock = new();
    private int _count;
    private TaskCompletionSource? _idle;

    /// <summary>Starts it, and returns at once.</summary>
    /// <param name="work">Sees to its own failures.</param>
    public void Run(Func<Task> work)
    {
        lock (_lock)
        {
            _count++;
        }

        _ = Task.Factory.StartNew(() => Count(work), CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler);
    }

    /// <summary>Ends at the next moment at which nothing is under way; at once if that is now.</summary>
    public Task WhenIdle()
    {
        lock (_lock)
        {
            return _count == 0
                ? Task.CompletedTask
                : (_idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private async Task Count(Func<Task> work)
    {
        try
        {
            await work();
        }
        finally
        {
            End();
        }
    }

    private void End()
    {
        lock (_lock)
        {
            if (--_count == 0)
            {
                _idle?.TrySetResult();
                _idle = null;
            }
        }
    }
}
