using System.Collections.Immutable;
using Hookswitch.Calling;

namespace Hookswitch.Storage;

/// <summary>Streams of events that are only ever appended to, when each conversation is due, and how far each bot was told.</summary>
/// <remarks>
/// What <see cref="Append"/> acknowledges is on disk. What is saved without waiting joins the next commit: a crash may lose the last of it.
/// </remarks>
internal interface IEventStore : IAsyncDisposable
{
    /// <summary>Appends the events of one decision, all or none, and returns once they are durable.</summary>
    /// <exception cref="ConcurrencyException">The stream is not where the writer thought. Nothing was written.</exception>
    /// <exception cref="ThreadTakenException">Another conversation that lives is where this one wants to be. Nothing was written.</exception>
    /// <exception cref="StoreUnavailableException">The store takes no writes now. Whether these were written is unknown.</exception>
    Task Append(Append append);

    /// <summary>The stream of a conversation from its first event; empty where there is none.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read now. So do all that read.</exception>
    Task<IReadOnlyList<StoredEvent>> Read(ConversationId conversation, CancellationToken cancellation);

    /// <summary>The same, from the snapshot that was kept of it where there is one.</summary>
    Task<StoredStream> Load(ConversationId conversation, CancellationToken cancellation);

    /// <summary>When a conversation began; null: there is none.</summary>
    Task<DateTimeOffset?> BeganAt(ConversationId conversation, CancellationToken cancellation);

    /// <summary>
    /// Keeps a snapshot of a conversation, from which it is loaded sooner. Never newer than what its bots were told: what they have still to be told is
    /// computed from the events.
    /// </summary>
    /// <returns>False: a bot has still to be told of something before it. Nothing was kept.</returns>
    /// <exception cref="StoreUnavailableException">The store takes no writes now.</exception>
    Task<bool> Keep(ConversationId conversation, Conversation state);

    /// <summary>When each conversation that waits for something is due.</summary>
    Task<IReadOnlyList<DueTime>> Due(CancellationToken cancellation);

    /// <summary>The cursors of bots that have not been told everything, and are to be.</summary>
    Task<IReadOnlyList<DeliveryCursor>> Lagging(CancellationToken cancellation);

    /// <summary>How far the bot of one call was told. Null: it never had anything to be told.</summary>
    Task<DeliveryCursor?> Cursor(CallId call, CancellationToken cancellation);

    /// <summary>The conversation that is or was last at these coordinates. Null: there never was one.</summary>
    Task<ThreadHolder?> FindThread(MeetingThread thread, CancellationToken cancellation);

    /// <summary>The conversations in which somebody is, the newest first.</summary>
    Task<IReadOnlyList<ConversationId>> Live(CancellationToken cancellation);

    /// <summary>The newest conversations first.</summary>
    Task<IReadOnlyList<ConversationId>> Newest(int count, CancellationToken cancellation);

    /// <summary>Moves a cursor. Nobody waits for it: it joins each commit until one succeeds, and <see cref="Cursor"/> knows it at once.</summary>
    void Save(DeliveryCursor cursor);

    /// <summary>Keeps a notification that was given up, and moves the cursor past it; returns once both are durable.</summary>
    /// <exception cref="StoreUnavailableException">The store takes no writes now: neither, or both.</exception>
    Task Bury(DeadLetter letter, DeliveryCursor cursor);

    /// <summary>The oldest first.</summary>
    Task<IReadOnlyList<DeadLetter>> DeadLetters(CancellationToken cancellation);

    /// <summary>Strikes out a dead letter that was delivered after all; nothing, where there is none.</summary>
    /// <exception cref="StoreUnavailableException">The store takes no writes now.</exception>
    Task Exhume(Guid letter);

    /// <summary>Forgets dead letters that were given up before an instant, and the oldest of the conversations that ended before another.</summary>
    /// <param name="letters">Given up before.</param>
    /// <param name="calls">Ended before. Those of which a bot has still to be told are kept.</param>
    /// <returns>Whether more conversations may be left to be forgotten.</returns>
    /// <exception cref="StoreUnavailableException">The store takes no writes now.</exception>
    Task<bool> Forget(DateTimeOffset letters, DateTimeOffset calls);

