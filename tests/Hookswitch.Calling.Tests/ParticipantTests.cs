using static Hookswitch.Calling.Tests.Parties;

namespace Hookswitch.Calling.Tests;

/// <summary>What those who take part do to each other.</summary>
public sealed class ParticipantTests
{
    private static readonly Guid First = ParticipantOf(ThePhone);
    private static readonly Guid Second = ParticipantOf(TheSecondPhone);

    private static readonly Given Meeting = new(
        Joins(Bot(TheBot, Contoso)), Joins(Bot(TheOtherBot, Fabrikam)), Joins(Person(ThePhone)), Joins(Person(TheSecondPhone)));

    private static readonly Given Ringing = new(BotCallsTwoPeople, Answers(ThePhone));
    private static readonly RemoveParticipant BotRemovesFirst = new(TheBot, Contoso, First);
    private static readonly MuteParticipant BotMutesFirst = new(TheBot, Contoso, First, TheOperation, "context");

    private static readonly Mute BotMutesItself = new(TheBot, Contoso, TheOperation, "context");
    private static readonly Unmute BotUnmutesItself = new(TheBot, Contoso, Invited, "context");

    [Fact]
    public void A_bot_removes_someone_with_5300() =>
        Meeting.When(BotRemovesFirst).Then(new LegTerminated(ThePhone, EndReasons.RemovedThroughApi), new RosterChanged([First]));

    [Fact]
    public void A_bot_removes_another_bot() =>
        Meeting.When(BotRemovesFirst with { Participant = ParticipantOf(TheOtherBot) })
            .ThenEnds((TheOtherBot, EndReasons.RemovedThroughApi));

    [Fact]
    public void A_bot_cannot_remove_itself() =>
        Meeting.When(BotRemovesFirst with { Participant = ParticipantOf(TheBot) }).ThenRefused(Refusal.ThatIsTheCallItself);

    [Fact]
    public void Who_is_not_there_cannot_be_removed()
    {
        Meeting.When(BotRemovesFirst with { Participant = Invited }).ThenRefused(Refusal.ParticipantNotFound);
        Meeting.And(HangsUp(ThePhone)).When(BotRemovesFirst).ThenRefused(Refusal.ParticipantNotFound);
    }

    [Fact]
    public void An_invitation_that_is_taken_back_ends_on_every_phone_and_has_failed()
    {
        var line = new Given(CallGroup(Invitee(Person(ThePhone)), Invitee(Person(TheSecondPhone), Phone(TheThirdPhone))), Answers(ThePhone));

        line.When(BotRemovesFirst with { Participant = Second }).Then(
            new LegTerminated(TheSecondPhone, EndReasons.RemovedThroughApi),
            new LegTerminated(TheThirdPhone, EndReasons.RemovedThroughApi),
            new InvitationFailed(Second, EndReasons.RemovedThroughApi));
    }

    [Fact]
    public void An_invitation_that_is_taken_back_ends_the_operation() =>
        Meeting.And(Invites(Invitee(Person(TheThirdPhone)))).When(BotRemovesFirst with { Participant = ParticipantOf(TheThirdPhone) })
            .ThenOf(new OperationEnded(TheOperation, IsTold: true));

    [Fact]
    public void Another_application_finds_no_call_that_could_remove()
    {
        Meeting.When(BotRemovesFirst with { Application = Fabrikam }).ThenRefused(Refusal.CallNotFound);
        Meeting.When(BotMutesFirst with { Application = Fabrikam }).ThenRefused(Refusal.CallNotFound);
    }

    [Fact]
    public void Nobody_is_removed_or_muted_in_a_peer_to_peer_call()
    {
        new Given(BotCallsUser, PhoneAnswers).When(BotRemovesFirst).ThenRefused(Refusal.CallIsNotGroup);
        new Given(BotCallsUser, PhoneAnswers).When(BotMutesFirst).ThenRefused(Refusal.CallIsNotGroup);
    }

    [Fact]
    public void A_person_removes_someone_with_5000() =>
        Meeting.When(new PhoneActed(ThePhone, PhoneAction.Remove) { Participant = ParticipantOf(TheBot) })
            .ThenEnds((TheBot, EndReasons.RemovedByPerson));

    [Fact]
    public void A_person_removes_the_newest_unless_one_is_named() =>
        Meeting.When(new PhoneActed(ThePhone, PhoneAction.Remove)).ThenEnds((TheSecondPhone, EndReasons.RemovedByPerson));

