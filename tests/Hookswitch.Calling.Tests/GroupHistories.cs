using System.Collections.Immutable;
using CsCheck;

using static Hookswitch.Calling.Tests.Parties;

namespace Hookswitch.Calling.Tests;

/// <summary>A conversation of many, and what came after its beginning. Numbers stand for choices, which the state of the moment reads.</summary>
internal sealed record GroupHistory(Choice Beginning, ImmutableArray<Choice> Choices)
{
    /// <summary>More than the deadlines of all legs that one history can have.</summary>
    private const int MaxDeadlines = 1_000;

    public static readonly Gen<GroupHistory> Any = Gen.Select(Choice.Any, Choice.Any.Array[0, 20],
        (beginning, choices) => new GroupHistory(beginning, [.. choices]));

    public IEnumerable<Moment> Moments()
    {
        var (now, state, index) = (Noon, Conversation.None, 0);
        foreach (var choice in Choices.Prepend(Beginning))
        {
            now += choice.Wait;
            var made = new Making(state, choice, index++);
            var command = state.HasStarted ? made.Command() : made.Beginning();
            var moment = new Moment(state, command, now, Decider.Decide(state, command, now, new Timeouts()));
            yield return moment;
            state = moment.After;
        }
    }

    /// <summary>And then each of its deadlines until none is left. What other conversations are told they answer in the end.</summary>
    public IEnumerable<Moment> MomentsToTheEnd()
    {
        var last = default(Moment);
        foreach (var moment in Moments())
        {
            yield return last = moment;
        }

        var passed = 0;
        for (var (state, now) = (last!.After, last.Now); state.NextDeadline is { } next; state = last.After)
        {
            Assert.True(++passed < MaxDeadlines, $"{next} comes up again and again.");
            now = next.At > now ? next.At : now;
            last = new Moment(state, new DeadlinePassed(), now, Decider.Decide(state, new DeadlinePassed(), now, new Timeouts()));
            Assert.True(last.Decision.Events.Length > 0, $"{next} is due, and nothing happens: it would be due for ever.");
            yield return last;
            foreach (var answer in next.Kind == DeadlineKind.Message ? Answers(last.After).ToArray() : [])
            {
                yield return last = new Moment(last.After, answer, now, Decider.Decide(last.After, answer, now, new Timeouts()));
            }
        }
    }

    public override string ToString() => Printed.Lines(Moments().Select(moment =>
        $"{Printed.Of(moment.Now)} {Printed.Of(moment.Command)} {moment.Decision.Refusal}"));

    private IEnumerable<Command> Answers(Conversation state) => Message.From(new ConversationId(1), state)
        .Select(message => Beginning.Has(1) && message.Taken is { } taken ? taken : message.Refused);
}

/// <summary>Numbers that stand for what someone wants, and the time since the command before.</summary>
internal readonly record struct Choice(int What, int Who, int Whom, TimeSpan Wait)
{
    private const int Many = 1 << 20;

    public static readonly Gen<Choice> Any = Gen.Select(
        Gen.Int[0, Many], Gen.Int[0, Many], Gen.Int[0, Many],
        Gen.Frequency(
            (4, Gen.OneOf(TimeSpan.Zero, Seconds(1), Seconds(2))),
            (1, Gen.OneOf(Seconds(14), Seconds(25), Seconds(60), Minutes(2), Minutes(5), Minutes(44)))),
        (what, who, whom, wait) => new Choice(what, who, whom, wait));

    /// <summary>Something that is so in half of all cases, each independent of the others.</summary>
    public bool Has(int trait) => ((Whom >> trait) & 1) == 1;

    public T One<T>(params ReadOnlySpan<T> of) => of[Who % of.Length];
}

/// <summary>A command for a choice, which makes sense more often than not.</summary>
internal sealed record Making(Conversation State, Choice Choice, int Index)
{
    private static readonly MeetingTerms TheRoom =
        new(ConversationKind.BreakoutRoom, new MeetingThread("contoso.example", "19:room@thread.v2", "0"), Chain) { MainRoom = TheMeeting };

    /// <summary>The last bound of the commands below, and two for the rest of them.</summary>
    private const int Kinds = 42;

    public Command Beginning() => (Choice.What % 5) switch
    {
        0 => new PlaceGroupCall(Chain, NewBot(0), [.. Enumerable.Range(1, 1 + (Choice.Who % 4)).Select(NewInvitee)], With(TheGroup)),
        1 => new Join(Chain, NewParty(0), With(TheMeeting)) { Company = Company(), RequiresHost = Choice.Has(7) },
        2 => new Join(Chain, NewParty(0), With(TheGroup)) { Company = Company(), RequiresHost = Choice.Has(7) },
        3 => Call(NewBot(0), Person(Leg(1), Step(PhoneAction.Answer, 0)) with { Participant = ParticipantOf(Leg(1)) }),
        _ => new Arrive(Chain, NewPerson(0), With(TheRoom)),
    };

