using System.Collections.Concurrent;
using Hookswitch.Calling;

namespace Hookswitch.Storage;

/// <summary>Cursors that were moved and are not yet committed: of each call the last. They join every commit until one succeeds.</summary>
internal sealed class UnsavedCursors
{
    private readonly ConcurrentDictionary<CallId, DeliveryCursor> _cursors = new();

    public bool IsEmpty => _cursors.IsEmpty;

    /// <returns>Whether it is the first to wait.</returns>
    public bool Keep(DeliveryCursor cursor)
    {
        var first = _cursors.IsEmpty;
        _cursors[cursor.Call] = cursor;
        return first;
    }

    public DeliveryCursor? Find(CallId call) => _cursors.GetValueOrDefault(call);

    // The dictionary's own copy: a collection expression counts first and copies then, and fails when cursors come in between.
    public IReadOnlyList<KeyValuePair<CallId, DeliveryCursor>> All() => _cursors.ToArray();

    /// <summary>These were committed. What was moved again meanwhile stays.</summary>
    public void Forget(IEnumerable<KeyValuePair<CallId, DeliveryCursor>> saved)
    {
        foreach (var one in saved)
        {
            _cursors.TryRemove(one);
        }
    }
}
