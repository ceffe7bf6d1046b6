using System.Diagnostics;
using Hookswitch.Calling;
using Hookswitch.Graph;
using Hookswitch.Phones;
using Hookswitch.Resources;
using Directory = Hookswitch.Phones.Directory;

namespace Hookswitch.Cli;

/// <summary>A call of the demo's bot that is to end with a reason: how it begins, and what the bot does until it ends.</summary>
internal static class ShownCall
{
    /// <summary>As which the bot calls the telephone network.</summary>
    private const string ResourceAccount = "d0000000-0000-4000-8000-000000000003";

    /// <summary>Whose meeting the bot joins. Of a test thread anybody may be.</summary>
    private const string Organizer = "d0000000-0000-4000-8000-000000000004";

    /// <summary>To whom the bot transfers a call. In development mode any user answers.</summary>
    private const string Colleague = "d0000000-0000-4000-8000-000000000005";

    /// <summary>Where no bot has its media: the port is that of a service which nobody runs any longer (RFC 863).</summary>
    private const string Nowhere = "{\"webSocketUrl\":\"ws://127.0.0.1:9/media\"}";

    /// <summary>Calls, joins or has itself called.</summary>
    /// <returns>The status, and the id of the call; null: there is none.</returns>
    public static Task<(int Status, string? Id)> Begin(this DemoBot bot, Showing showing, CancellationToken cancellation) => showing switch
    {
        Showing.CallUser { IsOfBotsMedia: true } one =>
            bot.Create(To(one.User.Identity) with { MediaConfig = new AppHostedMediaConfig { Blob = Nowhere } }, cancellation),
        Showing.CallUser one => bot.Create(To(one.User.Identity), cancellation),
        Showing.CallNumber one => bot.Create(To(one.Number.Identity), cancellation),
        Showing.CallGroup group => bot.Create(To([.. group.Users.Select(user => user.Identity)]), cancellation),
        Showing.JoinThread join => bot.Create(Into(join.Thread.Thread), cancellation),
        Showing.Dial dial => bot.HaveDialled(dial.Caller.Identity.Id, cancellation),
        _ => throw new UnreachableException($"A bot cannot do {showing}."),
    };

    /// <summary>What the bot does when it is told something.</summary>
    /// <returns>What that was, the status that is expected, and the one that came; null: it does nothing.</returns>
    public static async Task<(string What, int Expected, int Status)?> React(
        this DemoBot bot, Showing showing, ReceivedNotification told, CancellationToken cancellation) => told switch
        {
            { State: "incoming" } when showing is Showing.Dial { IsAnswered: true } =>
                ("answer is taken", 202, await bot.Answer(told.Call!.Id!, cancellation)),
            { Call: { MediaState: not null, Id: { } id } } when showing.IsDeleted =>
                ("DELETE answers 204", 204, await bot.Send(HttpMethod.Delete, $"/beta/communications/calls/{id}", cancellation)),
            { Call: { MediaState: not null, Id: { } id } } when showing.IsTransferred =>
                ("transfer is taken", 202, await bot.Transfer(id, Colleague, cancellation)),
            _ => null,
        };

    /// <summary>A call to one, or to several at once.</summary>
    public static Call To(params Calling.Identity[] targets) => new()
    {
        Source = targets is [{ Kind: IdentityKind.Phone }] ? new() { Identity = new() { ApplicationInstance = new() { Id = ResourceAccount } } } : null,
        Targets = [.. targets.Select(target => new InvitationParticipantInfo { Identity = IdentityResource.Of(new Calling.Identity(target.Kind, target.Id)) })],
    };

    private static Call Into(string thread) => new()
    {
        ChatInfo = new() { ThreadId = thread, MessageId = "0" },
        MeetingInfo = new OrganizerMeetingInfo { Organizer = new() { User = new() { Id = Organizer } } },
        TenantId = Directory.DevelopmentTenant,
    };
}
