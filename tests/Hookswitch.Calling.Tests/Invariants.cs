using System.Collections.Concurrent;
using CsCheck;

namespace Hookswitch.Calling.Tests;

/// <summary>What holds whatever comes, in whatever order.</summary>
public sealed class Invariants
{
    private const int Histories = 5_000;

    [Fact]
    public void No_command_makes_the_rules_throw() => Always(history => Assert.All(history.MomentsToTheEnd(), Assert.NotNull));

    [Fact]
    public void Each_leg_ends_at_most_once() => Always(history =>
    {
        var ended = new HashSet<LegId>();
        Assert.All(Stored(history).OfType<LegTerminated>(), end => Assert.True(ended.Add(end.Leg), $"{end.Leg} ended twice."));
    });

    [Fact]
    public void A_reason_stands_on_every_leg_that_is_over_and_on_no_other() => Always(history =>
    {
        foreach (var (before, _, after) in Folds(history))
        {
            Assert.All(after.Legs, leg => Assert.Equal(leg.State == LegState.Terminated, leg.EndReason is not null));
            Assert.All(before.Legs.Where(leg => !leg.IsLive), leg => Assert.Same(leg.EndReason, after.Find(leg.Id)!.EndReason));
        }
    });

    [Fact]
    public void A_reason_can_be_found_again_by_what_is_stored_of_it() => Always(history =>
        Assert.All(Stored(history).OfType<LegTerminated>(), end => Assert.Equal(end.Reason, EndReasons.Find(end.Reason.Subcode))));

    [Fact]
    public void A_conversation_has_ended_when_no_leg_lives_and_only_then() => Each(moment =>
    {
        if (moment.After.HasStarted)
        {
            Assert.Equal(moment.After.HasEnded, !moment.After.LiveLegs.Any());
        }
    });

    [Fact]
    public void A_conversation_ends_at_most_once_and_nothing_happens_after_its_end() => Always(history =>
        Assert.DoesNotContain(Stored(history).SkipLast(1), @event => @event is ConversationEnded));

    [Fact]
    public void A_conversation_that_has_ended_waits_for_nothing() => Each(moment =>
        Assert.True(!moment.After.HasEnded || moment.After.Deadlines.IsEmpty, "An ended conversation still waits."));

    [Fact]
    public void Only_legs_that_live_are_waited_for_and_the_earliest_deadline_comes_first() => Each(moment =>
    {
        Assert.All(moment.After.Deadlines, deadline => Assert.True(deadline.Leg is not { } leg || moment.After.Find(leg)!.IsLive));
        Assert.Equal(moment.After.Deadlines.OrderBy(deadline => deadline.At), moment.After.Deadlines);
    });

    [Fact]
    public void The_version_grows_by_one_with_each_event() => Always(history =>
        Assert.All(Folds(history), fold => Assert.Equal(fold.Before.Version + 1, fold.After.Version)));

    [Fact]
    public void At_most_two_legs_are_ever_connected_at_once() => Always(history =>
        Assert.All(Folds(history), fold => Assert.InRange(fold.After.LiveLegs.Count(leg => leg.State >= LegState.Established), 0, 2)));

    [Fact]
    public void A_transfer_is_under_way_while_one_leg_transfers_and_only_then() => Each(moment => Assert.Equal(
        moment.After.Transfer is { } transfer ? [transfer.By] : Array.Empty<LegId>(),
        moment.After.Legs.Where(leg => leg.State is LegState.Transferring or LegState.TransferAccepted).Select(leg => leg.Id)));

    /// <summary>Whoever talks talks on, whatever becomes of a transfer: only one of the two ends that.</summary>
    [Fact]
    public void A_transfer_that_fails_ends_nobody_who_talks() => Each(moment =>
    {
        if (moment.Decision.Events.OfType<TransferFailed>().Any())
        {
            Assert.Equal(
                moment.Before.LiveLegs.Where(leg => leg.State >= LegState.Established).Select(leg => leg.Id),
                moment.After.InsideLegs.Select(leg => leg.Id));
        }
    });

