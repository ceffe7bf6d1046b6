using System.Collections.Immutable;
using CsCheck;

using static Hookswitch.Calling.Tests.Parties;

namespace Hookswitch.Calling.Tests;

/// <summary>A call, and what came after it: who wanted what, how long after the command before.</summary>
internal sealed record History(PlaceCall Call, ImmutableArray<(Command Command, TimeSpan Wait)> Commands)
{
    /// <summary>More than the steps of all scripts and one deadline of each kind for each leg.</summary>
    private const int MaxDeadlines = 100;

    private const int FirstPassedOn = 5;

    /// <summary>One to three callees, phones or bots, scripted or not; then commands of anyone to anyone, at any time.</summary>
    public static readonly Gen<History> Any = Gen.Select(AnyCall(), Gen.Bool, AnyCommand().Select(AnyWait()).Array[0, 12],
        (call, isAnswered, commands) => new History(
            call, [.. isAnswered ? Answered(call) : [], .. commands.Select((one, i) => (Renumbered(one.Item1, i), one.Item2))]));

    /// <summary>What becomes of it, command by command.</summary>
    public IEnumerable<Moment> Moments()
    {
        var (now, state) = (Noon, Conversation.None);
        foreach (var (command, wait) in Commands.Prepend((Call, TimeSpan.Zero)))
        {
            now += wait;
            var moment = new Moment(state, command, now, Decider.Decide(state, command, now, new Timeouts()));
            yield return moment;
            state = moment.After;
        }
    }

