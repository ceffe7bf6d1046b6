using static Hookswitch.Calling.Tests.Parties;

namespace Hookswitch.Calling.Tests;

public sealed class PhonesTests
{
    private static readonly PlaceCall Scripted = Call(
        Bot(TheBot, Contoso), Phone(ThePhone, Step(PhoneAction.Ring, 1), Step(PhoneAction.Answer, 2), Step(PhoneAction.HangUp, 5)));

    [Fact]
    public void What_a_phone_can_do_in_each_state_of_its_call()
    {
        (string State, Given Given)[] states =
        [
            ("calls", new(UserCallsBot)),
            ("called", new(BotCallsUser)),
            ("rings", new(BotCallsUser, PhoneRings)),
            ("answered", new(Call(Bot(TheBot, Contoso), Phone(ThePhone) with { Habits = new(Acknowledges: false) }), PhoneAnswers)),
            ("established", new(BotCallsUser, PhoneAnswers)),
            ("silent", new(Call(Bot(TheBot, Contoso), Phone(ThePhone) with { Habits = new(BringsMedia: false) }), PhoneAnswers)),
            ("cut off", new(BotCallsUser, PhoneAnswers, new PhoneActed(ThePhone, PhoneAction.LoseMedia))),
            ("on hold", new(BotCallsUser, PhoneAnswers, new PhoneActed(ThePhone, PhoneAction.Hold))),
            ("over", new(BotCallsUser, PhoneDeclines)),
        ];
        var rows =
            from state in states
            from action in Enum.GetValues<PhoneAction>()
            let decision = state.Given.When(new PhoneActed(ThePhone, action) { SipStatus = 503, Tone = Tone.Tone1, Sound = "hello" }).Decision
            let outcome = decision.Refusal?.ToString() ?? string.Join(", ", decision.Events.Select(Brief))
            select $"{state.State,-12} {action,-11} {outcome}\n";
        Snapshot.Match(string.Concat(rows));
    }

    [Fact]
    public void A_phone_that_rings_starts_the_ring_time_and_ends_the_wait_for_a_signal() =>
        new Given(BotCallsUser)
            .After(Seconds(5))
            .When(PhoneRings)
            .Then(
                new LegRinging(ThePhone),
                new DeadlineCleared(DeadlineKind.Signalling, TheBot),
                new DeadlineSet(DeadlineKind.Ring, TheBot, Noon + Seconds(65)));

    [Fact]
    public void The_second_phone_that_rings_does_not_prolong_the_ring_time() =>
        new Given(BotCallsTwoPhones, PhoneRings)
            .After(Seconds(10))
            .When(new PhoneActed(TheSecondPhone, PhoneAction.Ring))
            .Then(new LegRinging(TheSecondPhone));

    [Fact]
    public void A_bot_is_no_phone() =>
        Assert.All(Enum.GetValues<PhoneAction>(), action =>
            new Given(UserCallsBot).When(new PhoneActed(TheBot, action)).ThenRefused(Refusal.PhoneCannotDoThat));

    [Fact]
    public void A_phone_that_takes_no_part_can_do_nothing() =>
        Assert.All(Enum.GetValues<PhoneAction>(), action =>
            new Given(BotCallsUser).When(new PhoneActed(Nobody, action)).ThenRefused(Refusal.PhoneCannotDoThat));

    [Fact]
    public void The_first_step_of_a_script_is_taken_at_its_instant_and_the_second_waits_from_there() =>
        new Given(Scripted)
            .After(Seconds(1))
            .WhenDeadlinePasses()
            .Then(
                new DeadlineCleared(DeadlineKind.Script, ThePhone),
                new ScriptAdvanced(ThePhone),
                new LegRinging(ThePhone),
                new DeadlineCleared(DeadlineKind.Signalling, TheBot),
                new DeadlineSet(DeadlineKind.Ring, TheBot, Noon + Seconds(61)),
                new DeadlineSet(DeadlineKind.Script, ThePhone, Noon + Seconds(3)));

