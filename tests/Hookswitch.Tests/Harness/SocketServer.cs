using System.Net.WebSockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Channel = System.Threading.Channels.Channel;

namespace Hookswitch.Tests.Harness;

/// <summary>Where a bot that hosts its own sound takes it: a real WebSocket server on a port of its own.</summary>
internal sealed class SocketServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<BotSide> _new = Channel.CreateUnbounded<BotSide>();

    private SocketServer(WebApplication app) => _app = app;

    /// <summary>What the upgrade is answered; 101: it is taken.</summary>
    public int Status { get; set; } = 101;

    public string Address => $"{_app.Urls.First().Replace("http:", "ws:", StringComparison.Ordinal)}/media";

    /// <summary>What is done with each connection; it ends when this returns. Null: each is handed to <see cref="Next"/>.</summary>
    public Func<BotSide, Task>? Serve { get; set; }

    public static async Task<SocketServer> Start(string url = "http://127.0.0.1:0")
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBufferSize = 64 * 1024);
        var server = new SocketServer(builder.Build());
        server._app.Urls.Add(url);
        server._app.UseWebSockets();
        server._app.Run(server.Accept);
        await server._app.StartAsync();
        return server;
    }

    /// <summary>The next connection, once it is there. The start is read, and nothing is answered yet.</summary>
    public Task<BotSide> Next() => _new.Reader.ReadAsync().AsTask().WaitAsync(TestServer.Patience);

    /// <summary>The next connection, ready.</summary>
    public async Task<BotSide> NextReady()
    {
        var bot = await Next();
        await bot.Say("""{"type":"ready"}""");
        return bot;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task Accept(HttpContext context)
    {
        if (Status != 101)
        {
            context.Response.StatusCode = Status;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var bot = new BotSide(socket, context.Request.Headers.Authorization.ToString());
        try
        {
            bot.Start = (await bot.Hear()).Words!;
            if (Serve is { } serve)
            {
                await serve(bot);
            }
            else
            {
                _new.Writer.TryWrite(bot);
                await bot.Over.Task;
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or InvalidOperationException)
        {
            // The server hung up.
        }
    }
}

/// <summary>What a bot is sent: words, a sound, or the end.</summary>
internal sealed record Sent(JsonObject? Words, short[]? Sound, WebSocketCloseStatus? Closed)
{
    public string? Type => (string?)Words?["type"];
}

/// <summary>The bot's side of a connection.</summary>
internal sealed class BotSide(WebSocket socket, string authorization)
{
    private readonly byte[] _buffer = new byte[64 * 1024];

    public WebSocket Socket => socket;

    public string Authorization => authorization;

    public JsonObject Start { get; set; } = [];

    /// <summary>Set to hang up without a word.</summary>
    public TaskCompletionSource Over { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Say(string words) => Say(Encoding.UTF8.GetBytes(words), WebSocketMessageType.Text);

    public Task Say(short[] sound) => Say(MemoryMarshal.AsBytes(sound.AsSpan()).ToArray(), WebSocketMessageType.Binary);

    public Task Say(byte[] bytes, WebSocketMessageType type) => socket.SendAsync(bytes, type, endOfMessage: true, CancellationToken.None).WaitAsync(TestServer.Patience);

    /// <summary>The next message.</summary>
    public async Task<Sent> Hear()
    {
        var result = await socket.ReceiveAsync(_buffer.AsMemory(), CancellationToken.None).AsTask().WaitAsync(TestServer.Patience);
        return result.MessageType switch
        {
            WebSocketMessageType.Close => new Sent(null, null, socket.CloseStatus),
            WebSocketMessageType.Text => new Sent(JsonNode.Parse(_buffer.AsSpan(0, result.Count))!.AsObject(), null, null),
            _ => new Sent(null, MemoryMarshal.Cast<byte, short>(_buffer.AsSpan(0, result.Count)).ToArray(), null),
        };
    }

    /// <summary>The next words, or the end: sound is passed over.</summary>
    public async Task<Sent> HearWords()
    {
        while (true)
        {
            if (await Hear() is { Sound: null } sent)
            {
                return sent;
            }
        }
    }

    /// <summary>Sends back what it hears, until the other side is gone.</summary>
    public async Task Echo()
    {
        await Say("""{"type":"ready"}""");
        while (await Hear() is { Closed: null } sent)
        {
            if (sent.Sound is { } sound)
            {
                await Say(sound);
            }
        }

        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }
}
