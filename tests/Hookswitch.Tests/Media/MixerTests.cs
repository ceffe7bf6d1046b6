using CsCheck;
using Hookswitch.Media;

namespace Hookswitch.Tests.Media;

/// <summary>The mixer, beside one that adds number by number.</summary>
public sealed class MixerTests
{
    private static readonly Gen<short> AnySample = Gen.Frequency(
        (6, Gen.Short), (1, Gen.Const(short.MinValue)), (1, Gen.Const(short.MaxValue)), (1, Gen.Const<short>(0)));

    [Fact]
    public void Each_hears_what_the_others_say_to_the_last_bit() =>
        AnySample.Array[Pcm.FrameSamples].Array[1, 12].Sample(frames =>
        {
            var (mixer, heard) = (Filled(frames), new short[Pcm.FrameSamples]);
            mixer.Take(heard);
            Assert.Equal(Expected(frames, own: null), heard);
            foreach (var own in frames)
            {
                mixer.Take(own, heard);
                Assert.Equal(Expected(frames, own), heard);
            }
        });

    [Theory]
    [InlineData(short.MinValue)]
    [InlineData(short.MaxValue)]
    public void A_thousand_who_shout_are_as_loud_as_can_be(short level)
    {
        var frames = Enumerable.Repeat(Enumerable.Repeat(level, Pcm.FrameSamples).ToArray(), 1000).ToArray();
        var (mixer, heard) = (Filled(frames), new short[Pcm.FrameSamples]);
        mixer.Take(frames[0], heard);
        Assert.All(heard, sample => Assert.Equal(level, sample));
    }

    [Fact]
    public void Who_is_alone_hears_nothing()
    {
        var own = Signals.Noise(0.02, 10_000, seed: 1);
        Filled([own]).Take(own, own);
        Assert.All(own, sample => Assert.Equal(0, sample));
    }

    [Fact]
    public void A_new_tick_begins_with_silence()
    {
        var (mixer, heard) = (Filled([Signals.Noise(0.02, 10_000, seed: 1)]), new short[Pcm.FrameSamples]);
        mixer.Clear();
        mixer.Take(heard);
        Assert.All(heard, sample => Assert.Equal(0, sample));
    }

    [Fact]
    public void Nothing_but_whole_frames_is_mixed()
    {
        var mixer = new Mixer();
        Assert.Throws<ArgumentOutOfRangeException>(() => mixer.Add(new short[Pcm.FrameSamples - 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => mixer.Take(new short[Pcm.FrameSamples + 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => mixer.Take([], new short[Pcm.FrameSamples]));
    }

    [Fact]
    public void A_tick_allocates_nothing()
    {
        var (mixer, frame, heard) = (new Mixer(), Signals.Noise(0.02, 10_000, seed: 1), new short[Pcm.FrameSamples]);
        Tick();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Tick();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Tick()
        {
            mixer.Clear();
            mixer.Add(frame);
            mixer.Take(heard);
            mixer.Take(frame, heard);
        }
    }

    private static Mixer Filled(short[][] frames)
    {
        var mixer = new Mixer();
        foreach (var frame in frames)
        {
            mixer.Add(frame);
        }

        return mixer;
    }

    private static short[] Expected(short[][] frames, short[]? own) =>
    [
        .. Enumerable.Range(0, Pcm.FrameSamples).Select(i =>
            (short)Math.Clamp(frames.Sum(frame => frame[i]) - (own?[i] ?? 0), short.MinValue, short.MaxValue)),
    ];
}
