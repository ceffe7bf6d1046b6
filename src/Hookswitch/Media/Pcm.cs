namespace Hookswitch.Media;

/// <summary>The one form in which sound is carried inside: 16 kHz, one channel, 16 bit, in frames of 20 ms.</summary>
internal static class Pcm
{
    public const int SampleRate = 16_000;

    public const int FrameSamples = 320;

    public const int FrameBytes = FrameSamples * sizeof(short);

    /// <summary>The loudness above which something is said: -45 dBFS, which is above the noise of a line and below a quiet voice.</summary>
    private const double SpeechLevel = 184; // 32,768 × 10^(-45/20)

    private static readonly double SpeechEnergy = SpeechLevel * SpeechLevel;

    public static readonly TimeSpan FrameTime = TimeSpan.FromMilliseconds(20);

    /// <summary>Whether something is said in it, rather than nothing.</summary>
    public static bool IsSpeech(ReadOnlySpan<short> frame)
    {
        long energy = 0;
        foreach (var sample in frame)
        {
            energy += sample * sample;
        }

        return energy > SpeechEnergy * frame.Length;
    }
}
