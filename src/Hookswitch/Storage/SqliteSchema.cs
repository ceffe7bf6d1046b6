using Hookswitch.Calling;
using Microsoft.Data.Sqlite;

namespace Hookswitch.Storage;

/// <summary>The tables of the SQLite store, and the statements that write them.</summary>
internal static class SqliteSchema
{
    public const string Create = """
        CREATE TABLE IF NOT EXISTS conversations (
            id INTEGER PRIMARY KEY,
            version INTEGER NOT NULL,
            started INTEGER NOT NULL,
            live INTEGER NOT NULL,
            due INTEGER);
        CREATE INDEX IF NOT EXISTS conversations_due ON conversations (due) WHERE due IS NOT NULL;
        CREATE INDEX IF NOT EXISTS conversations_live ON conversations (started) WHERE live = 1;
        CREATE INDEX IF NOT EXISTS conversations_started ON conversations (started);
        -- A row holds the events of one append; seq is that of the last.
        CREATE TABLE IF NOT EXISTS events (
            conversation INTEGER NOT NULL,
            seq INTEGER NOT NULL,
            at INTEGER NOT NULL,
            body BLOB NOT NULL,
            PRIMARY KEY (conversation, seq)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS deliveries (
            conversation INTEGER NOT NULL,
            leg INTEGER NOT NULL,
            head INTEGER NOT NULL,
            settled INTEGER NOT NULL DEFAULT 0,
            redirected_from TEXT,
            redirected_to TEXT,
            attempts INTEGER NOT NULL DEFAULT 0,
            first_attempt INTEGER,
            next_attempt INTEGER,
            stopped INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (conversation, leg)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS deliveries_lagging ON deliveries (conversation, leg) WHERE settled < head AND stopped = 0;
        CREATE TABLE IF NOT EXISTS threads (
            tenant TEXT NOT NULL,
            thread TEXT NOT NULL,
            message TEXT NOT NULL,
            conversation INTEGER NOT NULL,
            live INTEGER NOT NULL,
            PRIMARY KEY (tenant, thread, message)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS threads_conversation ON threads (conversation);
        CREATE TABLE IF NOT EXISTS snapshots (
            conversation INTEGER PRIMARY KEY,
            seq INTEGER NOT NULL,
            build TEXT NOT NULL,
            body BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS dead_letters (
            id TEXT PRIMARY KEY,
            conversation INTEGER NOT NULL,
            leg INTEGER NOT NULL,
            seq INTEGER NOT NULL,
            at INTEGER NOT NULL,
            address TEXT NOT NULL,
            why TEXT NOT NULL,
            body BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS probe (id INTEGER PRIMARY KEY CHECK (id = 1), count INTEGER NOT NULL);
        """;

    /// <summary>Conversations that are forgotten in one commit: it takes some ten milliseconds.</summary>
    private const int MaxForgotten = 200;

    public const string SelectCursor = """
        SELECT conversation, leg, head, settled, redirected_from, redirected_to, attempts, first_attempt, next_attempt, stopped FROM deliveries
        """;

    public const string SelectThread = """
        SELECT conversation, live FROM threads WHERE tenant = $tenant AND thread = $thread AND message = $message
        """;

    public const string SelectDeadLetters = "SELECT id, conversation, leg, seq, at, address, why, body FROM dead_letters ORDER BY at, seq";

    /// <summary>A conversation that is over takes nobody's place.</summary>
    /// <exception cref="ThreadTakenException">Another one lives there. This is the first of an append: nothing is written yet.</exception>
    public static void RefuseTakenThread(SqliteStatements statements, Append append)
    {
        if (append is not { Thread: { } thread, IsLive: true })
        {
            return;
        }

        var holder = statements.Scalar("""
            SELECT conversation FROM threads
            WHERE tenant = $tenant AND thread = $thread AND message = $message AND live = 1 AND conversation <> $conversation
            """,
            ("$tenant", thread.Tenant), ("$thread", thread.Thread), ("$message", thread.Message), ("$conversation", append.Conversation.Value));
        if (holder is long conversation)
        {
            throw new ThreadTakenException(new ConversationId(conversation));
        }
    }

