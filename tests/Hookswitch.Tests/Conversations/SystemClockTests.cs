using Hookswitch.Time;

namespace Hookswitch.Tests.Conversations;

/// <summary>A clock that is set while calls run.</summary>
public sealed class SystemClockTests
{
    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    [InlineData(365 * 24 * 3600)]
    [InlineData(-365 * 24 * 3600)]
    [InlineData(1)]
    public void A_clock_that_is_set_moves_no_call(int seconds)
    {
        var machine = new Machine();
        var clock = new SystemClock(new SteadyTime(machine));
        var before = clock.Now;

        machine.Set = TimeSpan.FromSeconds(seconds);
        machine.Runs = TimeSpan.FromSeconds(10);

        Assert.Equal(TimeSpan.FromSeconds(10), clock.Now - before);
    }

    [Fact]
    public void The_next_start_goes_by_the_new_time()
    {
        var machine = new Machine { Set = TimeSpan.FromHours(1) };

        Assert.Equal(machine.GetUtcNow(), new SystemClock(new SteadyTime(machine)).Now);
    }

    private sealed class Machine : TimeProvider
    {
        public TimeSpan Set { get; set; }

        public TimeSpan Runs { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Runs.Ticks;

        public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero) + Set + Runs;
    }
}
