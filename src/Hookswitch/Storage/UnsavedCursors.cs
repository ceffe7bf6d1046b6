using System.Collections.Concurrent;
using Hookswitch.Calling;

namespace Hookswitch.Storage;

/// <summary>Cursors that were moved and are not yet committed: of each call the last. They join every commit until one succeeds.</summary>
internal sealed class UnsavedCursors
{
    private readonly ConcurrentDictionary<CallId, DeliveryCursor> _cursors = new();
    private int _told;

    public bool IsEmpty => _cursors.IsEmpty;

    /// <returns>Whether the writer has to be told: it has taken all since it was told last.</returns>
    public bool Keep(DeliveryCursor cursor)
    {
        _cursors[cursor.Call] = cursor;
        return Interlocked.Exchange(ref _told, 1) == 0;
    }

    public DeliveryCursor? Find(CallId call) => _cursors.GetValueOrDefault(call);

    public IReadOnlyList<KeyValuePair<CallId, DeliveryCursor>> All()
    {
        Interlocked.Exchange(ref _told, 0); // first: what is kept from here on may miss this copy, and is told anew
        return _cursors.ToArray(); // the dictionary's own copy: a collection expression fails when cursors come in between
    }

    /// <summary>These were committed. What was moved again meanwhile stays.</summary>
    public void Forget(IEnumerable<KeyValuePair<CallId, DeliveryCursor>> saved)
    {
        foreach (var one in saved)
        {
            _cursors.TryRemove(one);
        }
    }
}
