using static Hookswitch.Calling.Tests.Parties;

namespace Hookswitch.Calling.Tests;

public sealed class PlacingTests
{
    [Fact]
    public void A_bot_that_calls_a_user_waits_for_a_signal_and_must_keep_the_call_alive() =>
        new Given()
            .When(BotCallsUser)
            .Then(
                new ConversationStarted(ConversationKind.PeerToPeer, Chain, [Alice]),
                Added(BotCallsUser.Caller, CallDirection.Outgoing),
                Added(BotCallsUser.Callees[0], CallDirection.Incoming),
                new DeadlineSet(DeadlineKind.KeepAlive, TheBot, Noon + Minutes(45)),
                new DeadlineSet(DeadlineKind.Signalling, TheBot, Noon + Seconds(15)));

    [Fact]
    public void A_user_who_calls_a_bot_waits_for_its_answer_alone() =>
        new Given()
            .When(UserCallsBot)
            .Then(
                new ConversationStarted(ConversationKind.PeerToPeer, Chain, [UserCallsBot.Callees[0].Identity]),
                Added(UserCallsBot.Caller, CallDirection.Outgoing),
                Added(UserCallsBot.Callees[0], CallDirection.Incoming),
                new DeadlineSet(DeadlineKind.Answer, TheBot, Noon + Seconds(15)));

    [Fact]
    public void Each_phone_and_application_behind_the_target_is_called() =>
        Assert.Equal(
            [LegState.Establishing, LegState.Incoming, LegState.Incoming],
            new Given(UserCallsSharedLine).Conversation.Legs.Select(leg => leg.State));

    [Fact]
    public void Of_a_bot_and_a_phone_behind_one_line_each_has_its_own_time() =>
        Assert.Equal(
            [(DeadlineKind.Signalling, ThePhone), (DeadlineKind.Answer, TheBot)],
            new Given(UserCallsSharedLine).Conversation.Deadlines.Select(deadline => (deadline.Kind, deadline.Leg)));

    [Fact]
    public void The_script_of_a_called_phone_begins_when_it_is_called() =>
        Assert.Contains(
            new Deadline(DeadlineKind.Script, ThePhone, Noon + Seconds(2)),
            new Given(Call(Bot(TheBot, Contoso), Phone(ThePhone, Step(PhoneAction.Answer, 2)))).Conversation.Deadlines);

    [Fact]
    public void The_script_of_a_calling_phone_does_not_begin_when_it_calls() =>
        Assert.DoesNotContain(
            new Given(Call(Phone(ThePhone, Step(PhoneAction.HangUp, 2)), Bot(TheBot, Contoso))).Conversation.Deadlines,
            deadline => deadline.Kind == DeadlineKind.Script);

    [Fact]
    public void A_call_to_someone_unreachable_begins_and_ends_at_once_with_the_reason() =>
        new Given()
            .When(Call(Bot(TheBot, Contoso)) with { Unreachable = EndReasons.NoEndpoints })
            .Then(
                new ConversationStarted(ConversationKind.PeerToPeer, Chain, [Alice]),
                Added(BotCallsUser.Caller, CallDirection.Outgoing),
                new LegTerminated(TheBot, EndReasons.NoEndpoints),
                new ConversationEnded());

    [Fact]
    public void The_id_of_a_conversation_that_lives_is_taken() =>
        new Given(BotCallsUser).When(UserCallsBot).ThenRefused(Refusal.ConversationExists);

    [Fact]
    public void The_id_of_a_conversation_that_has_ended_is_taken_for_ever() =>
        new Given(BotCallsUser, new HangUp(TheBot, Contoso)).When(BotCallsUser).ThenRefused(Refusal.ConversationExists);

    private static LegAdded Added(Party party, CallDirection direction) =>
        new(party.Leg, party.Participant, party.Identity, direction, party.Bot, party.Script.Steps);
}
