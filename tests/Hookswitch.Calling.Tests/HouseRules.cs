using System.Xml.Linq;

using static Hookswitch.Calling.Tests.Parties;

namespace Hookswitch.Calling.Tests;

public sealed class HouseRules
{
    private static readonly PlaceCall Scripted = Call(Bot(TheBot, Contoso), Phone(ThePhone, Step(PhoneAction.Answer, 1)));

    private static readonly ConversationEvent[] Events =
    [
        new ConversationStarted(ConversationKind.PeerToPeer, Chain, [Alice]),
        new LegAdded(TheBot, Chain, Alice, CallDirection.Incoming, BotCallsUser.Caller.Bot, []),
        new LegRinging(TheBot),
        new LegAccepted(TheBot, "https://bot.example/calls", Media),
        new CallbackChanged(TheBot, "https://bot.example/calls"),
        new LegEstablished(TheBot),
        new PhoneAnswered(ThePhone),
        new MediaStarted(TheBot),
        new MediaStopped(TheBot),
        new TonePressed(ThePhone, Tone.Pound),
        new TonesSubscribed(TheBot),
        new RecordingStatusUpdated(TheBot, RecordingStatus.Recording),
        new TransferStarted(TheBot, Invited, Alice),
        new TransferAccepted(TheBot),
        new TransferFailed(TheBot, IsConsultative: false, EndReasons.Declined),
        new LegTerminating(TheBot),
        new LegTerminated(TheBot, EndReasons.ConversationEnded),
        new ScriptAdvanced(TheBot),
        new DeadlineSet(DeadlineKind.Answer, TheBot, Noon),
        new DeadlineCleared(DeadlineKind.Answer, TheBot),
        new ConversationEnded(),
        new ConversationWidened(TheGroup),
        new ParticipantInvited(Invited, Alice, TheBot),
        new InvitationFailed(Invited, EndReasons.Declined),
        new LegPutInLobby(TheBot),
        new LegAdmitted(TheBot),
        new LegMuted(TheBot),
        new LegUnmuted(TheBot),
        new LegHeld(ThePhone),
        new LegResumed(ThePhone),
        new RoutingGroupSet(TheBot, Whisper),
        new RoutingGroupDeleted(TheBot, "whisper"),
        new ScreenSharingRoleChanged(TheBot, ScreenSharingRole.Sharer),
        new RoleChanged(ThePhone, MeetingRole.Presenter),
        new LegReleased(ThePhone, new Departure(Departure.Next(ThePhone), Invited, To: null, TheMeeting)),
        new LegArrived(ThePhone),
        new OperationStarted(Chain, TheBot, OperationKind.Invite, "context", [Invited]),
        new OperationEnded(Chain, IsTold: true),
        new RosterChanged([Invited]),
        new HoldMusicStarted(ThePhone, new HoldMusic(TheBot, Chain, File: null)),
        new HoldMusicStopped(ThePhone),
        new PhoneSpoke(ThePhone, "tone-440"),
    ];

    private static readonly Command[] Commands =
    [
        BotCallsUser,
        BotAnswers,
        new Reject(TheBot, Contoso, Callback: null),
        new Redirect(TheBot, Contoso, Callback: null, [new Invitee(Invited, Alice, [Phone(ThePhone)])], Seconds(55)),
        new TransferCall(TheBot, Contoso, new Invitee(Invited, Alice, [Phone(ThePhone)])),
        new HangUp(TheBot, Contoso),
        new KeepAlive(TheBot, Contoso),
        new SubscribeToTones(TheBot, Contoso, Chain, ClientContext: null),
        new UpdateRecordingStatus(TheBot, Contoso, RecordingStatus.Recording, Chain, ClientContext: null),
        PhoneRings,
        new DeadlinePassed(),
        new PlaceGroupCall(Chain, Bot(TheBot, Contoso), [new Invitee(Invited, Alice, [Phone(ThePhone)])], TheGroup),
        new Join(Chain, Bot(TheOtherBot, Contoso), TheMeeting),
        new Invite(TheBot, Contoso, Chain, ClientContext: null, [new Invitee(Invited, Alice, [Phone(ThePhone)])], TheGroup),
        new RemoveParticipant(TheBot, Contoso, Invited),
        new MuteParticipant(TheBot, Contoso, Invited, Chain, ClientContext: null),
        new Mute(TheBot, Contoso, Chain, ClientContext: null),
        new Unmute(TheBot, Contoso, Chain, ClientContext: null),
        new CreateRoutingGroup(TheBot, Contoso, Whisper),
        new UpdateRoutingGroup(TheBot, Contoso, "whisper"),
        new DeleteRoutingGroup(TheBot, Contoso, "whisper"),
        new ChangeScreenSharingRole(TheBot, Contoso, ScreenSharingRole.Sharer),
        new AdmitFromLobby(TheBot, Contoso, Invited, Chain, ClientContext: null),
        new RemoveFromLobby(TheBot, Contoso, Invited, Chain, ClientContext: null),
        new EndConversation(),
        new OpenRoom(TheMeeting, []),
        new CloseRoom(),
        new Release(TheBot, Contoso, new ConversationId(7), Invited),
        new Arrive(Chain, Phone(TheSecondPhone), TheMeeting),
        new DepartureAnswered(ThePhone, Arrived: true),
        new ReplacementRefused(Invited),
        new StartMedia(TheBot, Contoso, Chain, ClientContext: null, new PlayWork([], Loop: false)),
        new CancelMedia(TheBot, Contoso, Chain, ClientContext: null),
        new StartHoldMusic(TheBot, Contoso, Invited, Music: null, Chain, ClientContext: null),
        new StopHoldMusic(TheBot, Contoso, Invited, Chain, ClientContext: null),
        new MediaSocketChanged(TheBot, SocketChange.Connected),
        new MediaEnded(TheBot, Chain, MediaResult.Completed, Detail: null),
    ];

