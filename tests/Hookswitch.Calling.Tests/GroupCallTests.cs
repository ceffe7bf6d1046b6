using static Hookswitch.Calling.Tests.Parties;

namespace Hookswitch.Calling.Tests;

/// <summary>A bot calls several at once.</summary>
public sealed class GroupCallTests
{
    [Fact]
    public void A_bot_cannot_call_itself_into_its_group_call() =>
        new Given().When(CallGroup(Invitee(Person(ThePhone)), Invitee(Bot(TheOtherBot, Contoso)))).ThenRefused(Refusal.ThatIsTheCallItself);

    private static readonly PhoneHabits NeverAcknowledges = new(Acknowledges: false);
    private static readonly PlaceGroupCall BotCallsALine = CallGroup(Invitee(Person(ThePhone), Phone(TheSecondPhone)));
    private static readonly PlaceGroupCall BotCallsAPersonAndABot = CallGroup(Invitee(Person(ThePhone)), Invitee(Bot(TheOtherBot, Fabrikam)));

    [Fact]
    public void The_caller_is_established_at_once_and_each_line_is_called_with_a_wait_of_its_own() =>
        new Given().When(BotCallsTwoPeople).Then(
            new ConversationStarted(ConversationKind.GroupCall, Chain, [Person(ThePhone).Identity, Person(TheSecondPhone).Identity]) { Terms = TheGroup },
            new LegAdded(TheBot, ParticipantOf(TheBot), Bot(TheBot, Contoso).Identity, CallDirection.Outgoing, Bot(TheBot, Contoso).Bot, []),
            new DeadlineSet(DeadlineKind.KeepAlive, TheBot, Noon + Minutes(45)),
            new LegEstablished(TheBot),
            new MediaStarted(TheBot),
            new ParticipantInvited(ParticipantOf(ThePhone), Person(ThePhone).Identity, TheBot),
            Called(ThePhone),
            new DeadlineSet(DeadlineKind.Signalling, ThePhone, Noon + Seconds(15)),
            new ParticipantInvited(ParticipantOf(TheSecondPhone), Person(TheSecondPhone).Identity, TheBot),
            Called(TheSecondPhone),
            new DeadlineSet(DeadlineKind.Signalling, TheSecondPhone, Noon + Seconds(15)),
            new DeadlineSet(DeadlineKind.Join, TheBot, Noon + Minutes(2)),
            new RosterChanged([ParticipantOf(TheBot)]));

    [Fact]
    public void All_phones_of_a_line_are_one_participant() =>
        Assert.All(
            new Given(BotCallsALine).Conversation.Legs.Where(leg => leg.Id != TheBot),
            leg => Assert.Equal(ParticipantOf(ThePhone), leg.Participant));

    [Fact]
    public void The_first_phone_of_a_line_that_answers_wins_and_the_others_end_with_10003() =>
        new Given(BotCallsALine).When(Answers(TheSecondPhone)).Then(
            new LegTerminated(ThePhone, EndReasons.AnsweredElsewhere),
            new DeadlineCleared(DeadlineKind.Signalling, TheSecondPhone),
            new LegEstablished(TheSecondPhone),
            new MediaStarted(TheSecondPhone),
            new DeadlineCleared(DeadlineKind.Join, TheBot),
            new RosterChanged([ParticipantOf(ThePhone)]));

    [Fact]
    public void One_who_answers_leaves_the_phones_of_others_ringing() =>
        new Given(BotCallsTwoPeople).When(Answers(ThePhone)).ThenEnds();

    [Fact]
    public void A_phone_that_signals_nothing_within_fifteen_seconds_is_given_up_alone() =>
        new Given(BotCallsTwoPeople, new PhoneActed(ThePhone, PhoneAction.Ring)).After(Seconds(15)).WhenDeadlinePasses().Then(
            new LegTerminated(TheSecondPhone, EndReasons.NoSignalling),
            new InvitationFailed(ParticipantOf(TheSecondPhone), EndReasons.NoSignalling));

    [Fact]
    public void A_phone_that_rings_for_sixty_seconds_is_given_up_alone() =>
        new Given(BotCallsTwoPeople, new PhoneActed(ThePhone, PhoneAction.Ring))
            .After(Seconds(10)).And(new PhoneActed(TheSecondPhone, PhoneAction.Ring))
            .After(Seconds(50)).WhenDeadlinePasses().Then(
                new LegTerminated(ThePhone, EndReasons.NotAnswered),
                new InvitationFailed(ParticipantOf(ThePhone), EndReasons.NotAnswered));

    [Fact]
    public void A_bot_that_is_called_must_answer_within_fifteen_seconds() =>
        new Given(BotCallsAPersonAndABot, Answers(ThePhone)).After(Seconds(15)).WhenDeadlinePasses().Then(
            new LegTerminated(TheOtherBot, EndReasons.NotAnswered),
            new InvitationFailed(ParticipantOf(TheOtherBot), EndReasons.NotAnswered));

