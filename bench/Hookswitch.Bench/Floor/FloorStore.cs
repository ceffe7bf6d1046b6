using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Hookswitch.Bench.Floor;

/// <summary>Rows in SQLite, as durable as the server's: WAL, full sync, one writer that commits in groups. Ends when it is disposed.</summary>
internal sealed class FloorStore : IDisposable
{
    /// <summary>As many as the server's writer takes into one commit.</summary>
    private const int MaxGroup = 1000;

    /// <summary>As long as the server's writer keeps what nobody waits for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(20);

    private readonly BlockingCollection<Write> _queue = [];
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;
    private readonly SqliteParameter _body;
    private readonly Thread _thread;

    private FloorStore(SqliteConnection connection)
    {
        _connection = connection;
        _insert = connection.CreateCommand();
        _insert.CommandText = "INSERT INTO rows (body) VALUES ($body)";
        _body = _insert.Parameters.Add("$body", SqliteType.Blob);
        _insert.Prepare();
        _thread = new Thread(Run) { IsBackground = true, Name = "SQLite writer" };
        _thread.Start();
    }

    public static FloorStore Open(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE rows (id INTEGER PRIMARY KEY, body BLOB NOT NULL)";
        command.ExecuteNonQuery();
        return new FloorStore(connection);
    }

    /// <summary>Ends when the rows are on disk.</summary>
    public Task Append(int rows, int bytes)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Add(new Write(rows, bytes, done));
        return done.Task;
    }

    /// <summary>Notes that a webhook was taken. Nobody waits for it.</summary>
    public void Acknowledge() => _queue.Add(new Write(Rows: 1, Bytes: 16, Done: null));

    public void Dispose()
    {
        _queue.CompleteAdding();
        _thread.Join();
        _insert.Dispose();
        _connection.Dispose();
        _queue.Dispose();
    }

    private void Run()
    {
        var group = new List<Write>();
        while (_queue.TryTake(out var first, Timeout.Infinite))
        {
            group.Add(first);
            var awaited = first.Done is not null;
            while (group.Count < MaxGroup && _queue.TryTake(out var next, awaited ? TimeSpan.Zero : Patience))
            {
                group.Add(next);
                awaited |= next.Done is not null;
            }

            Commit(group);
            group.Clear();
        }
    }

    private void Commit(List<Write> group)
    {
        using (var transaction = _connection.BeginTransaction())
        {
            _insert.Transaction = transaction;
            foreach (var write in group)
            {
                _body.Value = new byte[write.Bytes];
                for (var row = 0; row < write.Rows; row++)
                {
                    _insert.ExecuteNonQuery();
                }
            }

            transaction.Commit();
        }

        group.ForEach(write => write.Done?.SetResult());
    }

    private sealed record Write(int Rows, int Bytes, TaskCompletionSource? Done);
}
