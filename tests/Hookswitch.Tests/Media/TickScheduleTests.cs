using CsCheck;
using Hookswitch.Media;

namespace Hookswitch.Tests.Media;

/// <summary>When the media clock ticks; time is an argument here.</summary>
public sealed class TickScheduleTests
{
    private static readonly TimeSpan Start = TimeSpan.FromHours(1);

    [Fact]
    public void The_first_tick_comes_at_once_and_the_next_after_the_time_of_a_frame()
    {
        var schedule = Started();
        Assert.Equal(1, Take(schedule, milliseconds: 0));
        Assert.Equal(0, Take(schedule, milliseconds: 19.9));
        Assert.Equal(1, Take(schedule, milliseconds: 20));
        Assert.Equal(Start + TimeSpan.FromMilliseconds(40), schedule.Next);
    }

    [Fact]
    public void What_a_short_stall_held_up_is_caught_up()
    {
        var schedule = Started();
        Assert.Equal(10, Take(schedule, milliseconds: 199));
        Assert.Equal((10, 0), (schedule.Ticks, schedule.SkippedTicks));
        Assert.Equal(9, schedule.LateTicks); // the tenth was due at 180 ms
    }

    [Fact]
    public void Of_a_long_stall_the_last_ten_ticks_are_caught_up_and_the_beat_stays()
    {
        var schedule = Started();
        Assert.Equal(TickSchedule.MaxCatchUp, Take(schedule, milliseconds: 10_005));
        Assert.Equal(501 - TickSchedule.MaxCatchUp, schedule.SkippedTicks);
        Assert.Equal(Start + TimeSpan.FromMilliseconds(10_020), schedule.Next);
    }

    [Fact]
    public void After_a_rest_nothing_is_caught_up_and_counting_goes_on()
    {
        var schedule = Started();
        Take(schedule, milliseconds: 0);
        schedule.Restart(Start + TimeSpan.FromHours(1));
        Assert.True(schedule.TryTake(Start + TimeSpan.FromHours(1)));
        Assert.Equal((2, 0, 0), (schedule.Ticks, schedule.LateTicks, schedule.SkippedTicks));
    }

    [Fact]
    public void Whatever_delays_there_are_the_rate_is_exact() =>
        Gen.Double[0, 500].Array[0, 200].Sample(delays =>
        {
            var (schedule, now) = (Started(), 0.0);
            foreach (var delay in delays)
            {
                now += delay;
                Take(schedule, now);
            }

            Take(schedule, now);
            var due = (TimeSpan.FromMilliseconds(now).Ticks / Pcm.FrameTime.Ticks) + 1;
            Assert.Equal(due, schedule.Ticks + schedule.SkippedTicks);
        });

    private static TickSchedule Started()
    {
        var schedule = new TickSchedule();
        schedule.Restart(Start);
        return schedule;
    }

    private static int Take(TickSchedule schedule, double milliseconds)
    {
        var taken = 0;
        while (schedule.TryTake(Start + TimeSpan.FromMilliseconds(milliseconds)))
        {
            taken++;
        }

        return taken;
    }
}