    /// <summary>Enters who is there now, or that it is over: but not for one whose place another has taken since.</summary>
    public static void MoveThread(SqliteStatements statements, Append append)
    {
        if (append.Thread is not { } thread)
        {
            return;
        }

        statements.Execute("""
            INSERT INTO threads (tenant, thread, message, conversation, live) VALUES ($tenant, $thread, $message, $conversation, $live)
            ON CONFLICT (tenant, thread, message) DO UPDATE SET conversation = excluded.conversation, live = excluded.live
            WHERE CASE WHEN conversation = excluded.conversation THEN live <> excluded.live ELSE excluded.live END
            """,
            ("$tenant", thread.Tenant), ("$thread", thread.Thread), ("$message", thread.Message),
            ("$conversation", append.Conversation.Value), ("$live", append.IsLive));
    }

    /// <exception cref="ConcurrencyException">The stream is elsewhere. Thrown before anything is written.</exception>
    public static void MoveConversation(SqliteStatements statements, Append append, long version)
    {
        var sql = append.Expected == 0
            ? """
              INSERT INTO conversations (id, version, started, live, due) VALUES ($id, $version, $at, $live, $due)
              ON CONFLICT (id) DO NOTHING
              """
            : "UPDATE conversations SET version = $version, live = $live, due = $due WHERE id = $id AND version = $expected";
        var moved = statements.Execute(sql,
            ("$id", append.Conversation.Value), ("$version", version), ("$at", Instant.Of(append.At)), ("$live", append.IsLive),
            ("$due", append.Due is { } due ? Instant.Of(due) : null), ("$expected", append.Expected));
        if (moved == 0)
        {
            throw new ConcurrencyException(append.Conversation, append.Expected);
        }
    }

    /// <param name="last">The sequence number of the last of them.</param>
    public static void AddEvents(SqliteStatements statements, Append append, long last, byte[] body) =>
        statements.Execute(
            "INSERT INTO events (conversation, seq, at, body) VALUES ($conversation, $seq, $at, $body)",
            ("$conversation", append.Conversation.Value), ("$seq", last), ("$at", Instant.Of(append.At)), ("$body", body));

    public static void MoveHead(SqliteStatements statements, ConversationId conversation, Told told) =>
        statements.Execute("""
            INSERT INTO deliveries (conversation, leg, head) VALUES ($conversation, $leg, $head)
            ON CONFLICT (conversation, leg) DO UPDATE SET head = excluded.head
            """,
            ("$conversation", conversation.Value), ("$leg", told.Leg.Value), ("$head", told.Sequence));

    /// <summary>The head is the append's to move: only what delivery knows is written.</summary>
    public static void MoveCursor(SqliteStatements statements, DeliveryCursor cursor) =>
        statements.Execute("""
            UPDATE deliveries SET settled = $settled, redirected_from = $from, redirected_to = $to, attempts = $attempts, first_attempt = $first,
                next_attempt = $next, stopped = $stopped
            WHERE conversation = $conversation AND leg = $leg
            """,
            ("$settled", cursor.Settled), ("$from", cursor.Redirected?.From), ("$to", cursor.Redirected?.To), ("$attempts", cursor.Attempts),
            ("$first", cursor.FirstAttemptAt is { } first ? Instant.Of(first) : null),
            ("$next", cursor.NextAttemptAt is { } next ? Instant.Of(next) : null), ("$stopped", cursor.Stopped),
            ("$conversation", cursor.Call.Conversation.Value), ("$leg", cursor.Call.Leg.Value));

    public static void AddDeadLetter(SqliteStatements statements, DeadLetter letter) =>
        statements.Execute("""
            INSERT INTO dead_letters (id, conversation, leg, seq, at, address, why, body)
            VALUES ($id, $conversation, $leg, $seq, $at, $address, $why, $body) ON CONFLICT (id) DO NOTHING
            """,
            ("$id", letter.Id.ToString("D")), ("$conversation", letter.Call.Conversation.Value), ("$leg", letter.Call.Leg.Value),
            ("$seq", letter.Sequence), ("$at", Instant.Of(letter.At)), ("$address", letter.Address), ("$why", letter.Why), ("$body", letter.Body));

    public static void RemoveDeadLetter(SqliteStatements statements, Guid letter) =>
        statements.Execute("DELETE FROM dead_letters WHERE id = $id", ("$id", letter.ToString("D")));

    public static void ForgetDeadLetters(SqliteStatements statements, DateTimeOffset before) =>
        statements.Execute("DELETE FROM dead_letters WHERE at < $before", ("$before", Instant.Of(before)));

