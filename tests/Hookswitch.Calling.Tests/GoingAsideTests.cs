using static Hookswitch.Calling.Tests.Parties;

namespace Hookswitch.Calling.Tests;

/// <summary>A bot transfers one of a group call, who goes with the target to a conversation of their own. Graph, call: transfer.</summary>
public sealed class GoingAsideTests
{
    private static readonly ConversationId Here = new(0x1);
    private static readonly ConversationId There = new(0x2);
    private static readonly ConversationId TheAside = new(0x3);

    private static readonly Given Group = new(BotCallsTwoPeople, Answers(ThePhone), Answers(TheSecondPhone));
    private static readonly TransferCall Transfers = To(Invitee(Person(TheThirdPhone)));
    private static readonly Given Ringing = Group.And(Transfers);

    private static readonly TransferCall Consults = To(new Invitee(Invited, Alice, []) { Replaces = new CallId(There, TheOtherBot) });
    private static readonly Given Consulting = Group.And(Consults);
    private static readonly Arrive Arrives = new(Chain, Person(TheThirdPhone) with { Participant = Invited }, Terms: null);

    [Fact]
    public void The_target_is_rung_for_25_seconds_and_nobody_sees_it() =>
        Group.When(Transfers).Then(
            new TransferStarted(TheBot, ParticipantOf(TheThirdPhone), Person(TheThirdPhone).Identity) { Aside = new Aside(ThePhone, TheAside) },
            new LegAdded(TheThirdPhone, ParticipantOf(TheThirdPhone), Person(TheThirdPhone).Identity, CallDirection.Incoming, Bot: null, [])
            {
                CalledBy = TheBot,
                CalledFor = ThePhone,
            },
            new DeadlineSet(DeadlineKind.Signalling, TheThirdPhone, Noon + Seconds(15)),
            new DeadlineSet(DeadlineKind.Ring, TheThirdPhone, Noon + Seconds(25)));

    [Fact]
    public void Once_the_target_has_answered_the_two_go_and_the_bot_is_out_with_200_7015()
    {
        Ringing.When(Answers(TheThirdPhone)).ThenBesidesRoster(
            new DeadlineCleared(DeadlineKind.Signalling, TheThirdPhone),
            new DeadlineCleared(DeadlineKind.Ring, TheThirdPhone),
            new PhoneAnswered(TheThirdPhone),
            new TransferAccepted(TheBot),
            Goes(TheThirdPhone, ThePhone),
            Goes(ThePhone, TheThirdPhone),
            new LegTerminated(TheBot, EndReasons.Transferred),
            new LegTerminated(TheSecondPhone, EndReasons.OnlyOneParticipantLeft),
            new DeadlineSet(DeadlineKind.Message, Leg: null, Noon + Seconds(1)));
        Ringing.When(Answers(TheThirdPhone)).ThenChangesRoster(ParticipantOf(TheBot), ParticipantOf(ThePhone), ParticipantOf(TheSecondPhone));
    }

    [Fact]
    public void The_others_of_the_group_stay_and_talk_on() =>
        Group.And(Invites(Invitee(Person(TheNumber))), Answers(TheNumber), Transfers, Answers(TheThirdPhone)).ThenInside(TheSecondPhone, TheNumber);

    [Fact]
    public void The_two_talk_in_whichever_order_they_come_and_no_third_one_comes()
    {
        var (one, other) = (Arrival(ThePhone, TheThirdPhone), Arrival(TheThirdPhone, ThePhone));

        new Given(one, other).ThenInside(one.Party.Leg, other.Party.Leg);
        new Given(other, one).ThenInside(other.Party.Leg, one.Party.Leg);
        Assert.True(new Given(one, other).Conversation.IsPeerToPeer);
        new Given(one, other).When(other).ThenNothing();
        new Given(one).When(Arrival(TheSecondPhone, ThePhone)).ThenRefused(Refusal.ConversationOver);
        new Given(one, HangsUp(one.Party.Leg)).When(other).ThenRefused(Refusal.ConversationOver);
        new Given(one, other).When(HangsUp(one.Party.Leg)).ThenEnds(
            (one.Party.Leg, EndReasons.ConversationEnded), (other.Party.Leg, EndReasons.EndedByOtherParticipant));
    }