    /// <summary>What becomes of it, and then of each of its deadlines until none is left.</summary>
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
            foreach (var message in next.Kind == DeadlineKind.Message ? Message.From(new ConversationId(1), last.After).ToArray() : [])
            {
                yield return last = new Moment(last.After, message.Refused, now, Decider.Decide(last.After, message.Refused, now, new Timeouts()));
            }
        }
    }

    public override string ToString() => Printed.Lines([Call, .. Commands.Select(one => $"{one.Wait} {Printed.Of(one.Command)}")]);

    private static Gen<PlaceCall> AnyCall() =>
        Gen.Select(AnyParty(0), Gen.Int[1, 3].SelectMany(count => count switch
        {
            1 => AnyParty(1).Select(one => new[] { one }),
            2 => Gen.Select(AnyParty(1), AnyParty(2), (one, two) => new[] { one, two }),
            _ => Gen.Select(AnyParty(1), AnyParty(2), AnyParty(3), (one, two, three) => new[] { one, two, three }),
        }), (caller, callees) => Parties.Call(caller, [.. callees]));

    private static Gen<Party> AnyParty(int leg) => Gen.OneOf(
        Gen.Select(AnyApplication(), Gen.Bool, (application, toldRinging) =>
            Bot(new LegId(leg), application) with { Bot = Bot(new LegId(leg), application).Bot! with { ToldRinging = toldRinging } }),
        Gen.Select(AnyScript(), AnyHabits(), AnyPatience(), (steps, habits, patience) =>
            Phone(new LegId(leg), [.. steps]) with { Habits = habits, Patience = patience }),
        Gen.Select(AnyScript(), AnyHabits(), AnyPatience(), (steps, habits, patience) =>
            Number(new LegId(leg), [.. steps]) with { Habits = habits, Patience = patience }));

    private static Gen<ScriptStep[]> AnyScript() =>
        Gen.Select(AnyAction(), AnyWait(), (action, wait) => new ScriptStep(action, wait) { SipStatus = 503, Tone = Tone.Pound }).Array[0, 4];

    private static Gen<PhoneHabits> AnyHabits() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3], (acknowledges, media) => new PhoneHabits(acknowledges > 0, media > 0));

    private static Gen<TimeSpan?> AnyPatience() => Gen.Int[0, 3].Select(TimeSpan? (one) => one == 0 ? Seconds(10) : null);

    private static Gen<Command> AnyCommand() => Gen.Frequency(
        (2, Gen.Select(AnyLeg(), AnyApplication(), Command (leg, application) => new HangUp(leg, application))),
        (2, Gen.Select(AnyLeg(), AnyApplication(), Command (leg, application) => new KeepAlive(leg, application))),
        (4, Gen.Select(AnyLeg(), AnyApplication(), Command (leg, application) => new Answer(leg, application, Callback: null, Parties.Media))),
        (2, Gen.Select(AnyLeg(), AnyApplication(), Command (leg, application) => new Reject(leg, application, Callback: null))),
        (3, Gen.Select(AnyLeg(), AnyApplication(), AnyTarget(), AnyTarget(), Command (leg, application, one, other) =>
            new Redirect(leg, application, Callback: null, [one, other], Seconds(20)))),
        (6, Gen.Select(AnyLeg(), AnyApplication(), AnyTarget(), Gen.Int[0, 2], Command (leg, application, target, kind) =>
            new TransferCall(leg, application, kind == 0 ? target with { Replaces = new CallId(new(7), TheBot) } : target))),
        (3, AnyScript().Select(Command (steps) => new Arrive(Chain, Phone(TheThirdPhone, [.. steps]), Terms: null))),
        (8, Gen.Select(AnyLeg(), AnyAction(), Command (leg, action) => new PhoneActed(leg, action) { SipStatus = 486, Tone = Tone.Tone0 })),
        (4, Gen.Select(AnyLeg(), AnyApplication(), Command (leg, application) => new SubscribeToTones(leg, application, Chain, ClientContext: null))),
        (4, AnyLeg().Select(Command (leg) => new PhoneActed(leg, PhoneAction.Press) { Tone = Tone.Tone1 })),
        (4, Gen.Const<Command>(new DeadlinePassed())),
        (1, AnyCall().Select(Command (call) => call)));

    // Whom a call is passed on to. Now and then nobody is there.
    private static Gen<Invitee> AnyTarget() => Gen.Select(AnyParty(0), Gen.Int[0, 7], (party, reached) => reached switch
    {
        0 => Unreachable(party, EndReasons.NoEndpoints),
        < 4 => Invitee(party),
        _ => Invitee(Phone(party.Leg, Step(PhoneAction.Answer, 1)) with { Habits = party.Habits }),
    });

    // Each command passes a call on to others than the commands before it.
    private static Command Renumbered(Command command, int index) => command switch
    {
        Redirect c => c with { Targets = [.. c.Targets.Select((target, i) => Renumbered(target, PassedOn(index, i)))] },
        TransferCall c => c with { Target = Renumbered(c.Target, PassedOn(index, 0)) with { Participant = Invited } },
        Arrive c => c with { Party = c.Party with { Leg = PassedOn(index, 0), Participant = Invited } },
        _ => command,
    };

    // Else most would be over before a bot could do much.
    private static IEnumerable<(Command Command, TimeSpan Wait)> Answered(PlaceCall call) => call.Callees[0] is { Bot: { } bot, Leg: var leg }
        ? [(new Answer(leg, bot.Application, Callback: null, Parties.Media), TimeSpan.Zero)]
        : [(new PhoneActed(call.Callees[0].Leg, PhoneAction.Answer), TimeSpan.Zero)];

    private static Invitee Renumbered(Invitee target, LegId leg) =>
        target with { Callees = [.. target.Callees.Select(callee => callee with { Leg = leg, Participant = ParticipantOf(leg) })] };

    private static LegId PassedOn(int index, int which) => new(FirstPassedOn + (2 * index) + which);

    // Four of the first five are in a call at most, and those to whom it is passed on come later: some are nobody's.
    private static Gen<LegId> AnyLeg() => Gen.Frequency(
        (3, Gen.Int[0, FirstPassedOn - 1].Select(leg => new LegId(leg))),
        (1, Gen.Int[0, 11].Select(index => PassedOn(index, 0))));

    private static Gen<AppId> AnyApplication() => Gen.OneOf(Contoso, Fabrikam);

    private static Gen<PhoneAction> AnyAction() => Gen.OneOf(Enum.GetValues<PhoneAction>());

    private static Gen<TimeSpan> AnyWait() =>
        Gen.OneOf(TimeSpan.Zero, Seconds(1), Seconds(2), Seconds(14), Seconds(15), Seconds(60), Minutes(44), Minutes(45));
}

/// <summary>One command, and what became of it.</summary>
internal sealed record Moment(Conversation Before, Command Command, DateTimeOffset Now, Decision Decision)
{
    public Conversation After { get; } = Conversation.Evolve(Before, Decision.Events);
}
