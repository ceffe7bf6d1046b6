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
    private readonly Lock _lock = new();

    // Of each user or number the legs, and how many came before each: a busy line has thousands.
    private readonly Dictionary<string, Dictionary<CallId, long>> _legs = new(StringComparer.OrdinalIgnoreCase);
    private long _count;
    private readonly SemaphoreSlim _reading = new(1, 1);
    private bool _complete;

    public void Follow(ConversationId id, ImmutableArray<ConversationEvent> events, Conversation after)
    {
        foreach (var leg in after.Legs)
        {
            if (leg.Bot is null)
            {
                Enter(leg.Identity.Id, new CallId(id, leg.Id), leg.IsLive);
            }
        }
    }

    /// <summary>The live legs of the phones of a user or a number, the newest first.</summary>
    public async Task<IReadOnlyList<CallId>> Of(string userOrNumber, CancellationToken cancellation)
    {
        await Complete(cancellation);
        lock (_lock)
        {
            return _legs.TryGetValue(userOrNumber, out var lines) ? [.. lines.OrderByDescending(line => line.Value).Select(line => line.Key)] : [];
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _legs.Clear();
        }
    }

    public void Dispose() => _reading.Dispose();

    private void Enter(string userOrNumber, CallId line, bool isLive)
    {
        lock (_lock)
        {
            if (!_legs.TryGetValue(userOrNumber, out var lines))
            {
                if (!isLive)
                {
                    return;
                }

                _legs[userOrNumber] = lines = [];
            }

            if (isLive)
            {
                lines.TryAdd(line, _count++);
            }
            else if (lines.Remove(line) && lines.Count == 0)
            {
                _legs.Remove(userOrNumber);
            }
        }
    }

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
