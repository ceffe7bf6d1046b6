using static Hookswitch.Calling.Tests.Parties;

namespace Hookswitch.Calling.Tests;

public sealed class HangingUpTests
{
    private static readonly HangUp BotHangsUp = new(TheBot, Contoso);

    /// <summary>Every state in which a bot's peer-to-peer call can be.</summary>
    public static TheoryData<string, LegState> StatesOfACall => new()
    {
        { "placed", LegState.Establishing },
        { "ringing at the callee", LegState.Establishing },
        { "answered by the callee", LegState.Established },
        { "incoming", LegState.Incoming },
        { "answered by the bot", LegState.Established },
    };

    [Fact]
    public void A_bot_that_hangs_up_its_peer_to_peer_call_ends_the_conversation() =>
        new Given(BotCallsUser, PhoneAnswers)
            .When(BotHangsUp)
            .Then(
                new LegTerminating(TheBot),
                new LegTerminated(TheBot, EndReasons.ConversationEnded),
                new LegTerminated(ThePhone, EndReasons.EndedByOtherBot),
                new ConversationEnded());

    [Theory]
    [MemberData(nameof(StatesOfACall))]
    public void A_bots_own_hang_up_ends_its_call_with_5001_in_every_state(string call, LegState state)
    {
        var given = In(call);
        Assert.Equal(state, given.Conversation.Find(TheBot)!.State);

        given.When(BotHangsUp).ThenEnds((TheBot, EndReasons.ConversationEnded), (ThePhone, EndReasons.EndedByOtherBot));
    }

    [Theory]
    [MemberData(nameof(StatesOfACall))]
    public void Another_application_finds_no_call_in_any_state(string call, LegState state)
    {
        Assert.Equal(state, In(call).Conversation.Find(TheBot)!.State);
        In(call).When(BotHangsUp with { Application = Fabrikam }).ThenRefused(Refusal.CallNotFound);
    }

    [Theory]
    [MemberData(nameof(StatesOfACall))]
    public void Hanging_up_twice_finds_no_call_the_second_time(string call, LegState state)
    {
        Assert.Equal(state, In(call).Conversation.Find(TheBot)!.State);
        In(call).And(BotHangsUp).When(BotHangsUp).ThenRefused(Refusal.CallNotFound);
    }

    [Fact]
    public void A_bot_that_gives_up_before_the_answer_ends_the_call_at_every_phone() =>
        new Given(BotCallsTwoPhones)
            .When(BotHangsUp)
            .ThenEnds(
                (TheBot, EndReasons.ConversationEnded),
                (ThePhone, EndReasons.EndedByOtherBot),
                (TheSecondPhone, EndReasons.EndedByOtherBot));

    [Fact]
    public void A_call_that_the_other_party_ended_cannot_be_hung_up() =>
        new Given(BotCallsUser, PhoneAnswers, PhoneHangsUp).When(BotHangsUp).ThenRefused(Refusal.CallNotFound);

    [Fact]
    public void A_call_that_never_was_cannot_be_hung_up() =>
        new Given(BotCallsUser).When(BotHangsUp with { Leg = Nobody }).ThenRefused(Refusal.CallNotFound);

    [Fact]
    public void A_conversation_that_never_was_has_no_call_to_hang_up() =>
        new Given().When(BotHangsUp).ThenRefused(Refusal.CallNotFound);

    [Fact]
    public void No_application_owns_the_leg_of_a_phone() =>
        new Given(BotCallsUser, PhoneAnswers).When(BotHangsUp with { Leg = ThePhone }).ThenRefused(Refusal.CallNotFound);

    [Fact]
    public void An_application_id_is_the_same_in_any_case() =>
        new Given(BotCallsUser)
            .When(new HangUp(TheBot, new AppId(Contoso.Value.ToUpperInvariant())))
            .ThenEnds((TheBot, EndReasons.ConversationEnded), (ThePhone, EndReasons.EndedByOtherBot));

