using System.Collections.Concurrent;

namespace Hookswitch.Phones;

/// <summary>The directory's entries of one kind: those of the directory file, and what has changed since.</summary>
/// <remarks>Read by anyone at any time; changed by one at a time.</remarks>
internal sealed class Shelf<T>(Func<T, string> idOf)
    where T : class
{
    private readonly Dictionary<string, T> _ofFile = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _changed = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, T> _entries = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>By their ids.</summary>
    public IReadOnlyList<T> All => [.. _entries.Values.OrderBy(idOf, StringComparer.Ordinal)];

    /// <summary>The entries that the directory file does not have, or has otherwise.</summary>
    public IReadOnlyList<T> Changed => [.. All.Where(entry => _changed.Contains(idOf(entry)))];

    /// <summary>The ids of entries that were deleted.</summary>
    public IReadOnlyList<string> Removed => [.. _changed.Where(id => !_entries.ContainsKey(id)).Order(StringComparer.Ordinal)];

    public T? Find(string id) => _entries.GetValueOrDefault(id);

    /// <summary>Takes an entry of the directory file, or of the changes that were kept.</summary>
    public void Lay(T entry, bool ofFile)
    {
        if (ofFile)
        {
            _entries[idOf(entry)] = _ofFile[idOf(entry)] = entry;
        }
        else
        {
            Put(entry);
        }
    }

    public T Put(T entry)
    {
        _changed.Add(idOf(entry));
        return _entries[idOf(entry)] = entry;
    }

    public bool Remove(string id)
    {
        var removed = _entries.TryRemove(id, out _);
        if (removed || _ofFile.ContainsKey(id))
        {
            _changed.Add(id);
        }

        return removed;
    }

    /// <summary>Removes what was removed before.</summary>
    public void Remove(IEnumerable<string>? ids)
    {
        foreach (var id in ids ?? [])
        {
            Remove(id);
        }
    }

    /// <summary>Back to the directory file.</summary>
    public void Reset()
    {
        _changed.Clear();
        _entries.Clear();
        foreach (var (id, entry) in _ofFile)
        {
            _entries[id] = entry;
        }
    }
}
