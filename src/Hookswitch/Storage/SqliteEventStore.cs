using System.Globalization;
using System.Text.Json;
using Hookswitch.Calling;
using Hookswitch.Telemetry;
using Microsoft.Data.Sqlite;

namespace Hookswitch.Storage;

/// <summary>The store of one server: a SQLite file in WAL mode, synced at each commit.</summary>
internal sealed class SqliteEventStore : IEventStore
{
    /// <summary>Moves with each change of the tables, and with each kind of event that earlier releases cannot read.</summary>
    private const int SchemaVersion = 4;

    /// <summary>
    /// How long the log grows until the writer itself copies what the checkpointer has not: 64 MB. Copying syncs twice while everybody waits. A start
    /// after a crash reads the log once.
    /// </summary>
    private const int CheckpointPages = 16_384;

    private readonly string _readOnly;
    private readonly SqliteWriter _writer;
    private readonly UnsavedCursors _cursors;

    private SqliteEventStore(string readOnly, SqliteWriter writer, UnsavedCursors cursors) =>
        (_readOnly, _writer, _cursors) = (readOnly, writer, cursors);

    /// <exception cref="UsageException">The file is no store, or one of another release.</exception>
    public static SqliteEventStore Open(string file, Meters meters, ILogger logger)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        SqliteConnection beside;
        try
        {
            Prepare(connection, file);
            beside = new SqliteConnection(connection.ConnectionString);
            Connect(beside);
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw new UsageException($"{file} cannot be opened as a store: {e.Message} Pass another folder with --data.");
        }
        catch (UsageException)
        {
            connection.Dispose();
            throw;
        }

