using static Hookswitch.Calling.Tests.Parties;

namespace Hookswitch.Calling.Tests;

/// <summary>A person puts a call on hold, and takes it back.</summary>
public sealed class HoldingTests
{
    private static readonly PhoneActed Holds = new(ThePhone, PhoneAction.Hold);
    private static readonly PhoneActed Resumes = new(ThePhone, PhoneAction.Resume);
    private static readonly Given Call = new(BotCallsUser, PhoneAnswers);
    private static readonly Given Meeting = new(Joins(Bot(TheBot, Contoso)), Joins(Person(ThePhone)), Joins(Person(TheSecondPhone)));

    [Fact]
    public void A_person_holds_a_call_and_takes_it_back()
    {
        Call.When(Holds).Then(new LegHeld(ThePhone));
        Call.And(Holds).When(Resumes).Then(new LegResumed(ThePhone));
    }

    [Fact]
    public void Rosters_show_who_holds()
    {
        Meeting.When(Holds).Then(new LegHeld(ThePhone), new RosterChanged([ParticipantOf(ThePhone)]));
        Meeting.And(Holds).When(Resumes).Then(new LegResumed(ThePhone), new RosterChanged([ParticipantOf(ThePhone)]));
    }

    [Fact]
    public void What_is_held_is_not_held_again_and_what_is_not_held_is_not_taken_back()
    {
        Call.And(Holds).When(Holds).ThenRefused(Refusal.PhoneCannotDoThat);
        Call.When(Resumes).ThenRefused(Refusal.PhoneCannotDoThat);
        Call.And(Holds, Resumes).When(Resumes).ThenRefused(Refusal.PhoneCannotDoThat);
        new Given(BotCallsUser).When(Holds).ThenRefused(Refusal.PhoneCannotDoThat);
    }

    [Fact]
    public void Nothing_is_heard_of_whoever_holds_and_nobody_misses_its_sound()
    {
        var held = Call.And(new SubscribeToTones(TheBot, Contoso, TheOperation, ClientContext: null), Holds);

        held.When(new PhoneActed(ThePhone, PhoneAction.Press) { Tone = Tone.Star }).ThenRefused(Refusal.PhoneCannotDoThat);
        held.When(new PhoneActed(ThePhone, PhoneAction.LoseMedia)).ThenRefused(Refusal.PhoneCannotDoThat);
        Assert.DoesNotContain(held.Conversation.Deadlines, deadline => deadline.Kind == DeadlineKind.MediaLoss);
    }

    [Fact]
    public void Whose_sound_is_waited_for_has_none_to_take_away() =>
        Call.And(new PhoneActed(ThePhone, PhoneAction.LoseMedia)).When(Holds).ThenRefused(Refusal.PhoneCannotDoThat);

    [Fact]
    public void Who_holds_can_hang_up_and_be_hung_up_on()
    {
        Call.And(Holds).When(PhoneHangsUp).ThenEnds((ThePhone, EndReasons.ConversationEnded), (TheBot, EndReasons.EndedByOtherParticipant));
        Call.And(Holds).When(HangsUp(TheBot, Contoso)).ThenEnds((TheBot, EndReasons.ConversationEnded), (ThePhone, EndReasons.EndedByOtherBot));
    }

    [Fact]
    public void A_bot_leaves_a_call_that_is_held_to_another_who_finds_it_held()
    {
        var target = new Invitee(Invited, Person(TheSecondPhone).Identity, [Person(TheSecondPhone)]);
        var talk = Call.And(Holds, new TransferCall(TheBot, Contoso, target), Answers(TheSecondPhone));

        talk.ThenInside(ThePhone, TheSecondPhone);
        Assert.True(talk.Conversation.Find(ThePhone)!.OnHold);
    }

    [Fact]
    public void Who_goes_elsewhere_goes_on_holding()
    {
        var arrives = new Arrive(Chain, Person(TheThirdPhone), TheMeeting) { OnHold = true };
        var transferred = Call.And(new TransferCall(
            TheBot, Contoso, new Invitee(Invited, Alice, []) { Replaces = new CallId(new ConversationId(7), TheOtherBot) }));

        Meeting.When(arrives).ThenOf(new LegHeld(TheThirdPhone));
        transferred.When(arrives with { Party = arrives.Party with { Participant = Invited }, Terms = null }).ThenOf(new LegHeld(TheThirdPhone));
    }
}
