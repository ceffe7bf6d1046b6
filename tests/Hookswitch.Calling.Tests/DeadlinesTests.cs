using static Hookswitch.Calling.Tests.Parties;

namespace Hookswitch.Calling.Tests;

public sealed class DeadlinesTests
{
    [Fact]
    public void A_call_that_nobody_keeps_alive_is_cleaned_up_after_exactly_forty_five_minutes() =>
        new Given(BotCallsUser, PhoneAnswers)
            .After(Minutes(45))
            .WhenDeadlinePasses()
            .Then(
                new LegTerminated(TheBot, EndReasons.KeepAliveTimeout),
                new LegTerminated(ThePhone, EndReasons.OtherParticipantLeft),
                new ConversationEnded());

    [Fact]
    public void A_tick_before_forty_five_minutes_nothing_happens() =>
        new Given(BotCallsUser, PhoneAnswers).After(Minutes(45) - TimeSpan.FromTicks(1)).WhenDeadlinePasses().ThenNothing();

    [Fact]
    public void The_forty_five_minutes_of_an_incoming_call_begin_with_its_answer() =>
        new Given(UserCallsBot)
            .After(Seconds(10))
            .And(BotAnswers)
            .After(Minutes(45))
            .WhenDeadlinePasses()
            .ThenEnds((TheBot, EndReasons.KeepAliveTimeout), (ThePhone, EndReasons.OtherParticipantLeft));

    [Fact]
    public void A_phone_that_rings_for_sixty_seconds_has_not_answered() =>
        new Given(BotCallsUser)
            .After(Seconds(5))
            .And(PhoneRings)
            .After(Seconds(60))
            .WhenDeadlinePasses()
            .Then(
                new LegTerminated(ThePhone, EndReasons.NotAnswered),
                new LegTerminated(TheBot, EndReasons.NotAnswered),
                new ConversationEnded());

    [Fact]
    public void When_one_phone_has_declined_and_another_rings_on_unanswered_the_caller_hears_that_nobody_answered() =>
        new Given(BotCallsTwoPhones, PhoneDeclines, new PhoneActed(TheSecondPhone, PhoneAction.Ring))
            .After(Seconds(60))
            .WhenDeadlinePasses()
            .ThenEnds((TheSecondPhone, EndReasons.NotAnswered), (TheBot, EndReasons.NotAnswered));

    [Fact]
    public void Phones_of_which_none_signals_within_fifteen_seconds_end_the_call() =>
        new Given(BotCallsTwoPhones)
            .After(Seconds(15))
            .WhenDeadlinePasses()
            .Then(
                new LegTerminated(ThePhone, EndReasons.NoSignalling),
                new LegTerminated(TheSecondPhone, EndReasons.NoSignalling),
                new LegTerminated(TheBot, EndReasons.NoSignalling),
                new ConversationEnded());

    [Fact]
    public void A_phone_that_declines_has_signalled_for_all()
    {
        var declined = new Given(BotCallsTwoPhones).After(Seconds(1)).And(PhoneDeclines);

        declined.After(Seconds(14)).WhenDeadlinePasses().ThenNothing();
        declined.After(Seconds(60)).WhenDeadlinePasses().ThenEnds((TheSecondPhone, EndReasons.NotAnswered), (TheBot, EndReasons.NotAnswered));
    }

    [Fact]
    public void One_phone_that_rings_is_signal_enough_for_all() =>
        new Given(BotCallsTwoPhones, PhoneRings).After(Seconds(15)).WhenDeadlinePasses().ThenNothing();

    [Fact]
    public void A_bot_that_does_not_answer_within_fifteen_seconds_is_no_longer_called() =>
        new Given(UserCallsBot)
            .After(Seconds(15))
            .WhenDeadlinePasses()
            .Then(
                new LegTerminated(TheBot, EndReasons.NotAnswered),
                new LegTerminated(ThePhone, EndReasons.NotAnswered),
                new ConversationEnded());

    [Fact]
    public void A_phone_rings_on_when_the_bot_that_shares_its_line_has_not_answered() =>
        new Given(UserCallsSharedLine, new PhoneActed(TheSecondPhone, PhoneAction.Ring))
            .After(Seconds(15))
            .WhenDeadlinePasses()
            .Then(new LegTerminated(TheBot, EndReasons.NotAnswered));

    [Fact]
    public void A_phone_that_never_signals_is_given_up_though_a_bot_shares_its_line() =>
        new Given(UserCallsSharedLine, new Reject(TheBot, Contoso, null))
            .After(Seconds(15))
            .WhenDeadlinePasses()
            .ThenEnds((TheSecondPhone, EndReasons.NoSignalling), (ThePhone, EndReasons.NoSignalling));

    [Fact]
    public void A_silent_phone_takes_no_time_from_the_bot_that_shares_its_line() =>
        (new Given(UserCallsSharedLine) with { Timeouts = new Timeouts { Answer = Seconds(30) } })
            .After(Seconds(15))
            .WhenDeadlinePasses()
            .Then(
                new LegTerminated(TheSecondPhone, EndReasons.NoSignalling),
                new DeadlineCleared(DeadlineKind.Signalling, ThePhone));

    [Fact]
    public void A_bot_that_has_answered_is_not_given_up_later() =>
        new Given(UserCallsBot, BotAnswers).After(Seconds(15)).WhenDeadlinePasses().ThenNothing();

    [Fact]
    public void Of_two_deadlines_the_earlier_one_passes_first_and_alone() =>
        new Given(Call(Bot(TheBot, Contoso), Phone(ThePhone, Step(PhoneAction.Ring, 14))))
            .After(Minutes(50))
            .WhenDeadlinePasses()
            .Then(
                new DeadlineCleared(DeadlineKind.Script, ThePhone),
                new ScriptAdvanced(ThePhone),
                new LegRinging(ThePhone),
                new DeadlineCleared(DeadlineKind.Signalling, TheBot),
                new DeadlineSet(DeadlineKind.Ring, TheBot, Noon + Minutes(50) + Seconds(60)));

    [Fact]
    public void Deadlines_stand_in_their_order_whatever_the_order_in_which_they_were_set()
    {
        var call = Call(Bot(TheBot, Contoso), Phone(ThePhone, Step(PhoneAction.Ring, 2)));
        Assert.Equal(
            [DeadlineKind.Script, DeadlineKind.Signalling, DeadlineKind.KeepAlive],
            new Given(call).Conversation.Deadlines.Select(one => one.Kind));
    }

    [Fact]
    public void A_wake_up_that_comes_too_early_decides_nothing() => new Given(BotCallsUser).WhenDeadlinePasses().ThenNothing();

    [Fact]
    public void A_wake_up_of_a_conversation_that_has_ended_decides_nothing() =>
        new Given(BotCallsUser, PhoneDeclines).After(Minutes(45)).WhenDeadlinePasses().ThenNothing();

    [Fact]
    public void A_wake_up_of_a_conversation_that_never_was_decides_nothing() => new Given().WhenDeadlinePasses().ThenNothing();
}
