using Hookswitch.Calling;
using Hookswitch.Media;

namespace Hookswitch.Tests.Media;

/// <summary>Keys are heard as ITU-T Q.24 asks, and where no key is pressed, none is.</summary>
public sealed class ToneDetectorTests
{
    private static readonly Tone[] AllKeys = Enum.GetValues<Tone>();

    [Theory]
    [InlineData(4)]
    [InlineData(0)]
    [InlineData(-12)]
    [InlineData(-24)]
    public void Each_key_is_heard_once_at_any_level_and_anywhere_between_two_frames(double decibels)
    {
        foreach (var key in AllKeys)
        {
            for (var offset = 0; offset < Pcm.FrameSamples; offset += 40)
            {
                Assert.Equal([key], Signals.KeysIn(Signals.Silence(offset), Press(key, 40).Louder(decibels), Signals.Silence(800)));
            }

            Assert.Equal([key], Signals.KeysIn(Press(key, 3000).Louder(decibels)));
        }
    }

    [Theory]
    [InlineData(40)]
    [InlineData(45)]
    [InlineData(60)]
    public void Keys_back_to_back_are_heard_one_by_one_also_when_they_are_the_same(int pause)
    {
        Tone[] dialled = [.. AllKeys.SelectMany(key => new[] { key, key }), .. AllKeys];
        Assert.Equal(dialled, Signals.KeysIn(dialled.SelectMany(key => new[] { Press(key, 50), Silent(pause) })));
    }

    [Fact]
    public void Keys_are_heard_through_noise_and_through_a_voice_that_is_weaker()
    {
        short[] keys = [.. AllKeys.SelectMany(key => Press(key, 60).Concat(Silent(60)))];
        var seconds = keys.Length / (double)Pcm.SampleRate;
        Assert.Equal(AllKeys, Signals.KeysIn(keys.And(Signals.Noise(seconds, 740, seed: 1)))); // 20 dB below the two tones
        Assert.Equal(AllKeys, Signals.KeysIn(keys.And(Signals.Speech(seconds, 1_000, seed: 2))));
    }

    [Fact]
    public void A_gap_of_ten_milliseconds_is_no_pause() => Assert.All(Enumerable.Range(0, 8), offset => Assert.Equal(
        [Tone.Tone5], Signals.KeysIn(Signals.Silence(offset * 40), Press(Tone.Tone5, 65), Silent(10), Press(Tone.Tone5, 65))));

    [Fact]
    public void What_is_shorter_than_a_press_is_none() => Assert.All(Enumerable.Range(0, 8), offset => Assert.Empty(
        Signals.KeysIn(Signals.Silence(offset * 40), Press(Tone.Tone5, 20), Signals.Silence(800))));

    [Theory]
    [InlineData(1.015)]
    [InlineData(0.985)]
    public void A_sender_that_is_a_little_off_is_heard(double off) => Assert.All(AllKeys, key => Assert.Equal(
        [key], Signals.KeysIn(Pair(key, off, 8_000, 8_000))));

    [Theory]
    [InlineData(8_000, 12_000, true)]  // high tone 3.5 dB above
    [InlineData(12_000, 5_400, true)]  // 7 dB below
    [InlineData(6_000, 12_000, false)] // 6 dB above
    [InlineData(12_000, 4_000, false)] // 9.5 dB below
    public void Two_tones_of_unlike_strength_are_no_key(double low, double high, bool heard) => Assert.All(AllKeys, key => Assert.Equal(
        heard ? [key] : [], Signals.KeysIn(Pair(key, 1, low, high))));

    [Fact]
    public void No_key_is_heard_in_a_minute_of_noise_at_any_level()
    {
        Assert.Empty(Signals.KeysIn(Signals.Noise(60, 3_000, seed: 1)));
        Assert.Empty(Signals.KeysIn(Signals.Noise(10, 20_000, seed: 2)));
        Assert.Empty(Signals.KeysIn(Signals.Silence(60 * Pcm.SampleRate)));
    }

    [Fact]
    public void What_is_as_weak_as_crosstalk_is_no_key() => Assert.All(AllKeys, key => Assert.Empty(Signals.KeysIn(Press(key, 500).Louder(-45))));

    [Fact]
    public void No_key_is_heard_in_one_sine_that_stands_or_wanders()
    {
        Assert.All(DtmfTones.Frequencies, hertz => Assert.Empty(Signals.KeysIn(Signals.Sweep(4, hertz, hertz, 20_000, times: 1))));
        Assert.Empty(Signals.KeysIn(Signals.Sweep(60, 300, 3_400, 20_000, times: 3)));
        Assert.Empty(Signals.KeysIn(Signals.Sweep(60, 600, 1_700, 20_000, times: 200)));
        Assert.Empty(Signals.KeysIn(DtmfTones.Beep.ToArray()));
    }

    [Fact]
    public void In_four_minutes_of_voices_one_key_is_heard_at_most_and_in_several_at_once_none()
    {
        short[][] voices = [.. Enumerable.Range(1, 12).Select(seed => Signals.Speech(20, 6_000, seed))];
        Assert.All(voices, voice => Assert.True(voice.Max() > 2_000));
        Assert.InRange(Signals.KeysIn(voices).Count, 0, 1); // two notes that stand still for 40 ms and match a key are one
        Assert.Empty(Signals.KeysIn(voices[0].And(voices[1]).And(voices[2])));
    }

    private static short[] Press(Tone key, int milliseconds) =>
        DtmfTones.Render(key, TimeSpan.FromMilliseconds(milliseconds))[..(milliseconds * Pcm.SampleRate / 1000)];

    private static short[] Silent(int milliseconds) => Signals.Silence(milliseconds * Pcm.SampleRate / 1000);

    private static short[] Pair(Tone key, double off, double low, double high)
    {
        var (row, column) = (from r in Enumerable.Range(0, 4) from c in Enumerable.Range(0, 4) where DtmfTones.Key(r, c) == key select (r, c)).Single();
        return Signals.Make(0.2, at =>
            (low * Math.Sin(Math.Tau * off * DtmfTones.Frequencies[row] * at))
            + (high * Math.Sin(Math.Tau * off * DtmfTones.Frequencies[4 + column] * at)));
    }
}