    [Fact]
    public void A_bot_needs_a_permission_to_answer_a_group_call() =>
        new Given(BotCallsAPersonAndABot).When(OtherBotAnswers).ThenRefused(Refusal.MayNotJoinGroups);

    [Fact]
    public void A_bot_that_answers_a_group_call_is_established_and_has_to_keep_it_alive() =>
        new Given(BotCallsAPersonAndABot).When(OtherBotAnswers with { MayJoinGroups = true }).Then(
            new LegAccepted(TheOtherBot, "https://bot.example/calls", Media),
            new DeadlineCleared(DeadlineKind.Answer, TheOtherBot),
            new DeadlineSet(DeadlineKind.KeepAlive, TheOtherBot, Noon + Minutes(45)),
            new LegEstablished(TheOtherBot),
            new MediaStarted(TheOtherBot),
            new DeadlineCleared(DeadlineKind.Join, TheBot),
            new RosterChanged([ParticipantOf(TheOtherBot)]));

    [Fact]
    public void An_invitee_that_cannot_be_reached_has_failed_at_once_and_the_others_ring() =>
        new Given().When(CallGroup(Unreachable(Person(ThePhone), EndReasons.NoEndpoints), Invitee(Person(TheSecondPhone))))
            .ThenOf(new InvitationFailed(ParticipantOf(ThePhone), EndReasons.NoEndpoints));

    [Fact]
    public void A_call_in_which_nobody_can_be_reached_ends_at_once_with_5013() =>
        new Given().When(CallGroup(Unreachable(Person(ThePhone), EndReasons.NoEndpoints)))
            .ThenEnds((TheBot, EndReasons.NobodyJoined));

    [Fact]
    public void A_call_that_all_decline_ends_with_5003() =>
        new Given(BotCallsTwoPeople, Declines(ThePhone)).When(Declines(TheSecondPhone)).Then(
            new LegTerminated(TheSecondPhone, EndReasons.Declined),
            new InvitationFailed(ParticipantOf(TheSecondPhone), EndReasons.Declined),
            new LegTerminated(TheBot, EndReasons.DeclinedByAll),
            new RosterChanged([ParticipantOf(TheBot)]),
            new ConversationEnded());

    [Fact]
    public void A_bot_that_rejects_has_declined() =>
        new Given(CallGroup(Invitee(Bot(TheOtherBot, Fabrikam)))).When(new Reject(TheOtherBot, Fabrikam, Callback: null))
            .ThenEnds((TheOtherBot, EndReasons.Rejected), (TheBot, EndReasons.DeclinedByAll));

    [Fact]
    public void A_number_that_declines_has_declined() =>
        new Given(CallGroup(Invitee(Number(TheNumber)))).When(Declines(TheNumber))
            .ThenEnds((TheNumber, EndReasons.Pstn(CallDirection.Outgoing, 603)), (TheBot, EndReasons.DeclinedByAll));

    [Fact]
    public void A_call_that_one_declines_and_another_lets_ring_ends_with_5013() =>
        new Given(BotCallsTwoPeople, Declines(ThePhone), new PhoneActed(TheSecondPhone, PhoneAction.Ring))
            .After(Seconds(60)).WhenDeadlinePasses()
            .ThenEnds((TheSecondPhone, EndReasons.NotAnswered), (TheBot, EndReasons.NobodyJoined));

    [Fact]
    public void Why_a_line_was_not_reached_says_the_phone_that_gave_up_last() =>
        new Given(BotCallsALine, new PhoneActed(ThePhone, PhoneAction.Ring)).Let(Seconds(20)).When(Declines(ThePhone))
            .ThenOf(new InvitationFailed(ParticipantOf(ThePhone), EndReasons.Declined));

    [Fact]
    public void A_line_whose_answer_is_not_confirmed_fails_with_1106_whoever_else_rang() =>
        new Given(CallGroup(Invitee(Person(ThePhone) with { Habits = NeverAcknowledges }, Phone(TheSecondPhone))), Answers(ThePhone))
            .After(Seconds(10)).WhenDeadlinePasses()
            .ThenOf(new InvitationFailed(ParticipantOf(ThePhone), EndReasons.NotAcknowledged));

    [Fact]
    public void A_bot_that_hangs_up_what_it_has_not_answered_has_ended_the_call_as_a_bot() =>
        new Given(BotCallsAPersonAndABot).When(HangsUp(TheOtherBot, Fabrikam))
            .ThenOf(new InvitationFailed(ParticipantOf(TheOtherBot), EndReasons.EndedByOtherBot));

    [Fact]
    public void One_who_answers_and_is_gone_before_it_is_confirmed_has_not_declined() =>
        new Given(CallGroup(Invitee(Person(ThePhone) with { Habits = NeverAcknowledges })), Answers(ThePhone))
            .When(new PhoneActed(ThePhone, PhoneAction.Vanish))
            .ThenEnds((ThePhone, EndReasons.Vanished), (TheBot, EndReasons.NobodyJoined));