    public Command Command() => (Choice.What % Kinds) switch
    {
        _ when State.IsPeerToPeer && Choice.Has(9) && State.PendingLegs.Any() => Answers(Pending().Id),
        _ when Choice.Has(12) && Choice.Has(13) && State.LiveLegs.Any(leg => leg.InLobby) => LettingIn(),
        _ when Choice.Has(10) && Choice.Has(11) && State.InsideLegs.Any(leg => leg.HearsTones) => Pressing(),
        _ when Choice.Has(14) && Choice.Has(15) && Choice.Has(16) => new SubscribeToTones(AnyBot().Id, Application(), NewId(), ClientContext: null),
        _ when Choice.Has(17) && Choice.Has(18) && Choice.Has(15) => Sounding(),
        _ when Choice.Has(17) && Choice.Has(18) && State.InsideLegs.Any(leg => !leg.RoutingGroups.IsEmpty) => Rerouting(),
        _ when Choice.Has(12) && Choice.Has(17) && Choice.Has(18) => Routing(),
        < 4 => new Join(Chain, NewParty(0), State.Terms ?? TheGroup) { RequiresHost = Choice.Has(7), BypassesLobby = Choice.Has(8) },
        < 11 => Acting(),
        < 15 => new PhoneActed(Pending().Id, Choice.One(PhoneAction.Ring, PhoneAction.Answer, PhoneAction.Decline, PhoneAction.Answer)),
        < 16 => new HangUp(AnyBot().Id, Application()),
        < 17 when Choice.Has(15) => new UpdateRecordingStatus(
            AnyBot().Id, Application(), Choice.One(Enum.GetValues<RecordingStatus>()), NewId(), ClientContext: null),
        < 17 => new KeepAlive(AnyBot().Id, Application()),
        < 20 => new Answer(Pending().Id, Application(Pending()), Callback: null, Parties.Media) { MayJoinGroups = Choice.Who % 8 > 0 },
        < 21 => new Reject(Pending().Id, Application(Pending()), Callback: null),
        < 25 => new Invite(
            AnyBot().Id, Application(), NewId(), ClientContext: null, [.. Enumerable.Range(1, 1 + (Choice.Who % 2)).Select(NewInvitee)], With(TheGroup)),
        < 27 => new RemoveParticipant(AnyBot().Id, Application(), AnyParticipant()),
        < 28 when Choice.Has(15) => new Mute(AnyBot().Id, Application(), NewId(), ClientContext: null),
        < 28 when Choice.Has(16) => new Unmute(AnyBot().Id, Application(), NewId(), ClientContext: null),
        < 28 => new MuteParticipant(AnyBot().Id, Application(), AnyParticipant(), NewId(), ClientContext: null),
        < 30 => new AdmitFromLobby(AnyBot().Id, Application(), Choice.Has(9) ? null : AnyParticipant(), NewId(), ClientContext: null),
        < 31 => new RemoveFromLobby(AnyBot().Id, Application(), AnyParticipant(), NewId(), ClientContext: null),
        < 32 => Choice.Has(9) && Choice.Has(10) ? new EndConversation() : new OpenRoom(TheRoom, [AnyParticipant()]),
        < 33 => Choice.Has(9) ? new CloseRoom() : new OpenRoom(TheRoom, [.. State.InsideLegs.Where(leg => leg.Bot is null).Select(leg => leg.Participant)]),
        < 34 => Departing(),
        < 36 => Arriving(),
        < 38 => new Redirect(
            Pending().Id, Application(Pending()), Callback: null, [NewTarget(1), .. Choice.Has(9) ? [NewTarget(2)] : Array.Empty<Invitee>()], Seconds(20)),
        < 40 => Transferring(),
        _ when Choice.Has(9) && Choice.Has(12) => new PhoneActed(Pick(State.InsideLegs.Where(leg => leg.OnHold)).Id, PhoneAction.Resume),
        _ when Choice.Has(9) => new PhoneActed(Pick(State.InsideLegs.Where(leg => leg.Muted)).Id, PhoneAction.Unmute),
        _ => new DeadlinePassed(),
    };

    private Command Acting() => new PhoneActed(AnyLeg().Id, Choice.One(Enum.GetValues<PhoneAction>()))
    {
        SipStatus = 486,
        Tone = Tone.Tone0,
        Sound = "hello",
        Participant = Choice.Has(9) ? AnyParticipant() : null,
    };