    /// <summary>Forgets everything.</summary>
    Task Clear();

    /// <summary>Writes something, so that a store that takes no writes is found out; returns once it is durable, and all that was saved before.</summary>
    /// <exception cref="StoreUnavailableException">It takes none.</exception>
    Task Probe();
}

/// <summary>The events of one decision, with what follows from them for those who wait.</summary>
/// <param name="Expected">The sequence number of the last event that the writer has seen.</param>
/// <param name="Due">The earliest deadline of the conversation after these events; null: it waits for nothing.</param>
/// <param name="Told">For each bot that is told of these events: the sequence number of the last one.</param>
internal sealed record Append(
    ConversationId Conversation, long Expected, DateTimeOffset At, ImmutableArray<ConversationEvent> Events, DateTimeOffset? Due, bool IsLive,
    ImmutableArray<Told> Told)
{
    /// <summary>Where the conversation is, and while it lives no other can be. Null: it has no coordinates.</summary>
    public MeetingThread? Thread { get; init; }
}

/// <summary>The conversation at some coordinates.</summary>
/// <param name="IsLive">False: the next one may have them.</param>
internal readonly record struct ThreadHolder(ConversationId Conversation, bool IsLive);

/// <summary>A bot is to be told up to that event.</summary>
internal readonly record struct Told(LegId Leg, long Sequence);

/// <summary>An event as it was committed.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
internal sealed record StoredEvent(long Sequence, DateTimeOffset At, ConversationEvent Event);

/// <summary>A stream as it is loaded: a state, and the events after it.</summary>
/// <param name="Snapshot">Before anything happened, where none was kept.</param>
internal sealed record StoredStream(Conversation Snapshot, IReadOnlyList<StoredEvent> Events)
{
    public Conversation Fold() => Conversation.Evolve(Snapshot, Events.Select(stored => stored.Event));
}

/// <summary>When a conversation is due.</summary>
internal readonly record struct DueTime(ConversationId Conversation, DateTimeOffset At);

/// <summary>How far the bot of one call was told.</summary>
/// <param name="Head">The last event that it is to be told of.</param>
/// <param name="Settled">The last one that it got, or that was given up.</param>
internal sealed record DeliveryCursor(CallId Call, long Head, long Settled)
{
    /// <summary>Where the bot redirected the call's notifications; null: nowhere.</summary>
    public Redirection? Redirected { get; init; }

    /// <summary>Failed attempts to deliver the next notification.</summary>
    public int Attempts { get; init; }

    /// <summary>When the first of these was made: the schedule ends four hours later.</summary>
    public DateTimeOffset? FirstAttemptAt { get; init; }

    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>The bot answered 410: it wants to hear no more of this call.</summary>
    public bool Stopped { get; init; }

    public bool IsLagging => Settled < Head && !Stopped;
}

/// <summary>What is sent to one address goes to another. An address that is agreed later is not touched by it.</summary>
internal sealed record Redirection(string From, string To);

/// <summary>A notification that was given up.</summary>
/// <param name="Why">What the bot answered last, or why there was no answer.</param>
/// <param name="Body">The body that it should have got: of dead letters alone bodies are kept.</param>
internal sealed record DeadLetter(Guid Id, CallId Call, long Sequence, DateTimeOffset At, string Address, string Why, byte[] Body);

/// <summary>Another writer was first: the store is right, and nothing of the append was written.</summary>
internal abstract class ConflictException(string message) : Exception(message);

/// <summary>The stream has grown meanwhile.</summary>
internal sealed class ConcurrencyException(ConversationId conversation, long expected)
    : ConflictException($"Conversation {conversation} is no longer at event {expected}.");

/// <summary>Another conversation that lives is at these coordinates.</summary>
internal sealed class ThreadTakenException(ConversationId holder)
    : ConflictException($"Conversation {holder} is at these coordinates already.")
{
    public ConversationId Holder { get; } = holder;
}

/// <summary>The store takes no writes now, or cannot be read.</summary>
internal sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
