using Hookswitch.Calling;
using Hookswitch.Notifications;

namespace Hookswitch.Tests.Notifications;

/// <summary>What waits for one bot, while it is told and while the store is read.</summary>
public sealed class CallDeliveryTests
{
    [Fact]
    public void What_is_committed_while_the_store_is_read_is_read_once_more()
    {
        var delivery = new CallDelivery();
        delivery.AddFromStore();
        Assert.Equal(CallDelivery.Next.Read, delivery.TryNext(out _));

        delivery.Add(Number(2)); // after the reader's snapshot was taken
        delivery.Fill([Number(1)]);

        Assert.Equal("1 Read", Told(delivery));
        delivery.Fill([Number(2)]);
        Assert.Equal("2 Nothing", Told(delivery));
    }

    [Fact]
    public void A_reading_that_failed_is_repeated()
    {
        var delivery = new CallDelivery();
        delivery.AddFromStore();
        delivery.TryNext(out _);

        delivery.Pause();

        Assert.True(delivery.Continue());
        Assert.Equal(CallDelivery.Next.Read, delivery.TryNext(out _));
    }

    [Fact]
    public void What_finds_no_room_is_read_from_the_store_when_its_turn_comes()
    {
        var delivery = new CallDelivery();
        foreach (var number in Enumerable.Range(1, CallDelivery.MaxWaiting + 5))
        {
            delivery.Add(Number(number));
        }

        Assert.Equal($"{string.Join(' ', Enumerable.Range(1, CallDelivery.MaxWaiting))} Read", Told(delivery));
    }

    [Fact]
    public void One_loop_runs_at_a_time()
    {
        var delivery = new CallDelivery();

        Assert.True(delivery.Add(Number(1)));
        Assert.False(delivery.Add(Number(2)));
        Assert.False(delivery.Continue());
        delivery.Pause();
        Assert.True(delivery.Continue());
    }

    [Fact]
    public void Of_a_call_that_is_forgotten_nothing_more_is_told()
    {
        var delivery = new CallDelivery();
        delivery.Add(Number(1));

        delivery.Abandon();

        Assert.Equal(CallDelivery.Next.Nothing, delivery.TryNext(out _));
        Assert.False(delivery.AddFromStore());
    }

    /// <summary>What is told, and what the loop does then.</summary>
    private static string Told(CallDelivery delivery)
    {
        var told = new List<string>();
        CallDelivery.Next next;
        while ((next = delivery.TryNext(out var notification)) == CallDelivery.Next.Deliver)
        {
            told.Add($"{notification!.Sequence}");
            delivery.Settle(notification);
        }

        return $"{string.Join(' ', told)} {next}";
    }

    private static Notification Number(long sequence) => new(
        new CallId(new ConversationId(1), new LegId(1)), sequence, new Bot(new AppId("a"), "t", "https://bot.example/"), Guid.Empty, new Graph.CommsNotifications());
}
