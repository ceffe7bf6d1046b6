using Hookswitch.Calling;

namespace Hookswitch.Resources;

/// <summary>A bot's leg as Graph's <c>call</c> resource. Graph, call resource type.</summary>
internal static class CallResource
{
    /// <summary>The address of a call below the version, as notifications name it.</summary>
    public static string Path(CallId call) => $"/communications/calls/{call}";

    /// <summary>The whole resource, for an answer to the bot.</summary>
    /// <param name="conversation">Which the call takes part in.</param>
    /// <param name="leg">A bot's leg.</param>
    public static Graph.Call Of(ConversationId id, Conversation conversation, Leg leg)
    {
        var bot = leg.Bot!;
        return new Graph.Call
        {
            Id = new CallId(id, leg.Id).ToString(),
            State = State(conversation, leg),
            Direction = Direction(leg.Direction),
            MediaState = leg.MediaActive && !conversation.IsHeld(leg) ? ActiveAudio : null,
            CallChainId = conversation.CallChain.ToString("D"),
            Subject = bot.Subject,
            CallbackUri = bot.Callback,
            CallRoutes = [],
            Source = Source(conversation, leg),
            Targets = Targets(conversation, leg),
            RequestedModalities = Modalities(bot),
            MediaConfig = Media(bot.Media),
            CallOptions = Options(leg),
            ChatInfo = MeetingResource.Chat(conversation),
            MeetingInfo = MeetingResource.Info(id, conversation),
            TenantId = bot.Tenant,
            MyParticipantId = ParticipantResource.Id(leg.Participant),
        };
    }

    public static Graph.CallMediaState ActiveAudio { get; } = new() { Audio = Graph.MediaState.Active };

    /// <summary>Who called. Hidden from applications that hold no permission of the calls API. Graph, call: answer.</summary>
    public static Graph.ParticipantInfo Source(Conversation conversation, Leg leg)
    {
        var (caller, bot) = (CallerOf(conversation, leg), leg.Bot!);
        return new Graph.ParticipantInfo
        {
            Identity = IdentityResource.Of(caller, bot),
            EndpointType = Graph.EndpointType.Default,
            LanguageId = "en-US",
            ParticipantId = ParticipantResource.Id(caller.Participant),
        };
    }

    /// <summary>Whoever called the leg: itself, if it called or joined. Of a call that was passed on, the one with whom it is to talk.</summary>
    public static Leg CallerOf(Conversation conversation, Leg leg) =>
        leg.Direction == CallDirection.Outgoing ? leg
        : (leg.CalledFor ?? leg.CalledBy) is { } by ? conversation.Find(by)!
        : conversation.Caller;

    /// <summary>Whom the caller asked for; nobody, if the leg joined.</summary>
    public static IReadOnlyList<Graph.InvitationParticipantInfo> Targets(Conversation conversation, Leg leg) =>
    [
        .. (leg.CalledBy is not null ? [leg.Identity] : leg.Id == conversation.Caller.Id || leg.Direction == CallDirection.Incoming ? conversation.Targets : [])
            .Select(target => new Graph.InvitationParticipantInfo { Identity = IdentityResource.Of(target) }),
    ];

    public static IReadOnlyList<Graph.Modality> Modalities(Bot bot) => [.. bot.Modalities.Select(Modality)];

    public static Graph.CallDirection Direction(CallDirection direction) =>
        direction == CallDirection.Incoming ? Graph.CallDirection.Incoming : Graph.CallDirection.Outgoing;

    /// <summary>The keys are named alike.</summary>
    public static Graph.Tone Tone(Tone tone) => Enum.Parse<Graph.Tone>(tone.ToString());

    /// <summary>The end of a call as a bot is told it. Null: it is told none.</summary>
    public static Graph.ResultInfo? Result(EndReason reason, Bot bot) => reason.IsTold
        ? new Graph.ResultInfo
        {
            Code = new Graph.ResultCode(reason.Code, bot.QuotedCodes),
            Subcode = new Graph.ResultCode(reason.Subcode, bot.QuotedCodes),
            Message = Message(reason, bot),
        }
        : null;

    /// <summary>That a transfer has failed: the call goes on. Its message says the true reason.</summary>
    public static Graph.ResultInfo Result(TransferFailure failure, EndReason why, Bot bot) => new()
    {
        Code = new Graph.ResultCode(failure.Code, bot.QuotedCodes),
        Subcode = new Graph.ResultCode(failure.Subcode, bot.QuotedCodes),
        Message = $"The transfer failed. Underlying reason: {why}: {Message(why, bot)}",
    };

    public static string Message(EndReason reason, Bot bot) => bot.Style == NotificationStyle.Observed ? reason.ObservedMessage : reason.Message;

    /// <summary>Where a bot's leg is in its life, as it is told: on hold while the other party of its peer-to-peer call holds it.</summary>
    public static Graph.CallState State(Conversation conversation, Leg leg) =>
        leg.State == LegState.Established && conversation.IsHeld(leg) ? Graph.CallState.Hold : State(leg.State);

    /// <summary>Where a bot's leg is in its life. It is called until it answers: that phones ring elsewhere is nothing of its own.</summary>
    public static Graph.CallState State(LegState state) => state switch
    {
        LegState.Incoming or LegState.Ringing => Graph.CallState.Incoming,
        LegState.Establishing => Graph.CallState.Establishing,
        LegState.Established => Graph.CallState.Established,
        LegState.Transferring => Graph.CallState.Transferring,
        LegState.TransferAccepted => Graph.CallState.TransferAccepted,
        LegState.Terminating => Graph.CallState.Terminating,
        _ => Graph.CallState.Terminated,
    };

    private static Graph.Modality Modality(Modality modality) => modality switch
    {
        Calling.Modality.Video => Graph.Modality.Video,
        Calling.Modality.VideoBasedScreenSharing => Graph.Modality.VideoBasedScreenSharing,
        Calling.Modality.Data => Graph.Modality.Data,
        _ => Graph.Modality.Audio,
    };

    private static Graph.MediaConfig? Media(MediaConfig? media) => media switch
    {
        ServiceHostedMedia hosted => new Graph.ServiceHostedMediaConfig
        {
            PreFetchMedia = [.. hosted.Prefetch.Select(file => new Graph.MediaInfo { Uri = file.Uri, ResourceId = file.ResourceId })],
            RemoveFromDefaultAudioGroup = hosted.OutsideDefaultGroup ? true : null,
        },
        AppHostedMedia app => new Graph.AppHostedMediaConfig
        {
            Blob = app.Blob,
            RemoveFromDefaultAudioGroup = app.OutsideDefaultGroup ? true : null,
        },
        _ => null,
    };

    private static Graph.CallOptions? Options(Leg leg) => (leg.Bot!.Options, leg.Direction) switch
    {
        (null, _) => null,
        ({ } options, CallDirection.Outgoing) => new Graph.OutgoingCallOptions
        {
            HideBotAfterEscalation = options.HideBotAfterEscalation,
            IsContentSharingNotificationEnabled = options.ContentSharingNotifications,
            IsDeltaRosterEnabled = options.DeltaRoster,
            IsInteractiveRosterEnabled = options.InteractiveRoster,
        },
        ({ } options, _) => new Graph.IncomingCallOptions
        {
            HideBotAfterEscalation = options.HideBotAfterEscalation,
            IsContentSharingNotificationEnabled = options.ContentSharingNotifications,
            IsDeltaRosterEnabled = options.DeltaRoster,
            IsInteractiveRosterEnabled = options.InteractiveRoster,
        },
    };
}
