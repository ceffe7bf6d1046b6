namespace Hookswitch.Media;

/// <summary>The one form of sound inside the server: 16 kHz, mono, signed 16-bit samples, in frames of 20 ms.</summary>
internal static class Pcm
{
    public const int SampleRate = 16_000;
    public const int FrameSamples = 320;
    public const int FrameBytes = 640;

    /// <summary>
    /// What is louder counts as speech: a root mean square of 184, −45 dB of full scale. A quiet room with a headset is below −50, quiet
    /// speech above −40.
    /// </summary>
    private const int SpeechRms = 184;

    public static readonly TimeSpan FrameTime = TimeSpan.FromMilliseconds(20);

    /// <summary>Whether somebody speaks in a frame, as opposed to a room that hums. Looks at loudness alone.</summary>
    public static bool IsSpeech(ReadOnlySpan<short> frame) => Energy(frame) > (long)SpeechRms * SpeechRms * frame.Length;

    /// <summary>The sum of the squares.</summary>
    public static long Energy(ReadOnlySpan<short> frame)
    {
        var energy = 0L;
        foreach (var sample in frame)
        {
            energy += sample * sample;
        }

        return energy;
    }
}
