using System.Numerics;
using System.Runtime.InteropServices;

namespace Hookswitch.Media;

/// <summary>Adds up the frames of one instant. Allocates nothing. Not for two threads at once.</summary>
internal sealed class Mixer
{
    private readonly int[] _sum = new int[Pcm.FrameSamples];

    public void Clear() => _sum.AsSpan().Clear();

    public void Add(ReadOnlySpan<short> frame)
    {
        var shorts = Shorts(frame);
        var sums = Ints(_sum);
        for (var i = 0; i < shorts.Length; i++)
        {
            Vector.Widen(shorts[i], out var low, out var high);
            sums[2 * i] += low;
            sums[(2 * i) + 1] += high;
        }

        for (var i = shorts.Length * Vector<short>.Count; i < frame.Length; i++)
        {
            _sum[i] += frame[i];
        }
    }

    /// <summary>All that was added. What is too loud is as loud as can be.</summary>
    public void Take(Span<short> mixed)
    {
        var shorts = MemoryMarshal.Cast<short, Vector<short>>(mixed);
        var sums = Ints(_sum);
        for (var i = 0; i < shorts.Length; i++)
        {
            shorts[i] = Vector.NarrowWithSaturation(sums[2 * i], sums[(2 * i) + 1]);
        }

        for (var i = shorts.Length * Vector<short>.Count; i < mixed.Length; i++)
        {
            mixed[i] = Saturated(_sum[i]);
        }
    }

    /// <summary>All that was added but for one's own, which was added too.</summary>
    public void Take(ReadOnlySpan<short> own, Span<short> mixed)
    {
        var shorts = MemoryMarshal.Cast<short, Vector<short>>(mixed);
        var owns = Shorts(own);
        var sums = Ints(_sum);
        for (var i = 0; i < shorts.Length; i++)
        {
            Vector.Widen(owns[i], out var low, out var high);
            shorts[i] = Vector.NarrowWithSaturation(sums[2 * i] - low, sums[(2 * i) + 1] - high);
        }

        for (var i = shorts.Length * Vector<short>.Count; i < mixed.Length; i++)
        {
            mixed[i] = Saturated(_sum[i] - own[i]);
        }
    }

    private static ReadOnlySpan<Vector<short>> Shorts(ReadOnlySpan<short> frame) => MemoryMarshal.Cast<short, Vector<short>>(frame);

    private static Span<Vector<int>> Ints(int[] sum) => MemoryMarshal.Cast<int, Vector<int>>(sum.AsSpan());

    private static short Saturated(int sample) => (short)Math.Clamp(sample, short.MinValue, short.MaxValue);
}