    [Fact]
    public void A_bot_whose_other_party_is_a_bot_hears_that_the_bot_ended_it() =>
        new Given(BotCallsBot, OtherBotAnswers)
            .When(new HangUp(TheOtherBot, Fabrikam))
            .ThenEnds((TheOtherBot, EndReasons.ConversationEnded), (TheBot, EndReasons.EndedByOtherBot));

    [Fact]
    public void A_bot_whose_calling_bot_gives_up_hears_that_the_bot_ended_it() =>
        new Given(BotCallsBot)
            .When(BotHangsUp)
            .ThenEnds((TheBot, EndReasons.ConversationEnded), (TheOtherBot, EndReasons.EndedByOtherBot));

    [Fact]
    public void A_person_who_hangs_up_ends_the_call_with_4521() =>
        new Given(BotCallsUser, PhoneAnswers)
            .When(PhoneHangsUp)
            .Then(
                new LegTerminated(ThePhone, EndReasons.ConversationEnded),
                new LegTerminated(TheBot, EndReasons.EndedByOtherParticipant),
                new ConversationEnded());

    [Fact]
    public void A_person_who_called_the_bot_and_hangs_up_ends_the_call_with_4521() =>
        new Given(UserCallsBot, BotAnswers)
            .When(PhoneHangsUp)
            .ThenEnds((ThePhone, EndReasons.ConversationEnded), (TheBot, EndReasons.EndedByOtherParticipant));

    [Fact]
    public void A_caller_who_gives_up_before_the_answer_ends_the_call_with_4521() =>
        new Given(UserCallsBot)
            .When(PhoneHangsUp)
            .ThenEnds((ThePhone, EndReasons.ConversationEnded), (TheBot, EndReasons.EndedByOtherParticipant));

    [Fact]
    public void A_telephone_user_who_had_called_in_and_hangs_up_ends_the_call_with_540000() =>
        new Given(NumberCallsBot, BotAnswers).When(NumberHangsUp).ThenEnds(
            (TheNumber, EndReasons.ConversationEnded), (TheBot, EndReasons.EndedByIncomingPstn));

    [Fact]
    public void A_telephone_user_who_had_been_called_and_hangs_up_ends_the_call_with_560000() =>
        new Given(BotCallsNumber, NumberAnswers).When(NumberHangsUp).ThenEnds(
            (TheNumber, EndReasons.ConversationEnded), (TheBot, EndReasons.EndedByOutgoingPstn));

    [Fact]
    public void A_telephone_user_who_gives_up_before_the_answer_ends_the_call_with_540487() =>
        new Given(NumberCallsBot).When(NumberHangsUp).ThenEnds(
            (TheNumber, EndReasons.ConversationEnded), (TheBot, Reason(487, 540487)));

    [Fact]
    public void A_telephone_user_who_hangs_up_a_ringing_phone_declines_with_560603() =>
        new Given(BotCallsNumber, new PhoneActed(TheNumber, PhoneAction.Ring)).When(NumberHangsUp).ThenEnds(
            (TheNumber, EndReasons.Declined), (TheBot, Reason(603, 560603)));

    [Fact]
    public void A_telephone_user_who_lets_it_ring_ends_the_call_with_560480() =>
        new Given(BotCallsNumber, new PhoneActed(TheNumber, PhoneAction.Ring)).After(Seconds(60)).WhenDeadlinePasses().ThenEnds(
            (TheNumber, Reason(480, 560480)), (TheBot, Reason(480, 560480)));

    private static Given In(string call) => call switch
    {
        "placed" => new(BotCallsUser),
        "ringing at the callee" => new(BotCallsUser, PhoneRings),
        "answered by the callee" => new(BotCallsUser, PhoneAnswers),
        "incoming" => new(UserCallsBot),
        _ => new(UserCallsBot, BotAnswers),
    };

    private static EndReason Reason(int code, int subcode) => new(code, subcode, "", "");
}
