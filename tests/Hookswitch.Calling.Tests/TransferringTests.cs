using static Hookswitch.Calling.Tests.Parties;

namespace Hookswitch.Calling.Tests;

/// <summary>A bot leaves its peer-to-peer call to another. Graph, call: transfer.</summary>
public sealed class TransferringTests
{
    private static readonly ConversationId Here = new(0x1);
    private static readonly ConversationId There = new(0x2);

    private static readonly Given Talking = new(BotCallsUser, PhoneAnswers);
    private static readonly TransferCall Transfers = To(Invitee(Person(TheSecondPhone)));
    private static readonly Given Transferring = Talking.And(Transfers);
    private static readonly Given Unconfirmed = Talking.And(
        To(Invitee(Person(TheSecondPhone) with { Habits = new(Acknowledges: false) })), Answers(TheSecondPhone));

    private static readonly TransferCall Consults = To(new Invitee(Invited, Alice, []) { Replaces = new CallId(There, TheOtherBot) });
    private static readonly Given Consulting = Talking.And(Consults);
    private static readonly Arrive Arrives = new(Chain, Person(TheThirdPhone) with { Participant = Invited }, Terms: null);

    [Fact]
    public void The_target_is_rung_into_the_same_conversation_for_25_seconds() =>
        Talking.When(Transfers).Then(
            new TransferStarted(TheBot, ParticipantOf(TheSecondPhone), Person(TheSecondPhone).Identity),
            new LegAdded(TheSecondPhone, ParticipantOf(TheSecondPhone), Person(TheSecondPhone).Identity, CallDirection.Incoming, Bot: null, [])
            {
                CalledBy = TheBot,
                CalledFor = ThePhone,
            },
            new DeadlineSet(DeadlineKind.Signalling, TheBot, Noon + Seconds(15)),
            new DeadlineSet(DeadlineKind.Ring, TheBot, Noon + Seconds(25)));

    [Fact]
    public void Once_the_target_has_answered_the_bot_is_out_with_200_7015_and_the_two_talk()
    {
        Transferring.When(Answers(TheSecondPhone)).Then(
            new DeadlineCleared(DeadlineKind.Signalling, TheBot),
            new DeadlineCleared(DeadlineKind.Ring, TheBot),
            new TransferAccepted(TheBot),
            new LegTerminated(TheBot, EndReasons.Transferred),
            new LegEstablished(TheSecondPhone),
            new MediaStarted(TheSecondPhone));
        Transferring.And(Answers(TheSecondPhone)).ThenInside(ThePhone, TheSecondPhone);
    }

    [Fact]
    public void When_one_of_the_two_hangs_up_the_other_is_out_too() =>
        Transferring.And(Answers(TheSecondPhone)).When(HangsUp(TheSecondPhone)).Then(
            new LegTerminated(TheSecondPhone, EndReasons.ConversationEnded),
            new LegTerminated(ThePhone, EndReasons.EndedByOtherParticipant),
            new ConversationEnded());

    [Fact]
    public void A_call_that_came_in_is_transferred_like_one_that_went_out() =>
        new Given(UserCallsBot, BotAnswers, Transfers, Answers(TheSecondPhone)).ThenInside(ThePhone, TheSecondPhone);

    [Fact]
    public void The_bot_is_in_until_the_target_has_confirmed()
    {
        Assert.Equal(LegState.TransferAccepted, Unconfirmed.Conversation.Find(TheBot)!.State);
        Unconfirmed.And(new PhoneActed(TheSecondPhone, PhoneAction.Acknowledge)).ThenInside(ThePhone, TheSecondPhone);
    }

    [Fact]
    public void A_target_that_never_confirms_fails_the_transfer() =>
        Unconfirmed.After(Seconds(10)).WhenDeadlinePasses().Then(
            new LegTerminated(TheSecondPhone, EndReasons.NotAcknowledged),
            new TransferFailed(TheBot, IsConsultative: false, EndReasons.NotAcknowledged));

    [Fact]
    public void A_target_that_is_gone_before_it_has_confirmed_fails_the_transfer() =>
        Unconfirmed.When(new PhoneActed(TheSecondPhone, PhoneAction.Vanish)).Then(
            new LegTerminated(TheSecondPhone, EndReasons.Vanished),
            new TransferFailed(TheBot, IsConsultative: false, EndReasons.OtherParticipantLeft));

