using Hookswitch.Media;

namespace Hookswitch.Tests.Media;

/// <summary>The form of sound.</summary>
public sealed class PcmTests
{
    [Fact]
    public void A_frame_is_twenty_milliseconds_of_two_bytes_a_sample()
    {
        Assert.Equal(Pcm.FrameSamples, Pcm.SampleRate * Pcm.FrameTime.TotalSeconds);
        Assert.Equal(Pcm.FrameBytes, Pcm.FrameSamples * sizeof(short));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(183, false)]
    [InlineData(185, true)]
    [InlineData(short.MaxValue, true)]
    [InlineData(short.MinValue, true)]
    public void Speech_is_what_is_louder_than_a_room(short level, bool isSpeech) =>
        Assert.Equal(isSpeech, Pcm.IsSpeech([.. Enumerable.Repeat(level, Pcm.FrameSamples)]));
}
