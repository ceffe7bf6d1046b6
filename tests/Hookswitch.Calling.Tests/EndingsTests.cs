using static Hookswitch.Calling.Tests.Parties;

namespace Hookswitch.Calling.Tests;

/// <summary>The endings of a peer-to-peer call that come neither from hanging up nor from not answering.</summary>
public sealed class EndingsTests
{
    private static readonly PhoneHabits NeverAcknowledges = new(Acknowledges: false);
    private static readonly PhoneHabits Silent = new(BringsMedia: false);

    private static readonly PlaceCall BotCallsUnconfirming = Call(Bot(TheBot, Contoso), Phone(ThePhone) with { Habits = NeverAcknowledges });
    private static readonly PlaceCall UnconfirmingCallsBot = Call(Phone(ThePhone) with { Habits = NeverAcknowledges }, Bot(TheBot, Contoso));
    private static readonly PlaceCall BotCallsSilent = Call(Bot(TheBot, Contoso), Phone(ThePhone) with { Habits = Silent });

    private static readonly PhoneActed PhoneAcknowledges = new(ThePhone, PhoneAction.Acknowledge);
    private static readonly PhoneActed PhoneLosesMedia = new(ThePhone, PhoneAction.LoseMedia);
    private static readonly PhoneActed PhoneStartsMedia = new(ThePhone, PhoneAction.StartMedia);
    private static readonly PhoneActed PhoneVanishes = new(ThePhone, PhoneAction.Vanish);

    [Fact]
    public void A_phone_that_vanishes_ends_the_call_with_18503() =>
        new Given(BotCallsUser, PhoneAnswers)
            .When(PhoneVanishes)
            .Then(
                new LegTerminated(ThePhone, EndReasons.Vanished),
                new LegTerminated(TheBot, EndReasons.OtherParticipantLeft),
                new ConversationEnded());

    [Fact]
    public void A_calling_phone_that_vanishes_before_the_answer_ends_the_call_with_18503() =>
        new Given(UserCallsBot).When(PhoneVanishes).ThenEnds((ThePhone, EndReasons.Vanished), (TheBot, EndReasons.OtherParticipantLeft));

    /// <summary>Nobody can tell a phone that is gone from one that just rings on.</summary>
    [Fact]
    public void A_phone_that_is_called_cannot_be_seen_to_vanish() =>
        new Given(BotCallsUser, PhoneRings).When(PhoneVanishes).ThenRefused(Refusal.PhoneCannotDoThat);

    [Fact]
    public void A_callee_that_accepts_and_does_not_confirm_is_waited_for_and_nobody_else_is_called() =>
        new Given(Call(Bot(TheBot, Contoso), Phone(ThePhone) with { Habits = NeverAcknowledges }, Phone(TheSecondPhone)))
            .When(PhoneAnswers)
            .Then(
                new PhoneAnswered(ThePhone),
                new LegTerminated(TheSecondPhone, EndReasons.AnsweredElsewhere),
                new DeadlineCleared(DeadlineKind.Signalling, TheBot),
                new DeadlineSet(DeadlineKind.Acknowledgement, ThePhone, Noon + Seconds(10)));

    [Fact]
    public void An_acceptance_that_the_callee_does_not_confirm_within_ten_seconds_ends_the_call_with_1106() =>
        new Given(BotCallsUnconfirming, PhoneAnswers)
            .After(Seconds(10))
            .WhenDeadlinePasses()
            .ThenEnds((ThePhone, EndReasons.NotAcknowledged), (TheBot, EndReasons.NotAcknowledged));

    [Fact]
    public void An_answer_that_the_caller_does_not_confirm_within_ten_seconds_ends_the_call_with_1106() =>
        new Given(UnconfirmingCallsBot, BotAnswers)
            .After(Seconds(10))
            .WhenDeadlinePasses()
            .ThenEnds((ThePhone, EndReasons.NotAcknowledged), (TheBot, EndReasons.NotAcknowledged));

    [Fact]
    public void A_bot_that_answers_is_not_connected_before_the_caller_has_confirmed()
    {
        var answered = new Given(UnconfirmingCallsBot, BotAnswers);
        Assert.Equal(LegState.Establishing, answered.Conversation.Find(TheBot)!.State);

        answered.When(PhoneAcknowledges).Then(
            new DeadlineCleared(DeadlineKind.Acknowledgement, ThePhone),
            new LegEstablished(TheBot),
            new LegEstablished(ThePhone),
            new MediaStarted(TheBot),
            new MediaStarted(ThePhone));
    }

    [Fact]
    public void A_bot_may_hang_up_while_its_answer_is_not_confirmed() =>
        new Given(UnconfirmingCallsBot, BotAnswers)
            .When(new HangUp(TheBot, Contoso))
            .ThenEnds((TheBot, EndReasons.ConversationEnded), (ThePhone, EndReasons.EndedByOtherBot));

