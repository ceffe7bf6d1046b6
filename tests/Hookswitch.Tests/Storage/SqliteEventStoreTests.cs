using Hookswitch.Calling;
using Hookswitch.Storage;
using Microsoft.Data.Sqlite;

namespace Hookswitch.Tests.Storage;

public sealed class SqliteEventStoreTests : EventStoreContract, IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hookswitch-store-");
    private SqliteEventStore? _store;

    private protected override IEventStore Store => _store!;

    private string File => Path.Combine(_folder.FullName, "calls.db");

    public ValueTask InitializeAsync()
    {
        _store = SqliteEventStore.Open(File);
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

        _store = SqliteEventStore.Open(File);

        Assert.Single(await Store.Read(new ConversationId(1), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_of_a_later_release_is_left_alone()
    {
        await Store.DisposeAsync();
        await using (var connection = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var refused = Assert.Throws<UsageException>(() => SqliteEventStore.Open(File));

        Assert.Contains("was written by a later release", refused.Message, StringComparison.Ordinal);
        _store = null;
    }
}
