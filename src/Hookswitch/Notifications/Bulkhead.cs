using Hookswitch.Calling;

namespace Hookswitch.Notifications;

/// <summary>So many are inside at once; whoever waits comes in by turns of the applications, so that one with much to tell delays no other.</summary>
/// <param name="places">How many.</param>
internal sealed class Bulkhead(int places)
{
    private readonly Lock _lock = new();

    // The applications that wait, whose turn it is first; and those who wait of each, in order.
    private readonly LinkedList<(AppId Application, Queue<TaskCompletionSource> Waiting)> _turns = new();
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

            Line(application).Enqueue(place);
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
            while (_turns.First is { Value: var (application, waiting) } first)
            {
                var next = waiting.Dequeue();
                _turns.RemoveFirst();
                if (waiting.Count > 0)
                {
                    _turns.AddLast((application, waiting));
                }

                if (next.TrySetResult())
                {
                    return;
                }
            }

            _inside--;
        }
    }

    private Queue<TaskCompletionSource> Line(AppId application)
    {
        foreach (var turn in _turns)
        {
            if (turn.Application == application)
            {
                return turn.Waiting;
            }
        }

        return _turns.AddLast((application, new Queue<TaskCompletionSource>())).Value.Waiting;
    }
}