    [Fact]
    public void A_call_that_falls_to_one_ends_at_once_with_5010() =>
        new Given(BotCallsTwoPeople, Answers(ThePhone), Declines(TheSecondPhone)).When(HangsUp(ThePhone)).Then(
            new LegTerminated(ThePhone, EndReasons.Left),
            new LegTerminated(TheBot, EndReasons.OnlyOneParticipantLeft),
            new RosterChanged([ParticipantOf(TheBot), ParticipantOf(ThePhone)]),
            new ConversationEnded());

    [Fact]
    public void A_call_does_not_end_while_somebody_rings() =>
        new Given(BotCallsTwoPeople, Answers(ThePhone)).When(HangsUp(ThePhone)).ThenEnds((ThePhone, EndReasons.Left));

    [Fact]
    public void A_call_that_has_fallen_to_one_ends_when_the_last_who_rings_declines() =>
        new Given(BotCallsTwoPeople, Answers(ThePhone), HangsUp(ThePhone)).When(Declines(TheSecondPhone))
            .ThenEnds((TheSecondPhone, EndReasons.Declined), (TheBot, EndReasons.OnlyOneParticipantLeft));

    [Fact]
    public void When_a_bot_hangs_up_two_bots_and_three_phones_go_on()
    {
        var talking = new Given(
            CallGroup(Invitee(Person(ThePhone)), Invitee(Person(TheSecondPhone)), Invitee(Person(TheThirdPhone)), Invitee(Bot(TheOtherBot, Fabrikam))),
            Answers(ThePhone), Answers(TheSecondPhone), Answers(TheThirdPhone), OtherBotAnswers with { MayJoinGroups = true });

        talking.When(HangsUp(TheBot, Contoso)).Then(
            new LegTerminating(TheBot), new LegTerminated(TheBot, EndReasons.EndedByBot), new RosterChanged([ParticipantOf(TheBot)]));
        talking.And(HangsUp(TheBot, Contoso)).ThenInside(ThePhone, TheSecondPhone, TheThirdPhone, TheOtherBot);
    }

    [Fact]
    public void A_caller_that_hangs_up_before_anyone_came_is_heard_by_all_who_ring() =>
        new Given(BotCallsAPersonAndABot).When(HangsUp(TheBot, Contoso)).ThenEnds(
            (TheBot, EndReasons.EndedByBot), (ThePhone, EndReasons.EndedByOtherBot), (TheOtherBot, EndReasons.EndedByOtherBot));

    [Fact]
    public void One_who_is_called_by_a_caller_that_is_cleaned_up_hears_that_it_is_gone() =>
        new Given(BotCallsTwoPeople with { Timeouts = new Timeouts { KeepAlive = Seconds(10) } }).After(Seconds(10)).WhenDeadlinePasses().ThenEnds(
            (TheBot, EndReasons.KeepAliveTimeout), (ThePhone, EndReasons.OtherParticipantLeft), (TheSecondPhone, EndReasons.OtherParticipantLeft));

    [Fact]
    public void One_whose_answer_is_not_confirmed_ends_with_the_caller() =>
        new Given(CallGroup(Invitee(Person(ThePhone) with { Habits = NeverAcknowledges })), Answers(ThePhone))
            .When(HangsUp(TheBot, Contoso))
            .ThenEnds((TheBot, EndReasons.EndedByBot), (ThePhone, EndReasons.EndedByOtherBot));

    [Fact]
    public void A_bot_that_nobody_keeps_alive_goes_alone() =>
        new Given(BotCallsTwoPeople, Answers(ThePhone), Answers(TheSecondPhone)).After(Minutes(45)).WhenDeadlinePasses()
            .ThenEnds((TheBot, EndReasons.KeepAliveTimeout));

    [Fact]
    public void A_phone_whose_media_is_lost_goes_alone() =>
        new Given(BotCallsTwoPeople, Answers(ThePhone), Answers(TheSecondPhone), new PhoneActed(ThePhone, PhoneAction.LoseMedia))
            .After(Seconds(30)).WhenDeadlinePasses()
            .ThenEnds((ThePhone, EndReasons.MediaLost));

    [Fact]
    public void One_who_comes_and_is_hidden_does_not_end_the_callers_wait_for_others()
    {
        var hidden = new Given(CallGroup(Invitee(Bot(TheOtherBot, Fabrikam)) with { Hidden = true })).And(OtherBotAnswers with { MayJoinGroups = true });

        hidden.ThenInside(TheBot, TheOtherBot);
        hidden.Let(Minutes(2)).ThenOver((TheBot, EndReasons.NobodyJoined), (TheOtherBot, EndReasons.OnlyHiddenParticipants));
    }

    [Fact]
    public void A_group_call_cannot_begin_where_a_conversation_is() =>
        new Given(BotCallsUser).When(BotCallsTwoPeople).ThenRefused(Refusal.ConversationExists);

    private static LegAdded Called(LegId leg) =>
        new(leg, ParticipantOf(leg), Person(leg).Identity, CallDirection.Incoming, Bot: null, []) { CalledBy = TheBot };
}
