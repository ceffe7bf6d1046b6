namespace Hookswitch.Calling.Rules;

/// <summary>Whether a bot shares a screen with its own media, so that rosters show it. Graph, call: changeScreenSharingRole.</summary>
internal static class ScreenSharing
{
    public static Decision Decide(Conversation conversation, ChangeScreenSharingRole command) =>
        Member.Act(conversation, command.Leg, command.Application, own =>
            own.Bot!.Media is not AppHostedMedia ? Refusal.MediaIsServiceHosted
            : own.ScreenSharing == command.Role ? []
            : [new ScreenSharingRoleChanged(own.Id, command.Role)]);
}
