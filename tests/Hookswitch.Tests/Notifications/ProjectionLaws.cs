using CsCheck;
using Hookswitch.Calling;
using Hookswitch.Calling.Tests;
using Hookswitch.Notifications;
using CallState = Hookswitch.Graph.CallState;

namespace Hookswitch.Tests.Notifications;

/// <summary>What holds of the notifications of every history, whatever comes in whatever order.</summary>
public sealed class ProjectionLaws
{
    private const int Histories = 2_000;

    private static readonly ConversationId Id = new(1);

    [Fact]
    public void Each_bot_is_told_of_its_call_in_the_order_of_its_states() => Always((_, told) => Assert.All(Calls(told), call =>
    {
        var states = call.Select(one => Data(one).State!.Value).ToArray();
        Assert.All(states.Zip(states.Skip(1)), step =>
            Assert.True(Rank(step.First) <= Rank(step.Second) || (IsTransferring(step.First) && step.Second is CallState.Established or CallState.Hold), $"{step}"));
    }));

    [Fact]
    public void A_bot_is_told_once_at_most_that_a_phone_rings_and_only_where_it_is_to_be_told() => Always((_, told) => Assert.All(Calls(told), call =>
        Assert.InRange(call.Count(one => Data(one).State == CallState.Ringing), 0, call.First().Bot.ToldRinging ? 1 : 0)));

    [Fact]
    public void Each_bot_is_told_once_that_its_call_has_ended_and_nothing_after_it() => Always((conversation, told) =>
    {
        Assert.All(Calls(told), call => Assert.Equal([call.Last()], call.Where(one => one.IsFinal)));
        Assert.Equal(
            conversation.Legs.Where(leg => leg is { Bot: not null, IsLive: false }).Select(leg => leg.Id).Order(Comparer<LegId>.Create((a, b) => a.Value.CompareTo(b.Value))),
            told.Where(one => one.IsFinal).Select(one => one.Call.Leg).Order(Comparer<LegId>.Create((a, b) => a.Value.CompareTo(b.Value))));
    });

    [Fact]
    public void The_reason_that_a_bot_is_told_is_the_one_with_which_its_leg_ended() => Always((conversation, told) =>
        Assert.All(told.Where(one => one.IsFinal), one =>
        {
            var reason = conversation.Find(one.Call.Leg)!.EndReason!;
            Assert.Equal(reason.IsTold ? reason.Subcode : null, Data(one).ResultInfo?.Subcode?.Value);
        }));

    [Fact]
    public void Every_notification_has_an_id_of_its_own_that_is_the_same_whenever_it_is_computed() => Always((_, told, again) =>
    {
        Assert.Distinct(told.Select(one => one.Id));
        Assert.Equal(told.Select(one => one.Id), again.Select(one => one.Id));
    });

    private static int Rank(CallState state) => Array.IndexOf(
        [
            CallState.Incoming, CallState.Establishing, CallState.Ringing, CallState.Established, CallState.Transferring, CallState.TransferAccepted,
            CallState.Terminating, CallState.Terminated,
        ], state == CallState.Hold ? CallState.Established : state);

    // A transfer that has failed is the one way back.
    private static bool IsTransferring(CallState state) => state is CallState.Transferring or CallState.TransferAccepted;

    private static Graph.Call Data(Notification notification) => notification.Body.Value![0].ResourceData!.Call!;

    private static IEnumerable<IGrouping<CallId, Notification>> Calls(IEnumerable<Notification> told) => told.GroupBy(one => one.Call);

    private static void Always(Action<Conversation, IReadOnlyList<Notification>> law) => Always((conversation, told, _) => law(conversation, told));

    // Told as the events were committed, and once more from the whole stream, as after a crash.
    private static void Always(Action<Conversation, IReadOnlyList<Notification>, IReadOnlyList<Notification>> law) =>
        History.Any.Sample(
            history =>
            {
                var moments = history.MomentsToTheEnd().ToArray();
                var told = moments.SelectMany(moment => CallNotifications.Project(Id, moment.Before, moment.Decision.Events).Notifications).ToArray();
                var again = CallNotifications.Project(Id, Conversation.None, moments.SelectMany(moment => moment.Decision.Events));
                law(again.After, told, again.Notifications);
            },
            iter: Histories);
}
