namespace Hookswitch.Tests.Simulation;

/// <summary>
/// Runs everything on one thread, in an order that a seed decides: whatever awaits something continues here, when it is drawn. What is
/// dropped never continues, as after a crash.
/// </summary>
internal sealed class SeededScheduler(Random random) : TaskScheduler
{
    private readonly List<Task> _ready = [];

    public bool IsIdle => _ready.Count == 0;

    public Task Start(Func<Task> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <summary>Runs one of those that are ready, up to where it waits next.</summary>
    public void RunOne()
    {
        var drawn = random.Next(_ready.Count);
        var task = _ready[drawn];
        _ready[drawn] = _ready[^1];
        _ready.RemoveAt(_ready.Count - 1);
        TryExecuteTask(task);
    }

    public void DropAll() => _ready.Clear();

    protected override void QueueTask(Task task) => _ready.Add(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => _ready;
}
