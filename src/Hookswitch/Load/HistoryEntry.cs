using System.Text.Json.Serialization;

namespace Hookswitch.Load;

/// <summary>What a client asks of the server.</summary>
internal enum Deed
{
    Create,
    Answer,
    Reject,
    Delete,
    Get,

    /// <summary>Over the control API: a phone calls an application.</summary>
    Dial,
}

/// <summary>What a client knows of a request once it is over.</summary>
internal enum Outcome
{
    /// <summary>2xx: it took effect.</summary>
    Acknowledged,

    /// <summary>Any other answer: it had no effect.</summary>
    Refused,

    /// <summary>The connection was lost, no answer came in time, or 503: it took effect, or not.</summary>
    Ambiguous,

    /// <summary>Nobody took the connection: it had no effect.</summary>
    Unsent,
}

/// <summary>How a server process ended.</summary>
internal enum ServerEnd
{
    /// <summary>kill -9, or what is as sudden.</summary>
    Killed,

    /// <summary>It was asked to end, and did.</summary>
    Stopped,
}

/// <summary>One thing that was seen from outside of a server, by its client and by its receiver.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "entry")]
[JsonDerivedType(typeof(Requested), "request")]
[JsonDerivedType(typeof(Notified), "notified")]
[JsonDerivedType(typeof(ServerStarted), "serverStarted")]
[JsonDerivedType(typeof(ServerEnded), "serverEnded")]
[JsonDerivedType(typeof(Owed), "owed")]
[JsonDerivedType(typeof(Counted), "counted")]
[JsonDerivedType(typeof(Closed), "closed")]
internal abstract record HistoryEntry
{
    /// <summary>Monotonic, since the history began: when it was over.</summary>
    public TimeSpan At { get; init; }

    /// <summary>The same by the wall clock.</summary>
    public DateTimeOffset Wall { get; init; }
}

/// <summary>A request and its outcome.</summary>
/// <param name="Number">Of this request among all. A creation names it in its callback, so that notifications say which request they are due to.</param>
/// <param name="Application">Whose token it carried; of a dial: who is called.</param>
internal sealed record Requested(long Number, Deed Deed, string Application, Outcome Outcome) : HistoryEntry
{
    /// <summary>The call that it is about, or that it made; null: none that the client knows.</summary>
    public string? Call { get; init; }

    /// <summary>When it was to be sent. Latency counts from here: a client that waits hides what it waits for.</summary>
    public TimeSpan Planned { get; init; }

    /// <summary>When it was sent.</summary>
    public TimeSpan Sent { get; init; }

    /// <summary>Null: there was no answer.</summary>
    public int? Status { get; init; }

    /// <summary>Of a call that was read, its state.</summary>
    public string? State { get; init; }

    /// <summary>Why there was no answer, or the code of the error.</summary>
    public string? Problem { get; init; }
}

/// <summary>An end reason as a bot was told it.</summary>
internal sealed record ToldReason(int? Code, int? Subcode, string? Message);

/// <summary>One delivery of a notification.</summary>
/// <param name="Id">The same at each delivery of it.</param>
/// <param name="Application">At whose callback it came.</param>
/// <param name="Cause">The number of the request that named that callback; null: an incoming call.</param>
/// <param name="State">Of the call, or what else is told.</param>
/// <param name="Answer">The status that the receiver answered; null: none.</param>
internal sealed record Notified(
    Guid Id, string Application, long? Cause, string Call, string Change, string State, int Attempt, int? Answer) : HistoryEntry
{
    /// <summary>For whom its token is; null: nobody looked.</summary>
    public string? Audience { get; init; }

    public ToldReason? Reason { get; init; }

    [JsonIgnore]
    public bool IsAccepted => Answer is >= 200 and < 300;

    [JsonIgnore]
    public bool IsFinal => Change == "deleted" && State == "terminated";
}

/// <summary>A server takes requests.</summary>
internal sealed record ServerStarted : HistoryEntry;

/// <summary>A server process is gone.</summary>
/// <param name="Since">When its end began: it ended between then and when that was seen.</param>
internal sealed record ServerEnded(ServerEnd End, TimeSpan Since) : HistoryEntry;

/// <summary>What the server's store says that the bot of a call is to be told: the ids of its notifications in their order.</summary>
internal sealed record Owed(string Call, IReadOnlyList<Guid> Notifications) : HistoryEntry;

/// <summary>What the server counts. Each number comes from another place.</summary>
/// <param name="Created">Calls of bots that there ever were.</param>
/// <param name="Live">Those that have not ended.</param>
/// <param name="Terminated">Ends that were stored.</param>
internal sealed record Counted(long Created, long Live, long Terminated) : HistoryEntry;

/// <summary>Everyone has waited long enough: what was to happen has happened.</summary>
internal sealed record Closed : HistoryEntry;