    [Fact]
    public void The_second_step_answers() =>
        new Given(Scripted)
            .Let(Seconds(2))
            .After(Seconds(1))
            .WhenDeadlinePasses()
            .Then(
                new DeadlineCleared(DeadlineKind.Script, ThePhone),
                new ScriptAdvanced(ThePhone),
                new DeadlineCleared(DeadlineKind.Ring, TheBot),
                new LegEstablished(ThePhone),
                new LegEstablished(TheBot),
                new MediaStarted(ThePhone),
                new MediaStarted(TheBot),
                new DeadlineSet(DeadlineKind.Script, ThePhone, Noon + Seconds(8)));

    [Fact]
    public void The_last_step_hangs_up_and_nothing_waits_any_longer() =>
        new Given(Scripted)
            .Let(Seconds(7))
            .After(Seconds(1))
            .WhenDeadlinePasses()
            .Then(
                new DeadlineCleared(DeadlineKind.Script, ThePhone),
                new ScriptAdvanced(ThePhone),
                new LegTerminated(ThePhone, EndReasons.ConversationEnded),
                new LegTerminated(TheBot, EndReasons.EndedByOtherParticipant),
                new ConversationEnded());

    [Fact]
    public void A_step_that_the_call_has_overtaken_is_passed_over_and_the_next_one_comes() =>
        new Given(Scripted)
            .Let(Seconds(1))
            .And(PhoneAnswers)
            .After(Seconds(2))
            .WhenDeadlinePasses()
            .Then(
                new DeadlineCleared(DeadlineKind.Script, ThePhone),
                new ScriptAdvanced(ThePhone),
                new DeadlineSet(DeadlineKind.Script, ThePhone, Noon + Seconds(8)));

    [Fact]
    public void A_script_that_is_over_leaves_the_call_as_it_is() =>
        new Given(Call(Bot(TheBot, Contoso), Phone(ThePhone, Step(PhoneAction.Ring, 1))), PhoneAnswers)
            .After(Seconds(1))
            .WhenDeadlinePasses()
            .Then(new DeadlineCleared(DeadlineKind.Script, ThePhone), new ScriptAdvanced(ThePhone));

    [Fact]
    public void A_script_ends_with_the_leg_of_its_phone() => Assert.Empty(new Given(Scripted, PhoneDeclines).Conversation.Deadlines);

    [Fact]
    public void A_script_goes_on_while_another_phone_of_the_callee_declines()
    {
        var call = Call(Bot(TheBot, Contoso), Phone(ThePhone), Phone(TheSecondPhone, Step(PhoneAction.Answer, 3)));

        var after = new Given(call, PhoneDeclines).Let(Seconds(3)).Conversation;

        Assert.Equal(LegState.Established, after.Find(TheSecondPhone)!.State);
    }

    [Fact]
    public void The_script_of_a_calling_phone_begins_when_it_is_answered() =>
        new Given(Call(Phone(ThePhone, Step(PhoneAction.HangUp, 5)), Bot(TheBot, Contoso)))
            .After(Seconds(2))
            .When(BotAnswers)
            .Then(
                new LegAccepted(TheBot, "https://bot.example/calls", Media),
                new DeadlineCleared(DeadlineKind.Answer, TheBot),
                new DeadlineSet(DeadlineKind.KeepAlive, TheBot, Noon + Seconds(2) + Minutes(45)),
                new LegEstablished(TheBot),
                new LegEstablished(ThePhone),
                new MediaStarted(TheBot),
                new MediaStarted(ThePhone),
                new DeadlineSet(DeadlineKind.Script, ThePhone, Noon + Seconds(7)));

    [Fact]
    public void A_calling_phone_hangs_up_by_its_script() =>
        new Given(Call(Number(TheNumber, Step(PhoneAction.HangUp, 5)), Bot(TheBot, Contoso)), BotAnswers)
            .After(Seconds(5))
            .WhenDeadlinePasses()
            .ThenEnds((TheNumber, EndReasons.ConversationEnded), (TheBot, EndReasons.EndedByIncomingPstn));

    private static string Brief(ConversationEvent @event) => @event switch
    {
        LegTerminated ended => $"{(ended.Leg == TheBot ? "bot" : "phone")} ends {ended.Reason}",
        _ => @event.GetType().Name,
    };
}
