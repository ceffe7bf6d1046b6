using Hookswitch.Calling;
using Hookswitch.Media;

namespace Hookswitch.Tests.Media;

/// <summary>Signals to test with, and what a detector hears in them.</summary>
internal static class Signals
{
    public static short[] Silence(int samples) => new short[samples];

    /// <summary>White noise of that root mean square.</summary>
    public static short[] Noise(double seconds, double rms, int seed)
    {
        var random = new Random(seed);
        return Make(seconds, _ => rms * Math.Sqrt(3) * ((2 * random.NextDouble()) - 1));
    }

    /// <summary>A sine whose frequency goes from one to the other, as often as wanted.</summary>
    public static short[] Sweep(double seconds, double from, double to, double amplitude, int times)
    {
        var phase = 0.0;
        return Make(seconds, at =>
        {
            phase += Math.Tau * (from + ((to - from) * (at * times / seconds % 1))) / Pcm.SampleRate;
            return amplitude * Math.Sin(phase);
        });
    }

    /// <summary>Somebody who drones on: harmonics of a pitch that wanders, under two formants that wander too, in syllables.</summary>
    public static short[] Speech(double seconds, double amplitude, int seed)
    {
        var random = new Random(seed);
        var (pitch, pace, turn) = (90 + (130 * random.NextDouble()), 2 + (3 * random.NextDouble()), Math.Tau * random.NextDouble());
        var phase = 0.0;
        return Make(seconds, at =>
        {
            phase += Math.Tau * pitch * (1 + (0.2 * Math.Sin((0.7 * at) + turn))) / Pcm.SampleRate;
            var (first, second) = (500 + (300 * Math.Sin((pace * at) + turn)), 1500 + (500 * Math.Sin((1.3 * pace * at) - turn)));
            var sound = 0.0;
            for (var harmonic = 1; harmonic * pitch < 3_400; harmonic++)
            {
                sound += (Near(harmonic * pitch, first) + (0.6 * Near(harmonic * pitch, second))) * Math.Sin(harmonic * phase);
            }

            return amplitude * 0.5 * (1 + Math.Sin(6 * pace * at)) * sound;
        });
    }

    public static short[] Make(double seconds, Func<double, double> sampleAt) =>
        [.. Enumerable.Range(0, (int)(seconds * Pcm.SampleRate)).Select(i => Saturated(sampleAt(i / (double)Pcm.SampleRate)))];

    public static short[] Louder(this short[] sound, double decibels) =>
        [.. sound.Select(sample => Saturated(sample * Math.Pow(10, decibels / 20)))];

    public static short[] And(this short[] sound, short[] other) => [.. sound.Zip(other, (one, two) => Saturated(one + two))];

    /// <summary>The keys that a new detector hears, in order.</summary>
    public static List<Tone> KeysIn(params IEnumerable<short[]> sounds)
    {
        short[] all = [.. sounds.SelectMany(sound => sound)];
        Array.Resize(ref all, (all.Length + Pcm.FrameSamples) / Pcm.FrameSamples * Pcm.FrameSamples); // detectors hear whole frames
        var (detector, heard) = (new ToneDetector(), new List<Tone>());
        for (var at = 0; at < all.Length; at += Pcm.FrameSamples)
        {
            if (detector.Hear(all.AsSpan(at, Pcm.FrameSamples)) is { } key)
            {
                heard.Add(key);
            }
        }

        return heard;
    }

    // A resonance that is 100 Hz wide, as those of a mouth.
    private static double Near(double hertz, double formant) => 1 / double.Hypot(1, (hertz - formant) / 50);

    private static short Saturated(double sample) => (short)Math.Clamp(Math.Round(sample), short.MinValue, short.MaxValue);
}
