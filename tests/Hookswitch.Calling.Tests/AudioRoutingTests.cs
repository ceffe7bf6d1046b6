using static Hookswitch.Calling.Tests.Parties;

namespace Hookswitch.Calling.Tests;

/// <summary>Which ways of sound a bot makes between participants. Who hears whom by them: <see cref="SoundTests"/>.</summary>
public sealed class AudioRoutingTests
{
    private static readonly Given Meeting = new(
        Joins(Bot(TheBot, Contoso)), Joins(Bot(TheOtherBot, Fabrikam)), Joins(Person(ThePhone)), Joins(Person(TheSecondPhone)));

    private static readonly CreateRoutingGroup Creates = new(TheBot, Contoso, Whisper);

    private static readonly RoutingGroup ToBoth =
        new("whisper", RoutingMode.Multicast, [ParticipantOf(TheBot)], [ParticipantOf(ThePhone), ParticipantOf(TheSecondPhone)]);

    [Fact]
    public void A_bot_makes_a_group_changes_it_and_takes_it_away()
    {
        var changes = new UpdateRoutingGroup(TheBot, Contoso, "whisper") { Mode = RoutingMode.Multicast, Receivers = ToBoth.Receivers };

        Meeting.When(Creates).Then(new RoutingGroupSet(TheBot, Whisper));
        Meeting.And(Creates).When(changes).Then(new RoutingGroupSet(TheBot, ToBoth));
        Meeting.And(Creates, changes).When(new DeleteRoutingGroup(TheBot, Contoso, "whisper")).Then(new RoutingGroupDeleted(TheBot, "whisper"));
    }

    [Fact]
    public void Each_bot_has_groups_of_its_own()
    {
        var both = Meeting.And(Creates, Creates with { Leg = TheOtherBot, Application = Fabrikam });

        both.When(Creates).ThenRefused(Refusal.RoutingGroupExists);
        both.When(new DeleteRoutingGroup(TheOtherBot, Contoso, "whisper")).ThenRefused(Refusal.CallNotFound);
        both.And(new DeleteRoutingGroup(TheBot, Contoso, "whisper")).When(new UpdateRoutingGroup(TheOtherBot, Fabrikam, "whisper"))
            .Then(new RoutingGroupSet(TheOtherBot, Whisper));
    }

    [Fact]
    public void What_was_never_made_is_neither_changed_nor_taken_away()
    {
        Meeting.When(new UpdateRoutingGroup(TheBot, Contoso, "whisper")).ThenRefused(Refusal.RoutingGroupNotFound);
        Meeting.When(new DeleteRoutingGroup(TheBot, Contoso, "whisper")).ThenRefused(Refusal.RoutingGroupNotFound);
    }

    [Fact]
    public void A_group_has_one_source_and_the_receivers_that_its_mode_allows()
    {
        Refused(ToBoth with { Mode = RoutingMode.OneToOne });
        Refused(Whisper with { Receivers = [] });
        Refused(Whisper with { Sources = [] });
        Refused(ToBoth with { Receivers = [] });
        Refused(ToBoth with { Sources = [ParticipantOf(TheBot), ParticipantOf(TheOtherBot)] });
        Refused(ToBoth with { Receivers = [ParticipantOf(ThePhone), ParticipantOf(ThePhone)] });
        Refused(Whisper with { Receivers = Whisper.Sources });

        static void Refused(RoutingGroup group) => Meeting.When(Creates with { Group = group }).ThenRefused(Refusal.RoutingGroupMalformed);
    }

    [Fact]
    public void Only_those_who_are_inside_are_in_a_group()
    {
        var waiting = new Given(Joins(Bot(TheBot, Contoso)), Joins(Bot(TheOtherBot, Fabrikam))).And(Invites(Invitee(Person(ThePhone))));

        waiting.When(Creates).ThenRefused(Refusal.ParticipantNotFound);
        Meeting.When(Creates with { Group = Whisper with { Receivers = [Invited] } }).ThenRefused(Refusal.ParticipantNotFound);
    }

    [Fact]
    public void A_bot_makes_so_many_and_no_more()
    {
        var many = Enumerable.Range(0, Leg.MaxRoutingGroups)
            .Aggregate(Meeting, (given, number) => given.And(Creates with { Group = Whisper with { Id = $"{number}" } }));

        many.When(Creates).ThenRefused(Refusal.TooManyRoutingGroups);
    }

    [Fact]
    public void Groups_are_of_group_calls_and_of_those_who_are_inside()
    {
        new Given(BotCallsUser, PhoneAnswers).When(Creates).ThenRefused(Refusal.CallIsNotGroup);
        new Given(BotCallsUser).When(Creates).ThenRefused(Refusal.CallNotEstablished);
        Meeting.When(Creates with { Application = Fabrikam }).ThenRefused(Refusal.CallNotFound);
    }

    [Fact]
    public void A_group_loses_whoever_leaves_and_stays_when_nobody_is_left_in_it()
    {
        var left = Meeting.And(Creates, HangsUp(ThePhone));

        Assert.Equal((1, 0), (Group(left).Sources.Length, Group(left).Receivers.Length));
        left.When(new UpdateRoutingGroup(TheBot, Contoso, "whisper") { Receivers = [ParticipantOf(TheSecondPhone)] })
            .Then(new RoutingGroupSet(TheBot, Whisper with { Receivers = [ParticipantOf(TheSecondPhone)] }));
    }

    [Fact]
    public void A_group_loses_whoever_goes_to_a_breakout_room()
    {
        var gone = Meeting.And(Creates, new OpenRoom(TheMeeting with { Kind = ConversationKind.BreakoutRoom }, [ParticipantOf(ThePhone)]));

        Assert.Empty(Group(gone).Receivers);
    }

    private static RoutingGroup Group(Given given) => Assert.Single(given.Conversation.Find(TheBot)!.RoutingGroups);
}
