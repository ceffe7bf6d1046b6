using static Hookswitch.Calling.Tests.Parties;

namespace Hookswitch.Calling.Tests;

/// <summary>Who hears whom.</summary>
public sealed class SoundTests
{
    private static readonly Given Call = new(BotCallsUser, PhoneAnswers);
    private static readonly Given Meeting = new(Joins(Bot(TheBot, Contoso)), Joins(Person(ThePhone)), Joins(Person(TheSecondPhone)));

    private static readonly MediaConfig Apart = new ServiceHostedMedia([]) { OutsideDefaultGroup = true };

    [Fact]
    public void Between_two_each_hears_the_other() => Hear(Call, (TheBot, [ThePhone]), (ThePhone, [TheBot]));

    [Fact]
    public void Nobody_hears_before_the_call_is_established() => Hear(new Given(BotCallsUser, PhoneRings), (TheBot, []), (ThePhone, []));

    [Fact]
    public void Nobody_hears_when_the_call_is_over() => Hear(Call.And(PhoneHangsUp), (TheBot, []), (ThePhone, []));

    [Fact]
    public void Among_many_each_hears_all_others() => Hear(
        Meeting, (TheBot, [ThePhone, TheSecondPhone]), (ThePhone, [TheBot, TheSecondPhone]), (TheSecondPhone, [TheBot, ThePhone]));

    [Fact]
    public void Who_is_muted_is_heard_by_nobody_and_hears() => Hear(
        Meeting.And(new PhoneActed(ThePhone, PhoneAction.Mute)),
        (TheBot, [TheSecondPhone]), (ThePhone, [TheBot, TheSecondPhone]), (TheSecondPhone, [TheBot]));

    [Fact]
    public void Who_holds_neither_hears_nor_is_heard()
    {
        Hear(Call.And(new PhoneActed(ThePhone, PhoneAction.Hold)), (TheBot, []), (ThePhone, []));
        Hear(Meeting.And(new PhoneActed(ThePhone, PhoneAction.Hold)), (TheBot, [TheSecondPhone]), (ThePhone, []), (TheSecondPhone, [TheBot]));
        Hear(Call.And(new PhoneActed(ThePhone, PhoneAction.Hold), new PhoneActed(ThePhone, PhoneAction.Resume)), (TheBot, [ThePhone]), (ThePhone, [TheBot]));
    }

    [Fact]
    public void Who_waits_in_the_lobby_neither_hears_nor_is_heard()
    {
        var strict = TheMeeting with { Lobby = LobbyBypass.Organizer };
        Hear(
            new Given(new Join(Chain, Bot(TheBot, Contoso), strict) { Company = [Person(ThePhone), Person(TheSecondPhone)] }),
            (TheBot, []), (ThePhone, [TheSecondPhone]));
    }

    [Fact]
    public void A_bot_that_is_about_to_leave_its_call_to_another_hears_until_it_has_left()
    {
        var target = new Invitee(Invited, Person(TheSecondPhone).Identity, [Person(TheSecondPhone)]);
        var transferring = Call.And(new TransferCall(TheBot, Contoso, target));

        Hear(transferring, (TheBot, [ThePhone]), (ThePhone, [TheBot]), (TheSecondPhone, []));
        Hear(transferring.And(Answers(TheSecondPhone)), (TheBot, []), (ThePhone, [TheSecondPhone]), (TheSecondPhone, [ThePhone]));
    }

    /// <summary>A bot whispers: it joins apart from the others, and leads its sound to one of them.</summary>
    [Fact]
    public void Of_whoever_is_outside_the_default_group_a_routing_group_lets_through_exactly_its_pairs()
    {
        var apart = new Given(
            Joins(Bot(TheBot, Contoso) with { Bot = Bot(TheBot, Contoso).Bot! with { Media = Apart } }), Joins(Person(ThePhone)), Joins(Person(TheSecondPhone)));

        Hear(apart, (TheBot, []), (ThePhone, [TheSecondPhone]), (TheSecondPhone, [ThePhone]));
        Hear(
            apart.And(new CreateRoutingGroup(TheBot, Contoso, Whisper)),
            (TheBot, []), (ThePhone, [TheBot, TheSecondPhone]), (TheSecondPhone, [ThePhone]));
        Hear(
            apart.And(new CreateRoutingGroup(TheBot, Contoso, Whisper), new Mute(TheBot, Contoso, TheOperation, ClientContext: null)),
            (TheBot, []), (ThePhone, [TheSecondPhone]), (TheSecondPhone, [ThePhone]));
        Hear(
            apart.And(new CreateRoutingGroup(TheBot, Contoso, Whisper), new DeleteRoutingGroup(TheBot, Contoso, "whisper")),
            (TheBot, []), (ThePhone, [TheSecondPhone]), (TheSecondPhone, [ThePhone]));
    }

    [Fact]
    public void Who_was_invited_apart_from_the_others_hears_what_is_led_to_it_alone()
    {
        var invited = Invitee(Person(TheThirdPhone)) with { OutsideDefaultGroup = true };
        var meeting = new Given(Joins(Bot(TheBot, Contoso)), Joins(Person(ThePhone))).And(Invites(invited), Answers(TheThirdPhone));
        var lead = new RoutingGroup("interpreter", RoutingMode.Multicast, [ParticipantOf(ThePhone)], [ParticipantOf(TheThirdPhone)]);

        Hear(meeting, (ThePhone, [TheBot]), (TheThirdPhone, []));
        Hear(meeting.And(new CreateRoutingGroup(TheBot, Contoso, lead)), (TheBot, [ThePhone]), (ThePhone, [TheBot]), (TheThirdPhone, [ThePhone]));
    }

    [Fact]
    public void Who_comes_over_from_another_call_may_be_called_apart_from_the_others()
    {
        var replacing = new Invitee(Invited, Alice, []) { Replaces = new CallId(new ConversationId(7), TheOtherBot), OutsideDefaultGroup = true };
        var arrives = new Arrive(Chain, Person(TheThirdPhone) with { Participant = Invited }, Terms: null);

        Hear(Meeting.And(Invites(replacing), arrives), (TheBot, [ThePhone, TheSecondPhone]), (TheThirdPhone, []));
    }

    [Fact]
    public void The_groups_of_a_bot_that_has_left_lead_nothing() => Hear(
        new Given(
            Joins(Bot(TheBot, Contoso)), Joins(Bot(TheOtherBot, Fabrikam)), Joins(Person(ThePhone)),
            Invites(Invitee(Person(TheSecondPhone)) with { OutsideDefaultGroup = true }), Answers(TheSecondPhone),
            new CreateRoutingGroup(
                TheBot, Contoso, new RoutingGroup("one", RoutingMode.OneToOne, [ParticipantOf(ThePhone)], [ParticipantOf(TheSecondPhone)])),
            HangsUp(TheBot, Contoso)),
        (TheSecondPhone, []), (ThePhone, [TheOtherBot]));

    private static void Hear(Given given, params (LegId Hearer, LegId[] Heard)[] expected) => Assert.All(expected, one =>
        Assert.Equal(one.Heard, given.Conversation.HeardBy(given.Conversation.Find(one.Hearer)!).Select(leg => leg.Id)));
}
