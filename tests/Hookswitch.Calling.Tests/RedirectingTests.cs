using static Hookswitch.Calling.Tests.Parties;

namespace Hookswitch.Calling.Tests;

/// <summary>A bot passes on a call that it has not answered. Graph, call: redirect.</summary>
public sealed class RedirectingTests
{
    private static readonly Given Called = new(UserCallsBot);
    private static readonly Redirect ToOne = new(TheBot, Contoso, Callback: null, [Invitee(Person(TheSecondPhone))], Seconds(55));
    private static readonly Redirect ToTwo = ToOne with { Targets = [Invitee(Person(TheSecondPhone)), Invitee(Person(TheThirdPhone))] };

    [Fact]
    public void The_bots_leg_ends_untold_and_the_target_is_rung_into_the_same_conversation() =>
        Called.When(ToOne).Then(
            new LegTerminated(TheBot, EndReasons.Redirected),
            Placed(TheSecondPhone),
            new DeadlineSet(DeadlineKind.Signalling, ThePhone, Noon + Seconds(15)),
            new DeadlineSet(DeadlineKind.Ring, ThePhone, Noon + Seconds(55)));

    [Fact]
    public void The_notification_of_the_end_goes_to_the_callback_of_the_redirection() =>
        Called.When(ToOne with { Callback = "https://bot.example/redirected" })
            .ThenOf(new CallbackChanged(TheBot, "https://bot.example/redirected"));

    [Fact]
    public void The_caller_talks_with_the_target_that_answers() =>
        Called.And(ToOne).When(Answers(TheSecondPhone)).Then(
            new DeadlineCleared(DeadlineKind.Signalling, ThePhone),
            new DeadlineCleared(DeadlineKind.Ring, ThePhone),
            new LegEstablished(TheSecondPhone),
            new LegEstablished(ThePhone),
            new MediaStarted(TheSecondPhone),
            new MediaStarted(ThePhone));

    [Fact]
    public void Of_several_targets_the_first_to_answer_has_the_call() =>
        Called.And(ToTwo).When(Answers(TheThirdPhone)).ThenEnds((TheSecondPhone, EndReasons.AnsweredElsewhere));

    [Fact]
    public void A_target_that_declines_takes_nothing_from_the_others() =>
        Called.And(ToTwo).When(Declines(TheSecondPhone)).ThenEnds((TheSecondPhone, EndReasons.Declined));

    [Fact]
    public void When_the_last_target_has_declined_the_caller_hears_487_10024() =>
        Called.And(ToTwo, Declines(TheSecondPhone)).When(Declines(TheThirdPhone))
            .ThenEnds((TheThirdPhone, EndReasons.Declined), (ThePhone, EndReasons.Declined));

    [Fact]
    public void Ringing_is_over_after_the_time_that_the_bot_gave_and_the_caller_hears_487_10004() =>
        Called.And(ToOne, new PhoneActed(TheSecondPhone, PhoneAction.Ring)).Let(Seconds(55))
            .ThenOver((ThePhone, EndReasons.NotAnswered), (TheBot, EndReasons.Redirected), (TheSecondPhone, EndReasons.NotAnswered));

    [Fact]
    public void A_target_that_signals_nothing_is_given_up_after_15_seconds() =>
        Called.And(ToOne with { Ring = Seconds(15) }).Let(Seconds(15))
            .ThenOver((ThePhone, EndReasons.NoSignalling), (TheBot, EndReasons.Redirected), (TheSecondPhone, EndReasons.NoSignalling));

    [Fact]
    public void A_target_that_cannot_be_reached_ends_the_call_for_that_reason() =>
        Called.When(ToOne with { Targets = [Unreachable(Person(TheSecondPhone), EndReasons.NoEndpoints)] }).Then(
            new LegTerminated(TheBot, EndReasons.Redirected),
            new LegTerminated(ThePhone, EndReasons.NoEndpoints),
            new ConversationEnded());

