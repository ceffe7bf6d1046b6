using System.Numerics;
using System.Runtime.InteropServices;

namespace Hookswitch.Media;

/// <summary>
/// Adds up the frames of one tick, and gives to each listener what the others say: the sum without the own frame ("mix-minus").
/// Allocates nothing after it was made. For one thread.
/// </summary>
/// <remarks>Sums are exact up to 65,536 frames of full scale; only what is taken is saturated, so that nothing depends on the order.</remarks>
internal sealed class Mixer
{
    private readonly Vector<int>[] _sums = new Vector<int>[Pcm.FrameSamples / Vector<int>.Count];

    public void Clear() => Array.Clear(_sums);

    /// <exception cref="ArgumentOutOfRangeException">It is not a whole frame.</exception>
    public void Add(ReadOnlySpan<short> frame)
    {
        var voice = Vectors(frame);
        var sums = _sums.AsSpan();
        for (var i = 0; i < voice.Length; i++)
        {
            Vector.Widen(voice[i], out var lower, out var upper);
            sums[2 * i] += lower;
            sums[(2 * i) + 1] += upper;
        }
    }

    /// <summary>The whole sum, for who says nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not a whole frame.</exception>
    public void Take(Span<short> mixed)
    {
        var heard = Vectors(mixed);
        var sums = _sums.AsSpan();
        for (var i = 0; i < heard.Length; i++)
        {
            heard[i] = Vector.NarrowWithSaturation(sums[2 * i], sums[(2 * i) + 1]);
        }
    }

    /// <summary>The sum without one of the frames that were added.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not a whole frame.</exception>
    public void Take(ReadOnlySpan<short> own, Span<short> mixed)
    {
        var voice = Vectors(own);
        var heard = Vectors(mixed);
        var sums = _sums.AsSpan();
        for (var i = 0; i < heard.Length; i++)
        {
            Vector.Widen(voice[i], out var lower, out var upper);
            heard[i] = Vector.NarrowWithSaturation(sums[2 * i] - lower, sums[(2 * i) + 1] - upper);
        }
    }

    private static ReadOnlySpan<Vector<short>> Vectors(ReadOnlySpan<short> frame)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(frame.Length, Pcm.FrameSamples, nameof(frame));
        return MemoryMarshal.Cast<short, Vector<short>>(frame);
    }

    private static Span<Vector<short>> Vectors(Span<short> frame)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(frame.Length, Pcm.FrameSamples, nameof(frame));
        return MemoryMarshal.Cast<short, Vector<short>>(frame);
    }
}