    [Fact]
    public void When_the_target_declines_the_bot_and_the_person_talk_on()
    {
        Transferring.When(Declines(TheSecondPhone)).Then(
            new LegTerminated(TheSecondPhone, EndReasons.Declined),
            new DeadlineCleared(DeadlineKind.Signalling, TheBot),
            new DeadlineCleared(DeadlineKind.Ring, TheBot),
            new TransferFailed(TheBot, IsConsultative: false, EndReasons.Declined));
        Transferring.And(Declines(TheSecondPhone)).ThenInside(TheBot, ThePhone);
    }

    [Fact]
    public void A_target_that_does_not_answer_for_25_seconds_fails_the_transfer() =>
        Transferring.And(new PhoneActed(TheSecondPhone, PhoneAction.Ring)).After(Seconds(25)).WhenDeadlinePasses()
            .ThenOf(new TransferFailed(TheBot, IsConsultative: false, EndReasons.NotAnswered));

    [Fact]
    public void A_target_that_signals_nothing_for_15_seconds_fails_the_transfer() =>
        Transferring.After(Seconds(15)).WhenDeadlinePasses()
            .ThenOf(new TransferFailed(TheBot, IsConsultative: false, EndReasons.NoSignalling));

    [Fact]
    public void A_target_that_cannot_be_reached_fails_the_transfer_at_once() =>
        Talking.When(To(Unreachable(Person(TheSecondPhone), EndReasons.NoEndpoints))).Then(
            new TransferStarted(TheBot, ParticipantOf(TheSecondPhone), Person(TheSecondPhone).Identity),
            new TransferFailed(TheBot, IsConsultative: false, EndReasons.NoEndpoints));

    [Fact]
    public void Of_the_phones_of_the_target_one_answers_and_the_others_stop() =>
        Talking.And(To(Invitee(Person(TheSecondPhone), Person(TheThirdPhone)))).When(Answers(TheThirdPhone))
            .ThenEnds((TheSecondPhone, EndReasons.AnsweredElsewhere), (TheBot, EndReasons.Transferred));

    [Fact]
    public void A_bot_may_be_the_target_and_transfer_the_call_on() =>
        Talking.And(To(Invitee(Bot(TheOtherBot, Fabrikam))), OtherBotAnswers)
            .And(Transfers with { Leg = TheOtherBot, Application = Fabrikam }, Answers(TheSecondPhone))
            .ThenOver((TheBot, EndReasons.Transferred), (TheOtherBot, EndReasons.Transferred));

    [Fact]
    public void A_bot_that_is_the_target_may_redirect_and_reject()
    {
        var offered = Talking.And(To(Invitee(Bot(TheOtherBot, Fabrikam))));
        offered.And(new Redirect(TheOtherBot, Fabrikam, Callback: null, [Invitee(Person(TheSecondPhone))], Seconds(55)), Answers(TheSecondPhone))
            .ThenOver((TheBot, EndReasons.Transferred), (TheOtherBot, EndReasons.Redirected));
        offered.When(new Reject(TheOtherBot, Fabrikam, Callback: null))
            .ThenOf(new TransferFailed(TheBot, IsConsultative: false, EndReasons.Declined));
        offered.When(HangsUp(TheOtherBot, Fabrikam)).ThenOf(new TransferFailed(TheBot, IsConsultative: false, EndReasons.EndedByOtherBot));
    }

    [Fact]
    public void A_person_who_hangs_up_meanwhile_ends_all() =>
        Transferring.When(PhoneHangsUp).ThenEnds(
            (ThePhone, EndReasons.ConversationEnded),
            (TheBot, EndReasons.EndedByOtherParticipant),
            (TheSecondPhone, EndReasons.EndedByOtherParticipant));

    [Fact]
    public void A_bot_that_deletes_its_call_meanwhile_ends_all() =>
        Transferring.When(HangsUp(TheBot, Contoso)).ThenEnds(
            (TheBot, EndReasons.ConversationEnded), (ThePhone, EndReasons.EndedByOtherBot), (TheSecondPhone, EndReasons.EndedByOtherBot));

    [Fact]
    public void A_failed_transfer_can_be_tried_again() =>
        Transferring.And(Declines(TheSecondPhone)).And(To(Invitee(Person(TheThirdPhone))), Answers(TheThirdPhone)).ThenInside(ThePhone, TheThirdPhone);

