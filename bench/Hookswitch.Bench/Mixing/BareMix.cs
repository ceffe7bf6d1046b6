using Hookswitch.Media;

namespace Hookswitch.Bench.Mixing;

/// <summary>The floor: the same sums in plain loops, number by number.</summary>
internal static class BareMix
{
    public static void Tick(short[][] voices, short[][] heard, int[] sums)
    {
        Array.Clear(sums);
        foreach (var voice in voices)
        {
            for (var i = 0; i < Pcm.FrameSamples; i++)
            {
                sums[i] += voice[i];
            }
        }

        for (var party = 0; party < voices.Length; party++)
        {
            var (voice, mixed) = (voices[party], heard[party]);
            for (var i = 0; i < Pcm.FrameSamples; i++)
            {
                mixed[i] = (short)Math.Clamp(sums[i] - voice[i], short.MinValue, short.MaxValue);
            }
        }
    }
}
