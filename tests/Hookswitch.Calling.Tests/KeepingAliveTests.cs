using static Hookswitch.Calling.Tests.Parties;

namespace Hookswitch.Calling.Tests;

public sealed class KeepingAliveTests
{
    private static readonly KeepAlive BotKeepsAlive = new(TheBot, Contoso);

    [Fact]
    public void A_keep_alive_gives_the_call_forty_five_minutes_more() =>
        new Given(BotCallsUser, PhoneAnswers)
            .After(Minutes(40))
            .When(BotKeepsAlive)
            .Then(new DeadlineSet(DeadlineKind.KeepAlive, TheBot, Noon + Minutes(85)));

    [Fact]
    public void A_call_that_was_kept_alive_outlives_its_first_forty_five_minutes() =>
        new Given(BotCallsUser, PhoneAnswers).After(Minutes(40)).And(BotKeepsAlive).After(Minutes(44)).WhenDeadlinePasses().ThenNothing();

    [Fact]
    public void A_call_that_was_placed_can_be_kept_alive_before_it_is_answered() =>
        new Given(BotCallsUser).When(BotKeepsAlive).Then(new DeadlineSet(DeadlineKind.KeepAlive, TheBot, Noon + Minutes(45)));

    [Fact]
    public void An_incoming_call_cannot_be_kept_alive_before_it_is_answered() =>
        new Given(UserCallsBot).When(BotKeepsAlive).ThenRefused(Refusal.CallNotEstablished);

    [Fact]
    public void Another_applications_call_cannot_be_kept_alive() =>
        new Given(BotCallsUser, PhoneAnswers).When(BotKeepsAlive with { Application = Fabrikam }).ThenRefused(Refusal.CallNotFound);

    [Fact]
    public void A_call_that_is_over_cannot_be_kept_alive() =>
        new Given(BotCallsUser, PhoneAnswers, PhoneHangsUp).When(BotKeepsAlive).ThenRefused(Refusal.CallNotFound);

    [Fact]
    public void Each_of_two_bots_keeps_its_own_call_alive() =>
        new Given(BotCallsBot, OtherBotAnswers)
            .After(Minutes(30))
            .And(BotKeepsAlive)
            .After(Minutes(15))
            .WhenDeadlinePasses()
            .ThenEnds((TheOtherBot, EndReasons.KeepAliveTimeout), (TheBot, EndReasons.OtherParticipantLeft));
}
