using System.Globalization;
using System.Net.WebSockets;
using Hookswitch.Calling;
using Hookswitch.Notifications;

namespace Hookswitch.Media;

/// <summary>One WebSocket to a bot, from the start that is said until it is closed: two loops, and what waits between them and the media clock.</summary>
internal sealed class MediaConnection(WebSocket socket, MediaSocketOptions options)
{
    /// <summary>Sound is taken as it comes, however long its message.</summary>
    private const int ReceiveBytes = 16 * 1024;

    /// <summary>Of one message of sound: two minutes, as much as may be said ahead.</summary>
    private const int MaxSound = 2 * 60 * 50 * Pcm.FrameBytes;

    private readonly SpeechAhead _speech = new(options);
    private readonly HeardBehind _heard = new(options);
    private readonly byte[] _received = new byte[ReceiveBytes];

    /// <summary>The bot has broken the protocol.</summary>
    public bool IsViolated { get; private set; }

    /// <summary>What the bot has said ahead.</summary>
    public int FramesAhead => _speech.Frames;

    public bool Read(Span<short> frame) => _speech.Read(frame, _heard);

    public void Write(ReadOnlySpan<short> frame) => _heard.Hear(frame);

    /// <summary>Someone pressed a key. A bot that takes nothing is not told.</summary>
    public void Press(Tone tone) => _heard.Say(MediaMessages.Tone(tone));

    /// <summary>The call is over.</summary>
    public void Stop() => _heard.End(new Ending(WebSocketCloseStatus.NormalClosure, "The call has ended.", MediaMessages.Stop));

