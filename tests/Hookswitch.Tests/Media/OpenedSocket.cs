using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Hookswitch.Calling;
using Hookswitch.Media;
using Hookswitch.Notifications;
using Hookswitch.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;
using Channel = System.Threading.Channels.Channel;

namespace Hookswitch.Tests.Media;

/// <summary>A socket, and what it told.</summary>
internal sealed class OpenedSocket : IAsyncDisposable
{
    private readonly HttpMessageInvoker _http = new(MediaSockets.Guarded(AddressGuard.Development));
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<(SocketChange, string?)> _changes = Channel.CreateUnbounded<(SocketChange, string?)>();
    private readonly ConcurrentQueue<SocketChange> _all = new();

    public OpenedSocket(string address, MediaFacts facts, MediaSocketOptions options) => Socket = new MediaSocket(
        new Uri(address), facts, () => "Bearer token", Changed, wasConnected: false, options, _http, NullLogger.Instance, _stopping.Token);

    public MediaSocket Socket { get; }

    public IEnumerable<SocketChange> All => _all;

    public async Task<SocketChange> Next() => (await NextDetail()).Change;

    public Task<(SocketChange Change, string? Detail)> NextDetail() => _changes.Reader.ReadAsync().AsTask().WaitAsync(TestServer.Patience);

    public async Task<SocketChange[]> Six()
    {
        var six = new List<SocketChange>();
        while (six.Count < 6)
        {
            six.Add(await Next());
        }

        return [.. six];
    }

    /// <summary>Ticks until so many samples were said, and gives them.</summary>
    public async Task<short[]> Read(int samples)
    {
        var read = new short[samples];
        var frame = new short[Pcm.FrameSamples];
        var place = 0;
        await Until(() =>
        {
            while (place < samples && Socket.Read(frame))
            {
                frame.CopyTo(read.AsSpan(place));
                place += frame.Length;
            }

            return place >= samples;
        });
        return read;
    }

    /// <summary>Ticks until the bot is sent a mark.</summary>
    public async Task<JsonObject> Mark(BotSide bot)
    {
        var words = bot.HearWords();
        await Until(() => words.IsCompleted || (Socket.Read(new short[Pcm.FrameSamples]) && words.IsCompleted));
        var mark = (await words).Words!;
        Assert.Equal("mark", (string?)mark["type"]);
        return mark;
    }

    public static async Task Until(Func<bool> isSo)
    {
        for (var began = TimeProvider.System.GetTimestamp(); !isSo();)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TestServer.Patience, "It did not come.");
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Socket.Over.WaitAsync(TestServer.Patience);
        _stopping.Dispose();
        _http.Dispose();
    }

    private Task Changed(SocketChange change, string? detail)
    {
        _all.Enqueue(change);
        _changes.Writer.TryWrite((change, detail));
        return Task.CompletedTask;
    }
}
