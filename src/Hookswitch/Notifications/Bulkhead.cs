using Hookswitch.Calling;

namespace Hookswitch.Notifications;

/// <summary>So many are inside at once; whoever waits comes in by turns of the applications, so that one with much to tell delays no other.</summary>
/// <param name="places">How many.</param>
internal sealed class Bulkhead(int places)
{
    private readonly Lock _lock = new();

    // The applications that wait, whose turn it is first; and those who wait of each, in order.
    private readonly Queue<AppId> _turns = [];
    private readonly Dictionary<AppId, Queue<TaskCompletionSource>> _lines = [];
    private int _inside;

    /// <summary>Nobody is inside or waits.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return _inside == 0;
            }
        }
    }

    /// <summary>Comes in. Whoever has must <see cref="Leave"/>.</summary>
    /// <exception cref="OperationCanceledException">It did not come in.</exception>
    public async Task Enter(AppId application, CancellationToken cancellation)
    {
        var place = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_inside < places)
            {
                _inside++;
                return;
            }

            if (!_lines.TryGetValue(application, out var line))
            {
                _lines[application] = line = [];
                _turns.Enqueue(application);
            }

            line.Enqueue(place);
        }

        await using (cancellation.Register(() => place.TrySetCanceled(cancellation)))
        {
            await place.Task;
        }
    }

    /// <summary>Gives the place to whoever is next.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            while (_turns.TryDequeue(out var application))
            {
                var line = _lines[application];
                var next = line.Dequeue();
                if (line.Count > 0)
                {
                    _turns.Enqueue(application);
                }
                else
                {
                    _lines.Remove(application);
                }

                if (next.TrySetResult())
                {
                    return;
                }
            }

            _inside--;
        }
    }
}
