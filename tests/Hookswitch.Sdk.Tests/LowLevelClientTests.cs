using Microsoft.Graph;
using Microsoft.Graph.Communications.Client.Authentication;
using Microsoft.Graph.Communications.Client.Transport;
using Microsoft.Graph.Communications.Common.Transport;
using Microsoft.Graph.Communications.Core.Notifications;
using Microsoft.Graph.Communications.Core.Serialization;
using Microsoft.Graph.Models;

namespace Hookswitch.Sdk.Tests;

/// <summary>The Communications SDK without state: requests one by one, and notifications as they come.</summary>
public sealed class LowLevelClientTests
{
    [Fact]
    public async Task A_call_that_the_bot_places_is_established_and_ends_when_the_bot_deletes_it()
    {
        await using var bot = await SdkBot.Start();
        var (client, seen) = Client(bot);

        var call = (await client.SendAsync<Call, Call>(new GraphRequest<Call>(Calls(bot), bot.Order(), RequestType.Create))).Content;
        await bot.Server.Advance(TimeSpan.FromMilliseconds(300));
        await bot.Until(CallState.Established);
        await client.SendAsync<NoContentMessage>(new GraphRequest(Calls(bot, call.Id), RequestType.Delete));
        await bot.Until(CallState.Terminated);

        Assert.Equal(CallState.Establishing, call.State);
        Assert.Equal((200, 5001), (seen[^1].ResultInfo?.Code, seen[^1].ResultInfo?.Subcode));
        Assert.All(bot.AnsweredBy, answered => Assert.Equal("oid", answered));
    }

    [Fact]
    public async Task A_call_that_comes_in_is_answered_and_ends_when_the_person_hangs_up()
    {
        await using var bot = await SdkBot.Start();
        var (client, seen) = Client(bot);

        await bot.Server.Phone("alice", "dial", new { to = SdkBot.Application });
        await bot.Until(CallState.Incoming);
        await client.SendAsync(new GraphRequest<Answer>(
            Calls(bot, seen[0].Id, "/answer"), new Answer(bot.Webhook.Callback, ["Audio"], new ServiceHostedMediaConfig()), RequestType.Create));
        await bot.Until(CallState.Established);
        await bot.Server.Phone("alice", "hangUp");
        await bot.Until(CallState.Terminated);

        Assert.Equal((200, 4521), (seen[^1].ResultInfo?.Code, seen[^1].ResultInfo?.Subcode));
    }

    [Fact]
    public async Task A_call_that_is_gone_cannot_be_deleted()
    {
        await using var bot = await SdkBot.Start();
        var (client, _) = Client(bot);
        var call = (await client.SendAsync<Call, Call>(new GraphRequest<Call>(Calls(bot), bot.Order(), RequestType.Create))).Content;
        await client.SendAsync<NoContentMessage>(new GraphRequest(Calls(bot, call.Id), RequestType.Delete));

        var error = await Assert.ThrowsAsync<ServiceException>(
            () => client.SendAsync<NoContentMessage>(new GraphRequest(Calls(bot, call.Id), RequestType.Delete)));

        Assert.Equal(404, error.ResponseStatusCode);
    }

    private static Uri Calls(SdkBot bot, string? id = null, string action = "") =>
        new($"{bot.Server.SecureAddress}v1.0/communications/calls{(id is null ? "" : $"/{id}")}{action}");

    private static (IGraphClient Client, List<Call> Seen) Client(SdkBot bot)
    {
        var serializer = new CommsSerializer();
        var authentication = new DefaultAuthenticationProvider(SdkBot.Application, bot, bot.Logger, bot.Authentication);
        var processor = new NotificationProcessor(serializer);
        var seen = new List<Call>();
        processor.OnNotificationReceived += notification =>
        {
            var call = (Call)notification.ResourceData;
            seen.Add(call);
            bot.Saw(call.State);
        };
        bot.Process = async request =>
        {
            var validation = await authentication.ValidateInboundRequestAsync(request);
            return validation.IsValid
                ? WithType(await processor.ProcessNotificationAsync(request, validation.TenantId), validation.AuthType)
                : new HttpResponseMessage(System.Net.HttpStatusCode.Unauthorized);
        };
        return (new GraphAuthClientFactory(bot.Logger, serializer.JsonSerializerSettings, authentication, new("HookswitchTests", "1.0"), null).Create(), seen);
    }

    private static HttpResponseMessage WithType(HttpResponseMessage response, string type)
    {
        response.Headers.TryAddWithoutValidation("x-microsoft-bot-auth-type", type);
        return response;
    }

    /// <summary>The body of answer.</summary>
    private sealed record Answer(string CallbackUri, string[] AcceptedModalities, MediaConfig MediaConfig);
}