    /// <summary>Else the laws would say little.</summary>
    [Fact]
    public void Calls_are_redirected_and_transferred_and_taken_or_not_in_some_history()
    {
        var (taken, happened) = (new ConcurrentDictionary<EndReason, bool>(), new ConcurrentDictionary<Type, bool>());
        Coverage.Until(
            () => Sampled(Histories, history =>
            {
                var last = history.MomentsToTheEnd().Last().After;
                var takers = Stored(history).OfType<LegEstablished>().Select(one => last.Find(one.Leg)!.CalledBy).OfType<LegId>();
                Assert.All(takers, by => taken[last.Find(by)!.EndReason!] = true);
                Assert.All(Stored(history), @event => happened[@event.GetType()] = true);
            }),
            () => new object[] { EndReasons.Redirected, EndReasons.Transferred, typeof(TransferFailed), typeof(LegArrived) }
                .Except([.. taken.Keys, .. happened.Keys]));
    }

    [Fact]
    public void Every_event_of_a_legs_life_is_one_that_its_state_allows() => Always(history =>
        Assert.All(Folds(history), fold => Assert.True(Signal(fold.Event) is not var (leg, signal)
            || Legs.Next(fold.Before.Find(leg)!.State, signal) is not null, $"{fold.Event} makes no sense.")));

    [Fact]
    public void What_is_stored_folds_again_to_the_same_state() => Always(history =>
        Assert.Equal(
            Printed.Of(history.MomentsToTheEnd().Last().After),
            Printed.Of(Conversation.Evolve(Conversation.None, Stored(history)))));

    [Fact]
    public void A_command_that_is_refused_changes_nothing() => Each(moment =>
        Assert.True(moment.Decision.Refusal is null || moment.Before == moment.After, $"{moment.Command} changed something."));

    [Fact]
    public void A_wake_up_is_never_refused() => Each(moment =>
        Assert.True(moment.Command is not DeadlinePassed || moment.Decision.Refusal is null));

    [Fact]
    public void No_application_ends_or_changes_the_call_of_another() => Each(moment =>
    {
        var (leg, application) = moment.Command switch
        {
            HangUp c => (c.Leg, c.Application),
            UpdateRecordingStatus c => (c.Leg, c.Application),
            StartMedia c => (c.Leg, c.Application),
            CancelMedia c => (c.Leg, c.Application),
            StartHoldMusic c => (c.Leg, c.Application),
            StopHoldMusic c => (c.Leg, c.Application),
            SubscribeToTones c => (c.Leg, c.Application),
            KeepAlive c => (c.Leg, c.Application),
            Answer c => (c.Leg, c.Application),
            Reject c => (c.Leg, c.Application),
            Redirect c => (c.Leg, c.Application),
            TransferCall c => (c.Leg, c.Application),
            _ => default,
        };
        if (application != default && moment.Before.Find(leg)?.Bot?.Application != application)
        {
            Assert.Equal(Refusal.CallNotFound, moment.Decision.Refusal);
        }
    });

    /// <summary>Two phones may talk as long as they like; a bot must keep its call alive, and nobody rings for ever.</summary>
    [Fact]
    public void When_all_deadlines_have_passed_the_conversation_is_over_or_two_phones_talk() => Always(history =>
    {
        var last = history.MomentsToTheEnd().Last().After;
        Assert.True(last.HasEnded || last.LiveLegs.All(leg => leg is { Bot: null, State: LegState.Established }), Printed.Of(last));
    });

    private static void Always(Action<History> law) => Sampled(Histories, law);

    private static void Sampled(int histories, Action<History> law) => History.Any.Sample(law, iter: histories);

    private static void Each(Action<Moment> law) => Always(history => Assert.All(history.MomentsToTheEnd(), law));

    private static IEnumerable<ConversationEvent> Stored(History history) =>
        history.MomentsToTheEnd().SelectMany(moment => moment.Decision.Events);

    private static IEnumerable<(Conversation Before, ConversationEvent Event, Conversation After)> Folds(History history)
    {
        var before = Conversation.None;
        foreach (var @event in Stored(history))
        {
            var after = Conversation.Evolve(before, @event);
            yield return (before, @event, after);
            before = after;
        }
    }

    private static (LegId Leg, LegSignal Signal)? Signal(ConversationEvent @event) => @event switch
    {
        LegRinging e => (e.Leg, LegSignal.Ring),
        LegAccepted e => (e.Leg, LegSignal.Accept),
        LegEstablished e => (e.Leg, LegSignal.Connect),
        LegArrived e => (e.Leg, LegSignal.Connect),
        TransferStarted e => (e.Leg, LegSignal.Transfer),
        TransferAccepted e => (e.Leg, LegSignal.AcceptTransfer),
        TransferFailed e => (e.Leg, LegSignal.FailTransfer),
        LegTerminating e => (e.Leg, LegSignal.HangUp),
        LegTerminated e => (e.Leg, LegSignal.End),
        _ => null,
    };
}
