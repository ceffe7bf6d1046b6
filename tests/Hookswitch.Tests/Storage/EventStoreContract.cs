using System.Collections.Immutable;
using Hookswitch.Calling;
using Hookswitch.Storage;

namespace Hookswitch.Tests.Storage;

/// <summary>What every event store promises. A new store is one more derived class, and not one more test.</summary>
public abstract partial class EventStoreContract
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ConversationId One = new(1);
    private static readonly ConversationId Another = new(2);
    private static readonly MeetingThread Thread = new("t0000000", "19:meeting_a@thread.v2", "0");
    private static readonly LegId Bot = new(0xB0);
    private static readonly LegId OtherBot = new(0xB1);

    private protected abstract IEventStore Store { get; }

    [Fact]
    public async Task What_was_appended_is_read_in_its_order_with_its_instant()
    {
        await Store.Append(Events(One, 0, Noon, new LegEstablished(Bot), new MediaStarted(Bot)));
        await Store.Append(Events(One, 2, Noon.AddSeconds(1), new ConversationEnded()));
        await Store.Append(Events(Another, 0, Noon, new LegRinging(Bot)));

        Assert.Equal(
            [
                new StoredEvent(1, Noon, new LegEstablished(Bot)),
                new StoredEvent(2, Noon, new MediaStarted(Bot)),
                new StoredEvent(3, Noon.AddSeconds(1), new ConversationEnded()),
            ],
            await Store.Read(One, Cancellation));
    }

    [Fact]
    public async Task A_conversation_that_never_was_has_no_events() => Assert.Empty(await Store.Read(One, Cancellation));

    [Fact]
    public async Task Of_two_writers_who_have_seen_the_same_the_second_is_refused_and_leaves_no_trace()
    {
        await Store.Append(Events(One, 0, Noon, new LegEstablished(Bot)));

        await Assert.ThrowsAsync<ConcurrencyException>(() => Store.Append(
            Events(One, 0, Noon, new ConversationEnded()) with { Due = Noon, Told = [new Told(Bot, 1)] }));
        await Assert.ThrowsAsync<ConcurrencyException>(() => Store.Append(Events(One, 2, Noon, new ConversationEnded())));
        await Assert.ThrowsAsync<ConcurrencyException>(() => Store.Append(Events(Another, 1, Noon, new ConversationEnded())));

        Assert.Single(await Store.Read(One, Cancellation));
        Assert.Empty(await Store.Read(Another, Cancellation));
        Assert.Empty(await Store.Due(Cancellation));
        Assert.Empty(await Store.Lagging(Cancellation));
    }

    [Fact]
    public async Task Of_many_who_write_at_once_to_one_conversation_one_wins_and_nobody_else_is_touched()
    {
        var racing = Enumerable.Range(0, 50).Select(_ => Try(Events(One, 0, Noon, new LegEstablished(Bot))));
        var others = Enumerable.Range(100, 50).Select(id => Try(Events(new ConversationId(id), 0, Noon, new LegEstablished(Bot))));

        var won = await Task.WhenAll([.. racing, .. others]);

        Assert.Equal((1, 50), (won[..50].Count(one => one), won[50..].Count(one => one)));
        Assert.Single(await Store.Read(One, Cancellation));

        async Task<bool> Try(Append append)
        {
            try
            {
                await Store.Append(append);
                return true;
            }
            catch (ConcurrencyException)
            {
                return false;
            }
        }
    }

    [Fact]
    public async Task A_conversation_is_due_when_its_last_append_said_so()
    {
        await Store.Append(Events(One, 0, Noon, new LegEstablished(Bot)) with { Due = Noon.AddMinutes(1) });
        await Store.Append(Events(Another, 0, Noon, new LegEstablished(Bot)) with { Due = Noon.AddMinutes(2) });
        await Store.Append(Events(One, 1, Noon, new MediaStarted(Bot)) with { Due = Noon.AddMinutes(3) });
        await Store.Append(Events(Another, 1, Noon, new ConversationEnded()));

        Assert.Equal([new DueTime(One, Noon.AddMinutes(3))], await Store.Due(Cancellation));
    }

    /// <summary>An instant finer than the store keeps must not come up before its time.</summary>
    [Fact]
    public async Task A_due_time_is_never_rounded_down()
    {
        await Store.Append(Events(One, 0, Noon, new LegEstablished(Bot)) with { Due = Noon.AddTicks(1) });

        Assert.InRange(Assert.Single(await Store.Due(Cancellation)).At, Noon.AddTicks(1), Noon.AddMilliseconds(1));
    }

    [Fact]
    public async Task A_store_that_takes_writes_says_so() => await Store.Probe();

    [Fact]
    public async Task What_ended_before_an_instant_is_forgotten_and_nothing_else()
    {
        var (live, told, lagging, late) = (new ConversationId(3), new ConversationId(4), new ConversationId(5), new ConversationId(6));
        await Store.Append(At(Thread, One, 0) with { IsLive = false });
        await Store.Append(Events(live, 0, Noon, new LegEstablished(Bot)));
        await Store.Append(Events(told, 0, Noon, new ConversationEnded()) with { Told = [new Told(Bot, 1)], IsLive = false });
        await Store.Append(Events(lagging, 0, Noon, new ConversationEnded()) with { Told = [new Told(Bot, 1)], IsLive = false });
        await Store.Append(Events(late, 0, Noon, new LegEstablished(Bot)));
        await Store.Append(Events(late, 1, Noon.AddSeconds(1), new ConversationEnded()) with { IsLive = false });
        Store.Save(new DeliveryCursor(new CallId(told, Bot), 1, 1));
        await Store.Probe();

        Assert.False(await Store.Forget(Noon, Noon.AddSeconds(1)));

        Assert.Equal([live, lagging, late], (await Store.Newest(10, Cancellation)).OrderBy(id => id.Value));
        Assert.Empty(await Store.Read(One, Cancellation));
        Assert.Null(await Store.FindThread(Thread, Cancellation));
        Assert.Null(await Store.Cursor(new CallId(told, Bot), Cancellation));
        Assert.Single(await Store.Read(lagging, Cancellation));
    }

    [Fact]
    public async Task Many_are_forgotten_a_few_at_a_time()
    {
        await Task.WhenAll(Enumerable.Range(1, 500).Select(id => Store.Append(Events(new ConversationId(id), 0, Noon, new ConversationEnded()) with { IsLive = false })));

        var rounds = 1;
        while (await Store.Forget(Noon, Noon.AddDays(1)))
        {
            rounds++;
        }

        Assert.True(rounds > 1);
        Assert.Empty(await Store.Newest(10, Cancellation));
    }

    [Fact]
    public async Task Dead_letters_that_were_given_up_before_an_instant_are_forgotten()
    {
        await Store.Append(Events(One, 0, Noon, new LegEstablished(Bot)) with { Told = [new Told(Bot, 2)] });
        foreach (var number in new[] { 1, 2 })
        {
            var letter = new DeadLetter(Guid.NewGuid(), new CallId(One, Bot), number, Noon.AddSeconds(number), "https://bot.example/", "404 no", [1]);
            await Store.Bury(letter, new DeliveryCursor(letter.Call, 2, number));
        }

        await Store.Forget(Noon.AddSeconds(2), Noon);

        Assert.Equal(2, Assert.Single(await Store.DeadLetters(Cancellation)).Sequence);
    }

    [Fact]
    public async Task A_conversation_is_found_by_its_coordinates_while_it_lives_and_thereafter()
    {
        Assert.Null(await Store.FindThread(Thread, Cancellation));

        await Store.Append(At(Thread, One, 0));
        await Store.Append(At(Thread with { Message = "1" }, Another, 0));
        Assert.Equal(new ThreadHolder(One, IsLive: true), await Store.FindThread(Thread, Cancellation));
        Assert.Equal(new ThreadHolder(Another, IsLive: true), await Store.FindThread(Thread with { Message = "1" }, Cancellation));
        Assert.Null(await Store.FindThread(Thread with { Tenant = "t0000001" }, Cancellation));

        await Store.Append(At(Thread, One, 1) with { IsLive = false });
        Assert.Equal(new ThreadHolder(One, IsLive: false), await Store.FindThread(Thread, Cancellation));
    }

    [Fact]
    public async Task Whoever_wants_coordinates_that_are_taken_learns_by_whom_and_leaves_no_trace()
    {
        await Store.Append(At(Thread, One, 0));
        await Store.Append(At(Thread, One, 1)); // its own coordinates are no obstacle

        var taken = await Assert.ThrowsAsync<ThreadTakenException>(() => Store.Append(At(Thread, Another, 0) with { Due = Noon, Told = [new Told(Bot, 1)] }));

        Assert.Equal(One, taken.Holder);
        Assert.Empty(await Store.Read(Another, Cancellation));
        Assert.Empty(await Store.Due(Cancellation));
        Assert.Empty(await Store.Lagging(Cancellation));
        Assert.Equal(new ThreadHolder(One, IsLive: true), await Store.FindThread(Thread, Cancellation));
    }

    [Fact]
    public async Task An_append_that_is_refused_for_its_stream_takes_no_coordinates()
    {
        await Assert.ThrowsAsync<ConcurrencyException>(() => Store.Append(At(Thread, One, 5)));

        Assert.Null(await Store.FindThread(Thread, Cancellation));
    }

    [Fact]
    public async Task Of_many_who_want_the_same_coordinates_at_once_one_gets_them_and_nobody_else_is_touched()
    {
        var racing = Enumerable.Range(100, 50).Select(id => Try(At(Thread, new ConversationId(id), 0)));
        var others = Enumerable.Range(200, 50).Select(id => Try(Events(new ConversationId(id), 0, Noon, new LegEstablished(Bot))));

        var lost = await Task.WhenAll([.. racing, .. others]);

        var holder = (await Store.FindThread(Thread, Cancellation))!.Value.Conversation;
        Assert.Equal([.. Enumerable.Repeat<ConversationId?>(holder, 49)], lost[..50].Where(to => to is not null));
        Assert.All(lost[50..], to => Assert.Null(to));
        Assert.Single(await Store.Read(holder, Cancellation));

        async Task<ConversationId?> Try(Append append)
        {
            try
            {
                await Store.Append(append);
                return null;
            }
            catch (ThreadTakenException e)
            {
                return e.Holder;
            }
        }
    }

    [Fact]
    public async Task Coordinates_of_a_conversation_that_is_over_may_be_had_and_it_does_not_get_them_back_by_what_comes_late()
    {
        await Store.Append(At(Thread, One, 0));
        await Store.Append(At(Thread, One, 1) with { IsLive = false });

        await Store.Append(At(Thread, Another, 0));
        await Store.Append(At(Thread, One, 2) with { IsLive = false });

        Assert.Equal(new ThreadHolder(Another, IsLive: true), await Store.FindThread(Thread, Cancellation));
        Assert.Equal(3, (await Store.Read(One, Cancellation)).Count);
        Assert.Equal(Another, (await Assert.ThrowsAsync<ThreadTakenException>(() => Store.Append(At(Thread, One, 3)))).Holder);
    }

    [Fact]
    public async Task A_snapshot_is_kept_once_its_bots_were_told_of_all_before_it()
    {
        await Store.Append(Events(One, 0, Noon, new LegRinging(Bot), new LegEstablished(Bot)) with { Told = [new Told(Bot, 2)] });
        var state = Conversation.Evolve(Conversation.None, [new LegRinging(Bot), new LegEstablished(Bot)]);
        await Store.Append(Events(One, 2, Noon, new MediaStarted(Bot)));

        var tooSoon = await Store.Keep(One, state);
        var before = await Store.Load(One, Cancellation);
        Store.Save(new DeliveryCursor(new CallId(One, Bot), Head: 2, Settled: 2));
        var kept = await Store.Keep(One, state);
        var after = await Store.Load(One, Cancellation);

        Assert.Equal((false, true), (tooSoon, kept));
        Assert.Equal((0, 3), (before.Snapshot.Version, before.Events.Count));
        Assert.Equal((2, 1), (after.Snapshot.Version, after.Events.Count));
        Assert.Equal(3, after.Fold().Version);
        Assert.Equal(3, (await Store.Read(One, Cancellation)).Count);
    }

    [Fact]
    public async Task A_conversation_began_with_its_first_event()
    {
        await Store.Append(Events(One, 0, Noon, new LegEstablished(Bot)));
        await Store.Append(Events(One, 1, Noon.AddSeconds(1), new ConversationEnded()));

        Assert.Equal(Noon, await Store.BeganAt(One, Cancellation));
        Assert.Null(await Store.BeganAt(Another, Cancellation));
    }

    [Fact]
    public async Task The_newest_conversations_come_first()
    {
        await Store.Append(Events(One, 0, Noon, new LegEstablished(Bot)));
        await Store.Append(Events(Another, 0, Noon.AddSeconds(1), new LegEstablished(Bot)));
        await Store.Append(Events(One, 1, Noon.AddSeconds(2), new MediaStarted(Bot)));

        Assert.Equal([Another, One], await Store.Newest(10, Cancellation));
        Assert.Equal([Another], await Store.Newest(1, Cancellation));
    }

    [Fact]
    public async Task A_store_that_was_cleared_has_forgotten_everything()
    {
        await Store.Append(Events(One, 0, Noon, new LegEstablished(Bot)) with { Due = Noon, Told = [new Told(Bot, 1)], Thread = Thread });

        await Store.Clear();

        Assert.Empty(await Store.Read(One, Cancellation));
        Assert.Empty(await Store.Due(Cancellation));
        Assert.Empty(await Store.Lagging(Cancellation));
        Assert.Empty(await Store.Newest(10, Cancellation));
        Assert.Null(await Store.FindThread(Thread, Cancellation));
        await Store.Append(Events(One, 0, Noon, new LegEstablished(Bot)));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Append At(MeetingThread thread, ConversationId id, long expected) =>
        Events(id, expected, Noon, new LegEstablished(Bot)) with { Thread = thread };

    private static Append Events(ConversationId id, long expected, DateTimeOffset at, params ImmutableArray<ConversationEvent> events) =>
        new(id, expected, at, events, Due: null, IsLive: true, Told: []);
}
