using System.Globalization;
using Hookswitch.Calling;

namespace Hookswitch.Resources;

/// <summary>Who takes part, as Graph's <c>participant</c> resource. Graph, participant resource type; <c>wire.md</c>, 1.2.</summary>
internal static class ParticipantResource
{
    /// <summary>The roster of a leg: the bot itself included.</summary>
    public static IReadOnlyList<Graph.Participant> Roster(Conversation conversation, Leg viewer) =>
        [.. conversation.RosterOf(viewer).Select(leg => Of(conversation, leg, viewer.Bot!))];

    /// <summary>The roster of a leg; nobody, as long as its bot has not answered.</summary>
    public static IReadOnlyList<Graph.Participant> Seen(Conversation conversation, Leg viewer) => viewer.IsPending ? [] : Roster(conversation, viewer);

    /// <param name="viewer">To whom it is shown: people are hidden from applications that hold no permission of the calls API.</param>
    public static Graph.Participant Of(Conversation conversation, Leg leg, Bot viewer) => new()
    {
        Id = Id(leg.Participant),
        Info = new()
        {
            Identity = IdentityResource.Of(leg, viewer),
            EndpointType = Graph.EndpointType.Default,
            LanguageId = "en-US",
            ParticipantId = Id(leg.Participant),
            ClientVersion = leg.Bot is { } bot ? $"{leg.Identity.DisplayName ?? "bot"} (appid:{bot.Application})" : null,
        },
        MediaStreams = [.. Streams(leg, conversation.Legs.IndexOf(leg))],
        IsMuted = leg.Muted,
        IsInLobby = leg.InLobby,
        IsIdentityAnonymized = false,
        MeetingRole = conversation.Kind is ConversationKind.Meeting or ConversationKind.BreakoutRoom ? Role(leg.Role) : "none",
        PublishedStates = [],
        RecordingInfo = leg.Recording is { } status ? new() { RecordingStatus = Recording(status), Initiator = IdentityResource.Of(leg.Identity) } : null,
    };

    /// <summary>A participant that is no longer there. Graph, participant: removedState.</summary>
    public static Graph.Participant Removed(Leg leg, Bot viewer) => new()
    {
        Id = Id(leg.Participant),
        Info = new() { Identity = IdentityResource.Of(leg, viewer), ParticipantId = Id(leg.Participant) },
        IsMuted = leg.Muted,
        IsInLobby = false,
        RemovedState = new() { Reason = IsRemoved(leg) ? "removed" : "left" },
    };

    public static string Id(Guid participant) => participant.ToString("D");

    /// <summary>Whether somebody saw to it that the leg is over.</summary>
    public static bool IsRemoved(Leg leg) => leg.EndReason is { } reason && (
        reason == EndReasons.RemovedByPerson || reason == EndReasons.RemovedThroughApi || reason == EndReasons.RefusedEntry);

    private static Graph.MediaDirection Sound(Leg leg) =>
        leg.OnHold ? Graph.MediaDirection.Inactive
        : leg.Music is not null ? Graph.MediaDirection.ReceiveOnly
        : Graph.MediaDirection.SendReceive;

    // What a person's client brings, and what a telephone or a bot does.
    private static IEnumerable<Graph.MediaStream> Streams(Leg leg, int place)
    {
        yield return Stream(Graph.Modality.Audio, "main-audio", Sound(leg), 0);
        if (leg is { Bot: null, Identity.Kind: IdentityKind.User or IdentityKind.Guest })
        {
            yield return Stream(Graph.Modality.Video, "main-video", Graph.MediaDirection.ReceiveOnly, 1);
            yield return Stream(Graph.Modality.VideoBasedScreenSharing, "applicationsharing-video", Graph.MediaDirection.ReceiveOnly, 2);
            yield return Stream(Graph.Modality.Data, "data", Graph.MediaDirection.SendReceive, 3);
        }

        if (leg.ScreenSharing == ScreenSharingRole.Sharer)
        {
            yield return Stream(Graph.Modality.VideoBasedScreenSharing, "applicationsharing-video", Graph.MediaDirection.SendOnly, 2);
        }

        Graph.MediaStream Stream(Graph.Modality type, string label, Graph.MediaDirection direction, int stream) => new()
        {
            MediaType = type,
            Label = label,
            SourceId = ((place + 1) * 100 + stream).ToString(CultureInfo.InvariantCulture),
            Direction = direction,
            ServerMuted = leg.Muted && type == Graph.Modality.Audio,
        };
    }

    private static Graph.RecordingStatus Recording(RecordingStatus status) => status switch
    {
        RecordingStatus.Recording => Graph.RecordingStatus.Recording,
        RecordingStatus.Failed => Graph.RecordingStatus.Failed,
        _ => Graph.RecordingStatus.NotRecording,
    };

    private static string Role(MeetingRole role) => role switch
    {
        MeetingRole.Organizer => "organizer",
        MeetingRole.CoOrganizer => "coorganizer",
        MeetingRole.Presenter => "presenter",
        _ => "attendee",
    };
}
