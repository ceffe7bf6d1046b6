using Hookswitch.Calling;

namespace Hookswitch.Media;

/// <summary>The sounds of the keys of a telephone: two tones each. ITU-T Q.23.</summary>
internal static class DtmfTones
{
    /// <summary>Of each of the two: -12 dBFS, so that both together never clip.</summary>
    private const double Amplitude = 8_000;

    /// <summary>In Hz: the rows of the keypad, from above.</summary>
    public static readonly double[] Rows = [697, 770, 852, 941];

    /// <summary>In Hz: the columns of the keypad, from the left.</summary>
    public static readonly double[] Columns = [1209, 1336, 1477, 1633];

    private static readonly Tone[,] Keypad =
    {
        { Tone.Tone1, Tone.Tone2, Tone.Tone3, Tone.A },
        { Tone.Tone4, Tone.Tone5, Tone.Tone6, Tone.B },
        { Tone.Tone7, Tone.Tone8, Tone.Tone9, Tone.C },
        { Tone.Star, Tone.Tone0, Tone.Pound, Tone.D },
    };

    public static Tone At(int row, int column) => Keypad[row, column];

    public static short[] Render(Tone tone, TimeSpan length)
    {
        var (row, column) = Place(tone);
        return
        [
            .. Enumerable.Range(0, (int)(length.TotalSeconds * Pcm.SampleRate))
                .Select(i => (short)(Amplitude * (Sine(Rows[row], i) + Sine(Columns[column], i)))),
        ];
    }

    private static (int Row, int Column) Place(Tone tone)
    {
        for (var place = 0; ; place++)
        {
            if (Keypad[place / Columns.Length, place % Columns.Length] == tone)
            {
                return (place / Columns.Length, place % Columns.Length);
            }
        }
    }

    private static double Sine(double frequency, int sample) => Math.Sin(2 * Math.PI * frequency * sample / Pcm.SampleRate);
}

/// <summary>What is heard before a recording begins: a fifth of a second of 1 kHz. Graph, call: recordResponse, <c>playBeep</c>.</summary>
internal static class Beep
{
    private const double Frequency = 1_000;
    private const double Amplitude = 8_000;
    private const int Length = Pcm.SampleRate / 5;

    /// <summary>At both ends, so that it does not click.</summary>
    private const double Ramp = Pcm.SampleRate / 200.0;

    public static short[] Samples { get; } = [.. Enumerable.Range(0, Length).Select(Sample)];

    private static short Sample(int i)
    {
        var loudness = Math.Min(1, Math.Min(i, Length - 1 - i) / Ramp);
        return (short)(Amplitude * loudness * Math.Sin(2 * Math.PI * Frequency * i / Pcm.SampleRate));
    }
}