    [Fact]
    public void One_target_that_cannot_be_reached_takes_nothing_from_the_other() =>
        Called.When(ToOne with { Targets = [Unreachable(Person(TheThirdPhone), EndReasons.NoEndpoints), Invitee(Person(TheSecondPhone))] })
            .ThenEnds((TheBot, EndReasons.Redirected));

    [Fact]
    public void What_shares_the_bots_line_is_called_no_longer() =>
        new Given(UserCallsSharedLine).When(ToOne with { Targets = [Invitee(Person(TheThirdPhone))] })
            .ThenEnds((TheBot, EndReasons.Redirected), (TheSecondPhone, EndReasons.AnsweredElsewhere));

    [Fact]
    public void A_caller_who_gives_up_ends_the_ringing_of_the_targets() =>
        Called.And(ToTwo).When(PhoneHangsUp).ThenEnds(
            (ThePhone, EndReasons.ConversationEnded),
            (TheSecondPhone, EndReasons.EndedByOtherParticipant),
            (TheThirdPhone, EndReasons.EndedByOtherParticipant));

    [Fact]
    public void A_bot_to_which_a_call_was_redirected_may_redirect_it_again() =>
        Called.And(ToOne with { Targets = [Invitee(Bot(TheOtherBot, Fabrikam))] })
            .And(new Redirect(TheOtherBot, Fabrikam, Callback: null, [Invitee(Person(TheSecondPhone))], Seconds(55)), Answers(TheSecondPhone))
            .ThenInside(ThePhone, TheSecondPhone);

    [Fact]
    public void A_bot_has_15_seconds_to_answer_a_redirected_call() =>
        Called.And(ToOne with { Targets = [Invitee(Bot(TheOtherBot, Fabrikam))] }).Let(Seconds(15))
            .ThenOver((ThePhone, EndReasons.NotAnswered), (TheBot, EndReasons.Redirected), (TheOtherBot, EndReasons.NotAnswered));

    [Fact]
    public void Only_a_call_that_still_waits_for_its_own_answer_is_redirected()
    {
        Called.And(BotAnswers).When(ToOne).ThenRefused(Refusal.ConflictsWithCallState);
        new Given(BotCallsUser).When(ToOne).ThenRefused(Refusal.ConflictsWithCallState);
        Called.And(ToOne).When(ToOne).ThenRefused(Refusal.CallNotFound);
        Called.When(ToOne with { Application = Fabrikam }).ThenRefused(Refusal.CallNotFound);
    }

    [Fact]
    public void Only_a_resource_account_redirects_to_a_number() =>
        Called.When(ToOne with { Targets = [Invitee(Number(TheNumber))] }).ThenRefused(Refusal.NumberNeedsResourceAccount);

    [Fact]
    public void Who_comes_instead_of_an_invited_bot_is_the_participant_that_was_invited()
    {
        var invited = new Given(CallGroup(Invitee(Person(ThePhone)), Invitee(Bot(TheOtherBot, Fabrikam))), Answers(ThePhone));
        var redirect = new Redirect(TheOtherBot, Fabrikam, Callback: null, [Invitee(Person(TheSecondPhone))], Seconds(30));

        invited.When(redirect).Then(
            new LegTerminated(TheOtherBot, EndReasons.Redirected),
            Placed(TheSecondPhone) with { Participant = ParticipantOf(TheOtherBot), CalledBy = TheBot, CalledFor = null },
            new DeadlineSet(DeadlineKind.Signalling, TheSecondPhone, Noon + Seconds(15)),
            new DeadlineSet(DeadlineKind.Ring, TheSecondPhone, Noon + Seconds(30)));
        invited.And(redirect, Answers(TheSecondPhone)).ThenInside(TheBot, ThePhone, TheSecondPhone);
        invited.When(redirect with { Targets = [Unreachable(Person(TheSecondPhone), EndReasons.NoEndpoints)] })
            .ThenOf(new InvitationFailed(ParticipantOf(TheOtherBot), EndReasons.NoEndpoints));
    }

    private static LegAdded Placed(LegId phone) =>
        new(phone, ParticipantOf(phone), Person(phone).Identity, CallDirection.Incoming, Bot: null, []) { CalledBy = TheBot, CalledFor = ThePhone };
}
