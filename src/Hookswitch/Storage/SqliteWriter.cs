using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Hookswitch.Storage;

/// <summary>The one writer of a SQLite file. Commits in groups: what arrives while one commit is synced goes into the next.</summary>
/// <remarks>One thread, which waits for work and ends when the queue is closed.</remarks>
internal sealed class SqliteWriter : IDisposable
{
    /// <summary>A commit of more than this keeps its first waiters from their answer for no gain.</summary>
    private const int MaxGroup = 1000;

    /// <summary>Appends that wait; more than this many is a store that cannot keep up, and the next one is told so.</summary>
    private const int MaxWaiting = 100_000;

    /// <summary>How long work that nobody waits for is kept for company. A crash loses no more of it than this.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(20);

    private readonly BlockingCollection<Write> _queue = new(MaxWaiting);
    private readonly SqliteConnection _connection;
    private readonly Thread _thread;

    public SqliteWriter(SqliteConnection connection)
    {
        _connection = connection;
        _thread = new Thread(Run) { IsBackground = true, Name = "SQLite writer" };
        _thread.Start();
    }

    /// <summary>Does the work in the next commit.</summary>
    /// <exception cref="ConcurrencyException">Thrown by the work itself: it alone fails, the rest of the group is committed.</exception>
    /// <exception cref="StoreUnavailableException">The commit failed, or the queue is full.</exception>
    public Task Commit(Action<SqliteConnection, SqliteTransaction> work)
    {
        var write = new Write(work, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        return Enqueue(write) ? write.Done!.Task : Task.FromException(new StoreUnavailableException("The store cannot keep up."));
    }

    /// <summary>Does the work in some commit soon. Work that finds no place in the queue is dropped: a later one of its kind says more.</summary>
    public void Post(Action<SqliteConnection, SqliteTransaction> work) => Enqueue(new Write(work, Done: null));

    public void Dispose()
    {
        _queue.CompleteAdding();
        _thread.Join();
        _queue.Dispose();
        _connection.Dispose();
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
        while (_queue.TryTake(out var first, Timeout.Infinite))
        {
            group.Add(first);
            Gather(group);
            Commit(group);
            group.Clear();
        }
    }

    private void Gather(List<Write> group)
    {
        while (group.Count < MaxGroup)
        {
            var awaited = group[^1].Done is not null || group.Exists(write => write.Done is not null);
            if (!_queue.TryTake(out var next, awaited ? TimeSpan.Zero : Patience))
            {
                return;
            }

            group.Add(next);
        }
    }

    private void Commit(List<Write> group)
    {
        var failed = new Dictionary<Write, ConcurrencyException>();
        try
        {
            using var transaction = _connection.BeginTransaction();
            foreach (var write in group)
            {
                try
                {
                    write.Work(_connection, transaction);
                }
                catch (ConcurrencyException e)
                {
                    failed[write] = e; // it is thrown before anything of this write was done
                }
            }

            transaction.Commit();
        }
        catch (Exception e)
        {
            var unavailable = new StoreUnavailableException($"The store takes no writes: {e.Message}", e);
            group.ForEach(write => write.Done?.TrySetException(unavailable));
            return;
        }

        foreach (var write in group)
        {
            if (failed.TryGetValue(write, out var conflict))
            {
                write.Done?.TrySetException(conflict);
            }
            else
            {
                write.Done?.TrySetResult();
            }
        }
    }

    private sealed record Write(Action<SqliteConnection, SqliteTransaction> Work, TaskCompletionSource? Done);
}
