using Hookswitch.Calling;
using Hookswitch.Storage;

namespace Hookswitch.Tests.Storage;

/// <summary>How far each bot was told, and what was given up.</summary>
public abstract partial class EventStoreContract
{
    [Fact]
    public async Task A_bot_that_was_not_told_everything_lags_until_it_was()
    {
        await Store.Append(Events(One, 0, Noon, new LegEstablished(Bot), new MediaStarted(Bot)) with { Told = [new Told(Bot, 2), new Told(OtherBot, 1)] });

        Store.Save(new DeliveryCursor(new CallId(One, OtherBot), 1, 1));
        Store.Save(new DeliveryCursor(new CallId(One, Bot), 2, 1));
        await Store.Probe();

        Assert.Equal([new DeliveryCursor(new CallId(One, Bot), 2, 1)], await Store.Lagging(Cancellation));
    }

    [Fact]
    public async Task A_cursor_is_kept_with_all_that_delivery_knows()
    {
        await Store.Append(Events(One, 0, Noon, new LegEstablished(Bot)) with { Told = [new Told(Bot, 1)] });
        var cursor = new DeliveryCursor(new CallId(One, Bot), 1, 0)
        {
            Redirected = new Redirection("https://bot.example/", "https://bot.example/elsewhere"),
            Attempts = 3,
            FirstAttemptAt = Noon,
            NextAttemptAt = Noon.AddSeconds(4),
        };

        Store.Save(cursor);
        await Store.Probe();

        Assert.Equal(cursor, await Store.Cursor(new CallId(One, Bot), Cancellation));
        Assert.Null(await Store.Cursor(new CallId(One, OtherBot), Cancellation));
    }

    [Fact]
    public async Task A_cursor_that_was_saved_is_known_before_it_is_durable()
    {
        await Store.Append(Events(One, 0, Noon, new LegEstablished(Bot)) with { Told = [new Told(Bot, 1)] });

        for (var settled = 1; settled <= 100; settled++)
        {
            Store.Save(new DeliveryCursor(new CallId(One, Bot), 1, settled));
            Assert.Equal(settled, (await Store.Cursor(new CallId(One, Bot), Cancellation))!.Settled);
        }
    }

    /// <summary>The head belongs to the append: delivery saves what it knew before.</summary>
    [Fact]
    public async Task A_cursor_that_is_saved_late_does_not_hide_what_came_since()
    {
        await Store.Append(Events(One, 0, Noon, new LegEstablished(Bot)) with { Told = [new Told(Bot, 1)] });
        await Store.Append(Events(One, 1, Noon, new MediaStarted(Bot)) with { Told = [new Told(Bot, 2)] });

        Store.Save(new DeliveryCursor(new CallId(One, Bot), Head: 1, Settled: 1));
        await Store.Probe();

        Assert.Equal([new DeliveryCursor(new CallId(One, Bot), 2, 1)], await Store.Lagging(Cancellation));
    }

    [Fact]
    public async Task A_bot_that_wants_to_hear_no_more_does_not_lag()
    {
        await Store.Append(Events(One, 0, Noon, new LegEstablished(Bot)) with { Told = [new Told(Bot, 1)] });

        Store.Save(new DeliveryCursor(new CallId(One, Bot), 1, 0) { Stopped = true });
        await Store.Probe();

        Assert.Empty(await Store.Lagging(Cancellation));
    }

    [Fact]
    public async Task A_cursor_that_is_saved_does_not_move_back_one_with_which_a_letter_was_kept_since()
    {
        var letter = Letter(1);
        await Store.Append(Events(One, 0, Noon, new LegEstablished(Bot)) with { Told = [new Told(Bot, 1)] });

        Store.Save(new DeliveryCursor(letter.Call, Head: 1, Settled: 0) { Attempts = 1 });
        await Store.Bury(letter, new DeliveryCursor(letter.Call, 1, 1));
        await Store.Probe();

        Assert.Equal(new DeliveryCursor(letter.Call, 1, 1), await Store.Cursor(letter.Call, Cancellation));
    }

    [Fact]
    public async Task Dead_letters_are_kept_the_oldest_first_and_each_once()
    {
        var (first, second) = (Letter(1), Letter(2));
        await Store.Append(Events(One, 0, Noon, new LegEstablished(Bot)) with { Told = [new Told(Bot, 2)] });

        await Store.Bury(second, new DeliveryCursor(second.Call, 2, 2));
        await Store.Bury(first, new DeliveryCursor(first.Call, 2, 1));
        await Store.Bury(first, new DeliveryCursor(first.Call, 2, 1));

        Assert.Equal(1, (await Store.Cursor(first.Call, Cancellation))!.Settled);
        var kept = await Store.DeadLetters(Cancellation);
        Assert.Equal([first.Id, second.Id], kept.Select(one => one.Id));
        Assert.Equal(first with { Body = [] }, kept[0] with { Body = [] });
        Assert.Equal(first.Body, kept[0].Body);
    }

    [Fact]
    public async Task A_dead_letter_that_was_delivered_after_all_is_struck_out()
    {
        var letter = Letter(1);
        await Store.Append(Events(One, 0, Noon, new LegEstablished(Bot)) with { Told = [new Told(Bot, 1)] });
        await Store.Bury(letter, new DeliveryCursor(letter.Call, 1, 1));

        await Store.Exhume(letter.Id);
        await Store.Exhume(letter.Id);

        Assert.Empty(await Store.DeadLetters(Cancellation));
    }

    private static DeadLetter Letter(int number) => new(
        Guid.NewGuid(), new CallId(One, Bot), number, Noon.AddSeconds(number), "https://bot.example/", "404 no", [(byte)number]);
}
