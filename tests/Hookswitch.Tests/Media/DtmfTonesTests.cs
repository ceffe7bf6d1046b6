using Hookswitch.Calling;
using Hookswitch.Media;

namespace Hookswitch.Tests.Media;

/// <summary>The sounds that the server makes.</summary>
public sealed class DtmfTonesTests
{
    [Fact]
    public void A_key_comes_in_whole_frames_and_ends_in_silence()
    {
        var sound = DtmfTones.Render(Tone.Tone1, TimeSpan.FromMilliseconds(90));
        Assert.Equal(5 * Pcm.FrameSamples, sound.Length);
        Assert.All(sound[(90 * Pcm.SampleRate / 1000)..], sample => Assert.Equal(0, sample));
        Assert.Empty(DtmfTones.Render(Tone.Tone1, TimeSpan.Zero));
    }

    [Fact]
    public void All_keys_are_loud_and_none_is_too_loud() => Assert.All(Enum.GetValues<Tone>(), key =>
        Assert.InRange(DtmfTones.Render(key, TimeSpan.FromSeconds(1)).Max(Math.Abs), 13_000, 15_000));

    [Fact]
    public void The_beep_is_two_tenths_of_a_second_without_clicks()
    {
        var beep = DtmfTones.Beep.Span;
        Assert.Equal(Pcm.SampleRate / 5, beep.Length);
        Assert.True(Pcm.IsSpeech(beep));
        var (before, crossings) = ((short)0, 0);
        foreach (var sample in beep)
        {
            Assert.InRange(sample - before, -3_300, 3_300); // no step larger than the sine's own
            crossings += before < 0 && sample >= 0 ? 1 : 0;
            before = sample;
        }

        Assert.InRange(before, -200, 200);
        Assert.InRange(crossings, 198, 201);
    }
}
