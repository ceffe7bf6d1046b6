using Hookswitch.Calling;
using Hookswitch.Storage;
using Hookswitch.Tests.Harness;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hookswitch.Tests.Storage;

public sealed class SqliteEventStoreTests : EventStoreContract, IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hookswitch-store-");
    private SqliteEventStore? _store;

    private protected override IEventStore Store => _store!;

    private string File => Path.Combine(_folder.FullName, "calls.db");

    public ValueTask InitializeAsync()
    {
        _store = SqliteEventStore.Open(File, Measured.ByNobody, NullLogger.Instance);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_was_appended_is_there_when_the_file_is_opened_again()
    {
        await Store.Append(new Append(new ConversationId(1), 0, DateTimeOffset.UnixEpoch, [new ConversationEnded()], null, IsLive: false, []));
        await Store.DisposeAsync();

        _store = SqliteEventStore.Open(File, Measured.ByNobody, NullLogger.Instance);

        Assert.Single(await Store.Read(new ConversationId(1), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Coordinates_stay_taken_when_the_file_is_opened_again()
    {
        var thread = new MeetingThread("t0000000", "19:meeting_a@thread.v2", "0");
        var (first, second) = (new ConversationId(1), new ConversationId(long.MinValue));
        await Store.Append(Of(first) with { Thread = thread });
        await Store.DisposeAsync();

        _store = SqliteEventStore.Open(File, Measured.ByNobody, NullLogger.Instance);

        Assert.Equal(first, (await Assert.ThrowsAsync<ThreadTakenException>(() => Store.Append(Of(second) with { Thread = thread }))).Holder);
        Assert.Equal(new ThreadHolder(first, IsLive: true), await Store.FindThread(thread, TestContext.Current.CancellationToken));

        static Append Of(ConversationId id) => new(id, 0, DateTimeOffset.UnixEpoch, [new ConversationEnded()], null, IsLive: true, []);
    }

    [Fact]
    public async Task A_cursor_outlives_a_commit_that_failed_and_joins_the_next_one()
    {
        var (call, cancellation) = (new CallId(new ConversationId(1), new LegId(1)), TestContext.Current.CancellationToken);
        await Store.Append(new Append(call.Conversation, 0, DateTimeOffset.UnixEpoch, [new ConversationEnded()], null, IsLive: false, [new Told(call.Leg, 1)]));
        await Store.DisposeAsync();
        var cursors = new UnsavedCursors();
        using (var writer = new SqliteWriter(Opened(), new SqliteCheckpointer(Opened()), cursors, Measured.ByNobody, NullLogger.Instance))
        {
            cursors.Keep(new DeliveryCursor(call, 1, 1));
            await Assert.ThrowsAsync<StoreUnavailableException>(() => writer.Commit(_ => throw new IOException("The disk is full."), withCursors: true));
            Assert.NotNull(cursors.Find(call));
        }

        Assert.Null(cursors.Find(call));
        _store = SqliteEventStore.Open(File, Measured.ByNobody, NullLogger.Instance);
        Assert.Equal(1, (await Store.Cursor(call, cancellation))!.Settled);
    }

    [Fact]
    public async Task A_cursor_that_a_commit_failed_to_save_is_tried_again_without_being_asked_for()
    {
        var (call, cursors) = (new CallId(new ConversationId(1), new LegId(1)), new UnsavedCursors());
        using var writer = new SqliteWriter(Opened(), new SqliteCheckpointer(Opened()), cursors, Measured.ByNobody, NullLogger.Instance);
        cursors.Keep(new DeliveryCursor(call, 1, 1));

        await Assert.ThrowsAsync<StoreUnavailableException>(() => writer.Commit(_ => throw new IOException("The disk is full."), withCursors: true));

        for (var begun = TimeProvider.System.GetTimestamp(); cursors.Find(call) is not null; await Task.Yield())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < TestServer.Patience, "It was not tried again.");
        }
    }

    [Fact]
    public async Task A_file_that_is_no_store_is_said()
    {
        await Store.DisposeAsync();
        _store = null;
        await System.IO.File.WriteAllTextAsync(File, new string('x', 10_000), TestContext.Current.CancellationToken);

        Assert.Contains(
            "cannot be opened as a store", Assert.Throws<UsageException>(() => SqliteEventStore.Open(File, Measured.ByNobody, NullLogger.Instance)).Message,
            StringComparison.Ordinal);
    }

    private SqliteConnection Opened()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        return connection;
    }

    [Theory]
    [InlineData(99, "was written by a later release")]
    [InlineData(3, "was written by an earlier, unfinished release")]
    public async Task A_file_of_another_release_is_left_alone(int version, string message)
    {
        await Store.DisposeAsync();
        await using (var connection = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = $"PRAGMA user_version = {version}";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var refused = Assert.Throws<UsageException>(() => SqliteEventStore.Open(File, Measured.ByNobody, NullLogger.Instance));

        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        _store = null;
    }
}
