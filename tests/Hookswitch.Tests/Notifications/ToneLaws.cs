using System.Collections.Concurrent;
using CsCheck;
using Hookswitch.Calling;
using Hookswitch.Calling.Tests;
using Hookswitch.Notifications;

namespace Hookswitch.Tests.Notifications;

/// <summary>What holds of the tones that bots are told, whatever happens between two or among many.</summary>
public sealed class ToneLaws
{
    private const int Histories = 1_000;

    private static readonly ConversationId Id = new(1);

    [Fact]
    public void The_tones_of_a_call_are_numbered_from_one_without_a_gap() => Always(moments =>
        Assert.All(Told(moments).GroupBy(one => one.Leg), call =>
            Assert.Equal(Enumerable.Range(1, call.Count()).Select(number => (long)number), call.Select(one => one.Sequence))));

    [Fact]
    public void A_bot_is_told_each_tone_since_it_asked_that_is_pressed_where_it_is_and_no_other() => Always(moments =>
    {
        var (state, asked, expected) = (Conversation.None, new HashSet<LegId>(), new List<(LegId, Graph.Tone)>());
        foreach (var @event in moments.SelectMany(moment => moment.Decision.Events))
        {
            asked.UnionWith(@event is TonesSubscribed subscribed ? [subscribed.Leg] : []);
            if (@event is TonePressed pressed && state.InsideLegs.Any(leg => leg.Id == pressed.Leg))
            {
                expected.AddRange(state.InsideLegs.Where(leg => asked.Contains(leg.Id)).Select(leg => (leg.Id, Enum.Parse<Graph.Tone>(pressed.Tone.ToString()))));
            }

            state = Conversation.Evolve(state, @event);
        }

        Assert.Equal(expected, Told(moments).Select(one => (one.Leg, one.Tone)));
    });

    /// <summary>The laws above say something.</summary>
    [Fact]
    public void Several_tones_of_a_call_are_heard_in_some_histories_between_two_and_among_many()
    {
        var heard = new ConcurrentDictionary<bool, int>();
        Coverage.Until(
            () => Always(moments => heard.AddOrUpdate(
                moments[^1].After.IsPeerToPeer, 0, (_, count) => count + moments[^1].After.Legs.Count(leg => leg.ToneCount > 1))),
            () => new[] { true, false }.Where(isPeerToPeer => heard.GetValueOrDefault(isPeerToPeer) == 0));
    }

    private static IEnumerable<(LegId Leg, long Sequence, Graph.Tone Tone)> Told(IEnumerable<Moment> moments) =>
        from moment in moments
        from notification in CallNotifications.Project(Id, moment.Before, moment.Decision.Events).Notifications
        let told = notification.Body.Value![0].ResourceData!.Call?.ToneInfo
        where told is not null
        select (notification.Call.Leg, told.SequenceId!.Value, told.Tone!.Value);

    private static void Always(Action<IReadOnlyList<Moment>> law)
    {
        History.Any.Sample(history => law([.. history.MomentsToTheEnd()]), iter: Histories);
        GroupHistory.Any.Sample(history => law([.. history.MomentsToTheEnd()]), iter: Histories);
    }
}
