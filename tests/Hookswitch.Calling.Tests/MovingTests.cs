using static Hookswitch.Calling.Tests.Parties;

namespace Hookswitch.Calling.Tests;

/// <summary>A person goes from a peer-to-peer call to the conversation that replaces it.</summary>
public sealed class MovingTests
{
    private static readonly ConversationId Here = new(0x1);
    private static readonly ConversationId There = new(0x2);
    private static readonly LegId ThePhoneThere = Departure.Next(ThePhone);
    private static readonly Departure Departing = new(ThePhoneThere, Invited, There, Room: null);

    private static readonly Given Talking = new(BotCallsUser, PhoneAnswers);
    private static readonly Release Releases = new(TheBot, Contoso, There, Invited);
    private static readonly Given OnTheWay = Talking.And(Releases);

    private static readonly Invite InvitesOver =
        new(TheOtherBot, Contoso, TheOperation, "context", [new Invitee(Invited, Alice, []) { Replaces = new CallId(Here, TheBot) }], TheGroup);

    private static readonly Given Awaiting = new(
        CallGroup(Invitee(Person(TheSecondPhone))) with { Caller = Bot(TheOtherBot, Contoso) }, Answers(TheSecondPhone), InvitesOver);

    private static readonly Arrive Arrives = new(Chain, new Party(ThePhoneThere, Invited, Alice, Bot: null, Script.None), Terms: null);

    [Fact]
    public void A_call_that_is_replaced_is_asked_for_its_other_party() =>
        Assert.Equal(
            Printed.Of(new Message(
                Here, Room: null, new Release(TheBot, Contoso, There, Invited), Taken: null, new ReplacementRefused(Invited))),
            Printed.Of(Assert.Single(Message.From(There, Awaiting.Conversation))));

    [Fact]
    public void Nobody_rings_when_a_call_is_replaced_and_the_other_conversation_is_asked_every_second() =>
        new Given(BotCallsTwoPeople with { Caller = Bot(TheOtherBot, Contoso) }, Answers(ThePhone))
            .When(InvitesOver).Then(
                new OperationStarted(TheOperation, TheOtherBot, OperationKind.Invite, "context", [Invited]),
                new ParticipantInvited(Invited, Alice, TheOtherBot) { Replaces = new CallId(Here, TheBot) },
                new DeadlineSet(DeadlineKind.Message, Leg: null, Noon + Seconds(1)));

    [Fact]
    public void The_other_party_leaves_and_is_in_neither_conversation()
    {
        Talking.When(Releases).Then(new LegReleased(ThePhone, Departing), new DeadlineSet(DeadlineKind.Message, Leg: null, Noon + Seconds(1)));
        OnTheWay.ThenInside(TheBot);
        OnTheWay.When(PhoneHangsUp).ThenRefused(Refusal.PhoneCannotDoThat);
    }

    [Fact]
    public void Whoever_is_on_the_way_is_announced_with_all_that_it_is() =>
        Assert.Equal(
            Printed.Of(new Message(
                There, Room: null, Arrives, new DepartureAnswered(ThePhone, Arrived: true), new DepartureAnswered(ThePhone, Arrived: false))),
            Printed.Of(Assert.Single(Message.From(Here, OnTheWay.Conversation))));

    [Fact]
    public void It_is_announced_every_second_until_it_is_answered()
    {
        OnTheWay.After(Seconds(1)).WhenDeadlinePasses().Then(new DeadlineSet(DeadlineKind.Message, Leg: null, Noon + Seconds(2)));
        Assert.NotEmpty(Message.From(Here, OnTheWay.Let(Minutes(10)).Conversation));
    }

    [Fact]
    public void To_be_released_again_changes_nothing_at_any_time()
    {
        OnTheWay.When(Releases).ThenNothing();
        OnTheWay.And(new DepartureAnswered(ThePhone, Arrived: true)).When(Releases).ThenNothing();
    }

    [Fact]
    public void Only_the_application_that_owns_the_call_replaces_it() =>
        Talking.When(Releases with { Application = Fabrikam }).ThenRefused(Refusal.CallNotFound);

    [Fact]
    public void A_call_that_is_not_answered_or_over_or_a_group_or_on_its_way_elsewhere_is_not_there_to_be_replaced()
    {
        new Given(BotCallsUser).When(Releases).ThenRefused(Refusal.CallNotFound);
        Talking.And(PhoneHangsUp).When(Releases).ThenRefused(Refusal.CallNotFound);
        Talking.And(Invites(Invitee(Person(TheThirdPhone)))).When(Releases).ThenRefused(Refusal.CallNotFound);
        OnTheWay.When(Releases with { To = new ConversationId(0x3) }).ThenRefused(Refusal.CallNotFound);
    }

    [Fact]
    public void Bots_do_not_move() => new Given(BotCallsBot, OtherBotAnswers).When(Releases).ThenRefused(Refusal.CallNotFound);

