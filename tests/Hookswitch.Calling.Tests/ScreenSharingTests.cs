using static Hookswitch.Calling.Tests.Parties;

namespace Hookswitch.Calling.Tests;

/// <summary>Whether a bot shares a screen.</summary>
public sealed class ScreenSharingTests
{
    private static readonly Party AppHosted =
        Bot(TheBot, Contoso) with { Bot = Bot(TheBot, Contoso).Bot! with { Media = new AppHostedMedia(Blob: null) } };

    private static readonly Given Meeting = new(Joins(AppHosted), Joins(Person(ThePhone)));

    private static readonly ChangeScreenSharingRole Shares = new(TheBot, Contoso, ScreenSharingRole.Sharer);

    [Fact]
    public void A_bot_shares_and_ceases_to_and_rosters_show_it()
    {
        var views = Shares with { Role = ScreenSharingRole.Viewer };

        Meeting.When(Shares).Then(new ScreenSharingRoleChanged(TheBot, ScreenSharingRole.Sharer), new RosterChanged([ParticipantOf(TheBot)]));
        Meeting.And(Shares).When(views).Then(
            new ScreenSharingRoleChanged(TheBot, ScreenSharingRole.Viewer), new RosterChanged([ParticipantOf(TheBot)]));
        Meeting.And(Shares).When(Shares).ThenNothing();
        Meeting.When(views).ThenNothing();
    }

    [Fact]
    public void Only_a_bot_that_handles_its_media_itself_shares_and_only_where_several_talk()
    {
        new Given(Joins(Bot(TheBot, Contoso)), Joins(Person(ThePhone))).When(Shares).ThenRefused(Refusal.MediaIsServiceHosted);
        new Given(Call(AppHosted, Phone(ThePhone)), PhoneAnswers).When(Shares).ThenRefused(Refusal.CallIsNotGroup);
        new Given(Call(AppHosted, Phone(ThePhone))).When(Shares).ThenRefused(Refusal.CallNotEstablished);
        Meeting.When(Shares with { Application = Fabrikam }).ThenRefused(Refusal.CallNotFound);
    }
}
