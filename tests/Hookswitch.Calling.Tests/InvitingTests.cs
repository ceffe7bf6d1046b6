using static Hookswitch.Calling.Tests.Parties;

namespace Hookswitch.Calling.Tests;

/// <summary>A bot calls others into its call.</summary>
public sealed class InvitingTests
{
    private static readonly Given Talking = new(BotCallsUser, PhoneAnswers);
    private static readonly Given InAGroup = new(BotCallsTwoPeople, Answers(ThePhone), Answers(TheSecondPhone));

    /// <summary>The bot calls as a resource account, which has a number.</summary>
    private static readonly Given InAGroupAsAnAccount = new(
        BotCallsTwoPeople with { Caller = Bot(TheBot, Contoso) with { Identity = new(IdentityKind.ApplicationInstance, "account") } },
        Answers(ThePhone),
        Answers(TheSecondPhone));

    private static readonly Invite InvitesThird = Invites(Invitee(Person(TheThirdPhone)));
    private static readonly Guid Third = ParticipantOf(TheThirdPhone);
    private static readonly RosterOptions Hiding = new(HideBotAfterEscalation: true, null, null, null);

    private static readonly Given TalkingToOneThatHides =
        new(Call(Bot(TheBot, Contoso) with { Bot = Bot(TheBot, Contoso).Bot! with { Options = Hiding } }, Phone(ThePhone)), PhoneAnswers);

    [Fact]
    public void One_who_is_invited_into_a_peer_to_peer_call_widens_it_in_place() =>
        Talking.When(InvitesThird).Then(
            new ConversationWidened(TheGroup),
            new OperationStarted(TheOperation, TheBot, OperationKind.Invite, "context", [Third]),
            new ParticipantInvited(Third, Person(TheThirdPhone).Identity, TheBot),
            new LegAdded(TheThirdPhone, Third, Person(TheThirdPhone).Identity, CallDirection.Incoming, Bot: null, []) { CalledBy = TheBot },
            new DeadlineSet(DeadlineKind.Signalling, TheThirdPhone, Noon + Seconds(15)),
            new DeadlineSet(DeadlineKind.Ring, TheThirdPhone, Noon + Seconds(25)),
            new RosterChanged([ParticipantOf(TheBot), ParticipantOf(ThePhone)]));

    [Fact]
    public void Several_cannot_be_invited_into_a_peer_to_peer_call() =>
        Talking.When(Invites(Invitee(Person(TheSecondPhone)), Invitee(Person(TheThirdPhone)))).ThenRefused(Refusal.CallIsNotGroup);

    [Fact]
    public void Several_may_be_invited_into_a_group_call() =>
        InAGroupAsAnAccount.When(Invites(Invitee(Person(TheThirdPhone)), Invitee(Number(TheNumber))))
            .ThenOf(
                new ParticipantInvited(Third, Person(TheThirdPhone).Identity, TheBot),
                new ParticipantInvited(ParticipantOf(TheNumber), Landline, TheBot));

    [Fact]
    public void A_number_is_invited_by_a_resource_account_alone() =>
        InAGroup.When(Invites(Invitee(Number(TheNumber)))).ThenRefused(Refusal.NumberNeedsResourceAccount);

    [Fact]
    public void A_bot_cannot_invite_itself() =>
        InAGroup.When(Invites(Invitee(Bot(TheOtherBot, Contoso)))).ThenRefused(Refusal.ThatIsTheCallItself);

    [Fact]
    public void Who_is_there_cannot_be_invited() =>
        InAGroup.When(Invites(Invitee(Person(ThePhone)))).ThenRefused(Refusal.AlreadyParticipates);

    [Fact]
    public void Who_is_being_called_cannot_be_invited() =>
        InAGroup.And(InvitesThird).When(InvitesThird).ThenRefused(Refusal.AlreadyParticipates);

    [Fact]
    public void Nobody_can_be_invited_twice_at_once() =>
        InAGroup.When(Invites(Invitee(Person(TheThirdPhone)), Invitee(Person(TheThirdPhone)))).ThenRefused(Refusal.AlreadyParticipates);

    [Fact]
    public void Who_has_left_may_be_invited_again() =>
        InAGroup.And(InvitesThird, Answers(TheThirdPhone), HangsUp(TheThirdPhone))
            .When(InvitesThird with { Invitees = [Invitee(Person(TheThirdPhone) with { Leg = TheNumber, Participant = Invited })] })
            .ThenOf(new ParticipantInvited(Invited, Person(TheThirdPhone).Identity, TheBot));

    [Fact]
    public void A_call_that_is_not_answered_invites_nobody() =>
        new Given(BotCallsUser).When(InvitesThird).ThenRefused(Refusal.CallNotEstablished);

    [Fact]
    public void Another_application_finds_no_call_to_invite_into() =>
        InAGroup.When(InvitesThird with { Application = Fabrikam }).ThenRefused(Refusal.CallNotFound);

