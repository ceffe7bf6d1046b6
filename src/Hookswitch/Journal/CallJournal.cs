using System.Collections.Concurrent;
using Hookswitch.Calling;

namespace Hookswitch.Journal;

/// <summary>A request that a bot made about its call, and what it was answered.</summary>
internal sealed record JournaledRequest(DateTimeOffset At, string Method, string Path, int Status, string RequestId);

/// <summary>One attempt to deliver a notification, and what the bot answered.</summary>
internal sealed record JournaledAttempt(
    DateTimeOffset At, Guid Notification, long Sequence, string Summary, int Attempt, string Address, string Answer, string Verdict,
    DateTimeOffset? NextAttemptAt);

/// <summary>
/// What went over the wire for the newest calls since this process started: an aid for people, kept in memory alone. The events of a
/// call are in the store.
/// </summary>
internal sealed class CallJournal
{
    /// <summary>Calls of which the wire is remembered; the oldest is forgotten first.</summary>
    public const int MaxCalls = 10_000;

    /// <summary>Entries of one call; then its newest are not kept, so that what happened first can still be read.</summary>
    public const int MaxEntries = 500;

    private readonly ConcurrentDictionary<CallId, CallPage> _pages = new();
    private readonly ConcurrentQueue<CallId> _order = new();

    public void Add(CallId call, JournaledRequest request) => PageOf(call).Add(request);

    public void Add(CallId call, JournaledAttempt attempt) => PageOf(call).Add(attempt);

    public IReadOnlyList<JournaledRequest> Requests(CallId call) => Find(call)?.Requests ?? [];

    public IReadOnlyList<JournaledAttempt> Attempts(CallId call) => Find(call)?.Attempts ?? [];

    public void Clear()
    {
        _pages.Clear();
        _order.Clear();
    }

    private CallPage? Find(CallId call) => _pages.GetValueOrDefault(call);

    private CallPage PageOf(CallId call)
    {
        if (_pages.TryGetValue(call, out var page))
        {
            return page;
        }

        var added = new CallPage();
        page = _pages.GetOrAdd(call, added);
        if (ReferenceEquals(page, added))
        {
            _order.Enqueue(call);
            if (_order.Count > MaxCalls && _order.TryDequeue(out var oldest))
            {
                _pages.TryRemove(oldest, out _);
            }
        }

        return page;
    }

    private sealed class CallPage
    {
        private readonly Lock _lock = new();
        private readonly List<JournaledRequest> _requests = [];
        private readonly List<JournaledAttempt> _attempts = [];

        public IReadOnlyList<JournaledRequest> Requests => Read(_requests);

        public IReadOnlyList<JournaledAttempt> Attempts => Read(_attempts);

        public void Add(JournaledRequest request) => Write(_requests, request);

        public void Add(JournaledAttempt attempt) => Write(_attempts, attempt);

        private T[] Read<T>(List<T> entries)
        {
            lock (_lock)
            {
                return [.. entries];
            }
        }

        private void Write<T>(List<T> entries, T entry)
        {
            lock (_lock)
            {
                if (entries.Count < MaxEntries)
                {
                    entries.Add(entry);
                }
            }
        }
    }
}
