using System.Collections.Immutable;
using Hookswitch.Calling;
using Hookswitch.Resources;
using Hookswitch.Storage;

namespace Hookswitch.Notifications;

/// <summary>What the bots behind a conversation's legs are told. A projection of the stream: pure.</summary>
/// <remarks>Graph, Create call and Delete call (sequences); <c>wire.md</c> 1.1.</remarks>
internal static class CallNotifications
{
    /// <summary>Folds events, and collects what they make bots hear.</summary>
    public static Projection Project(ConversationId id, Conversation before, IEnumerable<ConversationEvent> events)
    {
        var (state, notifications) = (before, ImmutableArray.CreateBuilder<Notification>());
        foreach (var @event in events)
        {
            var after = Conversation.Evolve(state, @event);
            if (Of(id, @event, after) is { } notification)
            {
                notifications.Add(notification);
            }

            state = after;
        }

        return new Projection(state, notifications.ToImmutable());
    }

    /// <summary>Up to which event each bot is to be told.</summary>
    public static ImmutableArray<Told> Told(ImmutableArray<Notification> notifications) =>
        [.. notifications.GroupBy(one => one.Call.Leg).Select(ofLeg => new Told(ofLeg.Key, ofLeg.Max(one => one.Sequence)))];

    /// <summary>What one event makes a bot hear. Of a peer-to-peer call each bot hears of its own leg only.</summary>
    public static Notification? Of(ConversationId id, ConversationEvent @event, Conversation after) => @event switch
    {
        LegAdded e => Of(id, after, e.Leg, Added) is { } first ? first with { IsFirst = true } : null,
        LegAccepted e => Of(id, after, e.Leg, Establishing),
        LegEstablished e => Of(id, after, e.Leg, Established),
        MediaStarted e => Of(id, after, e.Leg, MediaActive),
        LegTerminating e => Of(id, after, e.Leg, Terminating),
        LegTerminated e => Of(id, after, e.Leg, Terminated),
        _ => null,
    };

    private static Notification? Of(
        ConversationId id, Conversation after, LegId legId, Func<Conversation, Leg, (Graph.ChangeType Change, Graph.Call Call)?> tell)
    {
        if (after.Find(legId) is not { Bot: { } bot } leg || tell(after, leg) is not { } told)
        {
            return null;
        }

        var call = new CallId(id, legId);
        return new Notification(call, after.Version, bot, after.CallChain, Envelope(call, bot, told.Change, told.Call))
        {
            IsIncomingCall = told.Change == Graph.ChangeType.Created,
            IsFinal = told.Change == Graph.ChangeType.Deleted,
        };
    }

    private static (Graph.ChangeType, Graph.Call)? Added(Conversation conversation, Leg leg) =>
        leg.Direction == CallDirection.Incoming ? Incoming(conversation, leg) : Establishing(conversation, leg);

    private static (Graph.ChangeType, Graph.Call)? Incoming(Conversation conversation, Leg leg) =>
        (Graph.ChangeType.Created, new()
        {
            State = Graph.CallState.Incoming,
            Direction = Graph.CallDirection.Incoming,
            CallbackUri = leg.Bot!.Callback,
            Source = CallResource.Source(conversation, leg.Bot),
            Targets = CallResource.Targets(conversation),
            RequestedModalities = [Graph.Modality.Audio],
            TenantId = leg.Bot.Tenant,
            MyParticipantId = leg.Participant.ToString("D"),
            IncomingContext = new() { SourceParticipantId = conversation.Caller.Participant.ToString("D") },
            CallChainId = Chain(conversation),
        });

    private static (Graph.ChangeType, Graph.Call)? Establishing(Conversation conversation, Leg leg) =>
        (Graph.ChangeType.Updated, new() { State = Graph.CallState.Establishing, CallChainId = Chain(conversation) });

    private static (Graph.ChangeType, Graph.Call)? Established(Conversation conversation, Leg leg) =>
        (Graph.ChangeType.Updated, new()
        {
            State = Graph.CallState.Established,
            Direction = CallResource.Direction(leg.Direction),
            CallChainId = Chain(conversation),
        });

    private static (Graph.ChangeType, Graph.Call)? MediaActive(Conversation conversation, Leg leg) =>
        (Graph.ChangeType.Updated, new()
        {
            State = Graph.CallState.Established,
            MediaState = CallResource.ActiveAudio,
            CallChainId = Chain(conversation),
        });

    // Captures of real traffic show none, the documentation does.
    private static (Graph.ChangeType, Graph.Call)? Terminating(Conversation conversation, Leg leg) =>
        leg.Bot!.Style == NotificationStyle.Observed ? null : (Graph.ChangeType.Updated, new() { State = Graph.CallState.Terminating });

    private static (Graph.ChangeType, Graph.Call)? Terminated(Conversation conversation, Leg leg) =>
        (Graph.ChangeType.Deleted, new()
        {
            State = Graph.CallState.Terminated,
            ResultInfo = CallResource.Result(leg.EndReason!, leg.Bot!),
        });

    private static Graph.CommsNotifications Envelope(CallId call, Bot bot, Graph.ChangeType change, Graph.Call data) => new()
    {
        Value =
        [
            new()
            {
                ChangeType = change,
                Resource = bot.Style == NotificationStyle.Observed ? $"/app/calls/{call}" : null,
                ResourceUrl = CallResource.Path(call),
                ResourceData = data with { Id = call.ToString() },
            },
        ],
    };

    private static string Chain(Conversation conversation) => conversation.CallChain.ToString("D");
}