    [Fact]
    public void The_operation_runs_until_every_invitee_has_joined_or_failed()
    {
        var invited = InAGroupAsAnAccount.And(Invites(Invitee(Person(TheThirdPhone)), Invitee(Number(TheNumber))));

        invited.When(Answers(TheThirdPhone)).ThenOf<OperationEnded>();
        invited.And(Answers(TheThirdPhone)).When(Declines(TheNumber)).ThenOf(new OperationEnded(TheOperation, IsTold: true));
    }

    [Fact]
    public void An_operation_ends_once() =>
        InAGroup.And(InvitesThird, Answers(TheThirdPhone)).When(HangsUp(TheThirdPhone)).ThenOf<OperationEnded>();

    [Fact]
    public void An_operation_that_was_over_before_it_was_answered_is_not_told() =>
        InAGroup.When(Invites(Unreachable(Person(TheThirdPhone), EndReasons.Unreachable))).Then(
            new OperationStarted(TheOperation, TheBot, OperationKind.Invite, "context", [Third]),
            new ParticipantInvited(Third, Person(TheThirdPhone).Identity, TheBot),
            new InvitationFailed(Third, EndReasons.Unreachable),
            new OperationEnded(TheOperation, IsTold: false));

    [Fact]
    public void An_invitee_rings_for_twenty_five_seconds_in_all() =>
        InAGroup.And(InvitesThird).After(Seconds(14)).And(new PhoneActed(TheThirdPhone, PhoneAction.Ring)).After(Seconds(11)).WhenDeadlinePasses()
            .Then(
                new LegTerminated(TheThirdPhone, EndReasons.NotAnswered),
                new InvitationFailed(Third, EndReasons.NotAnswered),
                new OperationEnded(TheOperation, IsTold: true));

    [Fact]
    public void An_invitee_that_joins_is_called_no_longer() =>
        InAGroup.And(InvitesThird).When(Answers(TheThirdPhone)).Then(
            new DeadlineCleared(DeadlineKind.Signalling, TheThirdPhone),
            new DeadlineCleared(DeadlineKind.Ring, TheThirdPhone),
            new LegEstablished(TheThirdPhone),
            new MediaStarted(TheThirdPhone),
            new OperationEnded(TheOperation, IsTold: true),
            new RosterChanged([Third]));

    [Fact]
    public void An_inviter_that_is_gone_hears_nothing_of_its_operation() =>
        InAGroup.And(InvitesThird).And(HangsUp(TheBot, Contoso)).When(Answers(TheThirdPhone)).ThenOf<OperationEnded>();

    [Fact]
    public void The_phone_that_an_inviter_has_left_behind_rings_on_for_the_others() =>
        InAGroup.And(InvitesThird).When(HangsUp(TheBot, Contoso)).ThenEnds((TheBot, EndReasons.EndedByBot));

    [Fact]
    public void A_widened_call_that_falls_to_one_ends_with_5010() =>
        Talking.And(InvitesThird, Declines(TheThirdPhone)).When(PhoneHangsUp)
            .ThenEnds((ThePhone, EndReasons.Left), (TheBot, EndReasons.OnlyOneParticipantLeft));

    [Fact]
    public void Who_declines_leaves_those_who_talked_before_talking() =>
        Talking.And(InvitesThird).When(Declines(TheThirdPhone)).ThenEnds((TheThirdPhone, EndReasons.Declined));

    [Fact]
    public void A_bot_may_hide_once_its_call_is_widened() =>
        TalkingToOneThatHides.When(InvitesThird).ThenChangesRoster(ParticipantOf(ThePhone));

    [Fact]
    public void A_bot_that_has_hidden_leaves_the_two_for_whom_it_was_there() =>
        TalkingToOneThatHides.And(InvitesThird, Answers(TheThirdPhone)).When(HangsUp(TheBot, Contoso)).Then(
            new LegTerminating(TheBot), new LegTerminated(TheBot, EndReasons.EndedByBot));

    [Fact]
    public void A_bot_that_has_hidden_does_not_count_when_the_call_falls_to_one() =>
        TalkingToOneThatHides.And(InvitesThird, Answers(TheThirdPhone)).When(HangsUp(TheThirdPhone)).ThenEnds(
            (TheThirdPhone, EndReasons.Left), (ThePhone, EndReasons.OnlyOneParticipantLeft), (TheBot, EndReasons.OnlyHiddenParticipants));

    /// <summary>Else nobody could say that the one who was asked does not come.</summary>
    [Fact]
    public void A_bot_that_hid_for_one_who_does_not_come_talks_on_with_its_party() =>
        TalkingToOneThatHides.And(InvitesThird, Declines(TheThirdPhone)).Let(Minutes(44)).ThenInside(TheBot, ThePhone);
}
