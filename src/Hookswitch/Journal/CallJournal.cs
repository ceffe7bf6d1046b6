using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Hookswitch.Calling;

namespace Hookswitch.Journal;

/// <summary>A call of which the wire is remembered.</summary>
/// <param name="Chain">What the bot knows as <c>callChainId</c>.</param>
internal sealed record JournaledCall(CallId Id, AppId Application, Guid Chain);

/// <summary>A request that a bot made about its call, and what it was answered.</summary>
internal sealed record JournaledRequest(DateTimeOffset At, string Method, string Path, int Status, string RequestId);

/// <summary>One attempt to deliver a notification, and what the bot answered.</summary>
internal sealed record JournaledAttempt(
    DateTimeOffset At, Guid Notification, long Sequence, string Summary, int Attempt, string Address, string Answer, string Verdict,
    DateTimeOffset? NextAttemptAt);

/// <summary>What a bot said of the quality of its media.</summary>
/// <param name="Quality">As Graph writes it.</param>
internal sealed record JournaledQuality(DateTimeOffset At, JsonNode Quality);

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

    public void Add(JournaledCall call, JournaledRequest request) => PageOf(call).Add(request);

    public void Add(JournaledCall call, JournaledAttempt attempt) => PageOf(call).Add(attempt);

    /// <summary>To the newest call of that application in that chain. Looks through all: it is asked once in a call at most.</summary>
    /// <returns>False: no such call is remembered.</returns>
    public bool TryAdd(AppId application, Guid chain, JournaledQuality quality)
    {
        var page = _order.Reverse().Select(Find).FirstOrDefault(one => one?.Call.Application == application && one.Call.Chain == chain);
        page?.Add(quality);
        return page is not null;
    }

    public IReadOnlyList<JournaledRequest> Requests(CallId call) => Find(call)?.Requests ?? [];

    public IReadOnlyList<JournaledAttempt> Attempts(CallId call) => Find(call)?.Attempts ?? [];

    public IReadOnlyList<JournaledQuality> Qualities(CallId call) => Find(call)?.Qualities ?? [];

    public void Clear()
    {
        _pages.Clear();
        _order.Clear();
    }

    private CallPage? Find(CallId call) => _pages.GetValueOrDefault(call);

    private CallPage PageOf(JournaledCall call)
    {
        if (_pages.TryGetValue(call.Id, out var page))
        {
            return page;
        }

        var added = new CallPage(call);
        page = _pages.GetOrAdd(call.Id, added);
        if (ReferenceEquals(page, added))
        {
            _order.Enqueue(call.Id);
            if (_order.Count > MaxCalls && _order.TryDequeue(out var oldest))
            {
                _pages.TryRemove(oldest, out _);
            }
        }

        return page;
    }

    private sealed class CallPage(JournaledCall call)
    {
        private readonly Lock _lock = new();
        private readonly List<JournaledRequest> _requests = [];
        private readonly List<JournaledAttempt> _attempts = [];
        private readonly List<JournaledQuality> _qualities = [];

        public JournaledCall Call => call;

        public IReadOnlyList<JournaledRequest> Requests => Read(_requests);

        public IReadOnlyList<JournaledAttempt> Attempts => Read(_attempts);

        public IReadOnlyList<JournaledQuality> Qualities => Read(_qualities);

        public void Add(JournaledRequest request) => Write(_requests, request);

        public void Add(JournaledAttempt attempt) => Write(_attempts, attempt);

        public void Add(JournaledQuality quality) => Write(_qualities, quality);

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
