using static Hookswitch.Calling.Tests.Parties;

namespace Hookswitch.Calling.Tests;

/// <summary>Bots and people join meetings and group calls.</summary>
public sealed class JoiningTests
{
    [Fact]
    public void Whoever_comes_into_a_full_conversation_is_refused() =>
        new Given([.. Enumerable.Range(1, Conversation.MaxParticipants).Select(number => new Join(Chain, Person(new LegId(number)), TheMeeting))])
            .When(new Join(Chain, Bot(TheBot, Contoso) with { Leg = new LegId(0) }, TheMeeting)).ThenRefused(Refusal.ConversationFull);

    private static readonly Join BotJoins = Joins(Bot(TheBot, Contoso));
    private static readonly Join JoinsTheGroup = Joins(Bot(TheBot, Contoso), TheGroup);

    [Fact]
    public void The_first_who_joins_a_meeting_begins_it_and_waits_for_others() =>
        new Given().When(BotJoins).Then(
            new ConversationStarted(ConversationKind.Meeting, Chain, []) { Terms = TheMeeting },
            new LegAdded(TheBot, ParticipantOf(TheBot), Bot(TheBot, Contoso).Identity, CallDirection.Outgoing, Bot(TheBot, Contoso).Bot, []),
            new DeadlineSet(DeadlineKind.KeepAlive, TheBot, Noon + Minutes(45)),
            new LegEstablished(TheBot),
            new MediaStarted(TheBot),
            new DeadlineSet(DeadlineKind.Join, TheBot, Noon + Minutes(2)),
            new RosterChanged([ParticipantOf(TheBot)]));

    [Fact]
    public void Whoever_is_there_when_it_begins_is_company() =>
        new Given(BotJoins with { Company = [Person(ThePhone), Person(TheSecondPhone)] }).ThenInside(ThePhone, TheSecondPhone, TheBot);

    [Fact]
    public void The_script_of_company_begins_with_the_meeting() =>
        new Given().When(BotJoins with { Company = [Person(ThePhone, Step(PhoneAction.HangUp, 5))] })
            .ThenOf(
                new DeadlineSet(DeadlineKind.Script, ThePhone, Noon + Seconds(5)),
                new DeadlineSet(DeadlineKind.KeepAlive, TheBot, Noon + Minutes(45)));

    [Fact]
    public void Company_does_not_come_once_more_to_a_meeting_that_lives() =>
        new Given(BotJoins).And(Joins(Bot(TheOtherBot, Fabrikam)) with { Company = [Person(ThePhone)] }).ThenInside(TheBot, TheOtherBot);

    [Fact]
    public void The_next_who_joins_is_told_of_and_nobody_waits_any_longer() =>
        new Given(BotJoins).When(Joins(Person(ThePhone))).Then(
            new LegAdded(ThePhone, ParticipantOf(ThePhone), Person(ThePhone).Identity, CallDirection.Outgoing, Bot: null, []),
            new LegEstablished(ThePhone),
            new MediaStarted(ThePhone),
            new DeadlineCleared(DeadlineKind.Join, TheBot),
            new RosterChanged([ParticipantOf(ThePhone)]));

    [Fact]
    public void The_same_application_may_join_twice_and_has_two_calls_then()
    {
        var twice = new Given(BotJoins, Joins(Bot(TheOtherBot, Contoso)));

        twice.ThenInside(TheBot, TheOtherBot);
        twice.When(HangsUp(TheBot, Contoso)).ThenEnds((TheBot, EndReasons.EndedByBot));
    }

    [Fact]
    public void The_thread_of_a_group_call_that_is_over_is_empty() =>
        new Given().When(JoinsTheGroup).Then(
            new ConversationStarted(ConversationKind.GroupCall, Chain, []) { Terms = TheGroup },
            new LegAdded(TheBot, ParticipantOf(TheBot), Bot(TheBot, Contoso).Identity, CallDirection.Outgoing, Bot(TheBot, Contoso).Bot, []),
            new LegTerminated(TheBot, EndReasons.NobodyInRoster),
            new ConversationEnded());

    [Fact]
    public void A_group_call_that_lives_may_be_joined() =>
        new Given(BotCallsTwoPeople, Answers(ThePhone)).When(Joins(Bot(TheOtherBot, Fabrikam), TheGroup))
            .ThenChangesRoster(ParticipantOf(TheOtherBot));