    private Command Sounding() => (Choice.Who % 10) switch
    {
        < 2 when Choice.Has(11) => new MediaSocketChanged(AnyBot().Id, Choice.One(SocketChange.Connected, SocketChange.Connected, SocketChange.Lost, SocketChange.Refused)),
        0 => new CancelMedia(AnyBot().Id, Application(), NewId(), ClientContext: null),
        1 => new StartHoldMusic(AnyBot().Id, Application(), AnyParticipant(), Music: null, NewId(), ClientContext: null),
        2 => new StopHoldMusic(
            AnyBot().Id, Application(), State.InsideLegs.FirstOrDefault(leg => leg.Music is not null)?.Participant ?? AnyParticipant(), NewId(), ClientContext: null),
        3 or 4 when State.Operations.LastOrDefault(one => one.Work is not null) is { } operation =>
            new MediaEnded(operation.Leg, operation.Id, Choice.One(Enum.GetValues<MediaResult>()), Detail: null),
        5 => new StartMedia(AnyBot().Id, Application(), NewId(), ClientContext: null, new RecordWork(Prompt: null, "", Chain) { BargesIn = Choice.Has(9) }),
        _ => new StartMedia(AnyBot().Id, Application(), NewId(), ClientContext: null, new PlayWork([], Choice.Has(9))),
    };

    private Command Routing() => Choice.Has(13)
        ? new ChangeScreenSharingRole(AnyBot().Id, Application(), Choice.One(ScreenSharingRole.Sharer, ScreenSharingRole.Viewer))
        : new CreateRoutingGroup(AnyBot().Id, Application(), new RoutingGroup("group", RoutingMode.OneToOne, [Inside(0)], [Inside(1)]));

    private Command Rerouting()
    {
        var made = Pick(State.InsideLegs.Where(leg => !leg.RoutingGroups.IsEmpty));
        return Choice.Has(12)
            ? new UpdateRoutingGroup(made.Id, Application(made), "group") { Mode = RoutingMode.Multicast, Receivers = [Inside(1), Inside(2)] }
            : new DeleteRoutingGroup(made.Id, Application(made), "group");
    }

    private Guid Inside(int number) => State.InsideLegs.Skip(number).FirstOrDefault()?.Participant ?? AnyParticipant();

    private Command LettingIn() => Choice.Has(9)
        ? new PhoneActed(Pick(State.InsideLegs.Where(leg => leg.Bot is null)).Id, Choice.One(PhoneAction.Admit, PhoneAction.Admit, PhoneAction.Deny))
        : new AdmitFromLobby(Pick(State.InsideLegs.Where(leg => leg.Bot is not null)).Id, Application(), Participant: null, NewId(), ClientContext: null);

    private Command Pressing() =>
        new PhoneActed(Pick(State.LiveLegs.Where(leg => leg.Bot is null)).Id, PhoneAction.Press) { Tone = Choice.One(Enum.GetValues<Tone>()) };

    private TransferCall Transferring() => new(AnyBot().Id, Application(), Choice.Has(10) ? NewInvitee(1) : NewTarget(1))
    {
        Transferee = Choice.Has(9)
            ? new Transferee(Choice.Has(12) ? AnyParticipant() : null, Pick(State.InsideLegs.Where(leg => leg.Bot is null)).Identity)
            : null,
        Aside = new ConversationId(9),
    };

    private Command Departing() => (Choice.Who % 4) switch
    {
        0 => new Release(AnyBot().Id, Application(), new ConversationId(7), Invited),
        1 => new ReplacementRefused(AnyParticipant()),
        _ => new DepartureAnswered(State.Legs.FirstOrDefault(leg => leg.IsDeparting)?.Id ?? AnyLeg().Id, Choice.Has(9)),
    };

    private Command Arriving() =>
        State.Transfer is { IsConsultative: true } transfer && Choice.Has(9) ? new Arrive(Chain, NewPerson(0) with { Participant = transfer.Participant }, Terms: null)
        : State.Invitations.FirstOrDefault(one => one is { IsOpen: true, Replaces: not null }) is { } invitation && Choice.Has(9)
            ? new Arrive(Chain, NewPerson(0) with { Participant = invitation.Participant }, Terms: null)
            : Choice.Has(10)
                ? new Arrive(Chain, NewPerson(0) with { Leg = AnyLeg().Id, Participant = AnyParticipant() }, State.Terms)
                : new Arrive(Chain, NewPerson(0), State.Terms) { Muted = Choice.Has(11), OnHold = Choice.Has(12) };

