using Hookswitch.Calling;

namespace Hookswitch.Media;

/// <summary>What a phone has heard last, and which keys it has heard in it. Read while it listens.</summary>
internal sealed class Ear
{
    /// <summary>In seconds. What is older is forgotten.</summary>
    private const int Memory = 60;

    /// <summary>More keys than anyone sends.</summary>
    private const int MaxTones = 500;

    private readonly Lock _gate = new();
    private readonly Queue<short[]> _seconds = new();
    private readonly ToneDetector _detector = new();
    private readonly List<Tone> _tones = [];
    private short[] _now = new short[Pcm.SampleRate];
    private int _place;

    /// <summary>The samples of the last minute in which anything was carried.</summary>
    public short[] Heard
    {
        get
        {
            lock (_gate)
            {
                return [.. _seconds.SelectMany(second => second), .. _now.AsSpan(0, _place)];
            }
        }
    }

    public IReadOnlyList<Tone> Tones
    {
        get
        {
            lock (_gate)
            {
                return [.. _tones];
            }
        }
    }

    public void Hear(ReadOnlySpan<short> frame)
    {
        lock (_gate)
        {
            frame.CopyTo(_now.AsSpan(_place));
            _place += frame.Length; // a second is a whole number of frames
            if (_place == _now.Length)
            {
                _seconds.Enqueue(_now);
                (_now, _place) = (_seconds.Count > Memory ? _seconds.Dequeue() : new short[Pcm.SampleRate], 0);
            }

            if (_detector.Hear(frame) is { } tone && _tones.Count < MaxTones)
            {
                _tones.Add(tone);
            }
        }
    }
}