        var readOnly = new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly }.ToString();
        var cursors = new UnsavedCursors();
        return new SqliteEventStore(readOnly, new SqliteWriter(connection, new SqliteCheckpointer(beside), cursors, meters, logger), cursors);
    }

    public Task Append(Append append)
    {
        // Serialized here, on the caller's thread: the writer's time is everybody's.
        var (events, version) = (CallingJson.Write(append.Events), append.Expected + append.Events.Length);
        return _writer.Commit(statements =>
        {
            SqliteSchema.RefuseTakenThread(statements, append);
            SqliteSchema.MoveConversation(statements, append, version);
            SqliteSchema.MoveThread(statements, append);
            SqliteSchema.AddEvents(statements, append, version, events);
            foreach (var told in append.Told)
            {
                SqliteSchema.MoveHead(statements, append.Conversation, told);
            }
        });
    }

    public Task<IReadOnlyList<StoredEvent>> Read(ConversationId conversation, CancellationToken cancellation) =>
        Read(conversation, after: 0, cancellation);

    private async Task<IReadOnlyList<StoredEvent>> Read(ConversationId conversation, long after, CancellationToken cancellation)
    {
        var appends = await Query(
            "SELECT seq, at, body FROM events WHERE conversation = $conversation AND seq > $after ORDER BY seq",
            row => (Last: row.GetInt64(0), At: Instant.From(row.GetInt64(1)), Events: CallingJson.Read(row.GetFieldValue<byte[]>(2))),
            cancellation, ("$conversation", conversation.Value), ("$after", after));
        return
        [
            .. appends
                .SelectMany(append => append.Events.Select((one, i) => new StoredEvent(append.Last - append.Events.Length + i + 1, append.At, one)))
                .Where(one => one.Sequence > after),
        ];
    }

    public async Task<StoredStream> Load(ConversationId conversation, CancellationToken cancellation)
    {
        var snapshot = (await Query(
            "SELECT body FROM snapshots WHERE conversation = $conversation AND build = $build",
            row => CallingJson.ReadState(row.GetFieldValue<byte[]>(0)),
            cancellation, ("$conversation", conversation.Value), ("$build", CallingJson.Build))) is [var kept] ? kept : Conversation.None;
        return new StoredStream(snapshot, await Read(conversation, snapshot.Version, cancellation));
    }

    public async Task<DateTimeOffset?> BeganAt(ConversationId conversation, CancellationToken cancellation) => (await Query(
        "SELECT at FROM events WHERE conversation = $conversation ORDER BY seq LIMIT 1", row => Instant.From(row.GetInt64(0)), cancellation,
        ("$conversation", conversation.Value))) is [var at] ? at : null;

    public async Task<bool> Keep(ConversationId conversation, Conversation state)
    {
        var (body, kept) = (CallingJson.WriteState(state), false);
        await _writer.Commit(
            statements => kept = SqliteSchema.KeepSnapshot(statements, conversation, state.Version, CallingJson.Build, body), withCursors: true);
        return kept;
    }

    public Task<IReadOnlyList<DueTime>> Due(CancellationToken cancellation) => Query(
        "SELECT id, due FROM conversations WHERE due IS NOT NULL",
        row => new DueTime(new ConversationId(row.GetInt64(0)), Instant.From(row.GetInt64(1))), cancellation);

    public Task<IReadOnlyList<DeliveryCursor>> Lagging(CancellationToken cancellation) => Query(
        $"{SqliteSchema.SelectCursor} WHERE settled < head AND stopped = 0", SqliteSchema.ReadCursor, cancellation);

    // What is not yet committed is newer than what is.
    public async Task<DeliveryCursor?> Cursor(CallId call, CancellationToken cancellation) => _cursors.Find(call) ?? (await Query(
        $"{SqliteSchema.SelectCursor} WHERE conversation = $conversation AND leg = $leg", SqliteSchema.ReadCursor, cancellation,
        ("$conversation", call.Conversation.Value), ("$leg", call.Leg.Value))).SingleOrDefault();

    public async Task<ThreadHolder?> FindThread(MeetingThread thread, CancellationToken cancellation) =>
        await Query(
            SqliteSchema.SelectThread, SqliteSchema.ReadThread, cancellation,
            ("$tenant", thread.Tenant), ("$thread", thread.Thread), ("$message", thread.Message)) is [var holder] ? holder : null;

    public Task<IReadOnlyList<ConversationId>> Live(CancellationToken cancellation) => Query(
        "SELECT id FROM conversations WHERE live = 1 ORDER BY started DESC, id", row => new ConversationId(row.GetInt64(0)), cancellation);

    public Task<IReadOnlyList<ConversationId>> Newest(int count, CancellationToken cancellation) => Query(
        "SELECT id FROM conversations ORDER BY started DESC, id LIMIT $count",
        row => new ConversationId(row.GetInt64(0)), cancellation, ("$count", count));

    public void Save(DeliveryCursor cursor)
    {
        if (_cursors.Keep(cursor))
        {
            _writer.Nudge();
        }
    }

    // With cursors: what was kept of this one is older.
    public Task Bury(DeadLetter letter, DeliveryCursor cursor) => _writer.Commit(
        statements =>
        {
            SqliteSchema.AddDeadLetter(statements, letter);
            SqliteSchema.MoveCursor(statements, cursor);
        },
        withCursors: true);

    public Task<IReadOnlyList<DeadLetter>> DeadLetters(CancellationToken cancellation) => Query(
        SqliteSchema.SelectDeadLetters, SqliteSchema.ReadDeadLetter, cancellation);

    public Task Exhume(Guid letter) => _writer.Commit(statements => SqliteSchema.RemoveDeadLetter(statements, letter));

    public async Task<bool> Forget(DateTimeOffset letters, DateTimeOffset calls)
    {
        var more = false;
        await _writer.Commit(
            statements =>
            {
                SqliteSchema.ForgetDeadLetters(statements, letters);
                more = SqliteSchema.ForgetConversations(statements, calls);
            },
            withCursors: true);
        return more;
    }

    public Task Clear() => _writer.Commit(SqliteSchema.Clear);

    public Task Probe() => _writer.Commit(SqliteSchema.Probe, withCursors: true);

    public ValueTask DisposeAsync()
    {
        _writer.Dispose();
        SqliteConnection.ClearPool(new SqliteConnection(_readOnly));
        return ValueTask.CompletedTask;
    }

    private static void Connect(SqliteConnection connection)
    {
        connection.Open();

        // FULL: WAL's default may lose acknowledged commits when the power goes (sqlite.org/pragma.html#pragma_synchronous).
        Scalar(connection, "PRAGMA synchronous = FULL");
        Scalar(connection, "PRAGMA fullfsync = 1"); // macOS: a plain fsync leaves the data in the drive's cache
    }

    private static void Prepare(SqliteConnection connection, string file)
    {
        Connect(connection);
        var version = Convert.ToInt32(Scalar(connection, "PRAGMA user_version"), CultureInfo.InvariantCulture);
        if (version is not (0 or SchemaVersion))
        {
            throw new UsageException(
                $"{file} was written by {(version > SchemaVersion ? "a later" : "an earlier, unfinished")} release of Hookswitch. "
                + "Use that one, or pass another folder with --data.");
        }

        Scalar(connection, "PRAGMA journal_mode = WAL");
        Scalar(connection, $"PRAGMA wal_autocheckpoint = {CheckpointPages}");
        Scalar(connection, SqliteSchema.Create);
        Scalar(connection, $"PRAGMA user_version = {SchemaVersion}");
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    // SQLite reads synchronously; a pool thread waits, so that no conversation does.
    private Task<IReadOnlyList<T>> Query<T>(
        string sql, Func<SqliteDataReader, T> read, CancellationToken cancellation, params (string Name, object Value)[] parameters) =>
        Task.Run<IReadOnlyList<T>>(
            () =>
            {
                try
                {
                    return Rows(sql, read, parameters);
                }
                catch (Exception e) when (e is SqliteException or JsonException)
                {
                    throw new StoreUnavailableException($"The store cannot be read: {e.Message}", e);
                }
            },
            cancellation);

    private List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read, (string Name, object Value)[] parameters)
    {
        using var connection = new SqliteConnection(_readOnly);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