    [Fact]
    public void A_person_removes_whom_nobody_sees_only_by_name()
    {
        var recorded = Meeting.And(Joins(Bot(TheThirdPhone, Fabrikam) with { Hidden = true }));

        recorded.When(new PhoneActed(ThePhone, PhoneAction.Remove)).ThenEnds((TheSecondPhone, EndReasons.RemovedByPerson));
        recorded.When(new PhoneActed(ThePhone, PhoneAction.Remove) { Participant = ParticipantOf(TheThirdPhone) })
            .ThenEnds((TheThirdPhone, EndReasons.RemovedByPerson));
    }

    [Fact]
    public void A_built_in_application_removes_as_an_application() =>
        Meeting.And(Joins(Phone(TheThirdPhone) with { Identity = new Identity(IdentityKind.Application, "built-in") }))
            .When(new PhoneActed(TheThirdPhone, PhoneAction.Remove) { Participant = ParticipantOf(TheBot) })
            .ThenEnds((TheBot, EndReasons.RemovedThroughApi));

    [Fact]
    public void Whoever_is_alone_removes_nobody() =>
        new Given(Joins(Person(ThePhone))).When(new PhoneActed(ThePhone, PhoneAction.Remove)).ThenRefused(Refusal.PhoneCannotDoThat);

    [Fact]
    public void A_person_ends_it_for_everyone_with_4097_also_for_those_who_ring_or_wait()
    {
        var strict = TheMeeting with { Lobby = LobbyBypass.Invited, Invited = [Contoso.Value, Person(ThePhone).Identity.Id] };
        var meeting = new Given(
            Joins(Bot(TheBot, Contoso), strict), Joins(Person(ThePhone), strict), Joins(Person(TheSecondPhone), strict),
            Invites(Invitee(Person(TheThirdPhone))));

        meeting.When(new PhoneActed(ThePhone, PhoneAction.EndForEveryone)).ThenBesidesRoster(
            new LegTerminated(TheBot, EndReasons.EndedForEveryone),
            new LegTerminated(ThePhone, EndReasons.Left),
            new LegTerminated(TheSecondPhone, EndReasons.EndedForEveryone),
            new LegTerminated(TheThirdPhone, EndReasons.EndedForEveryone),
            new InvitationFailed(ParticipantOf(TheThirdPhone), EndReasons.EndedForEveryone),
            new ConversationEnded());
    }

    [Fact]
    public void Nobody_ends_a_peer_to_peer_call_for_everyone() =>
        new Given(BotCallsUser, PhoneAnswers).When(new PhoneActed(ThePhone, PhoneAction.EndForEveryone)).ThenRefused(Refusal.PhoneCannotDoThat);

    [Fact]
    public void An_operator_ends_a_meeting_with_5001_for_all() =>
        Meeting.When(new EndConversation()).ThenEnds(
            (TheBot, EndReasons.ConversationEnded), (TheOtherBot, EndReasons.ConversationEnded),
            (ThePhone, EndReasons.ConversationEnded), (TheSecondPhone, EndReasons.ConversationEnded));

    [Fact]
    public void An_operator_ends_a_peer_to_peer_call_with_5001_for_both() =>
        new Given(BotCallsUser, PhoneAnswers).When(new EndConversation()).Then(
            new LegTerminated(TheBot, EndReasons.ConversationEnded),
            new LegTerminated(ThePhone, EndReasons.ConversationEnded),
            new ConversationEnded());

    [Fact]
    public void An_operator_ends_a_call_that_rings() =>
        new Given(BotCallsUser).When(new EndConversation()).ThenEnds(
            (TheBot, EndReasons.ConversationEnded), (ThePhone, EndReasons.ConversationEnded));

    [Fact]
    public void An_operator_finds_no_conversation_that_is_over() =>
        new Given(BotCallsUser, PhoneDeclines).When(new EndConversation()).ThenRefused(Refusal.CallNotFound);

    [Fact]
    public void A_bot_mutes_someone() =>
        Meeting.When(BotMutesFirst).Then(
            new OperationStarted(TheOperation, TheBot, OperationKind.MuteParticipant, "context", [First]),
            new LegMuted(ThePhone),
            new OperationEnded(TheOperation, IsTold: false),
            new RosterChanged([First]));

