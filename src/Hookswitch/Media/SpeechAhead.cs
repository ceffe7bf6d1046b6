using System.Runtime.InteropServices;

namespace Hookswitch.Media;

/// <summary>
/// What a bot has said and nobody has heard yet: frames and marks in the order in which they came. Filled by who receives, emptied by the
/// media clock.
/// </summary>
internal sealed class SpeechAhead(MediaSocketOptions options)
{
    private readonly Lock _gate = new();
    private readonly Queue<Entry> _ahead = new();
    private readonly Stack<short[]> _spare = new();
    private readonly Signal _room = new();
    private short[] _partial = new short[Pcm.FrameSamples];
    private int _partialBytes;
    private int _frames;
    private int _marks;

    public int Frames
    {
        get
        {
            lock (_gate)
            {
                return _frames;
            }
        }
    }

    /// <summary>Who fills it is to wait for room.</summary>
    public bool IsFull
    {
        get
        {
            lock (_gate)
            {
                return _frames >= options.MaxFramesAhead || _marks >= options.MaxMarks;
            }
        }
    }

    /// <summary>Waits until there may be room.</summary>
    public ValueTask<bool> Room(CancellationToken cancellation) => _room.Wait(cancellation);

    /// <summary>Adds sound of any length. What is short of a frame waits for the rest.</summary>
    public void Add(ReadOnlySpan<byte> sound)
    {
        lock (_gate)
        {
            while (!sound.IsEmpty)
            {
                var part = sound[..Math.Min(sound.Length, Pcm.FrameBytes - _partialBytes)];
                part.CopyTo(MemoryMarshal.AsBytes(_partial.AsSpan())[_partialBytes..]); // every machine that .NET runs on is little-endian
                sound = sound[part.Length..];
                _partialBytes += part.Length;
                if (_partialBytes == Pcm.FrameBytes)
                {
                    Complete();
                }
            }
        }
    }

    /// <summary>Adds a mark. The sound before it is complete: what its last frame lacks is silence.</summary>
    /// <param name="echo">What is to be sent once it is reached.</param>
    public void Mark(byte[] echo)
    {
        lock (_gate)
        {
            if (_partialBytes > 0)
            {
                MemoryMarshal.AsBytes(_partial.AsSpan())[_partialBytes..].Clear();
                Complete();
            }

            _ahead.Enqueue(new Entry(null, echo));
            _marks++;
        }
    }

    /// <summary>Drops all that nobody has heard, the marks in it as well.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            while (_ahead.TryDequeue(out var entry))
            {
                Recycle(entry);
            }

            (_frames, _marks, _partialBytes) = (0, 0, 0);
        }
    }

    /// <summary>The next frame. False: there is none.</summary>
    /// <param name="heard">Takes the echo of each mark whose sound was played; where it has no room, the mark and what follows wait.</param>
    public bool Read(Span<short> frame, HeardBehind heard)
    {
        lock (_gate)
        {
            var wasFull = _frames >= options.MaxFramesAhead || _marks >= options.MaxMarks;
            var reads = Next(frame, heard);
            if (wasFull)
            {
                _room.Set();
            }

            return reads;
        }
    }

    private bool Next(Span<short> frame, HeardBehind heard)
    {
        while (_ahead.TryPeek(out var next))
        {
            if (next.Mark is { } echo && !heard.Say(echo))
            {
                return false;
            }

            _ahead.Dequeue();
            Recycle(next);
            if (next.Frame is { } samples)
            {
                _frames--;
                samples.CopyTo(frame);
                return true;
            }

            _marks--;
        }

        return false;
    }

    private void Complete()
    {
        _ahead.Enqueue(new Entry(_partial, null));
        _frames++;
        _partial = _spare.TryPop(out var spare) ? spare : new short[Pcm.FrameSamples];
        _partialBytes = 0;
    }

    private void Recycle(Entry entry)
    {
        if (entry.Frame is { } frame)
        {
            _spare.Push(frame);
        }
    }

    /// <summary>A frame, or a mark between two.</summary>
    private readonly record struct Entry(short[]? Frame, byte[]? Mark);
}