    [Fact]
    public void When_the_target_declines_or_does_not_answer_the_bot_is_where_it_was_and_nobody_has_gone()
    {
        Ringing.When(Declines(TheThirdPhone)).Then(
            new LegTerminated(TheThirdPhone, EndReasons.Declined),
            new TransferFailed(TheBot, IsConsultative: false, EndReasons.Declined));
        Ringing.And(new PhoneActed(TheThirdPhone, PhoneAction.Ring)).After(Seconds(25)).WhenDeadlinePasses().Then(
            new LegTerminated(TheThirdPhone, EndReasons.NotAnswered),
            new TransferFailed(TheBot, IsConsultative: false, EndReasons.NotAnswered));
        Ringing.And(Declines(TheThirdPhone)).ThenInside(TheBot, ThePhone, TheSecondPhone);
    }

    [Fact]
    public void A_target_that_cannot_be_reached_fails_the_transfer_at_once()
    {
        Group.When(To(Unreachable(Person(TheThirdPhone), EndReasons.NoEndpoints)))
            .ThenOf(new TransferFailed(TheBot, IsConsultative: false, EndReasons.NoEndpoints));
        Group.When(To(Invitee(Bot(TheOtherBot, Fabrikam)))).ThenOf(new TransferFailed(TheBot, IsConsultative: false, EndReasons.NoEndpoints));
    }

    [Fact]
    public void A_target_that_has_to_confirm_is_waited_for()
    {
        var accepted = Group.And(To(Invitee(Person(TheThirdPhone) with { Habits = new(Acknowledges: false) })), Answers(TheThirdPhone));

        Assert.Equal(LegState.TransferAccepted, accepted.Conversation.Find(TheBot)!.State);
        accepted.ThenInside(TheBot, ThePhone, TheSecondPhone);
        accepted.When(new PhoneActed(TheThirdPhone, PhoneAction.Acknowledge)).ThenOf(Goes(TheThirdPhone, ThePhone), Goes(ThePhone, TheThirdPhone));
        accepted.After(Seconds(10)).WhenDeadlinePasses().Then(
            new LegTerminated(TheThirdPhone, EndReasons.NotAcknowledged),
            new TransferFailed(TheBot, IsConsultative: false, EndReasons.NotAcknowledged));
    }

    [Fact]
    public void When_the_one_who_is_to_go_has_left_the_transfer_fails_and_the_target_rings_no_longer() =>
        Ringing.When(HangsUp(ThePhone)).ThenBesidesRoster(
            new LegTerminated(ThePhone, EndReasons.Left),
            new LegTerminated(TheThirdPhone, EndReasons.OtherParticipantLeft),
            new TransferFailed(TheBot, IsConsultative: false, EndReasons.OtherParticipantLeft));

    [Fact]
    public void When_the_bot_leaves_the_target_rings_no_longer() =>
        Ringing.When(HangsUp(TheBot, Contoso)).ThenEnds(
            (TheBot, EndReasons.EndedByBot), (TheThirdPhone, EndReasons.EndedByOtherBot));

    [Fact]
    public void Whoever_comes_over_from_the_call_that_is_replaced_goes_on_at_once()
    {
        Group.When(Consults).Then(
            new TransferStarted(TheBot, Invited, Alice) { Replaces = new CallId(There, TheOtherBot), Aside = new Aside(ThePhone, TheAside) },
            new DeadlineSet(DeadlineKind.Message, Leg: null, Noon + Seconds(1)));
        Consulting.When(Arrives).ThenBesidesRoster(
            new LegAdded(TheThirdPhone, Invited, Person(TheThirdPhone).Identity, CallDirection.Outgoing, Bot: null, []),
            new TransferAccepted(TheBot),
            new LegReleased(TheThirdPhone, new Departure(Departure.Next(TheThirdPhone), Invited, TheAside, Room: null) { Meets = ParticipantOf(ThePhone) }),
            new LegReleased(ThePhone, new Departure(Departure.Next(ThePhone), ParticipantOf(ThePhone), TheAside, Room: null) { Meets = Invited }),
            new LegTerminated(TheBot, EndReasons.Transferred),
            new LegTerminated(TheSecondPhone, EndReasons.OnlyOneParticipantLeft));
        Consulting.And(Arrives).When(Arrives).ThenNothing();
    }

    [Fact]
    public void Nobody_comes_over_where_nobody_is_awaited_any_longer()
    {
        Consulting.And(new ReplacementRefused(Invited)).When(Arrives).ThenRefused(Refusal.ConversationOver);
        Group.And(Invites(Invitee(Person(TheNumber))), Answers(TheNumber), Consults, HangsUp(TheBot, Contoso))
            .When(Arrives).ThenRefused(Refusal.ConversationOver);
    }

