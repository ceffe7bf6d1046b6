using static Hookswitch.Calling.Tests.Parties;

namespace Hookswitch.Calling.Tests;

/// <summary>What follows for the others when one leaves, comes or is seen otherwise.</summary>
public sealed class ConsequencesTests
{
    private static readonly MeetingTerms WithItsInitiator = TheGroup with { EndsWithInitiator = true };
    private static readonly MeetingTerms Hosted = TheMeeting with { RequiresHost = true };
    private static readonly Party Stranger = Person(TheThirdPhone) with { Identity = new Identity(IdentityKind.Guest, "guest") };
    private static readonly Party Recorder = Bot(TheOtherBot, Fabrikam) with { Hidden = true };

    [Fact]
    public void A_group_call_may_end_with_its_initiator_with_5007_for_all_also_for_those_who_ring() =>
        new Given(BotCallsTwoPeople with { Terms = WithItsInitiator }, Answers(ThePhone)).When(HangsUp(TheBot, Contoso)).ThenEnds(
            (TheBot, EndReasons.EndedByBot), (ThePhone, EndReasons.InitiatorLeft), (TheSecondPhone, EndReasons.InitiatorLeft));

    [Fact]
    public void The_initiator_of_a_call_that_is_joined_is_the_first_of_its_company() =>
        new Given(Joins(Bot(TheBot, Contoso), WithItsInitiator) with { Company = [Person(ThePhone), Person(TheSecondPhone)] })
            .When(HangsUp(ThePhone))
            .ThenEnds((ThePhone, EndReasons.Left), (TheSecondPhone, EndReasons.InitiatorLeft), (TheBot, EndReasons.InitiatorLeft));

    [Fact]
    public void Anyone_else_may_leave() =>
        new Given(BotCallsTwoPeople with { Terms = WithItsInitiator }, Answers(ThePhone), Answers(TheSecondPhone)).When(HangsUp(ThePhone))
            .ThenEnds((ThePhone, EndReasons.Left));

    [Fact]
    public void Whoever_must_not_be_without_a_host_ends_with_5014_and_the_others_go_on() =>
        new Given(
                Joins(Bot(TheBot, Contoso)) with { RequiresHost = true }, Joins(Bot(TheOtherBot, Fabrikam)), Joins(Person(ThePhone)), Joins(Stranger))
            .When(HangsUp(ThePhone))
            .ThenEnds((ThePhone, EndReasons.Left), (TheBot, EndReasons.NoPotentialHost));

    [Fact]
    public void A_meeting_that_requires_a_host_requires_it_for_all() =>
        new Given(Joins(Bot(TheBot, Contoso), Hosted), Joins(Person(ThePhone), Hosted), Joins(Stranger, Hosted))
            .When(HangsUp(ThePhone))
            .ThenEnds((ThePhone, EndReasons.Left), (TheBot, EndReasons.NoPotentialHost), (TheThirdPhone, EndReasons.NoPotentialHost));

    [Fact]
    public void Whoever_was_called_in_needs_the_host_as_well() =>
        new Given(
                CallGroup(Invitee(Person(ThePhone)), Invitee(Number(TheNumber))) with { Terms = TheGroup with { RequiresHost = true } },
                Answers(ThePhone), Answers(TheNumber))
            .When(HangsUp(ThePhone))
            .ThenEnds((ThePhone, EndReasons.Left), (TheBot, EndReasons.NoPotentialHost), (TheNumber, EndReasons.NoPotentialHost));

    [Fact]
    public void Another_who_could_host_is_host_enough() =>
        new Given(Joins(Bot(TheBot, Contoso), Hosted), Joins(Person(ThePhone), Hosted), Joins(Stranger with { Role = MeetingRole.Presenter }, Hosted))
            .When(HangsUp(ThePhone))
            .ThenEnds((ThePhone, EndReasons.Left));

    [Fact]
    public void A_host_that_has_not_come_yet_is_waited_for() =>
        new Given(Joins(Bot(TheBot, Contoso), Hosted)).When(Joins(Stranger, Hosted)).ThenEnds();

    [Fact]
    public void Whoever_may_be_without_a_host_stays() =>
        new Given(Joins(Bot(TheBot, Contoso)), Joins(Person(ThePhone)), Joins(Stranger)).When(HangsUp(ThePhone))
            .ThenEnds((ThePhone, EndReasons.Left));

    [Fact]
    public void The_last_who_could_host_may_become_one_who_could_not() =>
        new Given(
                Joins(Bot(TheBot, Contoso)) with { RequiresHost = true },
                Joins(Stranger with { Role = MeetingRole.Presenter }), Joins(Number(TheNumber)))
            .When(new PhoneActed(TheNumber, PhoneAction.Demote) { Participant = Stranger.Participant })
            .ThenEnds((TheBot, EndReasons.NoPotentialHost));

    [Fact]
    public void Bots_among_whom_only_hidden_ones_remain_end_with_5020() =>
        new Given(Joins(Bot(TheBot, Contoso)), Joins(Recorder), Joins(Person(ThePhone))).When(HangsUp(ThePhone)).ThenEnds(
            (ThePhone, EndReasons.Left), (TheBot, EndReasons.OnlyHiddenParticipants), (TheOtherBot, EndReasons.OnlyHiddenParticipants));

