using Microsoft.Data.Sqlite;

namespace Hookswitch.Storage;

/// <summary>
/// Copies the write-ahead log into the file while the writer goes on (sqlite.org/pragma.html#pragma_wal_checkpoint, passive). What it leaves when
/// the log is full, the writer copies itself: that is little, and only then does the log begin anew.
/// </summary>
/// <remarks>One thread with a connection of its own.</remarks>
internal sealed class SqliteCheckpointer : IDisposable
{
    /// <summary>Between two copyings. Pages that are written again and again are copied once in it.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _checkpoint;
    private readonly AutoResetEvent _committed = new(initialState: false);
    private readonly ManualResetEventSlim _ending = new();
    private readonly Thread _thread;

    /// <param name="connection">Prepared like the writer's. From now on the checkpointer's.</param>
    public SqliteCheckpointer(SqliteConnection connection)
    {
        _connection = connection;
        _checkpoint = connection.CreateCommand();
        _checkpoint.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
        _thread = new Thread(Run) { IsBackground = true, Name = "SQLite checkpointer" };
        _thread.Start();
    }

    /// <summary>There is something to copy. Returns at once.</summary>
    public void Committed() => _committed.Set();

    public void Dispose()
    {
        _ending.Set();
        _committed.Set();
        _thread.Join();
        _checkpoint.Dispose();
        _connection.Dispose();
        _committed.Dispose();
        _ending.Dispose();
    }

    private void Run()
    {
        do
        {
            _committed.WaitOne();
            try
            {
                _checkpoint.ExecuteNonQuery();
            }
            catch (SqliteException)
            {
                // The log keeps everything. It is copied another time, at the latest by the writer, who tells of what is wrong.
            }
        }
        while (!_ending.Wait(Pause));
    }
}