    /// <summary>Forgets the oldest conversations that ended before an instant: so many that nobody waits long for the commit.</summary>
    /// <returns>Whether it was as many as it may be.</returns>
    public static bool ForgetConversations(SqliteStatements statements, DateTimeOffset before)
    {
        statements.Execute("""
            CREATE TEMP TABLE IF NOT EXISTS forgotten (id INTEGER PRIMARY KEY);
            DELETE FROM forgotten;
            """);
        var count = statements.Execute($"""
            INSERT INTO forgotten
            SELECT id FROM conversations AS one
            WHERE started < $before AND live = 0 AND due IS NULL
            AND (SELECT at FROM events WHERE conversation = one.id ORDER BY seq DESC LIMIT 1) < $before
            AND NOT EXISTS (SELECT 1 FROM deliveries WHERE conversation = one.id AND settled < head AND stopped = 0)
            ORDER BY started LIMIT {MaxForgotten}
            """, ("$before", Instant.Of(before)));
        if (count > 0)
        {
            statements.Execute("""
                DELETE FROM events WHERE conversation IN (SELECT id FROM forgotten);
                DELETE FROM snapshots WHERE conversation IN (SELECT id FROM forgotten);
                DELETE FROM deliveries WHERE conversation IN (SELECT id FROM forgotten);
                DELETE FROM threads WHERE conversation IN (SELECT id FROM forgotten);
                DELETE FROM conversations WHERE id IN (SELECT id FROM forgotten);
                """);
        }

        return count == MaxForgotten;
    }

    /// <summary>Keeps a snapshot, unless a bot has still to be told of something before it: that is computed from the events.</summary>
    /// <returns>Whether it is kept.</returns>
    public static bool KeepSnapshot(SqliteStatements statements, ConversationId conversation, long sequence, string build, byte[] body) =>
        statements.Execute("""
            INSERT INTO snapshots (conversation, seq, build, body)
            SELECT $conversation, $seq, $build, $body
            WHERE EXISTS (SELECT 1 FROM conversations WHERE id = $conversation AND version >= $seq)
            AND NOT EXISTS (
                SELECT 1 FROM deliveries WHERE conversation = $conversation AND stopped = 0 AND settled < head AND settled < $seq)
            ON CONFLICT (conversation) DO UPDATE SET seq = excluded.seq, build = excluded.build, body = excluded.body
            """,
            ("$conversation", conversation.Value), ("$seq", sequence), ("$build", build), ("$body", body)) > 0;

    public static void Clear(SqliteStatements statements) => statements.Execute(
        "DELETE FROM conversations; DELETE FROM events; DELETE FROM snapshots; DELETE FROM deliveries; DELETE FROM threads; DELETE FROM dead_letters");

    public static void Probe(SqliteStatements statements) => statements.Execute(
        "INSERT INTO probe (id, count) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET count = count + 1");

    public static DeliveryCursor ReadCursor(SqliteDataReader row) =>
        new(new CallId(new ConversationId(row.GetInt64(0)), new LegId(row.GetInt64(1))), row.GetInt64(2), row.GetInt64(3))
        {
            Redirected = row.IsDBNull(4) ? null : new Redirection(row.GetString(4), row.GetString(5)),
            Attempts = row.GetInt32(6),
            FirstAttemptAt = row.IsDBNull(7) ? null : Instant.From(row.GetInt64(7)),
            NextAttemptAt = row.IsDBNull(8) ? null : Instant.From(row.GetInt64(8)),
            Stopped = row.GetBoolean(9),
        };

    public static ThreadHolder ReadThread(SqliteDataReader row) => new(new ConversationId(row.GetInt64(0)), row.GetBoolean(1));

    public static DeadLetter ReadDeadLetter(SqliteDataReader row) =>
        new(Guid.ParseExact(row.GetString(0), "D"), new CallId(new ConversationId(row.GetInt64(1)), new LegId(row.GetInt64(2))), row.GetInt64(3),
            Instant.From(row.GetInt64(4)), row.GetString(5), row.GetString(6), row.GetFieldValue<byte[]>(7));
}

/// <summary>Instants as the store keeps them: microseconds since 1970-01-01 UTC.</summary>
internal static class Instant
{
    /// <summary>Rounds up, so that nothing is due before its deadline.</summary>
    public static long Of(DateTimeOffset instant) =>
        (instant.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks + TimeSpan.TicksPerMicrosecond - 1) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset From(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
