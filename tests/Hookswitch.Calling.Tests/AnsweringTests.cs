using static Hookswitch.Calling.Tests.Parties;

namespace Hookswitch.Calling.Tests;

public sealed class AnsweringTests
{
    private static readonly Reject BotRejects = new(TheBot, Contoso, Callback: null);
    private static readonly PhoneActed SecondPhoneAnswers = new(TheSecondPhone, PhoneAction.Answer);
    private static readonly PhoneActed SecondPhoneDeclines = new(TheSecondPhone, PhoneAction.Decline);

    [Fact]
    public void A_bot_that_answers_is_connected_with_its_caller_and_must_keep_the_call_alive_from_now_on() =>
        new Given(UserCallsBot)
            .After(Seconds(3))
            .When(BotAnswers with { Callback = "https://bot.example/new", Modalities = [Modality.Audio] })
            .Then(
                new LegAccepted(TheBot, "https://bot.example/new", Media) { Modalities = [Modality.Audio] },
                new DeadlineCleared(DeadlineKind.Answer, TheBot),
                new DeadlineSet(DeadlineKind.KeepAlive, TheBot, Noon + Seconds(3) + Minutes(45)),
                new LegEstablished(TheBot),
                new LegEstablished(ThePhone),
                new MediaStarted(TheBot),
                new MediaStarted(ThePhone));

    [Fact]
    public void What_a_bot_answers_with_is_kept_with_its_leg()
    {
        var (options, scenario) = (new RosterOptions(true, null, null, null), new Guid("5ce0a210-0000-4000-8000-000000000001"));
        var answer = BotAnswers with { Modalities = [Modality.Video], Options = options, Scenario = scenario };

        var bot = new Given(UserCallsBot, answer).Conversation.Find(TheBot)!.Bot!;

        Assert.Equal((Media, options, scenario), (bot.Media, bot.Options, bot.Scenario));
        Assert.Equal([Modality.Video], bot.Modalities);
    }

    [Fact]
    public void Without_a_callback_the_address_of_the_incoming_call_stays() =>
        Assert.Equal("https://bot.example/calls", new Given(UserCallsBot, BotAnswers).Conversation.Find(TheBot)!.Bot!.Callback);

    [Fact]
    public void A_call_that_was_answered_cannot_be_answered_again() =>
        new Given(UserCallsBot, BotAnswers).When(BotAnswers).ThenRefused(Refusal.ConflictsWithCallState);

    [Fact]
    public void A_call_that_was_answered_cannot_be_rejected() =>
        new Given(UserCallsBot, BotAnswers).When(BotRejects).ThenRefused(Refusal.ConflictsWithCallState);

    [Fact]
    public void A_bot_cannot_answer_the_call_that_it_placed() =>
        new Given(BotCallsUser).When(BotAnswers).ThenRefused(Refusal.ConflictsWithCallState);

    [Fact]
    public void Another_applications_call_cannot_be_answered() =>
        new Given(UserCallsBot).When(BotAnswers with { Application = Fabrikam }).ThenRefused(Refusal.CallNotFound);

    [Fact]
    public void Another_applications_call_cannot_be_rejected() =>
        new Given(UserCallsBot).When(BotRejects with { Application = Fabrikam }).ThenRefused(Refusal.CallNotFound);

    [Fact]
    public void A_call_whose_caller_gave_up_cannot_be_answered() =>
        new Given(UserCallsBot, PhoneHangsUp).When(BotAnswers).ThenRefused(Refusal.CallNotFound);

    [Fact]
    public void A_bot_that_rejects_hears_no_reason_and_its_caller_that_it_was_declined() =>
        new Given(UserCallsBot)
            .When(BotRejects)
            .Then(
                new LegTerminated(TheBot, EndReasons.Rejected),
                new LegTerminated(ThePhone, EndReasons.Declined),
                new ConversationEnded());

