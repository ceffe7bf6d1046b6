using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hookswitch.Load;

/// <summary>What clients and receivers saw, in the order in which it was over. Recorded by many at once.</summary>
internal sealed class History
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly long _begun = Stopwatch.GetTimestamp();
    private readonly Lock _lock = new();
    private readonly List<HistoryEntry> _entries = [];
    private readonly List<(Func<HistoryEntry, bool> Awaited, TaskCompletionSource Came)> _waiters = [];

    /// <summary>Since it began, monotonic.</summary>
    public TimeSpan Now => Stopwatch.GetElapsedTime(_begun);

    /// <summary>So far.</summary>
    public IReadOnlyList<HistoryEntry> Entries
    {
        get
        {
            lock (_lock)
            {
                return [.. _entries];
            }
        }
    }

    /// <returns>The same with its time: now.</returns>
    public T Add<T>(T entry)
        where T : HistoryEntry => Add(entry, at: null);

    /// <summary>Adds what was over at an earlier time.</summary>
    /// <param name="at">Null: it is over now.</param>
    public T Add<T>(T entry, TimeSpan? at)
        where T : HistoryEntry
    {
        lock (_lock)
        {
            var now = Now;
            var timed = (T)(entry with { At = at ?? now, Wall = TimeProvider.System.GetUtcNow() - (now - (at ?? now)) });
            _entries.Add(timed);
            foreach (var waiter in _waiters.Where(one => one.Awaited(entry)).ToArray())
            {
                _waiters.Remove(waiter);
                waiter.Came.TrySetResult();
            }

            return timed;
        }
    }

    /// <summary>Ends when the next such entry is added.</summary>
    public Task Next(Func<HistoryEntry, bool> awaited)
    {
        var waiter = (awaited, Came: new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_lock)
        {
            _waiters.Add(waiter);
        }

        return waiter.Came.Task;
    }

    /// <summary>Writes a line of JSON for each entry.</summary>
    public async Task Save(string file)
    {
        await using var writer = new StreamWriter(file);
        foreach (var entry in Entries)
        {
            await writer.WriteLineAsync(JsonSerializer.Serialize(entry, Json));
        }
    }

    /// <summary>What <see cref="Save"/> wrote.</summary>
    /// <exception cref="JsonException">The file holds something else.</exception>
    public static async Task<IReadOnlyList<HistoryEntry>> Read(string file, CancellationToken cancellation) =>
        [.. (await File.ReadAllLinesAsync(file, cancellation)).Select(line => JsonSerializer.Deserialize<HistoryEntry>(line, Json)!)];
}
