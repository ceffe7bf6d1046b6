using static Hookswitch.Calling.Tests.Parties;

namespace Hookswitch.Calling.Tests;

/// <summary>Which keys a bot hears.</summary>
public sealed class ToneTests
{
    private static readonly Given Call = new(BotCallsUser, PhoneAnswers);
    private static readonly Given Meeting = new(
        Joins(Bot(TheBot, Contoso)), Joins(Bot(TheOtherBot, Fabrikam)), Joins(Person(ThePhone)), Joins(Person(TheSecondPhone)));

    private static readonly SubscribeToTones Subscribes = new(TheBot, Contoso, TheOperation, "context");
    private static readonly PhoneActed Presses = new(ThePhone, PhoneAction.Press) { Tone = Tone.Star };

    [Fact]
    public void A_bot_asks_to_hear_tones_and_it_is_done_at_once() =>
        Call.When(Subscribes).Then(
            new OperationStarted(TheOperation, TheBot, OperationKind.SubscribeToTone, "context", []),
            new TonesSubscribed(TheBot),
            new OperationEnded(TheOperation, IsTold: false));

    [Fact]
    public void Who_hears_tones_already_goes_on_hearing_them_and_its_count_goes_on()
    {
        var heard = Call.And(Subscribes, Presses);

        heard.When(Subscribes with { Operation = Invited }).Then(
            new OperationStarted(Invited, TheBot, OperationKind.SubscribeToTone, "context", []),
            new OperationEnded(Invited, IsTold: false));
        Heard(heard.And(Subscribes with { Operation = Invited }, Presses), (TheBot, 2));
    }

    [Fact]
    public void What_was_pressed_before_a_bot_asked_is_not_heard() =>
        Heard(Call.And(Presses, Presses, Subscribes, Presses), (TheBot, 1));

    [Fact]
    public void In_a_meeting_each_bot_that_asked_hears_whoever_is_inside()
    {
        var heard = Meeting.And(Subscribes, Presses, Subscribes with { Leg = TheOtherBot, Application = Fabrikam, Operation = Invited })
            .And(Presses with { Leg = TheSecondPhone });

        Heard(heard, (TheBot, 2), (TheOtherBot, 1));
    }

    [Fact]
    public void Who_is_muted_still_presses_keys() =>
        Heard(Meeting.And(Subscribes, new PhoneActed(ThePhone, PhoneAction.Mute), Presses), (TheBot, 1));

    [Fact]
    public void Nobody_hears_who_waits_in_the_lobby()
    {
        var strict = TheMeeting with { Lobby = LobbyBypass.Organizer };
        var lobby = new Given(
            Joins(Bot(TheBot, Contoso) with { Role = MeetingRole.Organizer }, strict), Joins(Person(ThePhone), strict), Subscribes, Presses);

        Heard(lobby);
    }

    [Fact]
    public void A_bot_that_has_left_hears_nothing_more() =>
        Heard(Meeting.And(Subscribes, Presses, HangsUp(TheBot, Contoso), Presses), (TheBot, 1));

    [Fact]
    public void Tones_are_heard_in_an_established_call_of_the_own_application_alone()
    {
        new Given(BotCallsUser).When(Subscribes).ThenRefused(Refusal.CallNotEstablished);
        new Given(UserCallsBot).When(Subscribes).ThenRefused(Refusal.CallNotEstablished);
        Call.And(PhoneHangsUp).When(Subscribes).ThenRefused(Refusal.CallNotFound);
        Call.When(Subscribes with { Application = Fabrikam }).ThenRefused(Refusal.CallNotFound);
    }

    [Fact]
    public void Who_hosts_its_own_media_hears_tones_there() =>
        new Given(UserCallsBot, BotAnswers with { Media = new AppHostedMedia("blob") }).When(Subscribes).ThenRefused(Refusal.MediaIsAppHosted);

    private static void Heard(Given given, params (LegId Leg, long Count)[] expected) =>
        Assert.Equal(expected, given.Conversation.Legs.Where(leg => leg.ToneCount > 0).Select(leg => (leg.Id, leg.ToneCount)));
}
