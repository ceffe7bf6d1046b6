using Hookswitch.Calling;

namespace Hookswitch.Media;

/// <summary>The sounds that the server makes itself: the keys of a telephone (ITU-T Q.23), and the beep before a recording.</summary>
internal static class DtmfTones
{
    // One sine each: −14 and −12 dB of full scale. The high one is 2 dB louder, since lines and microphones lose more of it.
    private const double LowAmplitude = 6_500;
    private const double HighAmplitude = 8_200;

    private const double BeepHertz = 1_000;
    private const double BeepAmplitude = 8_200;
    private static readonly TimeSpan BeepTime = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a sound takes to rise and to fall. Without it one hears a click.</summary>
    private const int RampSamples = 5 * Pcm.SampleRate / 1000;

    private static readonly double[] LowHertz = [697, 770, 852, 941];
    private static readonly double[] HighHertz = [1209, 1336, 1477, 1633];

    private static readonly Tone[] Keys =
    [
        Tone.Tone1, Tone.Tone2, Tone.Tone3, Tone.A,
        Tone.Tone4, Tone.Tone5, Tone.Tone6, Tone.B,
        Tone.Tone7, Tone.Tone8, Tone.Tone9, Tone.C,
        Tone.Star, Tone.Tone0, Tone.Pound, Tone.D,
    ];

    /// <summary>What is heard before a recording begins: 1 kHz, 0.2 s.</summary>
    public static ReadOnlyMemory<short> Beep { get; } = Render([(BeepHertz, BeepAmplitude)], BeepTime);

    /// <summary>The four low frequencies, row by row, then the four high ones, column by column; in hertz.</summary>
    public static IReadOnlyList<double> Frequencies { get; } = [.. LowHertz, .. HighHertz];

    /// <summary>The key in a row and a column of the pad, both from 0.</summary>
    public static Tone Key(int row, int column) => Keys[(row * HighHertz.Length) + column];

    /// <summary>A key pressed for so long, in whole frames: silence fills the last one.</summary>
    public static short[] Render(Tone tone, TimeSpan length)
    {
        var (row, column) = Math.DivRem(Array.IndexOf(Keys, tone), HighHertz.Length);
        return Render([(LowHertz[row], LowAmplitude), (HighHertz[column], HighAmplitude)], length);
    }

    private static short[] Render((double Hertz, double Amplitude)[] sines, TimeSpan length)
    {
        var count = (int)(length.Ticks * Pcm.SampleRate / TimeSpan.TicksPerSecond);
        var samples = new short[(count + Pcm.FrameSamples - 1) / Pcm.FrameSamples * Pcm.FrameSamples];
        for (var i = 0; i < count; i++)
        {
            var ramp = Math.Min(1, Math.Min(i + 1, count - i) / (double)RampSamples);
            samples[i] = (short)Math.Round(
                ramp * sines.Sum(sine => sine.Amplitude * Math.Sin(Math.Tau * sine.Hertz * i / Pcm.SampleRate)));
        }

        return samples;
    }
}
