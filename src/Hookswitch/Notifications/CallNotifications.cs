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
            notifications.AddRange(Of(id, @event, after));
            state = after;
        }

        return new Projection(state, notifications.ToImmutable());
    }

    /// <summary>Up to which event each bot is to be told.</summary>
    public static ImmutableArray<Told> Told(ImmutableArray<Notification> notifications) =>
        [.. notifications.GroupBy(one => one.Call.Leg).Select(ofLeg => new Told(ofLeg.Key, ofLeg.Max(one => one.Sequence)))];

    /// <summary>What one event makes bots hear, each once at most. Each hears of its own leg only, and of who else is there.</summary>
    private static IEnumerable<Notification> Of(ConversationId id, ConversationEvent @event, Conversation after)
    {
        switch (@event)
        {
            case RosterChanged e:
                return RosterNotifications.Of(id, e, after);
            case OperationEnded { IsTold: true } e:
                return [OfOperation(id, after, after.FindOperation(e.Operation)!)];
            case TonePressed e:
                return after.HearersOf(e.Leg).Select(leg => OfCall(id, after, leg.Id, Heard(e.Tone))).OfType<Notification>();
            case LegHeld e:
                return OfOther(id, e.Leg, after);
            case LegResumed e:
                return OfOther(id, e.Leg, after);
            case ConversationWidened:
                return after.InsideLegs.Select(leg => OfCall(id, after, leg.Id, Established)).OfType<Notification>();
            default:
                return OfCall(id, @event, after) is { } notification ? [notification] : [];
        }
    }

    private static Notification? OfCall(ConversationId id, ConversationEvent @event, Conversation after) => @event switch
    {
        LegAdded e => OfCall(id, after, e.Leg, Added) is { } first ? first with { IsFirst = true } : null,
        LegRinging => OfCall(id, after, after.Caller.Id, Ringing),
        LegAccepted e => OfCall(id, after, e.Leg, Establishing),
        LegEstablished e => OfCall(id, after, e.Leg, Established),
        LegPutInLobby e => OfCall(id, after, e.Leg, Established),
        MediaStarted e => OfCall(id, after, e.Leg, MediaActive),
        TransferStarted e => OfCall(id, after, e.Leg, Where),
        TransferAccepted e => OfCall(id, after, e.Leg, Where),
        TransferFailed e => OfCall(id, after, e.Leg, (_, conversation, leg) => TransferFailed(conversation, leg, e)),
        LegTerminating e => OfCall(id, after, e.Leg, Terminating),
        LegTerminated e => OfCall(id, after, e.Leg, Terminated),
        _ => null,
    };

    // Whoever talks to a phone in a peer-to-peer call. In a group, rosters show who holds.
    private static IEnumerable<Notification> OfOther(ConversationId id, LegId phone, Conversation after) => after.IsPeerToPeer
        ? after.InsideLegs.Where(leg => leg.Id != phone && leg.State == LegState.Established).Select(leg => OfCall(id, after, leg.Id, Where)).OfType<Notification>()
        : [];

    private static Notification OfOperation(ConversationId id, Conversation after, Operation operation)
    {
        var (call, bot) = (new CallId(id, operation.Leg), after.Find(operation.Leg)!.Bot!);
        return new Notification(call, after.Version, bot, after.CallChain, () => Envelope(
            bot, Graph.ChangeType.Deleted, OperationResource.Path(call, operation.Id), OperationResource.Of(after, operation)));
    }

    private static Notification? OfCall(
        ConversationId id, Conversation after, LegId legId,
        Func<ConversationId, Conversation, Leg, (Graph.ChangeType Change, Graph.Call Call)?> tell)
    {
        if (after.Find(legId) is not { Bot: { } bot } leg || tell(id, after, leg) is not { } told)
        {
            return null;
        }

        var call = new CallId(id, legId);
        return new Notification(call, after.Version, bot, after.CallChain, Envelope(
            bot, told.Change, CallResource.Path(call), told.Call with { Id = call.ToString() }))
        {
            IsIncomingCall = told.Change == Graph.ChangeType.Created,
            IsFinal = told.Change == Graph.ChangeType.Deleted,
        };
    }

    private static (Graph.ChangeType, Graph.Call)? Added(ConversationId id, Conversation conversation, Leg leg) =>
        leg.Direction == CallDirection.Incoming ? Incoming(id, conversation, leg) : Establishing(id, conversation, leg);

    private static (Graph.ChangeType, Graph.Call)? Incoming(ConversationId id, Conversation conversation, Leg leg) =>
        (Graph.ChangeType.Created, new()
        {
            State = Graph.CallState.Incoming,
            Direction = Graph.CallDirection.Incoming,
            CallbackUri = leg.Bot!.Callback,
            Source = CallResource.Source(conversation, leg),
            Targets = CallResource.Targets(conversation, leg),
            RequestedModalities = [Graph.Modality.Audio],
            TenantId = leg.Bot.Tenant,
            MyParticipantId = ParticipantResource.Id(leg.Participant),
            ChatInfo = MeetingResource.Chat(conversation),
            MeetingInfo = MeetingResource.Info(id, conversation),
            IncomingContext = new()
            {
                SourceParticipantId = ParticipantResource.Id(CallResource.CallerOf(conversation, leg).Participant),
                Transferor = conversation.Transfer is { } transfer ? IdentityResource.Of(conversation.Find(transfer.By)!.Identity) : null,
            },
            CallChainId = Chain(conversation),
        });

    private static (Graph.ChangeType, Graph.Call)? Establishing(ConversationId id, Conversation conversation, Leg leg) =>
        (Graph.ChangeType.Updated, new() { State = Graph.CallState.Establishing, CallChainId = Chain(conversation) });

    // The first phone that rings is told.
    private static (Graph.ChangeType, Graph.Call)? Ringing(ConversationId id, Conversation conversation, Leg leg) =>
        leg is { State: LegState.Establishing, RingCount: 1, Bot.ToldRinging: true }
            ? (Graph.ChangeType.Updated, new() { State = Graph.CallState.Ringing, CallChainId = Chain(conversation) })
            : null;

    private static (Graph.ChangeType, Graph.Call)? Established(ConversationId id, Conversation conversation, Leg leg) =>
        (Graph.ChangeType.Updated, new()
        {
            State = Graph.CallState.Established,
            Direction = CallResource.Direction(leg.Direction),
            ChatInfo = MeetingResource.Chat(conversation),
            MeetingInfo = MeetingResource.Info(id, conversation),
            CallChainId = Chain(conversation),
        });

    private static (Graph.ChangeType, Graph.Call)? MediaActive(ConversationId id, Conversation conversation, Leg leg) =>
        (Graph.ChangeType.Updated, new()
        {
            State = CallResource.State(conversation, leg),
            MediaState = CallResource.ActiveAudio,
            CallChainId = Chain(conversation),
        });

    private static Func<ConversationId, Conversation, Leg, (Graph.ChangeType, Graph.Call)?> Heard(Tone tone) => (_, conversation, leg) =>
        (Graph.ChangeType.Updated, new()
        {
            State = CallResource.State(conversation, leg),
            ToneInfo = new() { SequenceId = leg.ToneCount, Tone = CallResource.Tone(tone) },
        });

    // The state alone: on hold and back, and as Graph, call: transfer, notifications.
    private static (Graph.ChangeType, Graph.Call)? Where(ConversationId id, Conversation conversation, Leg leg) =>
        (Graph.ChangeType.Updated, new() { State = CallResource.State(conversation, leg), CallChainId = Chain(conversation) });

    private static (Graph.ChangeType, Graph.Call)? TransferFailed(Conversation conversation, Leg leg, TransferFailed failed) =>
        (Graph.ChangeType.Updated, new()
        {
            State = CallResource.State(conversation, leg),
            ResultInfo = CallResource.Result(TransferFailure.Of(failed.IsConsultative), failed.Reason, leg.Bot!),
            CallChainId = Chain(conversation),
        });

    // Captures of real traffic show none, the documentation does.
    private static (Graph.ChangeType, Graph.Call)? Terminating(ConversationId id, Conversation conversation, Leg leg) =>
        leg.Bot!.Style == NotificationStyle.Observed ? null : (Graph.ChangeType.Updated, new() { State = Graph.CallState.Terminating });

    private static (Graph.ChangeType, Graph.Call)? Terminated(ConversationId id, Conversation conversation, Leg leg) =>
        (Graph.ChangeType.Deleted, new()
        {
            State = Graph.CallState.Terminated,
            ResultInfo = CallResource.Result(leg.EndReason!, leg.Bot!),
        });

    /// <summary>One change as it is posted.</summary>
    /// <param name="path">Of the resource that changed.</param>
    public static Graph.CommsNotifications Envelope(Bot bot, Graph.ChangeType change, string path, Graph.ResourceData data) => new()
    {
        Value =
        [
            new()
            {
                ChangeType = change,
                Resource = bot.Style == NotificationStyle.Observed ? path.Replace("/communications/", "/app/", StringComparison.Ordinal) : null,
                ResourceUrl = path,
                ResourceData = data,
            },
        ],
    };

    private static string Chain(Conversation conversation) => conversation.CallChain.ToString("D");
}
