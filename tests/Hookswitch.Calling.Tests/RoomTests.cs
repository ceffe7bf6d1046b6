using static Hookswitch.Calling.Tests.Parties;

namespace Hookswitch.Calling.Tests;

/// <summary>People of a meeting go to a breakout room, and come back.</summary>
public sealed class RoomTests
{
    private static readonly MeetingTerms TheRoom =
        new(ConversationKind.BreakoutRoom, new MeetingThread("contoso.example", "19:room_one@thread.v2", "0"), Chain)
        {
            MainRoom = TheMeeting,
            EndsAfter = Minutes(10),
        };

    private static readonly Given Meeting = new(
        Joins(Bot(TheBot, Contoso)), Joins(Person(ThePhone, Step(PhoneAction.Press, 5))), Joins(Person(TheSecondPhone)));

    private static readonly OpenRoom Opens = new(TheRoom, [ParticipantOf(ThePhone), ParticipantOf(TheSecondPhone)]);
    private static readonly LegId InTheRoom = Departure.Next(ThePhone);
    private static readonly LegId BackAgain = Departure.Next(InTheRoom);

    private static readonly Arrive Comes = new(Chain, Person(ThePhone) with { Leg = InTheRoom }, TheRoom);
    private static readonly Given Room = new(Comes, Joins(Bot(TheOtherBot, Fabrikam), TheRoom));

    [Fact]
    public void Those_who_go_are_in_neither_and_the_others_are_told() =>
        Meeting.When(Opens).Then(
            new LegReleased(ThePhone, new Departure(InTheRoom, ParticipantOf(ThePhone), To: null, TheRoom)),
            new LegReleased(TheSecondPhone, new Departure(Departure.Next(TheSecondPhone), ParticipantOf(TheSecondPhone), To: null, TheRoom)),
            new DeadlineSet(DeadlineKind.Alone, TheBot, Noon + Minutes(5)),
            new DeadlineSet(DeadlineKind.Message, Leg: null, Noon + Seconds(1)),
            new RosterChanged([ParticipantOf(ThePhone), ParticipantOf(TheSecondPhone)]));

    [Fact]
    public void Only_a_meeting_has_rooms() => new Given(BotCallsTwoPeople).When(Opens).ThenRefused(Refusal.ConflictsWithCallState);

    [Fact]
    public void Only_people_who_are_inside_go()
    {
        Meeting.When(Opens with { Participants = [ParticipantOf(TheBot)] }).ThenRefused(Refusal.ParticipantNotFound);
        Meeting.When(Opens with { Participants = [Invited] }).ThenRefused(Refusal.ParticipantNotFound);
        Meeting.And(Opens).When(Opens).ThenRefused(Refusal.ParticipantNotFound);
    }

    [Fact]
    public void The_first_who_comes_begins_the_room_and_its_time() =>
        new Given().When(Comes).Then(
            new ConversationStarted(ConversationKind.BreakoutRoom, Chain, []) { Terms = TheRoom },
            new DeadlineSet(DeadlineKind.End, Leg: null, Noon + Minutes(10)),
            new LegAdded(InTheRoom, ParticipantOf(ThePhone), Person(ThePhone).Identity, CallDirection.Outgoing, Bot: null, []),
            new LegArrived(InTheRoom),
            new MediaStarted(InTheRoom),
            new DeadlineSet(DeadlineKind.Join, InTheRoom, Noon + Minutes(2)),
            new RosterChanged([ParticipantOf(ThePhone)]));

    [Fact]
    public void When_they_have_arrived_the_meeting_goes_on_without_them() =>
        Meeting.And(Opens).When(new DepartureAnswered(ThePhone, Arrived: true)).Then(new LegTerminated(ThePhone, EndReasons.Moved));

    [Fact]
    public void A_meeting_that_everyone_has_left_for_a_room_is_over_when_the_last_has_arrived() =>
        new Given(Joins(Person(ThePhone)), Opens with { Participants = [ParticipantOf(ThePhone)] })
            .When(new DepartureAnswered(ThePhone, Arrived: true))
            .Then(new LegTerminated(ThePhone, EndReasons.Moved), new DeadlineCleared(DeadlineKind.Message, Leg: null), new ConversationEnded());

    [Fact]
    public void When_its_time_is_over_bots_end_with_5030_and_people_go_back() =>
        Room.After(Minutes(10)).When(new DeadlinePassed()).Then(
            new DeadlineCleared(DeadlineKind.End, Leg: null),
            new LegReleased(InTheRoom, new Departure(BackAgain, ParticipantOf(ThePhone), To: null, TheMeeting)),
            new LegTerminated(TheOtherBot, EndReasons.BreakoutRoomOver),
            new DeadlineSet(DeadlineKind.Message, Leg: null, Noon + Minutes(10) + Seconds(1)),
            new RosterChanged([ParticipantOf(ThePhone), ParticipantOf(TheOtherBot)]));

    [Fact]
    public void When_it_is_closed_bots_end_with_4097_and_people_go_back() =>
        Room.When(new CloseRoom()).ThenEnds((TheOtherBot, EndReasons.EndedForEveryone));

