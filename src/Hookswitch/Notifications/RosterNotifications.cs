using Hookswitch.Calling;
using Hookswitch.Graph;
using Hookswitch.Resources;

namespace Hookswitch.Notifications;

/// <summary>
/// What bots are told of who takes part: the whole roster at each change, or only what has changed where a bot asked for that. What several
/// bots see alike is rendered once.
/// </summary>
/// <remarks>Graph, participant, callOptions and deltaParticipants resource types; <c>spec.md</c>, 2.3 O.</remarks>
internal static class RosterNotifications
{
    public static IEnumerable<Notification> Of(ConversationId id, RosterChanged change, Conversation after)
    {
        var changed = change.Participants.ToHashSet();
        var seers = after.Legs.FirstOrDefault(leg => leg is { Bot.CallerHidden: false, IsInside: true });
        var everyone = new Lazy<ResourceData>(() => Rendered(ParticipantResource.Roster(after, seers!)));
        var changes = new Lazy<ResourceData>(() => Rendered(Changes(after, Changed(after, changed, seers!.Bot!))));
        var isSeen = after.Legs.Any(leg => !leg.Hidden && changed.Contains(leg.Participant));
        foreach (var leg in after.Legs.Where(leg => leg is { Bot: not null, IsConnected: true }))
        {
            var isOwn = changed.Contains(leg.Participant);
            if (isOwn || (isSeen && !leg.InLobby))
            {
                yield return leg.Bot!.CallerHidden
                    ? Of(
                        id, after, leg, isOwn, new Lazy<ResourceData>(() => Rendered(ParticipantResource.Roster(after, leg))),
                        new Lazy<ResourceData>(() => Rendered(Changes(after, Changed(after, changed, leg.Bot)))))
                    : Of(id, after, leg, isOwn, everyone, changes);
            }
        }
    }

    // A bot that has just come in knows nobody yet.
    private static Notification Of(
        ConversationId id, Conversation after, Leg leg, bool isOwn, Lazy<ResourceData> everyone, Lazy<ResourceData> changes)
    {
        var (call, wantsChanges) = (new CallId(id, leg.Id), leg.Bot!.Options?.DeltaRoster == true);
        return new Notification(call, after.Version, leg.Bot, after.CallChain, () => CallNotifications.Envelope(
            leg.Bot, ChangeType.Updated, $"{CallResource.Path(call)}/participants",
            wantsChanges
                ? isOwn ? ResourceData.Of(Changes(after, ParticipantResource.Roster(after, leg))) : changes.Value
                : leg.InLobby ? ResourceData.Of(ParticipantResource.Roster(after, leg)) : everyone.Value))
        {
            IsFullRoster = !wantsChanges,
        };
    }

    private static ResourceData Rendered(IReadOnlyList<Participant> participants) => ResourceData.OfRendered(GraphJson.Render(participants));

    private static ResourceData Rendered(DeltaParticipants changes) => ResourceData.OfRendered(GraphJson.Render(changes));

    private static DeltaParticipants Changes(Conversation after, IEnumerable<Participant> participants) => new()
    {
        Participants = [.. participants.Select(one => one with { RosterSequenceNumber = after.Version })],
        SequenceNumber = after.Version,
    };

    private static IEnumerable<Participant> Changed(Conversation after, HashSet<Guid> changed, Bot viewer)
    {
        var there = after.Roster.Where(leg => changed.Contains(leg.Participant)).ToArray();
        var gone = after.Legs
            .Where(leg => leg is { IsListed: false, Hidden: false } && changed.Contains(leg.Participant) && !there.Any(one => one.Participant == leg.Participant))
            .GroupBy(leg => leg.Participant)
            .Select(legs => legs.LastOrDefault(ParticipantResource.IsRemoved) ?? legs.Last()); // other phones of a line ended when one was answered
        return there.Select(leg => ParticipantResource.Of(after, leg, viewer)).Concat(gone.Select(leg => ParticipantResource.Removed(leg, viewer)));
    }
}
