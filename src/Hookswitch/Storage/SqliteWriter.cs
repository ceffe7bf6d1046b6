using System.Collections.Concurrent;
using System.Diagnostics;
using Hookswitch.Telemetry;
using Microsoft.Data.Sqlite;

namespace Hookswitch.Storage;

/// <summary>The one writer of a SQLite file. Commits in groups: what arrives while one commit is synced goes into the next.</summary>
/// <remarks>One thread, which waits for work and ends when the queue is closed.</remarks>
internal sealed partial class SqliteWriter : IDisposable
{
    /// <summary>A commit of more than this keeps its first waiters from their answer for no gain.</summary>
    private const int MaxGroup = 1000;

    /// <summary>Appends that wait; more than this many is a store that cannot keep up, and the next one is told so.</summary>
    private const int MaxWaiting = 100_000;

    /// <summary>How long cursors may wait to be saved: each is moved several times meanwhile. A crash loses no more of them than this.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(20);

    /// <summary>After a commit failed: when cursors are tried again.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly BlockingCollection<Write> _queue = new(MaxWaiting);
    private readonly SqliteStatements _statements;
    private readonly SqliteCheckpointer _checkpointer;
    private readonly UnsavedCursors _cursors;
    private readonly Meters _meters;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private bool _failing;

    /// <summary>Since when there are cursors to be saved: a timestamp of <see cref="Stopwatch"/>. Null: there were none.</summary>
    private long? _unsavedSince;

    public SqliteWriter(SqliteConnection connection, SqliteCheckpointer checkpointer, UnsavedCursors cursors, Meters meters, ILogger logger)
    {
        (_statements, _checkpointer, _cursors, _meters, _logger) = (new SqliteStatements(connection), checkpointer, cursors, meters, logger);
        _thread = new Thread(Run) { IsBackground = true, Name = "SQLite writer" };
        _thread.Start();
    }

    /// <summary>Does the work in the next commit.</summary>
    /// <param name="withCursors">Whether all cursors that were kept before are saved with it, however long they have waited.</param>
    /// <exception cref="ConflictException">Thrown by the work itself: it alone fails, the rest of the group is committed.</exception>
    /// <exception cref="StoreUnavailableException">The commit failed, or the queue is full.</exception>
    public Task Commit(Action<SqliteStatements> work, bool withCursors = false)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return Enqueue(new Write(work, done, Traces.Current) { WithCursors = withCursors }) ? done.Task : Task.FromException(new StoreUnavailableException("The store cannot keep up."));
    }

    /// <summary>There are cursors to be saved, soon.</summary>
    public void Nudge() => Enqueue(Write.Nothing);

    /// <summary>Commits what is left, and ends.</summary>
    public void Dispose()
    {
        _queue.CompleteAdding();
        _thread.Join();
        _queue.Dispose();
        _checkpointer.Dispose();
        _statements.Dispose();
    }

    private bool Enqueue(Write write)
    {
        try
        {
            return _queue.TryAdd(write);
        }
        catch (InvalidOperationException)
        {
            return false; // closed: the process is on its way out
        }
    }

    private void Run()
    {
        var group = new List<Write>();
        while (!_queue.IsCompleted)
        {
            if (_queue.TryTake(out var next, UntilCursorsAreDue))
            {
                group.Add(next);
                while (group.Count < MaxGroup && _queue.TryTake(out next))
                {
                    group.Add(next);
                }
            }

            group.RemoveAll(write => ReferenceEquals(write, Write.Nothing));
            var areDue = AreCursorsDue(); // asked each time: it notes since when there are any, also if this commit takes them and fails
            Commit(group, areDue || group.Exists(write => write.WithCursors));
            group.Clear();
        }

        Commit(group, withCursors: true);
    }

    private bool AreCursorsDue()
    {
        _unsavedSince = _cursors.IsEmpty ? null : _unsavedSince ?? Stopwatch.GetTimestamp();
        return _unsavedSince is { } since && Stopwatch.GetElapsedTime(since) >= Patience;
    }

    // Those that a commit failed to save are tried again without being asked for.
    private TimeSpan UntilCursorsAreDue => _unsavedSince switch
    {
        null => Timeout.InfiniteTimeSpan,
        _ when _failing => RetryAfter,
        { } since => TimeSpan.FromTicks(Math.Max(0, (Patience - Stopwatch.GetElapsedTime(since)).Ticks)),
    };

    private void Commit(List<Write> group, bool withCursors)
    {
        var (failed, cursors) = (new Dictionary<Write, ConflictException>(), withCursors ? _cursors.All() : []);
        if (group.Count + cursors.Count == 0)
        {
            return;
        }

        try
        {
            var began = Stopwatch.GetTimestamp();
            group.ForEach(write => write.Span?.Writing(group.Count));
            using var transaction = _statements.Begin();
            foreach (var cursor in cursors)
            {
                SqliteSchema.MoveCursor(_statements, cursor.Value);
            }

            foreach (var write in group)
            {
                try
                {
                    write.Work(_statements);
                }
                catch (ConflictException e)
                {
                    failed[write] = e; // it is thrown before anything of this write was done
                }
            }

            transaction.Commit();
            _checkpointer.Committed();
            _meters.Committed(began, group.Count + cursors.Count);
            Succeeded(group, failed);
            _cursors.Forget(cursors);
            _unsavedSince = withCursors ? null : _unsavedSince;
        }
        catch (Exception e) // whatever it is: without this thread nothing is ever stored again
        {
            Failed(group, e);
        }
    }

    private void Succeeded(List<Write> group, Dictionary<Write, ConflictException> failed)
    {
        if (_failing)
        {
            LogRecovered();
            _failing = false;
        }

        foreach (var write in group)
        {
            if (failed.TryGetValue(write, out var conflict))
            {
                write.Done.TrySetException(conflict);
            }
            else
            {
                write.Done.TrySetResult();
            }
        }
    }

    private void Failed(List<Write> group, Exception e)
    {
        if (!_failing)
        {
            LogFailing(e.Message);
            _failing = true;
        }

        var unavailable = new StoreUnavailableException($"The store takes no writes: {e.Message}", e);
        group.ForEach(write => write.Done.TrySetException(unavailable));
    }

    [LoggerMessage(LogLevel.Warning, "The store takes no writes: {Problem} Calls are refused with 503 until it does.")]
    private partial void LogFailing(string problem);

    [LoggerMessage(LogLevel.Warning, "The store takes writes again.")]
    private partial void LogRecovered();

    private sealed record Write(Action<SqliteStatements> Work, TaskCompletionSource Done, Activity? Span)
    {
        /// <summary>Wakes the writer.</summary>
        public static Write Nothing { get; } = new(_ => { }, new TaskCompletionSource(), Span: null);

        public bool WithCursors { get; init; }
    }
}