    /// <summary>Says what starts, and waits until the bot is ready.</summary>
    /// <returns>Why it is not; null: it is.</returns>
    public async Task<string?> Begin(byte[] start, CancellationToken stopping)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        timeout.CancelAfter(options.ReadyTimeout);
        try
        {
            await socket.SendAsync(start, WebSocketMessageType.Text, endOfMessage: true, timeout.Token);
            return await ReceiveWords(timeout.Token) switch
            {
                { Type: "ready" } => null,
                { Type: "refuse", Text: var why } => $"The bot refuses: {ForeignText.Printable(why)}",
                _ => "The bot's first message is not that it is ready.",
            };
        }
        catch (Exception e) when (IsLoss(e) && !stopping.IsCancellationRequested)
        {
            return e is OperationCanceledException ? "The bot did not say in time that it is ready." : $"The bot hung up before it was ready: {e.Message}";
        }
    }

    /// <summary>Exchanges sound until the connection is lost, or stopped.</summary>
    /// <returns>Why it ended.</returns>
    public async Task<string> Carry(CancellationToken stopping)
    {
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var (receiving, sending) = (Receive(cut.Token), Send(cut.Token));
        if (await Task.WhenAny(receiving, sending) == receiving)
        {
            _heard.End(await receiving); // it is closed by who sends: nothing else may send at the same time
        }

        // A bot that is no longer there answers no close.
        cut.CancelAfter(options.CloseTimeout);
        var (ending, broke) = (await receiving, await sending);
        if (IsViolated)
        {
            await Drain(cut.Token);
        }

        return broke ?? ending.Why;
    }

    // What is unread when a connection is cut takes the close with it that is on its way to the bot.
    private async Task Drain(CancellationToken cut)
    {
        try
        {
            while ((await socket.ReceiveAsync(_received.AsMemory(), cut)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception e) when (IsLoss(e))
        {
            // It is cut already, or too slow.
        }
    }

    // Never throws: what goes wrong is how it ends.
    private async Task<Ending> Receive(CancellationToken cut)
    {
        try
        {
            while (true)
            {
                var part = await Part(_received, cut);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return new Ending(WebSocketCloseStatus.NormalClosure, $"The bot closed the connection: {(int?)socket.CloseStatus}.");
                }

                if (await Take(part, cut) is { } violation)
                {
                    IsViolated = true;
                    return violation;
                }
            }
        }
        catch (Exception e) when (IsLoss(e))
        {
            return new Ending(WebSocketCloseStatus.EndpointUnavailable, e.Message);
        }
    }

    private Task<Ending?> Take(ValueWebSocketReceiveResult part, CancellationToken cut) =>
        part.MessageType == WebSocketMessageType.Binary ? TakeSound(part, cut) : TakeWords(part, cut);

    private async Task<Ending?> TakeSound(ValueWebSocketReceiveResult part, CancellationToken cut)
    {
        for (long length = part.Count; ; length += part.Count)
        {
            if (length > MaxSound)
            {
                return new Ending(WebSocketCloseStatus.MessageTooBig, "A message of sound is longer than two minutes.");
            }

            _speech.Add(_received.AsSpan(0, part.Count));
            if (part.EndOfMessage)
            {
                return length % sizeof(short) == 0 ? null : new Ending(WebSocketCloseStatus.InvalidPayloadData, "A message of sound ends within a sample.");
            }

            part = await Part(_received, cut);
        }
    }

    private async Task<Ending?> TakeWords(ValueWebSocketReceiveResult part, CancellationToken cut)
    {
        if (await Words(part, cut) is not { } message)
        {
            return new Ending(
                WebSocketCloseStatus.InvalidPayloadData, $"A text must be a JSON object with a type, of at most {MediaMessages.MaxText} bytes.");
        }

        switch (message.Type)
        {
            case "clear":
                _speech.Clear();
                break;
            case "mark":
                _speech.Mark(MediaMessages.Mark(message.Text));
                break;
        }

        return null;
    }

    private async Task<BotMessage?> ReceiveWords(CancellationToken cancellation)
    {
        var part = await Part(_received, cancellation);
        return part.MessageType == WebSocketMessageType.Text ? await Words(part, cancellation) : null;
    }

    // Null: they cannot be read.
    private async Task<BotMessage?> Words(ValueWebSocketReceiveResult part, CancellationToken cancellation)
    {
        var length = part.Count;
        while (!part.EndOfMessage && length <= MediaMessages.MaxText)
        {
            part = await Part(_received.AsMemory(length), cancellation);
            length += part.Count;
        }

        return length <= MediaMessages.MaxText ? MediaMessages.Read(_received.AsMemory(0, length)) : null;
    }

    // As long as there is no room nothing is read: the connection fills up, and the bot has to wait.
    private async ValueTask<ValueWebSocketReceiveResult> Part(Memory<byte> buffer, CancellationToken cancellation)
    {
        while (_speech.IsFull)
        {
            await _speech.Room(cancellation);
        }

        return await socket.ReceiveAsync(buffer, cancellation);
    }

    // What broke; null: it was closed, as was asked for. Each send is to be over in time: then the bot takes something.
    private async Task<string?> Send(CancellationToken cut)
    {
        var frame = new byte[Pcm.FrameBytes];
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(cut);
        try
        {
            while (true)
            {
                var next = _heard.Take(frame);
                if (next == default)
                {
                    await _heard.More(cut);
                    continue;
                }

                stall.CancelAfter(options.Stall);
                if (next.Ending is { } ending)
                {
                    await Close(ending, stall.Token);
                    return null;
                }

                await socket.SendAsync(
                    next.Text ?? frame, next.HasFrame ? WebSocketMessageType.Binary : WebSocketMessageType.Text, endOfMessage: true, stall.Token);
                stall.CancelAfter(Timeout.InfiniteTimeSpan);
            }
        }
        catch (OperationCanceledException) when (!cut.IsCancellationRequested)
        {
            return string.Create(CultureInfo.InvariantCulture, $"The bot took nothing for {options.Stall.TotalSeconds} s.");
        }
        catch (Exception e) when (IsLoss(e))
        {
            return e.Message;
        }
    }

    private async Task Close(Ending ending, CancellationToken cancellation)
    {
        if (ending.Word is { } word)
        {
            await socket.SendAsync(word, WebSocketMessageType.Text, endOfMessage: true, cancellation);
        }

        await socket.CloseOutputAsync(ending.Status, ending.Why, cancellation);
    }

    // InvalidOperation: what an aborted WebSocket throws when it is used once more.
    private static bool IsLoss(Exception e) =>
        e is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException;
}