    [Fact]
    public void The_core_knows_nothing_but_dotnet() =>
        Assert.All(typeof(Conversation).Assembly.GetReferencedAssemblies(), reference =>
            Assert.StartsWith("System.", reference.Name, StringComparison.Ordinal));

    [Fact]
    public void Every_event_is_folded_wherever_it_comes()
    {
        Assert.Equal(StoredShapesTests.KindsOf(typeof(ConversationEvent)), Sorted(Events));
        var states = Events.Select(@event => Conversation.Evolve(new Given(Scripted).Conversation, @event)).Append(Conversation.None);
        Assert.All(states, state => Assert.All(Events, @event =>
            Assert.Equal(state.Version + 1, Conversation.Evolve(state, @event).Version)));
    }

    [Fact]
    public void Every_command_is_decided_before_during_and_after_a_call()
    {
        Assert.Equal(StoredShapesTests.KindsOf(typeof(Command)), Sorted(Commands));
        Given[] states =
        [
            new(), new(BotCallsUser), new(UserCallsBot, BotAnswers), new(BotCallsUser, PhoneDeclines),
            new(new Join(Chain, Bot(TheBot, Contoso), TheMeeting)),
        ];
        Assert.All(states, state => Assert.All(Commands, command => Assert.NotNull(state.When(command).Decision)));
    }

    [Theory]
    [MemberData(nameof(DeadlineKinds))]
    public void Something_happens_at_a_deadline_of_every_kind(DeadlineKind kind)
    {
        LegId? about = kind is DeadlineKind.End or DeadlineKind.Message ? null : ThePhone;
        var call = Conversation.Evolve(new Given(Scripted).Conversation, new DeadlineSet(kind, about, Noon));
        Assert.NotEmpty(Decider.Decide(call, new DeadlinePassed(), Noon, new Timeouts()));
    }

    [Theory]
    [MemberData(nameof(PhoneActions))]
    public void Each_action_of_a_phone_makes_sense_in_some_state(PhoneAction action)
    {
        var unusual = Call(Bot(TheBot, Contoso), Number(TheNumber) with { Habits = new(Acknowledges: false, BringsMedia: false) });
        PhoneActed[] life = [On(PhoneAction.Answer), On(PhoneAction.Acknowledge), On(PhoneAction.StartMedia), On(PhoneAction.LoseMedia)];
        var states = Enumerable.Range(0, life.Length + 1).Select(lived => new Given([unusual, .. life[..lived]]));
        Assert.Contains(states.Concat(InAMeeting()), state => state.When(On(action)).Decision.Refusal is null);

        static PhoneActed On(PhoneAction action) => new(TheNumber, action) { SipStatus = 503, Tone = Tone.Star, Sound = "tone-440" };
    }

    // The number is an organizer's phone: muted or not, a presenter with it, and someone in the lobby.
    private static IEnumerable<Given> InAMeeting()
    {
        var strict = TheMeeting with { Lobby = LobbyBypass.Organizer };
        var meeting = new Given(new Join(Chain, Bot(TheOtherBot, Fabrikam), strict) { Company = [Number(TheNumber), Bot(TheBot, Contoso)] });
        return [meeting, meeting.And(new PhoneActed(TheNumber, PhoneAction.Mute), new PhoneActed(TheNumber, PhoneAction.Hold), new PhoneActed(TheNumber, PhoneAction.Promote))];
    }

    [Fact]
    public void Every_public_type_says_what_it_is()
    {
        var assembly = typeof(Conversation).Assembly;
        var said = XDocument.Load(Path.ChangeExtension(assembly.Location, "xml"))
            .Descendants("member")
            .Where(member => member.Element("summary") is { } summary && !string.IsNullOrWhiteSpace(summary.Value))
            .Select(member => member.Attribute("name")!.Value)
            .ToHashSet();
        Assert.All(assembly.GetExportedTypes(), type => Assert.Contains($"T:{type.FullName!.Replace('+', '.')}", said));
    }

    public static TheoryData<DeadlineKind> DeadlineKinds => [.. Enum.GetValues<DeadlineKind>()];

    public static TheoryData<PhoneAction> PhoneActions => [.. Enum.GetValues<PhoneAction>()];

    private static IEnumerable<Type> Sorted(IEnumerable<object> samples) =>
        samples.Select(sample => sample.GetType()).OrderBy(type => type.Name, StringComparer.Ordinal);
}