    [Fact]
    public void Whoever_arrives_is_connected_and_the_invitation_is_kept() =>
        Awaiting.When(Arrives).Then(
            new LegAdded(ThePhoneThere, Invited, Alice, CallDirection.Outgoing, Bot: null, []),
            new LegArrived(ThePhoneThere),
            new MediaStarted(ThePhoneThere),
            new DeadlineCleared(DeadlineKind.Message, Leg: null),
            new OperationEnded(TheOperation, IsTold: true),
            new RosterChanged([Invited]));

    [Fact]
    public void To_arrive_again_changes_nothing_at_any_time()
    {
        Awaiting.And(Arrives).When(Arrives).ThenNothing();
        Awaiting.And(Arrives, HangsUp(ThePhoneThere)).When(Arrives).ThenNothing();
        Awaiting.And(Arrives, new EndConversation()).When(Arrives).ThenNothing();
    }

    [Fact]
    public void Nobody_arrives_where_the_conversation_is_over_or_never_was_or_the_invitation_was_taken_back()
    {
        Awaiting.And(new EndConversation()).When(Arrives).ThenRefused(Refusal.ConversationOver);
        new Given().When(Arrives).ThenRefused(Refusal.ConversationOver);
        Awaiting.And(new RemoveParticipant(TheOtherBot, Contoso, Invited)).When(Arrives).ThenRefused(Refusal.ConversationOver);
    }

    [Fact]
    public void Nobody_arrives_in_a_peer_to_peer_call() =>
        new Given(BotCallsUser, PhoneAnswers).When(Arrives).ThenRefused(Refusal.ConversationOver);

    [Fact]
    public void When_the_person_has_arrived_the_call_that_it_left_is_over() =>
        OnTheWay.When(new DepartureAnswered(ThePhone, Arrived: true)).Then(
            new LegTerminated(ThePhone, EndReasons.Moved),
            new LegTerminated(TheBot, EndReasons.OtherParticipantLeft),
            new ConversationEnded());

    [Fact]
    public void When_the_person_cannot_arrive_its_leg_ends() =>
        OnTheWay.When(new DepartureAnswered(ThePhone, Arrived: false)).Then(
            new LegTerminated(ThePhone, EndReasons.ConversationEnded),
            new LegTerminated(TheBot, EndReasons.OtherParticipantLeft),
            new ConversationEnded());

    [Fact]
    public void An_answer_that_comes_again_changes_nothing()
    {
        OnTheWay.And(new DepartureAnswered(ThePhone, Arrived: true)).When(new DepartureAnswered(ThePhone, Arrived: false)).ThenNothing();
        Talking.When(new DepartureAnswered(ThePhone, Arrived: true)).ThenNothing();
        Awaiting.And(Arrives).When(new ReplacementRefused(Invited)).ThenNothing();
    }

    [Fact]
    public void A_bot_that_hangs_up_meanwhile_leaves_the_conversation_open_until_the_person_has_arrived()
    {
        var hungUp = OnTheWay.And(HangsUp(TheBot, Contoso));

        OnTheWay.When(HangsUp(TheBot, Contoso)).Then(new LegTerminating(TheBot), new LegTerminated(TheBot, EndReasons.ConversationEnded));
        Assert.NotEmpty(Message.From(Here, hungUp.Conversation));
        hungUp.When(new DepartureAnswered(ThePhone, Arrived: true)).Then(new LegTerminated(ThePhone, EndReasons.Moved), new ConversationEnded());
    }

    [Fact]
    public void A_call_that_is_widened_meanwhile_goes_on_without_the_person() =>
        OnTheWay.And(Invites(Invitee(Person(TheThirdPhone)))).When(new DepartureAnswered(ThePhone, Arrived: true)).Then(
            new LegTerminated(ThePhone, EndReasons.Moved), new DeadlineCleared(DeadlineKind.Message, Leg: null));

    [Fact]
    public void A_call_that_is_not_there_to_be_replaced_fails_the_invitation_with_10202() =>
        Awaiting.When(new ReplacementRefused(Invited)).Then(
            new InvitationFailed(Invited, EndReasons.ReplacedCallNotFound),
            new DeadlineCleared(DeadlineKind.Message, Leg: null),
            new OperationEnded(TheOperation, IsTold: true));

    [Fact]
    public void A_conversation_that_everyone_has_left_asks_for_nobody() =>
        Awaiting.And(HangsUp(TheSecondPhone), HangsUp(TheOtherBot, Contoso)).ThenOver(
            (TheOtherBot, EndReasons.EndedByBot), (TheSecondPhone, EndReasons.Left));

    [Fact]
    public void The_script_of_the_phone_goes_on_where_it_arrives() =>
        Awaiting.When(Arrives with { Party = Arrives.Party with { Script = new([Step(PhoneAction.HangUp, 5)]) } })
            .ThenOf(
                new DeadlineSet(DeadlineKind.Script, ThePhoneThere, Noon + Seconds(5)));
}
