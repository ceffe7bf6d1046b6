using System.Collections.Immutable;
using System.Globalization;

using static Hookswitch.Calling.Tests.Parties;

namespace Hookswitch.Calling.Tests;

/// <summary>
/// People go from conversation to conversation while messages are lost, doubled and late and the server crashes: in the end each is in
/// exactly one conversation, or its leg has ended with a reason.
/// </summary>
public sealed class MoveSimulation
{
    private const int Seeds = 3_000;

    /// <summary>More than the deadlines and messages of any story.</summary>
    private const int MaxSteps = 2_000;

    private static readonly ConversationId TheCall = new(0x1000);
    private static readonly ConversationId TheGroupCall = new(0x1001);
    private static readonly ConversationId TheTransferredCall = new(0x1002);
    private static readonly ConversationId TheConsultedCall = new(0x1003);

    private static readonly MeetingTerms TheRoom =
        new(ConversationKind.BreakoutRoom, new MeetingThread("contoso.example", "19:room@thread.v2", "0"), Chain)
        {
            MainRoom = TheMeeting,
            EndsAfter = Minutes(3),
        };

    private static readonly Party Called = Person(new LegId(0x11));
    private static readonly Party InTheGroup = Person(new LegId(0x12));
    private static readonly ImmutableArray<Party> InTheMeeting = [Person(new LegId(0x13)), Person(new LegId(0x14)), Person(new LegId(0x15))];

    private static readonly Party Transferee = Person(new LegId(0x16));
    private static readonly Party Consulted = Person(new LegId(0x17));

    private static readonly ConversationId TheSecondGroupCall = new(0x1004);
    private static readonly ConversationId TheThirdCall = new(0x1005);

    private static readonly ImmutableArray<Party> InTheSecondGroup = [Person(new LegId(0x18)), Person(new LegId(0x19)), Person(new LegId(0x1A))];
    private static readonly Party Rung = Person(new LegId(0x1B));
    private static readonly Party InTheThirdCall = Person(new LegId(0x1C));

    private static readonly ImmutableArray<Party> Everyone =
        [Called, InTheGroup, Transferee, Consulted, Rung, InTheThirdCall, .. InTheMeeting, .. InTheSecondGroup];

    private static readonly Invitee Replacing = new(Invited, Called.Identity, []) { Replaces = new CallId(TheCall, new LegId(0x21)) };

    private static readonly Invitee Consulting =
        new(Invited, Consulted.Identity, []) { Replaces = new CallId(TheConsultedCall, new LegId(0x26)) };

    private static readonly Action<MoveShell>[] Story =
    [
        shell => shell.Send(
            TheSecondGroupCall, CallGroup([.. InTheSecondGroup.Select(one => Invitee(one))]) with { Caller = Bot(new LegId(0x27), Contoso) }),
        shell => shell.Act(InTheSecondGroup[0].Leg, PhoneAction.Answer),
        shell => shell.Act(InTheSecondGroup[1].Leg, PhoneAction.Answer),
        shell => shell.Act(InTheSecondGroup[2].Leg, PhoneAction.Answer),
        shell => shell.Send(TheSecondGroupCall, Joins(Bot(new LegId(0x28), Contoso), TheGroup)),
        shell => shell.Send(TheSecondGroupCall, GoesAside(0x28, InTheSecondGroup[0], Invitee(Rung), 0x1006)),
        shell => shell.Act(Rung.Leg, PhoneAction.Answer),
        shell => shell.Send(TheThirdCall, Call(Bot(new LegId(0x29), Contoso), InTheThirdCall)),
        shell => shell.Act(InTheThirdCall.Leg, PhoneAction.Answer),
        shell => shell.Send(TheSecondGroupCall, GoesAside(
            0x27, InTheSecondGroup[1],
            new Invitee(Invited, InTheThirdCall.Identity, []) { Replaces = new CallId(TheThirdCall, new LegId(0x29)) }, 0x1007)),
        shell => shell.Send(TheTransferredCall, Call(Bot(new LegId(0x25), Contoso), Transferee)),
        shell => shell.Send(TheConsultedCall, Call(Bot(new LegId(0x26), Contoso), Consulted)),
        shell => shell.Act(Transferee.Leg, PhoneAction.Answer),
        shell => shell.Act(Consulted.Leg, PhoneAction.Answer),
        shell => shell.Send(TheTransferredCall, new TransferCall(new LegId(0x25), Contoso, Consulting)),
        shell => shell.Send(TheCall, Call(Bot(new LegId(0x21), Contoso), Called)),
        shell => shell.Act(Called.Leg, PhoneAction.Answer),
        shell => shell.Send(TheGroupCall, CallGroup(Invitee(InTheGroup)) with { Caller = Bot(new LegId(0x22), Contoso) }),
        shell => shell.Act(InTheGroup.Leg, PhoneAction.Answer),
        shell => shell.Send(TheMeeting.Thread, Joins(Bot(new LegId(0x23), Contoso)) with { Company = InTheMeeting[..2] }),
        shell => shell.Send(
            TheMeeting.Thread, new Invite(new LegId(0x23), Contoso, Chain, ClientContext: null, [Invitee(InTheMeeting[2])], TheMeeting)),
        shell => shell.Act(InTheMeeting[2].Leg, PhoneAction.Answer),
        shell => shell.Send(TheGroupCall, new Invite(new LegId(0x22), Contoso, TheOperation, ClientContext: null, [Replacing], TheGroup)),
        shell => Opens(shell, InTheMeeting[0], InTheMeeting[1]),
        shell => shell.Send(TheCall, HangsUp(new LegId(0x21), Contoso)),
        shell => shell.Send(TheRoom.Thread, Joins(Bot(new LegId(0x24), Fabrikam), TheRoom)),
        shell => Leaves(shell, InTheMeeting[1]),
        shell => Closes(shell),
        shell => Opens(shell, InTheMeeting[0], InTheMeeting[2]),
        shell => Leaves(shell, Called),
        shell => Closes(shell),
    ];

