using System.Buffers.Binary;
using Hookswitch.Calling;
using Hookswitch.Storage;
using Hookswitch.Tests.Harness;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hookswitch.Tests.Storage;

/// <summary>
/// When the power goes, the write-ahead log ends anywhere: between two frames, or within one. What is opened then is a beginning of what happened, and
/// everything is in it that was acknowledged before the log was as long as that.
/// </summary>
public sealed class CutLogTests : IDisposable
{
    private const int Conversations = 4;
    private const int Appends = 80;

    /// <summary>Of each frame of the log. sqlite.org/fileformat2.html, 4.1.</summary>
    private const int FrameHeader = 24;

    /// <summary>Bytes of a page that was written in part.</summary>
    private const int Torn = 512;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hookswitch-cut-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_log_that_is_cut_anywhere_holds_a_beginning_of_what_happened_and_all_that_was_acknowledged()
    {
        var (file, log, copied, acknowledged) = await Work();
        var (pageSize, cuts) = (BinaryPrimitives.ReadInt32BigEndian(log.AsSpan(8)), new List<int>());
        for (var frame = copied; frame <= log.Length; frame += FrameHeader + pageSize)
        {
            cuts.AddRange([frame, frame + (cuts.Count % 3 == 0 ? FrameHeader / 2 : cuts.Count % 3 == 1 ? pageSize / 2 : FrameHeader + pageSize - 1)]);
        }

        var tried = 0;
        foreach (var cut in cuts.Where(cut => cut <= log.Length))
        {
            await Check(file, log[..cut], acknowledged.FindAll(one => one.LogLength <= cut));
            tried++;
        }

        Assert.True(tried is >= 500 and < 1500, $"There were {tried} cuts.");
    }

    /// <summary>A bit that turned within the log ends it there: what comes after it is not trusted.</summary>
    [Fact]
    public async Task A_log_with_a_torn_page_in_its_middle_holds_what_came_before_it()
    {
        var (file, log, copied, acknowledged) = await Work();
        for (var at = copied; at < log.Length - Torn; at += (log.Length - copied) / 10)
        {
            var torn = log.ToArray();
            torn.AsSpan(at, Torn).Fill(0xA5);

            await Check(file, torn, acknowledged.FindAll(one => one.LogLength <= at));
        }
    }

    /// <returns>
    /// The file, its log, how much of that may have been copied into the file (it was synced before: no power cut takes it), and how long the log was when
    /// each append was acknowledged.
    /// </returns>
    private async Task<(byte[] File, byte[] Log, int Copied, List<Acknowledged> Acknowledged)> Work()
    {
        var (path, random, versions, acknowledged) = (Path.Combine(_folder.FullName, "calls.db"), new Random(1), new long[Conversations + 1], new List<Acknowledged>());
        await using var store = SqliteEventStore.Open(path, Measured.ByNobody, NullLogger.Instance);
        await using var reader = await Reader(path);
        var copied = (int)new FileInfo($"{path}-wal").Length;
        for (var number = 0; number < Appends; number++)
        {
            var (id, count) = (1 + random.Next(Conversations), 1 + random.Next(3));
            await store.Append(new Append(
                new ConversationId(id), versions[id], DateTimeOffset.UnixEpoch, [.. Enumerable.Repeat<ConversationEvent>(new ConversationEnded(), count)],
                DateTimeOffset.UnixEpoch, IsLive: true, [new Told(new LegId(1), versions[id] + count)]));
            versions[id] += count;
            acknowledged.Add(new Acknowledged(id, versions[id], new FileInfo($"{path}-wal").Length));
            store.Save(new DeliveryCursor(new CallId(new ConversationId(id), new LegId(1)), versions[id], versions[id] - count));
        }

        return (await Copy(path), await Copy($"{path}-wal"), copied, acknowledged);
    }

    // What comes after somebody began to read is not copied into the file while they do: the log keeps all of it.
    private static async Task<SqliteConnection> Reader(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN; SELECT count(*) FROM events";
        await command.ExecuteScalarAsync();
        return connection;
    }

    private static async Task Check(byte[] file, byte[] log, List<Acknowledged> acknowledged)
    {
        var folder = Directory.CreateTempSubdirectory("hookswitch-cut-");
        var path = Path.Combine(folder.FullName, "calls.db");
        await File.WriteAllBytesAsync(path, file);
        await File.WriteAllBytesAsync($"{path}-wal", log);
        await using (var store = SqliteEventStore.Open(path, Measured.ByNobody, NullLogger.Instance))
        {
            for (var id = 1; id <= Conversations; id++)
            {
                var call = new CallId(new ConversationId(id), new LegId(1));
                var events = await store.Read(call.Conversation, CancellationToken.None);
                Assert.Equal(Enumerable.Range(1, events.Count).Select(one => (long)one), events.Select(one => one.Sequence));
                Assert.True(
                    events.Count >= acknowledged.Where(one => one.Conversation == id).Select(one => one.Version).DefaultIfEmpty().Max(),
                    $"{log.Length} bytes of the log: conversation {id} is at {events.Count}.");
                var cursor = await store.Cursor(call, CancellationToken.None);
                Assert.Equal(events.Count, cursor?.Head ?? 0); // head and events are of one commit
                Assert.True((cursor?.Settled ?? 0) <= events.Count);
            }
        }

        folder.Delete(recursive: true);
    }

    // It is open elsewhere.
    private static async Task<byte[]> Copy(string path)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }

    /// <param name="Version">Of the conversation, when its append was acknowledged.</param>
    /// <param name="LogLength">Then, in bytes.</param>
    private sealed record Acknowledged(long Conversation, long Version, long LogLength);
}
