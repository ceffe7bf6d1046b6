using Hookswitch.Notifications;

namespace Hookswitch.Tests.Notifications;

/// <summary>When a host that gives no answer is asked again.</summary>
public sealed class CircuitTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Soon = Circuit.Pause - TimeSpan.FromTicks(1);

    [Fact]
    public void Everything_goes_until_a_host_has_given_no_answer_five_times_in_a_row()
    {
        var circuit = Circuit.Closed;
        for (var failures = 1; failures < Circuit.MaxFailures; failures++)
        {
            circuit = circuit.Asked().Failed("refused", Noon, 0.5);
            Assert.True(circuit.Admits(Noon));
        }

        Assert.False(circuit.Asked().Failed("refused", Noon, 0.5).Admits(Noon));
    }

    [Fact]
    public void Then_one_goes_at_a_time_after_each_pause()
    {
        var open = Open();
        Assert.Equal((false, true), (open.Admits(Noon + Soon), open.Admits(Noon + Circuit.Pause)));

        var probing = open.Asked();
        Assert.False(probing.Admits(Noon + Circuit.Pause));

        var again = probing.Failed("refused", Noon + Circuit.Pause, 0.5);
        Assert.Equal((false, true), (again.Admits(Noon + Circuit.Pause + Soon), again.Admits(Noon + (2 * Circuit.Pause))));
    }

    [Fact]
    public void One_that_was_broken_off_leaves_the_next_one_to_find_out() =>
        Assert.True(Open().Asked().BrokenOff().Admits(Noon + Circuit.Pause));

    [Theory]
    [InlineData(0.0, 4.0)]
    [InlineData(1.0, 6.0)]
    public void The_pause_varies(double chance, double seconds) =>
        Assert.Equal(Noon.AddSeconds(seconds), Open(chance).AskAgainAt);

    /// <summary>Else a call that is alone with its host would lose turns of its schedule.</summary>
    [Fact]
    public void The_pause_is_over_before_a_notification_that_failed_so_often_is_due() =>
        Assert.True(DeliveryPolicy.Vary(Circuit.Pause, 1) < DeliveryPolicy.Vary(DeliveryPolicy.Waits[Circuit.MaxFailures - 1], 0));

    private static Circuit Open(double chance = 0.5) =>
        Enumerable.Range(0, Circuit.MaxFailures).Aggregate(Circuit.Closed, (circuit, _) => circuit.Asked().Failed("refused", Noon, chance));
}