    [Fact]
    public void One_transfer_at_a_time_and_nothing_else_meanwhile()
    {
        Transferring.When(To(Invitee(Person(TheThirdPhone)))).ThenRefused(Refusal.ConflictsWithCallState);
        Transferring.When(Invites(Invitee(Person(TheThirdPhone)))).ThenRefused(Refusal.ConflictsWithCallState);
        Transferring.When(new Release(TheBot, Contoso, There, Invited)).ThenRefused(Refusal.CallNotFound);
        Talking.And(new Release(TheBot, Contoso, There, Invited)).When(Transfers).ThenRefused(Refusal.ConflictsWithCallState);
    }

    [Fact]
    public void Only_an_established_call_is_transferred_by_the_application_that_owns_it()
    {
        new Given(BotCallsUser).When(Transfers).ThenRefused(Refusal.CallNotEstablished);
        new Given(UserCallsBot).When(Transfers).ThenRefused(Refusal.CallNotEstablished);
        Talking.When(Transfers with { Application = Fabrikam }).ThenRefused(Refusal.CallNotFound);
        Transferring.And(Answers(TheSecondPhone)).When(Transfers).ThenRefused(Refusal.CallNotFound);
    }

    [Fact]
    public void Only_a_resource_account_transfers_to_a_number() =>
        Talking.When(To(Invitee(Number(TheNumber)))).ThenRefused(Refusal.NumberNeedsResourceAccount);

    [Fact]
    public void Sound_that_did_not_flow_yet_flows_for_the_two_once_it_begins()
    {
        var silent = new Given(Call(Bot(TheBot, Contoso), Phone(ThePhone) with { Habits = new(BringsMedia: false) }), PhoneAnswers, Transfers);
        silent.And(Answers(TheSecondPhone)).When(new PhoneActed(ThePhone, PhoneAction.StartMedia))
            .ThenOf(new MediaStarted(ThePhone), new MediaStarted(TheSecondPhone));
    }

    [Fact]
    public void Of_a_call_that_is_replaced_the_other_conversation_is_asked_every_second()
    {
        Talking.When(Consults).Then(
            new TransferStarted(TheBot, Invited, Alice) { Replaces = new CallId(There, TheOtherBot) },
            new DeadlineSet(DeadlineKind.Message, Leg: null, Noon + Seconds(1)));
        Assert.Equal(
            Printed.Of(new Message(
                There, Room: null, new Release(TheOtherBot, Contoso, Here, Invited), Taken: null, new ReplacementRefused(Invited))),
            Printed.Of(Assert.Single(Message.From(Here, Consulting.Let(Seconds(5)).Conversation))));
    }

    [Fact]
    public void Whoever_comes_over_takes_the_place_of_the_bot()
    {
        Consulting.When(Arrives).Then(
            new DeadlineCleared(DeadlineKind.Message, Leg: null),
            new TransferAccepted(TheBot),
            new LegTerminated(TheBot, EndReasons.Transferred),
            new LegAdded(TheThirdPhone, Invited, Person(TheThirdPhone).Identity, CallDirection.Outgoing, Bot: null, []),
            new LegArrived(TheThirdPhone),
            new MediaStarted(TheThirdPhone));
        Consulting.And(Arrives).ThenInside(ThePhone, TheThirdPhone);
        Consulting.And(Arrives).When(Arrives).ThenNothing();
    }

    [Fact]
    public void A_call_that_is_not_there_to_be_replaced_fails_the_transfer_with_10202() =>
        Consulting.When(new ReplacementRefused(Invited)).Then(
            new DeadlineCleared(DeadlineKind.Message, Leg: null),
            new TransferFailed(TheBot, IsConsultative: true, EndReasons.ReplacedCallNotFound));

    [Fact]
    public void Nobody_comes_over_where_nobody_is_awaited_any_longer()
    {
        Transferring.When(Arrives).ThenRefused(Refusal.ConversationOver);
        Consulting.And(new ReplacementRefused(Invited)).When(Arrives).ThenRefused(Refusal.ConversationOver);
        Consulting.And(HangsUp(TheBot, Contoso)).When(Arrives).ThenRefused(Refusal.ConversationOver);
        Consulting.When(Arrives with { Party = Person(TheThirdPhone) }).ThenRefused(Refusal.ConversationOver);
    }

    private static TransferCall To(Invitee target) => new(TheBot, Contoso, target);
}
