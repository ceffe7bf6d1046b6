namespace Hookswitch.Load;

/// <summary>A history by its calls.</summary>
internal sealed class SeenCalls
{
    private readonly Dictionary<string, SeenCall> _calls = [];
    private readonly Dictionary<long, Requested> _byNumber;

    public SeenCalls(IReadOnlyList<HistoryEntry> history)
    {
        Requests = [.. history.OfType<Requested>()];
        ServerEnds = [.. history.OfType<ServerEnded>()];
        Owed = [.. history.OfType<Owed>()];
        Counts = [.. history.OfType<Counted>()];
        IsClosed = history.OfType<Closed>().Any();
        _byNumber = Requests.ToDictionary(one => one.Number);
        foreach (var made in Requests.Where(one => one is { Deed: Deed.Create or Deed.Dial, Outcome: Outcome.Acknowledged, Call: not null }))
        {
            Of(made.Call!);
        }

        foreach (var notified in history.OfType<Notified>())
        {
            Of(notified.Call).Notified.Add(notified);
        }

        foreach (var request in Requests)
        {
            if (request.Call is { } id && _calls.TryGetValue(id, out var call)) // somebody may ask for a call that there never was
            {
                call.Requests.Add(request);
            }
        }

        foreach (var call in _calls.Values)
        {
            call.Owner = call.Origin?.Application ?? CauseOf(call)?.Application ?? call.Notified[0].Application;
        }
    }

    /// <summary>Those that were acknowledged, and those of which a bot was told.</summary>
    public IReadOnlyCollection<SeenCall> Calls => _calls.Values;

    public IReadOnlyList<Requested> Requests { get; }

    public IReadOnlyList<ServerEnded> ServerEnds { get; }

    public IReadOnlyList<Owed> Owed { get; }

    public IReadOnlyList<Counted> Counts { get; }

    /// <summary>Nothing more was to come.</summary>
    public bool IsClosed { get; }

    public SeenCall? Find(string call) => _calls.GetValueOrDefault(call);

    /// <summary>The request whose callback a call's first notification came to. Null: it names none, or one that was never made.</summary>
    public Requested? CauseOf(SeenCall call) => call.Notified is [{ Cause: { } cause }, ..] ? _byNumber.GetValueOrDefault(cause) : null;

    private SeenCall Of(string call) => _calls.TryGetValue(call, out var seen) ? seen : _calls[call] = new SeenCall(call);
}

/// <summary>What was seen of one call.</summary>
internal sealed class SeenCall(string id)
{
    public string Id => id;

    public List<Requested> Requests { get; } = [];

    /// <summary>All deliveries, in the order of their arrival.</summary>
    public List<Notified> Notified { get; } = [];

    /// <summary>Whose call it is.</summary>
    public string Owner { get; set; } = "";

    /// <summary>The request that was acknowledged with it. Null: there is none.</summary>
    public Requested? Origin => Requests.Find(one => one is { Deed: Deed.Create or Deed.Dial, Outcome: Outcome.Acknowledged });

    public IEnumerable<Notified> FirstDeliveries => Notified.DistinctBy(one => one.Id);

    /// <summary>What came, for people.</summary>
    public string Told => Notified.Count == 0 ? "nothing" : string.Join(", ", Notified.Select(one => one.State));
}