    [Fact]
    public void A_call_that_is_not_there_to_be_replaced_fails_the_transfer_with_10202() =>
        Consulting.When(new ReplacementRefused(Invited)).Then(
            new DeadlineCleared(DeadlineKind.Message, Leg: null),
            new TransferFailed(TheBot, IsConsultative: true, EndReasons.ReplacedCallNotFound));

    [Fact]
    public void Who_is_to_go_is_a_person_who_is_there_named_by_participant_or_by_identity()
    {
        Refused(new Transferee(Invited, Identity: null), Refusal.ParticipantNotFound);
        Refused(new Transferee(ParticipantOf(TheBot), Identity: null), Refusal.ThatIsTheCallItself);
        Group.When(Transfers with { Transferee = null }).ThenRefused(Refusal.TransfereeMissing);
        Group.When(Transfers with { Transferee = new(Participant: null, Person(ThePhone).Identity) }).ThenOf(
            new TransferStarted(TheBot, ParticipantOf(TheThirdPhone), Person(TheThirdPhone).Identity) { Aside = new Aside(ThePhone, TheAside) });
        new Given(Joins(Bot(TheBot, Contoso)), Joins(Bot(TheOtherBot, Fabrikam)))
            .When(Transfers with { Transferee = new(ParticipantOf(TheOtherBot), Identity: null) }).ThenRefused(Refusal.TransfereeIsNoPerson);

        static void Refused(Transferee transferee, Refusal refusal) => Group.When(Transfers with { Transferee = transferee }).ThenRefused(refusal);
    }

    [Fact]
    public void One_at_a_time_is_transferred_and_to_nobody_who_is_there()
    {
        Ringing.When(Transfers).ThenRefused(Refusal.ConflictsWithCallState);
        Group.When(To(Invitee(Person(TheSecondPhone)))).ThenRefused(Refusal.TargetParticipates);
        Group.When(To(Invitee(Number(TheNumber)))).ThenRefused(Refusal.NumberNeedsResourceAccount);
    }

    [Fact]
    public void A_breakout_room_of_which_one_was_transferred_is_not_closed()
    {
        var room = TheMeeting with { Kind = ConversationKind.BreakoutRoom, MainRoom = TheMeeting };
        var open = new Given(Joins(Bot(TheBot, Contoso), room), Joins(Person(ThePhone), room), Transfers, Answers(TheThirdPhone));

        open.When(new Arrive(Chain, Person(TheSecondPhone), room)).ThenOf<LegReleased>();
    }

    [Fact]
    public void During_the_transfer_the_bot_is_in_the_group_as_before()
    {
        Ringing.ThenInside(TheBot, ThePhone, TheSecondPhone);
        Ringing.When(new MuteParticipant(TheBot, Contoso, ParticipantOf(ThePhone), TheOperation, ClientContext: null)).ThenOf(new LegMuted(ThePhone));
        Ringing.When(new RemoveParticipant(TheBot, Contoso, ParticipantOf(ThePhone))).ThenOf(
            new TransferFailed(TheBot, IsConsultative: false, EndReasons.OtherParticipantLeft));
    }

    private static LegReleased Goes(LegId leg, LegId meets) =>
        new(leg, new Departure(Departure.Next(leg), ParticipantOf(leg), TheAside, Room: null) { Meets = ParticipantOf(meets) });

    // As the group call says it of one of the two.
    private static Arrive Arrival(LegId leg, LegId meets)
    {
        var said = new Arrive(Chain, Person(Departure.Next(leg)) with { Participant = ParticipantOf(leg) }, Terms: null) { Meets = ParticipantOf(meets) };
        if (leg != TheSecondPhone)
        {
            Assert.Contains(
                Message.From(Here, Ringing.And(Answers(TheThirdPhone)).Conversation),
                message => message.To == TheAside && message.Command is Arrive arrive && arrive.Meets == said.Meets && arrive.Party.Leg == said.Party.Leg);
        }

        return said;
    }

    private static TransferCall To(Invitee target) => new(TheBot, Contoso, target)
    {
        Transferee = new Transferee(ParticipantOf(ThePhone), Identity: null),
        Aside = TheAside,
    };
}