    private MeetingTerms With(MeetingTerms terms) => terms with
    {
        Lobby = Choice.Has(0) ? LobbyBypass.Everyone : Choice.One(Enum.GetValues<LobbyBypass>()),
        RequiresHost = Choice.Has(2) && Choice.Has(3),
        EndsWithInitiator = terms.Kind == ConversationKind.GroupCall && Choice.Has(4) && Choice.Has(5),
        EndsAfter = Choice.Has(6) ? Minutes(10) : null,
        MainRoom = Choice.Has(5) ? terms.MainRoom : null,
    };

    private ImmutableArray<Party> Company() => [.. Enumerable.Range(1, Choice.Who % 3).Select(NewPerson)];

    private Invitee NewInvitee(int number) => ((Choice.Who >> number) % 6) switch
    {
        0 => Unreachable(NewPerson(number), EndReasons.NoEndpoints),
        1 => Parties.Invitee(NewParty(number), NewPerson(number + 4)),
        2 => new Invitee(ParticipantOf(Leg(number)), NewPerson(number).Identity, []) { Replaces = new CallId(new ConversationId(7), TheBot) },
        _ => Parties.Invitee(NewParty(number)) with { Hidden = Choice.Has(12) && Choice.Has(13) },
    };

    private Invitee NewTarget(int number) =>
        (Choice.Who >> number) % 6 == 0 ? Unreachable(NewPerson(number), EndReasons.NoEndpoints) : Parties.Invitee(NewParty(number) with { Hidden = false });

    private Party NewParty(int number) => ((Choice.Who >> (number + 2)) % 4) switch
    {
        0 => NewBot(number),
        _ => NewPerson(number),
    };

    private Party NewBot(int number) => Bot(Leg(number), Choice.Has(number + 1) ? Contoso : Fabrikam) with
    {
        Hidden = Choice.Has(14) && Choice.Has(number),
        Bot = Bot(Leg(number), Contoso).Bot! with
        {
            Application = Choice.Has(number + 1) ? Contoso : Fabrikam,
            Media = Choice.Has(number + 10) && Choice.Has(13) ? new AppHostedMedia("{}") { Socket = "wss://bot.example/media" }
                : Choice.Has(number + 2) ? new AppHostedMedia(Blob: null)
                : Parties.Media,
            Options = new RosterOptions(
                HideBotAfterEscalation: Choice.Has(15) ? true : null, null, DeltaRoster: Choice.Has(number + 6) ? true : null, null),
        },
    };

    private Party NewPerson(int number)
    {
        ScriptStep[] script = Choice.Has(number + 8)
            ? []
            : [Step(Choice.One(Enum.GetValues<PhoneAction>()), 2), Step(PhoneAction.Answer, 1), Step(PhoneAction.HangUp, 30)];
        var person = Person(Leg(number), [.. script]) with
        {
            Habits = new PhoneHabits(Acknowledges: Choice.Has(number + 3) || Choice.Has(16), BringsMedia: Choice.Has(number + 4) || Choice.Has(17)),
            Role = Choice.Has(number + 9) ? MeetingRole.Attendee : MeetingRole.Presenter,
            Hidden = Choice.Has(number + 5) && Choice.Has(18) && Choice.Has(14),
        };
        return ((Choice.What / Kinds) % 6) switch
        {
            0 => person with { Identity = new Identity(IdentityKind.Guest, person.Identity.Id) },
            1 => person with { Identity = new Identity(IdentityKind.Phone, person.Identity.Id) },
            2 => person with { Identity = new Identity(IdentityKind.Application, person.Identity.Id) },
            _ => person,
        };
    }

    private LegId Leg(int number) => new((Index * 16) + number + 1);

    private Guid NewId() => new(Index, 0, 0x4000, 0x80, 0, 0, 0, 0, 0, 0, 1);

    private Leg AnyLeg() => State.Legs[Choice.Whom % State.Legs.Length];

    private Leg AnyBot() => Pick(State.Legs.Where(leg => leg is { IsLive: true, Bot: not null }));

    private Leg Pending() => Pick(State.PendingLegs);

    private Leg Pick(IEnumerable<Leg> legs) => legs.ToArray() is { Length: > 0 } some ? some[Choice.Whom % some.Length] : AnyLeg();

    private Guid AnyParticipant() => State.Invitations.Length > 0 && Choice.Has(11)
        ? State.Invitations[Choice.Who % State.Invitations.Length].Participant
        : State.Legs[Choice.Who % State.Legs.Length].Participant;

    private AppId Application() => Application(AnyBot());

    // Now and then it is not the owner who asks.
    private AppId Application(Leg leg) => Choice.Who % 7 > 0 && leg.Bot is { } bot ? bot.Application : Choice.One(Contoso, Fabrikam);
}