    [Fact]
    public void A_bot_that_rejects_with_a_callback_hears_of_it_there() =>
        new Given(UserCallsBot)
            .When(BotRejects with { Callback = "https://bot.example/new" })
            .Then(
                new CallbackChanged(TheBot, "https://bot.example/new"),
                new LegTerminated(TheBot, EndReasons.Rejected),
                new LegTerminated(ThePhone, EndReasons.Declined),
                new ConversationEnded());

    [Fact]
    public void The_first_phone_that_answers_wins_and_the_others_hear_that_the_call_was_answered_elsewhere() =>
        new Given(BotCallsTwoPhones, PhoneRings)
            .When(SecondPhoneAnswers)
            .Then(
                new LegTerminated(ThePhone, EndReasons.AnsweredElsewhere),
                new DeadlineCleared(DeadlineKind.Ring, TheBot),
                new LegEstablished(TheSecondPhone),
                new LegEstablished(TheBot),
                new MediaStarted(TheSecondPhone),
                new MediaStarted(TheBot));

    [Fact]
    public void A_phone_may_answer_without_having_rung() =>
        new Given(BotCallsUser)
            .When(PhoneAnswers)
            .Then(
                new DeadlineCleared(DeadlineKind.Signalling, TheBot),
                new LegEstablished(ThePhone),
                new LegEstablished(TheBot),
                new MediaStarted(ThePhone),
                new MediaStarted(TheBot));

    [Fact]
    public void A_bot_whose_line_is_answered_by_a_phone_hears_that_the_call_was_answered_elsewhere() =>
        new Given(UserCallsSharedLine).When(SecondPhoneAnswers).ThenEnds((TheBot, EndReasons.AnsweredElsewhere));

    [Fact]
    public void A_phone_whose_line_is_answered_by_a_bot_hears_that_the_call_was_answered_elsewhere() =>
        new Given(UserCallsSharedLine).When(BotAnswers).ThenEnds((TheSecondPhone, EndReasons.AnsweredElsewhere));

    [Fact]
    public void A_call_that_a_phone_answered_cannot_be_answered_by_the_bot_that_shares_the_line() =>
        new Given(UserCallsSharedLine, SecondPhoneAnswers).When(BotAnswers).ThenRefused(Refusal.CallNotFound);

    [Fact]
    public void A_phone_that_declines_leaves_the_others_ringing() =>
        new Given(BotCallsTwoPhones).When(PhoneDeclines).Then(
            new LegTerminated(ThePhone, EndReasons.Declined),
            new DeadlineCleared(DeadlineKind.Signalling, TheBot),
            new DeadlineSet(DeadlineKind.Ring, TheBot, Noon + Seconds(60)));

    [Fact]
    public void The_caller_hears_that_it_was_declined_when_the_last_phone_has_declined() =>
        new Given(BotCallsTwoPhones, PhoneDeclines)
            .When(SecondPhoneDeclines)
            .Then(
                new LegTerminated(TheSecondPhone, EndReasons.Declined),
                new LegTerminated(TheBot, EndReasons.Declined),
                new ConversationEnded());

    [Fact]
    public void After_one_phone_has_declined_another_may_answer() =>
        new Given(BotCallsTwoPhones, PhoneDeclines).When(SecondPhoneAnswers).ThenEnds();

    [Fact]
    public void After_a_bot_has_rejected_the_phone_that_shares_its_line_may_answer() =>
        new Given(UserCallsSharedLine, BotRejects).When(SecondPhoneAnswers).ThenEnds();

    [Fact]
    public void A_bot_and_a_phone_that_both_decline_end_the_call() =>
        new Given(UserCallsSharedLine, BotRejects)
            .When(SecondPhoneDeclines)
            .ThenEnds((TheSecondPhone, EndReasons.Declined), (ThePhone, EndReasons.Declined));

    [Fact]
    public void A_telephone_user_who_declines_ends_the_call_as_the_network_says_it() =>
        new Given(BotCallsNumber)
            .When(new PhoneActed(TheNumber, PhoneAction.Decline))
            .ThenEnds((TheNumber, EndReasons.Declined), (TheBot, EndReasons.Pstn(CallDirection.Outgoing, 603)));
}
