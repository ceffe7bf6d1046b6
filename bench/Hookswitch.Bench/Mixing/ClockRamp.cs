using Hookswitch.Media;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hookswitch.Bench.Mixing;

/// <summary>How many conversations of three one thread mixes, driven by the media clock, before a tick is late.</summary>
internal static class ClockRamp
{
    private const int Parties = 3;
    private const int First = 1_000;

    /// <summary>What everybody says in 20 ms is then 500 MB, each byte of which is read twice.</summary>
    private const int Most = 256_000;

    /// <summary>On a machine that others use, one attempt may be disturbed.</summary>
    private const int Attempts = 2;

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(1.5);

    /// <returns>The most that were mixed without a late tick, and the fewest that were not; null: none was too much.</returns>
    public static async Task<(int Kept, int? Missed)> Run(short[] noise, CancellationToken cancellation)
    {
        var voices = new short[Most * Parties * Pcm.FrameSamples];
        for (var at = 0; at < voices.Length; at += noise.Length)
        {
            noise.AsSpan(0, Math.Min(noise.Length, voices.Length - at)).CopyTo(voices.AsSpan(at));
        }

        var (kept, missed) = (0, (int?)null);
        for (var next = First; next <= Most && missed is null; next *= 2)
        {
            (kept, missed) = await Keeps(voices, next, cancellation) ? (next, missed) : (kept, next);
        }

        for (var step = 0; step < 4 && missed is { } over; step++) // to a sixteenth of the last doubling
        {
            var between = (kept + over) / 2;
            (kept, missed) = await Keeps(voices, between, cancellation) ? (between, missed) : (kept, between);
        }

        return (kept, missed);
    }

    private static async Task<bool> Keeps(short[] voices, int conversations, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var (mixer, heard) = (new Mixer(), new short[Pcm.FrameSamples]);
            using var clock = new MediaClock(() => Tick(mixer, voices, conversations, heard), NullLogger.Instance);
            clock.Start();
            await Task.Delay(Length, TimeProvider.System, cancellation);
            clock.Dispose();
            if (clock.LateTicks + clock.SkippedTicks == 0)
            {
                return true;
            }
        }

        return false;
    }

    // What one hears leaves at once, as it does on a socket: one frame is enough for all.
    private static void Tick(Mixer mixer, short[] voices, int conversations, short[] heard)
    {
        for (var conversation = 0; conversation < conversations; conversation++)
        {
            var first = conversation * Parties * Pcm.FrameSamples;
            mixer.Clear();
            for (var party = 0; party < Parties; party++)
            {
                mixer.Add(voices.AsSpan(first + (party * Pcm.FrameSamples), Pcm.FrameSamples));
            }

            for (var party = 0; party < Parties; party++)
            {
                mixer.Take(voices.AsSpan(first + (party * Pcm.FrameSamples), Pcm.FrameSamples), heard);
            }
        }
    }
}