    [Fact]
    public void A_conversation_that_is_over_cannot_be_joined() =>
        new Given(BotJoins, HangsUp(TheBot, Contoso)).When(BotJoins).ThenRefused(Refusal.ConversationOver);

    [Fact]
    public void A_conversation_of_another_thread_is_in_the_way() =>
        new Given(BotJoins).When(JoinsTheGroup).ThenRefused(Refusal.ConversationExists);

    [Fact]
    public void A_peer_to_peer_call_is_in_the_way() => new Given(BotCallsUser).When(BotJoins).ThenRefused(Refusal.ConversationExists);

    [Fact]
    public void Nobody_else_within_the_join_time_ends_with_5013() =>
        new Given(BotJoins).After(Minutes(2)).WhenDeadlinePasses().Then(
            new LegTerminated(TheBot, EndReasons.NobodyJoined),
            new RosterChanged([ParticipantOf(TheBot)]),
            new ConversationEnded());

    [Fact]
    public void Everyone_else_gone_for_the_alone_time_ends_with_5002() =>
        new Given(BotJoins, Joins(Person(ThePhone)), HangsUp(ThePhone)).After(Minutes(5)).WhenDeadlinePasses()
            .ThenEnds((TheBot, EndReasons.EveryoneElseLeft));

    [Fact]
    public void A_meeting_does_not_end_at_once_when_it_falls_to_one() =>
        new Given(BotJoins, Joins(Person(ThePhone))).When(HangsUp(ThePhone)).Then(
            new LegTerminated(ThePhone, EndReasons.Left),
            new DeadlineSet(DeadlineKind.Alone, TheBot, Noon + Minutes(5)),
            new RosterChanged([ParticipantOf(ThePhone)]));

    [Fact]
    public void Somebody_who_comes_back_in_time_ends_the_wait() =>
        new Given(BotJoins, Joins(Person(ThePhone)), HangsUp(ThePhone)).After(Minutes(4)).When(Joins(Person(TheSecondPhone)))
            .ThenOf(new DeadlineCleared(DeadlineKind.Alone, TheBot));

    [Fact]
    public void A_person_who_is_alone_waits_like_a_bot() =>
        new Given(BotJoins, Joins(Person(ThePhone)), HangsUp(TheBot, Contoso)).Let(Minutes(5))
            .ThenOver((TheBot, EndReasons.EndedByBot), (ThePhone, EndReasons.EveryoneElseLeft));

    [Fact]
    public void A_meeting_may_have_times_of_its_own() =>
        new Given(BotJoins with { Timeouts = new Timeouts { Join = Seconds(3) } }).After(Seconds(3)).WhenDeadlinePasses()
            .ThenEnds((TheBot, EndReasons.NobodyJoined));

    [Fact]
    public void Whoever_is_hidden_is_in_no_roster_and_is_named_when_it_comes_and_not_when_it_goes()
    {
        var meeting = new Given(BotJoins, Joins(Person(ThePhone)));
        var hidden = Joins(Bot(TheOtherBot, Fabrikam) with { Hidden = true });

        meeting.When(hidden).ThenChangesRoster(ParticipantOf(TheOtherBot));
        Assert.DoesNotContain(meeting.And(hidden).Conversation.Roster, leg => leg.Id == TheOtherBot);
        meeting.And(hidden).When(HangsUp(TheOtherBot, Fabrikam)).ThenChangesRoster();
    }

    [Theory]
    [InlineData(MeetingRole.Attendee, MeetingRole.Attendee)]
    [InlineData(MeetingRole.Presenter, MeetingRole.Presenter)]
    public void A_person_has_the_role_that_it_brings(MeetingRole brought, MeetingRole role) =>
        Assert.Equal(role, new Given(Joins(Person(ThePhone) with { Role = brought })).Conversation.Legs[0].Role);

    [Fact]
    public void The_meeting_says_who_organizes_it()
    {
        var meeting = TheMeeting with { Organizer = Person(ThePhone).Identity, CoOrganizers = [Person(TheSecondPhone).Identity.Id] };

        Assert.Equal(
            [MeetingRole.Organizer, MeetingRole.CoOrganizer, MeetingRole.Attendee],
            new Given(Joins(Person(ThePhone), meeting), Joins(Person(TheSecondPhone), meeting), Joins(Person(TheThirdPhone), meeting))
                .Conversation.Legs.Select(leg => leg.Role));
    }
}