    [Fact]
    public void People_of_a_room_without_a_meeting_end_with_5030() =>
        new Given(Comes with { Terms = TheRoom with { MainRoom = null } }, Joins(Bot(TheOtherBot, Fabrikam), TheRoom))
            .After(Minutes(10)).WhenDeadlinePasses()
            .ThenEnds((InTheRoom, EndReasons.BreakoutRoomOver), (TheOtherBot, EndReasons.BreakoutRoomOver));

    [Fact]
    public void A_room_is_over_when_all_have_gone_back() =>
        Room.And(new CloseRoom()).When(new DepartureAnswered(InTheRoom, Arrived: true)).Then(
            new LegTerminated(InTheRoom, EndReasons.Moved), new DeadlineCleared(DeadlineKind.Message, Leg: null), new ConversationEnded());

    [Fact]
    public void A_room_is_closed_once()
    {
        Room.And(new CloseRoom()).When(new CloseRoom()).ThenNothing();
        Room.And(new CloseRoom(), new DepartureAnswered(InTheRoom, Arrived: true)).When(new CloseRoom()).ThenRefused(Refusal.ConflictsWithCallState);
        Meeting.When(new CloseRoom()).ThenRefused(Refusal.ConflictsWithCallState);
    }

    [Fact]
    public void Whoever_comes_when_the_room_is_closed_goes_back_at_once() =>
        Room.And(new CloseRoom()).When(new Arrive(Chain, Person(TheSecondPhone), TheRoom)).Then(
            new LegAdded(TheSecondPhone, ParticipantOf(TheSecondPhone), Person(TheSecondPhone).Identity, CallDirection.Outgoing, Bot: null, []),
            new LegArrived(TheSecondPhone),
            new MediaStarted(TheSecondPhone),
            new LegReleased(TheSecondPhone, new Departure(Departure.Next(TheSecondPhone), ParticipantOf(TheSecondPhone), To: null, TheMeeting)));

    [Fact]
    public void Whoever_comes_back_is_the_same_participant_and_ends_the_wait_of_the_bot() =>
        Meeting.And(Opens, new DepartureAnswered(ThePhone, Arrived: true))
            .When(new Arrive(Chain, Person(ThePhone) with { Leg = BackAgain }, TheMeeting)).Then(
                new LegAdded(BackAgain, ParticipantOf(ThePhone), Person(ThePhone).Identity, CallDirection.Outgoing, Bot: null, []),
                new LegArrived(BackAgain),
                new MediaStarted(BackAgain),
                new DeadlineCleared(DeadlineKind.Alone, TheBot),
                new RosterChanged([ParticipantOf(ThePhone)]));

    [Fact]
    public void One_who_had_been_invited_comes_back_as_well() =>
        new Given(Joins(Bot(TheBot, Contoso)), Invites(Invitee(Person(ThePhone))), Answers(ThePhone))
            .And(Opens with { Participants = [ParticipantOf(ThePhone)] }, new DepartureAnswered(ThePhone, Arrived: true))
            .When(new Arrive(Chain, Person(ThePhone) with { Leg = BackAgain }, TheMeeting))
            .ThenChangesRoster(ParticipantOf(ThePhone));

    [Fact]
    public void Whoever_comes_back_does_not_wait_in_the_lobby_and_keeps_its_role()
    {
        var strict = TheMeeting with { Lobby = LobbyBypass.Organizer };
        var back = new Given(new Arrive(Chain, Person(ThePhone) with { Role = MeetingRole.Presenter }, strict));

        back.ThenInside(ThePhone);
        Assert.Equal(MeetingRole.Presenter, back.Conversation.Legs[0].Role);
    }

    [Fact]
    public void Whoever_was_muted_comes_back_muted()
    {
        var muted = Meeting.And(new PhoneActed(ThePhone, PhoneAction.Mute), Opens);
        var arrival = (Arrive)Message.From(new ConversationId(1), muted.Conversation).First().Command;

        Assert.True(new Given(arrival).Conversation.Legs[0].Muted);
    }

    [Fact]
    public void A_room_has_the_times_of_its_meeting()
    {
        var hasty = new Given(
            Joins(Person(ThePhone)) with { Timeouts = new Timeouts { Join = Seconds(3) } }, Opens with { Participants = [ParticipantOf(ThePhone)] });
        var arrival = Message.From(new ConversationId(1), hasty.Conversation).Single().Command;

        new Given(arrival).After(Seconds(3)).WhenDeadlinePasses().ThenEnds((InTheRoom, EndReasons.NobodyJoined));
    }

    [Fact]
    public void A_meeting_whose_time_is_over_lets_those_on_the_way_arrive_and_does_not_end_twice()
    {
        var ending = TheMeeting with { EndsAfter = Minutes(1) };
        var over = new Given(Joins(Person(ThePhone), ending), Joins(Bot(TheBot, Contoso), ending), Opens with { Participants = [ParticipantOf(ThePhone)] })
            .Let(Minutes(1));

        over.ThenOver((TheBot, EndReasons.ConversationEnded));
        Assert.Equal([DeadlineKind.Message], over.Conversation.Deadlines.Select(one => one.Kind));
    }
}