    /// <summary>How many there are in a story without accidents: a command, or a message that is delivered.</summary>
    private static readonly int Moments = Tell(new MoveShell(), crashes: [], lost: null);

    [Fact]
    public void Without_accidents_everyone_arrives()
    {
        var shell = new MoveShell();

        Assert.InRange(Tell(shell, crashes: [], lost: null), Story.Length, Story.Length * 5);
        Assert.Equal(Departure.Next(Consulted.Leg), shell.LegOf(Consulted));
        Assert.Equal(Departure.Next(Rung.Leg), shell.LegOf(Rung));
        Assert.Equal(Departure.Next(InTheSecondGroup[0].Leg), shell.LegOf(InTheSecondGroup[0]));
        Assert.Equal(Departure.Next(Departure.Next(InTheThirdCall.Leg)), shell.LegOf(InTheThirdCall));
    }

    [Fact]
    public void A_crash_at_any_moment_loses_nobody() =>
        Assert.All(Enumerable.Range(0, Moments), crash => Tell(new MoveShell(), [crash], lost: null));

    [Fact]
    public void Two_crashes_at_any_two_moments_lose_nobody() => Assert.All(
        Enumerable.Range(0, Moments).SelectMany(first => Enumerable.Range(first + 1, Moments - first).Select(second => new[] { first, second })),
        crashes => Tell(new MoveShell(), crashes, lost: null));

    [Fact]
    public void A_message_that_is_lost_at_any_moment_is_told_again() =>
        Assert.All(Enumerable.Range(0, Moments), lost => Tell(new MoveShell(), crashes: [], lost));

    [Fact]
    public void Whatever_happens_to_the_messages_nobody_is_lost_and_nobody_is_twice()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            try
            {
                Tumble(new MoveShell(), new Random(seed));
            }
            catch (Exception wrong)
            {
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Seed {seed}: {wrong.Message}"), wrong);
            }
        }
    }

    // One after the other, each with all that follows from it.
    private static int Tell(MoveShell shell, int[] crashes, int? lost)
    {
        var moment = 0;
        foreach (var happens in Story)
        {
            happens(shell);
            End();
            while (shell.UnderwayCount > 0)
            {
                if (moment == lost)
                {
                    shell.Lose(0);
                }
                else
                {
                    shell.Deliver(0);
                }

                End();
            }
        }

        Finish(shell);
        return moment;

        void End()
        {
            if (crashes.Contains(moment++))
            {
                shell.Crash();
            }
        }
    }

    // In no order, with every accident.
    private static void Tumble(MoveShell shell, Random random)
    {
        for (var told = 0; told < Story.Length;)
        {
            switch (random.Next(20))
            {
                case < 4:
                    Story[told++](shell);
                    break;
                case 4:
                    told++; // it does not happen
                    break;
                case < 12 when shell.UnderwayCount > 0:
                    shell.Deliver(random.Next(shell.UnderwayCount), stays: random.Next(4) == 0);
                    break;
                case < 14 when shell.UnderwayCount > 0:
                    shell.Lose(random.Next(shell.UnderwayCount));
                    break;
                case < 18 when shell.HasDeadlines:
                    shell.LetTimePass();
                    break;
                case 18:
                    shell.Crash();
                    break;
                case 19 when random.Next(4) == 0:
                    Leaves(shell, Everyone[random.Next(Everyone.Length)]);
                    break;
                default:
                    break;
            }
        }

        Finish(shell);
    }

    private static void Finish(MoveShell shell)
    {
        for (var steps = 0; shell.UnderwayCount > 0 || shell.HasDeadlines; steps++)
        {
            Assert.True(steps < MaxSteps, "It never comes to rest.");
            if (shell.UnderwayCount > 0)
            {
                shell.Deliver(0);
            }
            else
            {
                shell.LetTimePass();
            }
        }

        shell.AssertAllIsWell();
    }

    private static void Opens(MoveShell shell, params ReadOnlySpan<Party> people) =>
        shell.Send(TheMeeting.Thread, new OpenRoom(TheRoom, [.. people.ToArray().Select(one => one.Participant)]));

    private static TransferCall GoesAside(long bot, Party who, Invitee target, long to) => new(new LegId(bot), Contoso, target)
    {
        Transferee = new Transferee(who.Participant, Identity: null),
        Aside = new ConversationId(to),
    };

    private static void Closes(MoveShell shell) => shell.Send(TheRoom.Thread, new CloseRoom());

    private static void Leaves(MoveShell shell, Party person)
    {
        if (shell.LegOf(person) is { } leg)
        {
            shell.Act(leg, PhoneAction.HangUp);
        }
    }
}
