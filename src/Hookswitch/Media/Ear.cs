using Hookswitch.Calling;

namespace Hookswitch.Media;

/// <summary>What a phone has heard last, and which keys it has heard in it. Read while it listens.</summary>
internal sealed class Ear(TimeSpan memory)
{
    /// <summary>What is older is forgotten: a minute is 1.9 MB.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);

    /// <summary>Where many hear the same.</summary>
    public static readonly TimeSpan ShortMemory = TimeSpan.FromSeconds(5);

    /// <summary>More keys than anyone sends.</summary>
    private const int MaxTones = 500;

    private readonly Lock _gate = new();
    private readonly Queue<short[]> _seconds = new();
    private readonly ToneDetector _detector = new();
    private readonly List<Tone> _tones = [];
    private short[] _now = new short[Pcm.SampleRate];
    private int _place;

    /// <summary>The samples of the last time in which anything was carried.</summary>
    public short[] Heard
    {
        get
        {
            // Whole seconds do not change any more: whoever carries the next frame waits for the last one alone.
            short[][] seconds;
            short[] now;
            lock (_gate)
            {
                (seconds, now) = ([.. _seconds], _now[.._place]);
            }

            return [.. seconds.SelectMany(second => second), .. now];
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
                (_now, _place) = (new short[Pcm.SampleRate], 0);
                if (_seconds.Count > memory.TotalSeconds)
                {
                    _seconds.Dequeue();
                }
            }

            if (_detector.Hear(frame) is { } tone && _tones.Count < MaxTones)
            {
                _tones.Add(tone);
            }
        }
    }
}
