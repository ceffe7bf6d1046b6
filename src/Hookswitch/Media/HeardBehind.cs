using System.Net.WebSockets;
using System.Runtime.InteropServices;

namespace Hookswitch.Media;

/// <summary>
/// What a bot is still to be sent: a second of what it hears, tones and marks, and at last how the connection ends. Filled by the media clock
/// and others, emptied by who sends.
/// </summary>
internal sealed class HeardBehind(MediaSocketOptions options)
{
    private readonly Lock _gate = new();
    private readonly byte[] _frames = new byte[options.MaxFramesBehind * Pcm.FrameBytes];
    private readonly Queue<byte[]> _texts = new();
    private readonly Signal _more = new();
    private int _first;
    private int _count;
    private Ending? _ending;

    /// <summary>Waits until there may be something to send.</summary>
    public ValueTask<bool> More(CancellationToken cancellation) => _more.Wait(cancellation);

    /// <summary>Adds a frame, if need be in the place of the oldest.</summary>
    public void Hear(ReadOnlySpan<short> frame)
    {
        lock (_gate)
        {
            if (_count == options.MaxFramesBehind)
            {
                (_first, _count) = ((_first + 1) % options.MaxFramesBehind, _count - 1);
            }

            MemoryMarshal.AsBytes(frame).CopyTo(_frames.AsSpan((_first + _count) % options.MaxFramesBehind * Pcm.FrameBytes));
            _count++;
        }

        _more.Set();
    }

    /// <summary>Adds words, which go before all frames. False: there is no room.</summary>
    public bool Say(byte[] text)
    {
        lock (_gate)
        {
            if (_texts.Count == options.MaxTextsBehind)
            {
                return false;
            }

            _texts.Enqueue(text);
        }

        _more.Set();
        return true;
    }

    /// <summary>Nothing more is to be sent but the end. The first that is said counts.</summary>
    public void End(Ending ending)
    {
        lock (_gate)
        {
            _ending ??= ending;
        }

        _more.Set();
    }

    /// <summary>What is to be sent next.</summary>
    /// <param name="frame">Has room for a frame.</param>
    public Next Take(Span<byte> frame)
    {
        lock (_gate)
        {
            if (_ending is { } ending)
            {
                return new Next(null, HasFrame: false, ending);
            }

            if (_texts.TryDequeue(out var text))
            {
                return new Next(text, HasFrame: false, null);
            }

            if (_count == 0)
            {
                return default;
            }

            _frames.AsSpan(_first * Pcm.FrameBytes, Pcm.FrameBytes).CopyTo(frame);
            (_first, _count) = ((_first + 1) % options.MaxFramesBehind, _count - 1);
            return new Next(null, HasFrame: true, null);
        }
    }

    /// <summary>Words, a frame, the end, or nothing.</summary>
    internal readonly record struct Next(byte[]? Text, bool HasFrame, Ending? Ending);
}

/// <summary>How a connection ends.</summary>
/// <param name="Word">Sent before it is closed; null: nothing.</param>
internal sealed record Ending(WebSocketCloseStatus Status, string Why, byte[]? Word = null);
