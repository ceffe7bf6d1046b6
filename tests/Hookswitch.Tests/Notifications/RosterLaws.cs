using CsCheck;
using Hookswitch.Calling;
using Hookswitch.Calling.Tests;
using Hookswitch.Graph;
using Hookswitch.Notifications;
using Hookswitch.Resources;

namespace Hookswitch.Tests.Notifications;

/// <summary>What holds of the rosters that bots are sent, whatever happens among many.</summary>
public sealed class RosterLaws
{
    private const int Histories = 500;

    private static readonly ConversationId Id = new(1);

    /// <summary>Both those who get the whole roster each time and those who get changes alone: they add them up to the same.</summary>
    [Fact]
    public void A_bot_that_follows_its_rosters_knows_at_each_moment_who_is_there() => GroupHistory.Any.Sample(
        history =>
        {
            var known = new Dictionary<LegId, Dictionary<string, Participant>>();
            foreach (var moment in history.MomentsToTheEnd())
            {
                foreach (var notification in CallNotifications.Project(Id, moment.Before, moment.Decision.Events).Notifications)
                {
                    Follow(known, notification);
                }

                Assert.All(moment.After.Legs.Where(leg => leg is { Bot: not null, IsConnected: true }), leg => Knows(known, moment.After, leg));
            }
        },
        iter: Histories);

    [Fact]
    public void One_event_tells_each_bot_one_thing_at_most() => GroupHistory.Any.Sample(
        history => Assert.All(history.MomentsToTheEnd(), moment =>
        {
            var told = CallNotifications.Project(Id, moment.Before, moment.Decision.Events).Notifications;
            Assert.Distinct(told.Select(one => (one.Call, one.Sequence)));
        }),
        iter: Histories);

    private static void Follow(Dictionary<LegId, Dictionary<string, Participant>> known, Notification notification)
    {
        var item = GraphJson.Read(CallbackClient.Serialize(notification.Body), GraphJson.TypeOf<CommsNotifications>()).Value![0];
        var (whole, changes) = (item.ResourceData?.Participants, item.ResourceData?.Changes?.Participants);
        if ((whole ?? changes) is not { } roster)
        {
            return;
        }

        var own = known.TryGetValue(notification.Call.Leg, out var before) ? before : known[notification.Call.Leg] = [];
        if (whole is not null)
        {
            own.Clear();
        }

        foreach (var one in roster)
        {
            if (one.RemovedState is null)
            {
                own[one.Id!] = one with { RosterSequenceNumber = null };
            }
            else
            {
                own.Remove(one.Id!);
            }
        }
    }

    private static void Knows(Dictionary<LegId, Dictionary<string, Participant>> known, Conversation conversation, Leg leg)
    {
        if (conversation.IsPeerToPeer)
        {
            return;
        }

        Assert.Equal(
            conversation.RosterOf(leg).Select(one => Line(ParticipantResource.Of(conversation, one, leg.Bot!))).Order(StringComparer.Ordinal),
            known.GetValueOrDefault(leg.Id, []).Values.Select(Line).Order(StringComparer.Ordinal));
    }

    private static string Line(Participant one) => $"{one.Id} {one.IsInLobby} {one.IsMuted} {one.MeetingRole} {one.RecordingInfo?.RecordingStatus} {string.Join(',', one.MediaStreams!.Select(stream => stream.Direction))}";
}
