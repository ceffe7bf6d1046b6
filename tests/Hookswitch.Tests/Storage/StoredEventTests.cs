using System.Text;
using Hookswitch.Calling;
using Hookswitch.Storage;

namespace Hookswitch.Tests.Storage;

/// <summary>What is stored is read by every later release: these texts change only by additions.</summary>
public sealed class StoredEventTests
{
    private static readonly LegId Leg = new(0xB0);
    private static readonly Guid Id = new("a0000000-0000-4000-8000-000000000001");

    private static readonly Bot Bot = new(new AppId("b0000000-0000-4000-8000-000000000001"), "t0000000", "https://bot.example/calls")
    {
        Style = NotificationStyle.Observed,
        QuotedCodes = true,
        CallerHidden = true,
        ToldRinging = true,
        Scenario = Id,
        Media = new ServiceHostedMedia([new MediaFile("https://bot.example/a.wav", "a")]),
        Modalities = [Modality.Audio, Modality.VideoBasedScreenSharing],
        Subject = "Good morning",
        Options = new RosterOptions(true, false, true, null),
    };

    private static readonly MeetingTerms Terms =
        new(ConversationKind.Meeting, new MeetingThread("t0000000", "19:meeting_one@thread.v2", "0"), Id)
        {
            Subject = "Standup",
            Organizer = new Calling.Identity(IdentityKind.User, "u"),
            CoOrganizers = ["v"],
            Invited = ["w"],
            Lobby = LobbyBypass.Organization,
            RequiresHost = true,
            EndsWithInitiator = true,
            EndsAfter = TimeSpan.FromMinutes(5),
        };

