using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Notifications;

/// <summary>What a callback sends back, byte by byte, harms nobody: it is read so far and so long, and other bots are told meanwhile.</summary>
public sealed class HostileCallbackTests
{
    /// <summary>Of both ends of a connection on this machine, and what may be read.</summary>
    private const long Buffers = 16 * 1024 * 1024;

    private static readonly TimeSpan Attempt = TimeSpan.FromSeconds(1);

    private static readonly (string What, string Verdict, Func<NetworkStream, Task> Answer)[] Hostile =
    [
        ("endless body", "delivered", stream => Forever(stream, "HTTP/1.1 200 OK\r\n\r\n", new string('x', 8192))),
        ("endless error", "retry", stream => Forever(stream, "HTTP/1.1 500 No\r\n\r\n", new string('x', 8192))),
        ("endless chunks", "giveup", stream => Forever(stream, "HTTP/1.1 400 No\r\nTransfer-Encoding: chunked\r\n\r\n", "4\r\nxxxx\r\n")),
        ("endless headers", "retry", stream => Forever(stream, "HTTP/1.1 200 OK\r\n", "X-More: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n")),
        ("one endless header", "retry", stream => Forever(stream, "HTTP/1.1 200 OK\r\nX-Long: ", new string('x', 8192))),
        ("byte by byte", "retry", async stream =>
        {
            foreach (var one in "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            {
                await stream.WriteAsync(new[] { (byte)one });
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }),
        ("endless interim answers", "retry", stream => Forever(stream, "", "HTTP/1.1 100 Continue\r\n\r\n")),
        ("HTTP/0.9", "retry", stream => Say(stream, "<html>hello</html>")),
        ("TLS", "retry", stream => Say(stream, "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001")),
        ("nothing", "retry", stream => Say(stream, "")),
        ("no gzip", "giveup", stream => Say(stream, "HTTP/1.1 400 No\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd")),
        ("two lengths", "delivered", stream => Say(stream, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcd")),
        ("bad chunk", "giveup", stream => Say(stream, "HTTP/1.1 400 No\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")),
        ("redirect to metadata", "giveup", stream => Say(stream, "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest\r\nContent-Length: 0\r\n\r\n")),
        ("bad retry-after", "retry", stream => Say(stream, "HTTP/1.1 429 No\r\nRetry-After: -1e99\r\nContent-Length: 0\r\n\r\n")),
        ("silence", "retry", stream => stream.ReadAsync(new byte[1]).AsTask()),
    ];

    [Fact]
    public async Task It_is_read_so_far_and_no_further()
    {
        await using var server = await TestServer.Start(options => options with { Delivery = options.Delivery with { AttemptTimeout = Attempt } });
        await using var bot = await TestBot.Start(server);
        var receivers = Hostile.Select(one => new RawReceiver(one.Answer)).ToArray();
        var calls = new List<string>();
        foreach (var receiver in receivers)
        {
            var answer = await bot.Http.Ask("POST", "/v1.0/communications/calls", TestBot.CallBody(receiver.Address));
            calls.Add((string)answer.Body["id"]!);
        }

        var other = await bot.Place();
        Assert.Equal(other.Id, (await bot.Next()).CallId);
        await server.Settle();

        foreach (var (hostile, receiver, call) in Hostile.Zip(receivers, calls))
        {
            var shown = JsonNode.Parse(await server.Http.GetStringAsync($"/control/calls/{call}"))!;
            var first = shown["deliveries"]![0]!;
            Assert.True((string)first["verdict"]! == hostile.Verdict, $"{hostile.What}: {first.ToJsonString()}");
            Assert.InRange(((string)first["answer"]!).Length, 0, 300);
            Assert.InRange(await receiver.Sent(), 0, Buffers);
            receiver.Dispose();
        }
    }

    private static Task Say(NetworkStream stream, string text) => stream.WriteAsync(Encoding.Latin1.GetBytes(text)).AsTask();

    private static async Task Forever(NetworkStream stream, string start, string more)
    {
        await Say(stream, start);
        while (true)
        {
            await Say(stream, more);
        }
    }

    /// <summary>Takes one connection after the other, reads a request, and does what it likes.</summary>
    private sealed class RawReceiver : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Task _first;
        private long _sent;

        public RawReceiver(Func<NetworkStream, Task> answer)
        {
            _listener.Start();
            var over = new TaskCompletionSource();
            _first = over.Task;
            _ = Serve(answer, over);
        }

        public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

        /// <summary>How much went into the first connection, once it is over.</summary>
        public async Task<long> Sent()
        {
            await _first.WaitAsync(TestServer.Patience);
            return Interlocked.Read(ref _sent);
        }

        public void Dispose() => _listener.Dispose();

        private async Task Serve(Func<NetworkStream, Task> answer, TaskCompletionSource over)
        {
            try
            {
                while (true)
                {
                    using var connection = await _listener.AcceptTcpClientAsync();
                    await using var stream = new CountingStream(connection.Client, count => Interlocked.Add(ref _sent, count));
                    try
                    {
                        _ = await stream.ReadAtLeastAsync(new byte[64 * 1024], minimumBytes: 1);
                        await answer(stream);
                    }
                    catch (IOException)
                    {
                        // The server hung up.
                    }

                    over.TrySetResult();
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                over.TrySetResult();
            }
        }
    }

    private sealed class CountingStream(Socket socket, Action<int> sent) : NetworkStream(socket, ownsSocket: false)
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await base.WriteAsync(buffer, cancellationToken);
            sent(buffer.Length);
        }
    }
}
