using System.Collections.Concurrent;
using System.Collections.Immutable;
using Hookswitch.Calling;
using Hookswitch.Conversations;
using Hookswitch.Storage;

namespace Hookswitch.Phones;

/// <summary>
/// Which live legs the phones of a user or a number have, so that they can be driven from outside. An index in memory: what a start
/// left behind is read from the store when somebody first asks.
/// </summary>
internal sealed partial class PhoneLines(IEventStore store, ILogger<PhoneLines> logger) : IFollower, IDisposable
{
    private readonly ConcurrentDictionary<string, ImmutableList<CallId>> _legs = new(StringComparer.OrdinalIgnoreCase);
    private readonly SemaphoreSlim _reading = new(1, 1);
    private bool _complete;

    public void Follow(ConversationId id, ImmutableArray<ConversationEvent> events, Conversation after)
    {
        foreach (var leg in after.Legs.Where(leg => leg.Bot is null))
        {
            var line = new CallId(id, leg.Id);
            if (leg.IsLive)
            {
                _legs.AddOrUpdate(leg.Identity.Id, _ => [line], (_, lines) => lines.Contains(line) ? lines : lines.Add(line));
            }
            else if (_legs.AddOrUpdate(leg.Identity.Id, _ => [], (_, lines) => lines.Remove(line)).IsEmpty)
            {
                _legs.TryRemove(KeyValuePair.Create(leg.Identity.Id, ImmutableList<CallId>.Empty));
            }
        }
    }

    /// <summary>The live legs of the phones of a user or a number, the newest first.</summary>
    public async Task<IReadOnlyList<CallId>> Of(string userOrNumber, CancellationToken cancellation)
    {
        await Complete(cancellation);
        return _legs.TryGetValue(userOrNumber, out var lines) ? [.. lines.Reverse()] : [];
    }

    public void Clear() => _legs.Clear();

    public void Dispose() => _reading.Dispose();

    // One that cannot be read keeps nobody else's phone from being driven.
    private async Task Find(ConversationId id, CancellationToken cancellation)
    {
        try
        {
            Follow(id, [], (await store.Load(id, cancellation)).Fold());
        }
        catch (StoreUnavailableException e)
        {
            LogUnreadable(id, e.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The phones of conversation {Conversation} cannot be driven: {Problem}")]
    private partial void LogUnreadable(ConversationId conversation, string problem);

    private async Task Complete(CancellationToken cancellation)
    {
        if (Volatile.Read(ref _complete))
        {
            return;
        }

        await _reading.WaitAsync(cancellation);
        try
        {
            foreach (var live in _complete ? [] : await store.Live(cancellation))
            {
                await Find(live, cancellation);
            }

            Volatile.Write(ref _complete, true);
        }
        finally
        {
            _reading.Release();
        }
    }
}
