using Hookswitch.Calling;
using Hookswitch.Notifications;
using Hookswitch.Storage;

namespace Hookswitch.Tests.Notifications;

/// <summary>What waits for one bot, while it is told and while the store is read.</summary>
public sealed class CallDeliveryTests
{
    private static readonly CallId Call = new(new ConversationId(1), new LegId(1));
    private static readonly Bot Bot = new(new AppId("a"), "t", "https://bot.example/");

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

    [Fact]
    public void A_full_roster_that_waits_is_replaced_by_a_newer_one_and_the_others_keep_their_order()
    {
        var delivery = new CallDelivery();
        foreach (var one in new[] { Number(1), Roster(2), Number(3), Roster(4), Number(5), Roster(6), Number(7) })
        {
            delivery.Add(one);
        }

        Assert.Equal("1 3 5 6 7 Nothing", Told(delivery));
    }

    [Fact]
    public void A_full_roster_that_is_on_its_way_is_not_replaced()
    {
        var delivery = new CallDelivery();
        delivery.Add(Roster(1));
        delivery.TryNext(out _);

        delivery.Add(Roster(2));
        delivery.Pause(); // the first is to be tried again
        delivery.Add(Roster(3));

        Assert.Equal("1 3 Nothing", Told(delivery));
    }

    [Fact]
    public void Of_the_full_rosters_in_the_store_the_newest_is_told()
    {
        var delivery = Read();

        delivery.Fill([Roster(1), Number(2), Roster(3), Roster(4), Number(5)]);

        Assert.Equal("2 4 5 Nothing", Told(delivery));
    }

    [Fact]
    public void A_full_roster_that_was_tried_before_the_server_was_started_is_tried_again()
    {
        var delivery = Read();
        delivery.Cursor = new DeliveryCursor(Call, Head: 4, Settled: 0) { Attempts = 1 };

        delivery.Fill([Roster(1), Roster(2), Number(3)]);
        delivery.Add(Roster(4));

        Assert.Equal("1 3 4 Nothing", Told(delivery));
    }

    [Fact]
    public void Full_rosters_that_are_replaced_take_no_room()
    {
        var delivery = new CallDelivery();
        foreach (var number in Enumerable.Range(1, CallDelivery.MaxWaiting + 5))
        {
            delivery.Add(Roster(number));
        }

        var read = Read();
        read.Fill([.. Enumerable.Range(1, CallDelivery.MaxWaiting + 5).Select(number => Roster(number))]);

        Assert.Equal("105 Nothing", Told(delivery));
        Assert.Equal("105 Nothing", Told(read));
    }

    [Fact]
    public void Of_a_full_roster_that_is_replaced_nothing_is_ever_rendered()
    {
        var (delivery, rendered) = (new CallDelivery(), new List<long>());
        foreach (var sequence in Enumerable.Range(1, 3))
        {
            delivery.Add(Rendered(sequence));
        }

        delivery.TryNext(out var next);

        Assert.Same(next!.Body, (next with { IsFirst = true }).Body);
        Assert.Equal([3], rendered);

        Notification Rendered(long sequence) => new(Call, sequence, Bot, Guid.Empty, () =>
        {
            rendered.Add(sequence);
            return new Graph.CommsNotifications();
        })
        { IsFullRoster = true };
    }

    /// <summary>What is replaced lies before what is settled: it is told neither now nor after the next start.</summary>
    [Fact]
    public void A_cursor_moves_past_what_was_replaced()
    {
        var delivery = new CallDelivery();
        foreach (var one in new[] { Number(1), Roster(2), Number(3), Roster(4) })
        {
            delivery.Add(one);
        }

        var (cursor, settled) = (new DeliveryCursor(Call, Head: 4, Settled: 0), new List<long>());
        while (delivery.TryNext(out var next) == CallDelivery.Next.Deliver)
        {
            (_, cursor) = DeliveryPolicy.After(
                cursor, next!, new CallbackAnswer(202, ""), DateTimeOffset.UnixEpoch, TimeSpan.FromHours(4), chance: 0.5);
            delivery.Settle(next!);
            settled.Add(cursor.Settled);
        }

        Assert.Equal([1, 3, 4], settled);
        Assert.False(cursor.IsLagging);
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

    /// <summary>One that reads the store.</summary>
    private static CallDelivery Read()
    {
        var delivery = new CallDelivery();
        delivery.AddFromStore();
        delivery.TryNext(out _);
        return delivery;
    }

    private static Notification Number(long sequence) => new(Call, sequence, Bot, Guid.Empty, new Graph.CommsNotifications());

    private static Notification Roster(long sequence) => Number(sequence) with { IsFullRoster = true };
}