    private static readonly ConversationEvent[] Events =
    [
        new ConversationStarted(ConversationKind.PeerToPeer, Id, [new Calling.Identity(IdentityKind.User, "u", "Alice", "t0000000")]),
        new LegAdded(Leg, Id, new Calling.Identity(IdentityKind.Application, "b"), CallDirection.Outgoing, Bot, []),
        new LegAdded(Leg, Id, new Calling.Identity(IdentityKind.Phone, "+12065550100"), CallDirection.Incoming, Bot: null,
            [new ScriptStep(PhoneAction.Ring, TimeSpan.FromMilliseconds(100)), new ScriptStep(PhoneAction.HangUp, TimeSpan.FromSeconds(5))]),
        new ConversationStarted(ConversationKind.PeerToPeer, Id, []) { Timeouts = new Timeouts { Ring = TimeSpan.FromSeconds(2) } },
        new LegAdded(Leg, Id, new Calling.Identity(IdentityKind.User, "u"), CallDirection.Incoming, Bot: null,
            [new ScriptStep(PhoneAction.Refuse, TimeSpan.Zero) { SipStatus = 503 }, new ScriptStep(PhoneAction.Press, TimeSpan.Zero) { Tone = Tone.Tone1 }])
        {
            Habits = new PhoneHabits(Acknowledges: false, BringsMedia: false),
        },
        new LegRinging(Leg),
        new LegAccepted(Leg, "https://bot.example/calls", new AppHostedMedia("blob")) { Modalities = [Modality.Video], Options = Bot.Options, Scenario = Id },
        new PhoneAnswered(Leg),
        new CallbackChanged(Leg, "https://bot.example/other"),
        new LegEstablished(Leg),
        new MediaStarted(Leg),
        new MediaStopped(Leg),
        new TonePressed(Leg, Tone.Pound),
        new LegTerminating(Leg),
        new LegTerminated(Leg, EndReasons.EndedByOtherParticipant),
        new LegTerminated(Leg, EndReasons.Pstn(CallDirection.Outgoing, 486)),
        new ScriptAdvanced(Leg),
        new DeadlineSet(DeadlineKind.KeepAlive, Leg, new DateTimeOffset(2026, 1, 1, 12, 45, 0, TimeSpan.Zero)),
        new DeadlineCleared(DeadlineKind.Signalling, Leg),
        new ConversationEnded(),
        new ConversationStarted(ConversationKind.Meeting, Id, []) { Terms = Terms },
        new LegAdded(Leg, Id, new Calling.Identity(IdentityKind.Guest, "g"), CallDirection.Outgoing, Bot: null, [])
        {
            CalledBy = Leg,
            Hidden = true,
            OutsideDefaultGroup = true,
            Role = MeetingRole.Presenter,
            RequiresHost = true,
        },
        new DeadlineSet(DeadlineKind.End, Leg: null, new DateTimeOffset(2026, 1, 1, 12, 45, 0, TimeSpan.Zero)),
        new ConversationWidened(Terms with { Kind = ConversationKind.GroupCall, MainRoom = Terms }),
        new ParticipantInvited(Id, new Calling.Identity(IdentityKind.User, "u"), Leg) { Replaces = new CallId(new ConversationId(1), Leg) },
        new InvitationFailed(Id, EndReasons.Declined),
        new LegPutInLobby(Leg),
        new LegAdmitted(Leg),
        new LegMuted(Leg),
        new LegUnmuted(Leg),
        new LegHeld(Leg),
        new LegResumed(Leg),
        new RoutingGroupSet(Leg, new RoutingGroup("whisper", Calling.RoutingMode.Multicast, [Id], [Id])),
        new RoutingGroupDeleted(Leg, "whisper"),
        new ScreenSharingRoleChanged(Leg, Calling.ScreenSharingRole.Sharer),
        new ParticipantInvited(Id, new Calling.Identity(IdentityKind.User, "u"), Leg) { OutsideDefaultGroup = true },
        new RoleChanged(Leg, MeetingRole.CoOrganizer),
        new LegReleased(Leg, new Departure(Leg, Id, new ConversationId(1), Room: null)),
        new LegArrived(Leg),
        new OperationStarted(Id, Leg, OperationKind.Invite, "context", [Id]),
        new OperationEnded(Id, IsTold: true),
        new RosterChanged([Id]),
        new TonesSubscribed(Leg),
        new RecordingStatusUpdated(Leg, Calling.RecordingStatus.Recording),
        new LegAdded(Leg, Id, new Calling.Identity(IdentityKind.User, "u"), CallDirection.Incoming, Bot: null, []) { CalledBy = Leg, CalledFor = Leg },
        new TransferStarted(Leg, Id, new Calling.Identity(IdentityKind.User, "u")) { Replaces = new CallId(new ConversationId(1), Leg) },
        new TransferStarted(Leg, Id, new Calling.Identity(IdentityKind.User, "u")) { Aside = new Aside(Leg, new ConversationId(1)) },
        new ConversationStarted(ConversationKind.PeerToPeer, Id, []) { Expects = Id },
        new LegReleased(Leg, new Departure(Leg, Id, new ConversationId(1), Room: null) { Meets = Id }),
        new TransferAccepted(Leg),
        new TransferFailed(Leg, IsConsultative: true, EndReasons.ReplacedCallNotFound),
        new HoldMusicStarted(Leg, new HoldMusic(Leg, Id, new MediaFile("https://bot.example/music.wav", "music"))),
        new HoldMusicStopped(Leg),
        new PhoneSpoke(Leg, "tone-440"),
        new OperationStarted(Id, Leg, OperationKind.PlayPrompt, "context", [])
        {
            Work = new PlayWork([new Prompt(new MediaFile("https://bot.example/a.wav", "a"), Times: 2)], Loop: true),
        },
        new OperationStarted(Id, Leg, OperationKind.RecordResponse, "context", [])
        {
            Work = new RecordWork(new Prompt(new MediaFile("https://bot.example/a.wav", ResourceId: null)), "https://server.example/recordings", Id)
            {
                BargesIn = true,
                Beeps = true,
                InitialSilence = TimeSpan.FromSeconds(5),
                MaxSilence = TimeSpan.FromSeconds(5),
                MaxDuration = TimeSpan.FromSeconds(5),
                StopTones = [Calling.Tone.Pound],
            },
        },
        new OperationStarted(Id, Leg, OperationKind.SendDtmfTones, "context", []) { Work = new ToneWork([Calling.Tone.Star], TimeSpan.FromSeconds(0.3)) },
        new OperationStarted(Id, Leg, OperationKind.StartHoldMusic, "context", [Id]) { Work = new HoldMusicWork(Music: null) },
        new OperationEnded(Id, IsTold: true) { Result = MediaResult.NotDownloaded, Detail = "It answers 404." },
    ];

    [Fact]
    public void Events_are_stored_under_names_and_members_that_stay() => Snapshot.Match(string.Concat(Events.Select(Written)));

    /// <summary>Reads the text itself, as a later release will.</summary>
    [Fact]
    public void What_earlier_releases_stored_is_read()
    {
        var stored = Snapshot.Accepted(nameof(Events_are_stored_under_names_and_members_that_stay))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => Assert.Single(CallingJson.Read(Encoding.UTF8.GetBytes(line))));

        Assert.Equal(Events.Select(Written), stored.Select(Written));
    }

    [Fact]
    public void Every_event_has_a_stored_name_and_stands_in_these_texts() =>
        Assert.Equal(
            typeof(ConversationEvent).Assembly.GetTypes().Where(type => type.BaseType == typeof(ConversationEvent)).Select(type => type.Name).Order(StringComparer.Ordinal),
            Events.Select(one => one.GetType().Name).Distinct().Order(StringComparer.Ordinal));

    private static string Written(ConversationEvent @event) => $"{Encoding.UTF8.GetString(CallingJson.Write([@event]))}\n";
}
