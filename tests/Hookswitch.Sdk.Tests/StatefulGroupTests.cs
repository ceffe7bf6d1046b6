using System.Threading.Channels;
using Hookswitch.Tests.Harness;
using Microsoft.Graph.Communications.Calls;
using Microsoft.Graph.Models;
using Channel = System.Threading.Channels.Channel;

namespace Hookswitch.Sdk.Tests;

/// <summary>The Communications SDK in a meeting: it keeps the roster by itself, from what it is told.</summary>
public sealed class StatefulGroupTests
{
    private const string Thread = "19:weekly@thread.v2";
    private const string Second = "bbbbbbbb-0000-4000-8000-000000000002";
    private const string Answer = """{"mediaConfig":{"@odata.type":"#microsoft.graph.serviceHostedMediaConfig"}}""";
    private const string Olga = "cccccccc-0000-4000-8000-00000000000a";

    [Fact]
    public async Task A_bot_in_a_meeting_sees_people_come_and_go_invites_one_and_hears_the_end()
    {
        await using var bot = await SdkBot.Start();
        await bot.Server.Put("/control/meetings/weekly", new { tenantId = SdkBot.Tenant, organizer = Olga, threadId = Thread });
        await bot.Server.Put("/control/users/alice", new { displayName = "Alice", tenantId = SdkBot.Tenant });
        await using var second = await Webhook.Start();
        await bot.Server.Put($"/control/applications/{Second}", new { tenantId = SdkBot.Tenant, secret = "secret", callbackUri = second.Callback });
        using var client = StatefulClientTests.Client(bot);
        var call = StatefulClientTests.Watch(bot, await client.Calls().AddAsync(Join(bot)));
        var roster = new Roster(call.Participants);
        await bot.Until(CallState.Established);

        using var joined = await bot.Server.Phone("alice", "join", new { meeting = "weekly" });
        await roster.Until("alice bot");
        var invited = call.Participants.InviteAsync(new IdentitySet { Application = new() { Id = Second } });
        await bot.Server.Http.Ask("POST", $"/v1.0/communications/calls/{(await second.Next()).CallId}/answer", Answer, await bot.Token(Second));
        await invited; // the SDK waits for the operation's end
        await roster.Until("alice bot bot");
        await bot.Server.Phone("alice", "hangUp");
        await roster.Until("bot bot");
        await bot.Server.Phone("alice", "join", new { meeting = "weekly" });
        await roster.Until("alice bot bot");
        await bot.Server.Phone("alice", "endForEveryone");
        await bot.Until(CallState.Terminated);

        Assert.Equal((200, 4097), (call.Resource.ResultInfo?.Code, call.Resource.ResultInfo?.Subcode));
    }

    [Fact]
    public async Task A_bot_that_asks_for_changes_alone_keeps_the_same_roster()
    {
        await using var bot = await SdkBot.Start();
        await bot.Server.Put("/control/meetings/weekly", new { tenantId = SdkBot.Tenant, organizer = Olga, threadId = Thread });
        await bot.Server.Put("/control/users/alice", new { displayName = "Alice", tenantId = SdkBot.Tenant });
        using var client = StatefulClientTests.Client(bot);
        var order = Join(bot);
        order.CallOptions = new OutgoingCallOptions { AdditionalData = new Dictionary<string, object> { ["isDeltaRosterEnabled"] = true } };
        var call = StatefulClientTests.Watch(bot, await client.Calls().AddAsync(order));
        var roster = new Roster(call.Participants);
        await bot.Until(CallState.Established);

        using var joined = await bot.Server.Phone("alice", "join", new { meeting = "weekly" });
        await roster.Until("alice bot");
        await bot.Server.Phone("alice", "hangUp");
        await roster.Until("bot");

        await call.DeleteAsync();
        await bot.Until(CallState.Terminated);
        Assert.Equal((200, 7000), (call.Resource.ResultInfo?.Code, call.Resource.ResultInfo?.Subcode));
    }

    private static Call Join(SdkBot bot) => new()
    {
        CallbackUri = bot.Webhook.Callback,
        ChatInfo = new ChatInfo { ThreadId = Thread, MessageId = "0" },
        MeetingInfo = new OrganizerMeetingInfo { Organizer = new() { User = new() { Id = Olga } } },
        RequestedModalities = [Modality.Audio],
        MediaConfig = new ServiceHostedMediaConfig(),
        TenantId = SdkBot.Tenant,
    };

    /// <summary>Who is there, as the SDK says it: names of users in order.</summary>
    private sealed class Roster
    {
        private readonly Channel<string> _changes = Channel.CreateUnbounded<string>();

        public Roster(IParticipantCollection participants)
        {
            participants.OnUpdated += (sender, _) => _changes.Writer.TryWrite(string.Join(' ', sender.Select(Name).Order(StringComparer.Ordinal)));
        }

        public async Task Until(string names)
        {
            var seen = new List<string>();
            try
            {
                do
                {
                    seen.Add(await _changes.Reader.ReadAsync().AsTask().WaitAsync(TestServer.Patience));
                }
                while (seen[^1] != names);
            }
            catch (TimeoutException e)
            {
                throw new TimeoutException($"The roster was never '{names}', but: {string.Join(", ", seen)}.", e);
            }
        }

        private static string Name(IParticipant one) => one.Resource.Info?.Identity?.User?.Id ?? "bot";
    }
}
