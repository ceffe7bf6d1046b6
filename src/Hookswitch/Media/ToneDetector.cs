using Hookswitch.Calling;

namespace Hookswitch.Media;

/// <summary>Hears which keys were pressed, in the sound alone. By Goertzel's algorithm; limits of ITU-T Q.24. Not for two threads at once.</summary>
internal sealed class ToneDetector
{
    /// <summary>A key is heard that lasts two whole frames: 40 ms, as Q.24 asks.</summary>
    private const int FramesOfKey = 2;

    /// <summary>Below -36 dBFS a tone is too quiet to be a key.</summary>
    private const double LeastAmplitude = 500;

    /// <summary>The louder of the two tones is at most 9 dB above the other.</summary>
    private const double MostTwist = 2.8;

    /// <summary>The other tones of the same group are at least 8 dB below.</summary>
    private const double LeastDominance = 2.5;

    /// <summary>The two tones hold nearly all of the energy: speech and music have more beside them.</summary>
    private const double LeastPurity = 0.7;

    private static readonly double[] Coefficients =
        [.. DtmfTones.Rows.Concat(DtmfTones.Columns).Select(frequency => 2 * Math.Cos(2 * Math.PI * frequency / Pcm.SampleRate))];

    private readonly double[] _amplitudes = new double[Coefficients.Length];
    private Tone? _heard;
    private Tone? _told;
    private int _frames;

    /// <summary>Takes the next frame.</summary>
    /// <returns>The key that was heard by it; null: none, or one that was told before and has not been released.</returns>
    public Tone? Hear(ReadOnlySpan<short> frame)
    {
        var tone = Find(frame);
        _frames = tone is not null && tone == _heard ? _frames + 1 : 1;
        _heard = tone;
        if (tone is null)
        {
            _told = null;
        }

        if (tone is null || tone == _told || _frames < FramesOfKey)
        {
            return null;
        }

        _told = tone;
        return tone;
    }

    private Tone? Find(ReadOnlySpan<short> frame)
    {
        double energy = 0;
        foreach (var sample in frame)
        {
            energy += (double)sample * sample;
        }

        if (energy < LeastAmplitude * LeastAmplitude * frame.Length)
        {
            return null; // neither of the two can be loud enough
        }

        for (var i = 0; i < Coefficients.Length; i++)
        {
            _amplitudes[i] = Amplitude(frame, Coefficients[i]);
        }

        var (row, column) = (Strongest(_amplitudes.AsSpan(0, DtmfTones.Rows.Length)), Strongest(_amplitudes.AsSpan(DtmfTones.Rows.Length)));
        if (row is not { } r || column is not { } c)
        {
            return null;
        }

        var (low, high) = (_amplitudes[r], _amplitudes[DtmfTones.Rows.Length + c]);
        var pure = ((low * low) + (high * high)) / 2 * frame.Length; // a sine of amplitude a has the energy a²/2 a sample
        return low >= LeastAmplitude && high >= LeastAmplitude && Math.Max(low, high) <= MostTwist * Math.Min(low, high) && pure >= LeastPurity * energy
            ? DtmfTones.At(r, c)
            : null;
    }

    /// <summary>The one that stands out; null: none does.</summary>
    private static int? Strongest(ReadOnlySpan<double> amplitudes)
    {
        var best = 0;
        for (var i = 1; i < amplitudes.Length; i++)
        {
            best = amplitudes[i] > amplitudes[best] ? i : best;
        }

        for (var i = 0; i < amplitudes.Length; i++)
        {
            if (i != best && amplitudes[i] * LeastDominance > amplitudes[best])
            {
                return null;
            }
        }

        return best;
    }

    // Goertzel, Amer. Math. Monthly 65 (1958): one bin of a Fourier transform.
    private static double Amplitude(ReadOnlySpan<short> frame, double coefficient)
    {
        double last = 0, before = 0;
        foreach (var sample in frame)
        {
            (last, before) = (sample + (coefficient * last) - before, last);
        }

        return 2 * Math.Sqrt(Math.Max(0, (last * last) + (before * before) - (coefficient * last * before))) / frame.Length;
    }
}