    [Fact]
    public void A_hidden_bot_that_is_left_alone_ends_with_5020() =>
        new Given(Joins(Recorder), Joins(Person(ThePhone))).When(HangsUp(ThePhone)).ThenEnds(
            (ThePhone, EndReasons.Left), (TheOtherBot, EndReasons.OnlyHiddenParticipants));

    [Fact]
    public void A_person_waits_for_others_though_it_is_recorded_and_the_recorder_waits_with_it()
    {
        var recorded = new Given(Joins(Person(ThePhone)), Joins(Recorder), Joins(Person(TheSecondPhone)), HangsUp(TheSecondPhone));

        recorded.Let(Minutes(4)).ThenInside(ThePhone, TheOtherBot);
        recorded.Let(Minutes(5)).ThenOver(
            (ThePhone, EndReasons.EveryoneElseLeft), (TheOtherBot, EndReasons.OnlyHiddenParticipants), (TheSecondPhone, EndReasons.Left));
    }

    [Fact]
    public void A_meeting_that_ends_after_some_time_ends_with_5001_for_all() =>
        new Given(Joins(Bot(TheBot, Contoso), TheMeeting with { EndsAfter = Minutes(1) }) with { Company = [Person(ThePhone)] })
            .After(Minutes(1)).WhenDeadlinePasses()
            .ThenEnds((ThePhone, EndReasons.ConversationEnded), (TheBot, EndReasons.ConversationEnded));

    [Fact]
    public void Rosters_are_told_once_of_all_that_a_decision_changes() =>
        new Given(Joins(Bot(TheBot, Contoso), Hosted), Joins(Person(ThePhone), Hosted), Joins(Stranger, Hosted)).When(HangsUp(ThePhone))
            .ThenChangesRoster(ParticipantOf(TheBot), ParticipantOf(ThePhone), Stranger.Participant);

    [Fact]
    public void Rosters_are_told_nothing_of_those_who_ring_or_of_what_they_do_not_show()
    {
        var meeting = new Given(Joins(Bot(TheBot, Contoso)), Joins(Person(ThePhone)));

        meeting.When(Invites(Invitee(Person(TheSecondPhone)))).ThenChangesRoster();
        meeting.When(new KeepAlive(TheBot, Contoso)).ThenChangesRoster();
        meeting.When(new PhoneActed(ThePhone, PhoneAction.LoseMedia)).ThenChangesRoster();
    }

    /// <summary>What precedes what when several hold in one decision: end-reasons.md, "Several legs at once".</summary>
    [Fact]
    public void The_initiator_precedes_the_host() =>
        new Given(BotJoinsTwo(TheGroup with { EndsWithInitiator = true, RequiresHost = true })).When(HangsUp(ThePhone))
            .ThenEnds((ThePhone, EndReasons.Left), (TheThirdPhone, EndReasons.InitiatorLeft), (TheBot, EndReasons.InitiatorLeft));

    [Fact]
    public void The_host_precedes_the_hidden_ones() =>
        new Given(Joins(Bot(TheBot, Contoso), Hosted), Joins(Recorder, Hosted), Joins(Person(ThePhone), Hosted)).When(HangsUp(ThePhone)).ThenEnds(
            (ThePhone, EndReasons.Left), (TheBot, EndReasons.NoPotentialHost), (TheOtherBot, EndReasons.NoPotentialHost));

    [Fact]
    public void The_hidden_ones_precede_the_one_who_remains() =>
        new Given(Joins(Bot(TheBot, Contoso), TheGroup) with { Company = [Person(ThePhone), Recorder] }).When(HangsUp(ThePhone)).ThenEnds(
            (ThePhone, EndReasons.Left), (TheBot, EndReasons.OnlyHiddenParticipants), (TheOtherBot, EndReasons.OnlyHiddenParticipants));

    [Fact]
    public void The_host_precedes_the_one_who_remains() =>
        new Given(Joins(Bot(TheBot, Contoso), TheGroup) with { Company = [Person(ThePhone)], RequiresHost = true }).When(HangsUp(ThePhone)).ThenEnds(
            (ThePhone, EndReasons.Left), (TheBot, EndReasons.NoPotentialHost));

    [Fact]
    public void What_ends_it_for_everyone_precedes_all() =>
        new Given(BotJoinsTwo(TheGroup with { EndsWithInitiator = true, RequiresHost = true }))
            .When(new PhoneActed(ThePhone, PhoneAction.EndForEveryone))
            .ThenEnds((ThePhone, EndReasons.Left), (TheThirdPhone, EndReasons.EndedForEveryone), (TheBot, EndReasons.EndedForEveryone));

    // A person of the tenant began it, a stranger and a bot are in it.
    private static Join BotJoinsTwo(MeetingTerms terms) =>
        Joins(Bot(TheBot, Contoso), terms) with { Company = [Person(ThePhone), Stranger] };
}
