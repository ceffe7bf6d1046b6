using static Hookswitch.Calling.Tests.Parties;

namespace Hookswitch.Calling.Tests;

/// <summary>Bots that host their own sound: the server connects to them, and a call ends whose bot it cannot reach.</summary>
public sealed class AppHostedMediaTests
{
    private static readonly AppHostedMedia Socket = new("{}") { Socket = "wss://bot.example/media" };

    private static readonly Given Call = new(Calling.Tests.Parties.Call(WithSocket(Bot(TheBot, Contoso)), Phone(ThePhone)), PhoneAnswers);
    private static readonly Given Meeting = new(Joins(WithSocket(Bot(TheBot, Contoso))), Joins(Person(ThePhone)), Joins(Person(TheSecondPhone)));

    private static readonly MediaSocketChanged Connects = new(TheBot, SocketChange.Connected);
    private static readonly MediaSocketChanged IsLost = new(TheBot, SocketChange.Lost);
    private static readonly MediaSocketChanged Refuses = new(TheBot, SocketChange.Refused);

    [Fact]
    public void Sound_flows_once_the_bot_is_reached()
    {
        Assert.All(Call.Conversation.Legs, leg => Assert.False(leg.MediaActive));
        Call.When(Connects).Then(
            new DeadlineCleared(DeadlineKind.MediaStart, TheBot), new MediaStarted(TheBot), new MediaStarted(ThePhone));
        Call.And(Connects).When(Connects).Then();
    }

    [Fact]
    public void A_bot_that_answers_is_reached_as_one_that_calls() =>
        new Given(UserCallsBot, BotAnswers with { Media = Socket }).When(Connects).ThenOf(new MediaStarted(TheBot), new MediaStarted(ThePhone));

    [Fact]
    public void Without_an_address_the_bot_comes_by_its_sound_itself() =>
        Assert.All(
            new Given(Calling.Tests.Parties.Call(Hosting(Bot(TheBot, Contoso), new AppHostedMedia("blob")), Phone(ThePhone)), PhoneAnswers).Conversation.Legs,
            leg => Assert.True(leg.MediaActive));

    [Fact]
    public void A_bot_that_is_not_reached_in_time_ends_with_1005() =>
        Call.Let(Seconds(15)).ThenOver((TheBot, EndReasons.BotMediaUnreachable), (ThePhone, EndReasons.OtherParticipantLeft));

    [Fact]
    public void A_bot_that_is_lost_for_too_long_ends_with_1005()
    {
        var lost = Call.And(Connects, IsLost);

        lost.Let(Seconds(29)).ThenInside(TheBot, ThePhone);
        lost.Let(Seconds(30)).ThenOver((TheBot, EndReasons.BotMediaUnreachable), (ThePhone, EndReasons.OtherParticipantLeft));
    }

    [Fact]
    public void A_bot_that_is_reached_again_goes_on() =>
        Call.And(Connects, IsLost).After(Seconds(20)).And(Connects).Let(Minutes(5)).ThenInside(TheBot, ThePhone);

    [Fact]
    public void A_bot_that_refuses_ends_with_7112()
    {
        Call.When(Refuses).ThenEnds((TheBot, EndReasons.BotMediaRefused), (ThePhone, EndReasons.OtherParticipantLeft));
        Call.And(Connects).When(Refuses).ThenEnds((TheBot, EndReasons.BotMediaRefused), (ThePhone, EndReasons.OtherParticipantLeft));
    }

    [Fact]
    public void In_a_meeting_its_own_leg_alone_ends()
    {
        Meeting.When(Connects).ThenOf(new MediaStarted(TheBot));
        Meeting.When(Refuses).ThenEnds((TheBot, EndReasons.BotMediaRefused));
        Meeting.Let(Seconds(15)).ThenOver((TheBot, EndReasons.BotMediaUnreachable));
    }

    [Fact]
    public void Whether_it_is_still_reached_is_asked_as_long_as_it_is_there() =>
        Call.And(Connects).Let(Minutes(2)).ThenAwaits(DeadlineKind.MediaWatch, TheBot);

    [Fact]
    public void Nothing_of_it_concerns_who_hosts_no_sound() =>
        new Given(BotCallsUser, PhoneAnswers).When(Refuses).Then();

    private static Party WithSocket(Party bot) => Hosting(bot, Socket);

    private static Party Hosting(Party bot, MediaConfig media) => bot with { Bot = bot.Bot! with { Media = media } };
}
