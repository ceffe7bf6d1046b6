using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Hookswitch.Calling;

namespace Hookswitch.Media;

/// <summary>
/// Hears which keys somebody presses (ITU-T Q.24): Goertzel's algorithm at the eight frequencies, over windows of 20 ms that begin every
/// 10 ms. One for each party, fed with every frame of that party in order; for one thread. Allocates nothing after it was made.
/// </summary>
/// <remarks>
/// A press of 26 ms may be heard, one of 37 ms is, whatever its place between frames. The windows are Hann's: a sender that is
/// 1.5 % off is still in the middle of its frequency, and the neighbour in its group is 10 dB below.
/// </remarks>
internal sealed class ToneDetector
{
    private const int Hop = Pcm.FrameSamples / 2;

    /// <summary>Windows in a row with the same key that make a press.</summary>
    private const int PressWindows = 3;

    /// <summary>Windows in a row without the key that make a release: a pause of 40 ms has at least four, a gap of 10 ms at most two.</summary>
    private const int ReleaseWindows = 3;

    /// <summary>Of each of the two tones: that of a sine of −46 dB. Q.24 wants −25 dBm heard and −55 dBm not; 3 dBm is full scale.</summary>
    private const float LeastPower = 0.5f * 164 * 164;

    /// <summary>The share of the two tones in all that sounds, in each window of a press. One that a key fills to 64 % has it.</summary>
    private const float LeastShare = 0.7f;

    /// <summary>The same in one window of a press at least: two lie within it. Voices sing two notes, but seldom two and nothing else.</summary>
    private const float ClearShare = 0.8f;

    // Twist, as Q.24 has it for North America: the high tone at most 4 dB above the low one, and at most 8 dB below.
    private const float MostHighOverLow = 2.51f;
    private const float MostLowOverHigh = 6.31f;

    /// <summary>A tone is 6 dB above the others of its group.</summary>
    private const float LeastOverNeighbours = 4;

    private static readonly float[] Window =
        [.. Enumerable.Range(0, Pcm.FrameSamples).Select(i => (float)(0.5 - (0.5 * Math.Cos(Math.Tau * i / Pcm.FrameSamples))))];

    private static readonly Vector256<float> Coefficients = Vector256.Create(
        [.. DtmfTones.Frequencies.Select(hertz => (float)(2 * Math.Cos(Math.Tau * hertz / Pcm.SampleRate)))]);

    // What makes of Goertzel's result the power of a sine, and of the energy of a window the mean power of the sound in it.
    private static readonly float ToPower = 2 / (Window.Sum() * Window.Sum());
    private static readonly float ToMeanPower = 1 / Window.Sum(weight => weight * weight);

    // The second half of the frame before, and the frame.
    private readonly float[] _sound = new float[Hop + Pcm.FrameSamples];
    private Tone? _candidate;
    private Tone? _pressed;
    private int _heard;
    private float _clearest;
    private int _missed;

    /// <summary>Listens to the next frame. A key is returned once, when its press begins; the same key again only after a pause.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not a whole frame.</exception>
    public Tone? Hear(ReadOnlySpan<short> frame)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(frame.Length, Pcm.FrameSamples, nameof(frame));
        Array.Copy(_sound, Pcm.FrameSamples, _sound, 0, Hop);
        for (var i = 0; i < frame.Length; i++)
        {
            _sound[Hop + i] = frame[i];
        }

        var (first, second) = Analyse(_sound);
        var begun = Follow(first);
        return Follow(second) ?? begun; // three windows make a press: two cannot begin in one frame
    }

    private Tone? Follow((Tone? Key, float Share) window)
    {
        var key = window.Key;
        (_heard, _clearest) = key == _candidate ? (_heard + 1, Math.Max(_clearest, window.Share)) : (1, window.Share);
        _candidate = key;
        _missed = key == _pressed ? 0 : _missed + 1;
        if (_missed == ReleaseWindows)
        {
            _pressed = null;
        }

        if (key is null || key == _pressed || _heard < PressWindows || _clearest < ClearShare)
        {
            return null;
        }

        (_pressed, _missed) = (key, 0);
        return key;
    }

    // Both windows at once: each step waits for the one before, and so the second costs next to nothing.
    private static ((Tone? Key, float Share) First, (Tone? Key, float Share) Second) Analyse(ReadOnlySpan<float> sound)
    {
        Vector256<float> one = default, oneBefore = default, two = default, twoBefore = default;
        float oneEnergy = 0, twoEnergy = 0;
        for (var i = 0; i < Window.Length; i++)
        {
            var (x, y) = (Window[i] * sound[i], Window[i] * sound[Hop + i]);
            oneEnergy += x * x;
            twoEnergy += y * y;
            (one, oneBefore) = ((Coefficients * one) - oneBefore + Vector256.Create(x), one);
            (two, twoBefore) = ((Coefficients * two) - twoBefore + Vector256.Create(y), two);
        }

        return (Decide(Power(one, oneBefore), oneEnergy * ToMeanPower), Decide(Power(two, twoBefore), twoEnergy * ToMeanPower));
    }

    private static Vector256<float> Power(Vector256<float> last, Vector256<float> before) =>
        ((last * last) + (before * before) - (Coefficients * last * before)) * ToPower;

    private static (Tone? Key, float Share) Decide(Vector256<float> power, float all)
    {
        var powers = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<Vector256<float>, float>(ref power), Vector256<float>.Count);
        if (Loudest(powers[..4]) is not { } row || Loudest(powers[4..]) is not { } column)
        {
            return default;
        }

        var (low, high) = (powers[row], powers[4 + column]);
        var share = (low + high) / all;
        return share >= LeastShare && high <= MostHighOverLow * low && low <= MostLowOverHigh * high
            ? (DtmfTones.Key(row, column), share)
            : default;
    }

    /// <returns>Null: none is loud enough, or another is nearly as loud.</returns>
    private static int? Loudest(ReadOnlySpan<float> group)
    {
        var loudest = 0;
        for (var i = 1; i < group.Length; i++)
        {
            loudest = group[i] > group[loudest] ? i : loudest;
        }

        for (var i = 0; i < group.Length; i++)
        {
            if (i != loudest && group[i] * LeastOverNeighbours > group[loudest])
            {
                return null;
            }
        }

        return group[loudest] >= LeastPower ? loudest : null;
    }
}