    [Fact]
    public void Who_is_muted_already_stays_so_and_nobody_is_told() =>
        Meeting.And(BotMutesFirst).When(BotMutesFirst with { Operation = Invited }).Then(
            new OperationStarted(Invited, TheBot, OperationKind.MuteParticipant, "context", [First]),
            new OperationEnded(Invited, IsTold: false));

    [Fact]
    public void Who_is_not_inside_cannot_be_muted() =>
        Ringing.When(BotMutesFirst with { Participant = Second }).ThenRefused(Refusal.ParticipantNotFound);

    [Fact]
    public void A_bot_mutes_and_unmutes_itself_and_the_roster_shows_it()
    {
        Meeting.When(BotMutesItself).Then(
            new OperationStarted(TheOperation, TheBot, OperationKind.MuteParticipant, "context", [ParticipantOf(TheBot)]),
            new LegMuted(TheBot),
            new OperationEnded(TheOperation, IsTold: false),
            new RosterChanged([ParticipantOf(TheBot)]));
        Meeting.And(BotMutesItself).When(BotUnmutesItself).Then(
            new OperationStarted(Invited, TheBot, OperationKind.UnmuteParticipant, "context", [ParticipantOf(TheBot)]),
            new LegUnmuted(TheBot),
            new OperationEnded(Invited, IsTold: false),
            new RosterChanged([ParticipantOf(TheBot)]));
    }

    [Fact]
    public void A_bot_that_is_so_already_stays_so_and_nobody_is_told()
    {
        Meeting.And(BotMutesItself).When(BotMutesItself with { Operation = Invited }).ThenChangesRoster();
        Meeting.When(BotUnmutesItself).ThenChangesRoster();
    }

    [Fact]
    public void A_bot_unmutes_itself_whoever_muted_it() =>
        Meeting.And(new PhoneActed(ThePhone, PhoneAction.Mute) { Participant = ParticipantOf(TheBot) }).When(BotUnmutesItself)
            .ThenOf(new LegUnmuted(TheBot));

    [Fact]
    public void A_bot_is_muted_and_unmuted_by_its_own_application_from_inside_a_group_alone()
    {
        Command[] both = [BotMutesItself, BotUnmutesItself];

        Assert.All(both, command => new Given(BotCallsUser, PhoneAnswers).When(command).ThenRefused(Refusal.CallIsNotGroup));
        Assert.All(both, command => new Given(BotCallsUser).When(command).ThenRefused(Refusal.CallNotEstablished));
        Meeting.When(BotMutesItself with { Application = Fabrikam }).ThenRefused(Refusal.CallNotFound);
        Meeting.When(BotUnmutesItself with { Application = Fabrikam }).ThenRefused(Refusal.CallNotFound);
    }

    [Fact]
    public void A_person_mutes_itself_or_another_and_unmutes_itself()
    {
        Meeting.When(new PhoneActed(ThePhone, PhoneAction.Mute)).Then(new LegMuted(ThePhone), new RosterChanged([First]));
        Meeting.When(new PhoneActed(ThePhone, PhoneAction.Mute) { Participant = Second })
            .Then(new LegMuted(TheSecondPhone), new RosterChanged([Second]));
        Meeting.And(BotMutesFirst).When(new PhoneActed(ThePhone, PhoneAction.Unmute))
            .Then(new LegUnmuted(ThePhone), new RosterChanged([First]));
        Meeting.When(new PhoneActed(ThePhone, PhoneAction.Unmute)).ThenRefused(Refusal.PhoneCannotDoThat);
    }

    [Fact]
    public void A_person_makes_another_a_presenter_and_an_attendee_again()
    {
        var promotes = new PhoneActed(ThePhone, PhoneAction.Promote) { Participant = Second };

        Meeting.When(promotes).Then(new RoleChanged(TheSecondPhone, MeetingRole.Presenter), new RosterChanged([Second]));
        Meeting.And(promotes).When(promotes).ThenRefused(Refusal.PhoneCannotDoThat);
        Meeting.And(promotes).When(promotes with { Action = PhoneAction.Demote }).ThenOf(new RoleChanged(TheSecondPhone, MeetingRole.Attendee));
    }

    [Fact]
    public void A_phone_that_rings_does_nothing_to_others() =>
        Ringing.When(new PhoneActed(TheSecondPhone, PhoneAction.Remove)).ThenRefused(Refusal.PhoneCannotDoThat);
}