    [Fact]
    public void Media_that_does_not_start_within_fifteen_seconds_ends_the_call_with_301004() =>
        new Given(BotCallsSilent, PhoneAnswers)
            .After(Seconds(15))
            .WhenDeadlinePasses()
            .ThenEnds((ThePhone, EndReasons.MediaNeverStarted), (TheBot, EndReasons.MediaNeverStarted));

    [Fact]
    public void Media_that_starts_late_starts_for_all() =>
        new Given(BotCallsSilent, PhoneAnswers)
            .After(Seconds(14))
            .When(PhoneStartsMedia)
            .Then(
                new DeadlineCleared(DeadlineKind.MediaStart, ThePhone),
                new MediaStarted(ThePhone),
                new MediaStarted(TheBot));

    [Fact]
    public void Media_that_stops_for_thirty_seconds_ends_the_call_with_301005() =>
        new Given(BotCallsUser, PhoneAnswers)
            .And(PhoneLosesMedia)
            .After(Seconds(30))
            .WhenDeadlinePasses()
            .ThenEnds((ThePhone, EndReasons.MediaLost), (TheBot, EndReasons.MediaLost));

    [Fact]
    public void Media_that_flows_again_in_time_ends_nothing_and_the_bot_is_not_told_of_it() =>
        new Given(BotCallsUser, PhoneAnswers, PhoneLosesMedia)
            .After(Seconds(29))
            .When(PhoneStartsMedia)
            .Then(new DeadlineCleared(DeadlineKind.MediaLoss, ThePhone), new MediaStarted(ThePhone));

    [Fact]
    public void A_user_who_is_busy_has_declined() =>
        new Given(BotCallsUser)
            .When(new PhoneActed(ThePhone, PhoneAction.Busy))
            .ThenEnds((ThePhone, EndReasons.Declined), (TheBot, EndReasons.Declined));

    [Fact]
    public void A_number_that_is_busy_ends_the_call_with_560486() =>
        new Given(BotCallsNumber)
            .When(new PhoneActed(TheNumber, PhoneAction.Busy))
            .ThenEnds((TheNumber, EndReasons.Declined), (TheBot, EndReasons.Pstn(CallDirection.Outgoing, 486)));

    [Fact]
    public void A_network_that_refuses_a_call_ends_it_with_its_status() =>
        new Given(BotCallsNumber)
            .When(new PhoneActed(TheNumber, PhoneAction.Refuse) { SipStatus = 404 })
            .ThenEnds((TheNumber, EndReasons.Pstn(CallDirection.Outgoing, 404)), (TheBot, EndReasons.Pstn(CallDirection.Outgoing, 404)));

    [Fact]
    public void No_network_refuses_calls_to_a_user() =>
        new Given(BotCallsUser).When(new PhoneActed(ThePhone, PhoneAction.Refuse) { SipStatus = 404 }).ThenRefused(Refusal.PhoneCannotDoThat);

    [Fact]
    public void A_caller_whose_patience_is_over_gives_up() =>
        new Given(Call(Number(TheNumber) with { Patience = Seconds(5) }, Bot(TheBot, Contoso)))
            .After(Seconds(5))
            .WhenDeadlinePasses()
            .ThenEnds((TheNumber, EndReasons.ConversationEnded), (TheBot, EndReasons.Pstn(CallDirection.Incoming, 487)));

    [Fact]
    public void The_patience_of_a_caller_ends_with_the_answer() =>
        new Given(Call(Phone(ThePhone) with { Patience = Seconds(5) }, Bot(TheBot, Contoso)), BotAnswers)
            .After(Seconds(5))
            .WhenDeadlinePasses()
            .ThenNothing();

    [Fact]
    public void A_built_in_bot_that_hangs_up_has_ended_the_call_as_a_bot() =>
        new Given(Call(Bot(TheBot, Contoso), Phone(ThePhone) with { Identity = new Identity(IdentityKind.Application, "built-in") }), PhoneAnswers)
            .When(PhoneHangsUp)
            .ThenEnds((ThePhone, EndReasons.ConversationEnded), (TheBot, EndReasons.EndedByOtherBot));

    [Fact]
    public void Keys_that_are_pressed_are_kept() =>
        new Given(BotCallsUser, PhoneAnswers)
            .When(new PhoneActed(ThePhone, PhoneAction.Press) { Tone = Tone.Tone5 })
            .Then(new TonePressed(ThePhone, Tone.Tone5));

    [Fact]
    public void A_conversation_may_have_times_of_its_own() =>
        new Given(BotCallsUser with { Timeouts = new Timeouts { Signalling = Seconds(2) } })
            .After(Seconds(2))
            .WhenDeadlinePasses()
            .ThenEnds((ThePhone, EndReasons.NoSignalling), (TheBot, EndReasons.NoSignalling));
}
