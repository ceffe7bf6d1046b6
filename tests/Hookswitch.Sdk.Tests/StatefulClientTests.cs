using Microsoft.Graph.Communications.Calls;
using Microsoft.Graph.Communications.Client;
using Microsoft.Graph.Communications.Core.Exceptions;
using Microsoft.Graph.Models;

namespace Hookswitch.Sdk.Tests;

/// <summary>The Communications SDK as most bots use it: a client that keeps the state of its calls, and validates who notifies it.</summary>
public sealed class StatefulClientTests
{
    [Fact]
    public async Task A_call_that_the_bot_places_is_established_and_ends_when_the_bot_deletes_it()
    {
        await using var bot = await SdkBot.Start();
        using var client = Client(bot);

        var call = Watch(bot, await client.Calls().AddAsync(bot.Order()));
        await bot.Server.Advance(TimeSpan.FromMilliseconds(300));
        await bot.Until(CallState.Established);
        await call.DeleteAsync();
        await bot.Until(CallState.Terminated);

        Assert.Equal((200, 5001), (call.Resource.ResultInfo?.Code, call.Resource.ResultInfo?.Subcode));
        Assert.All(bot.AnsweredBy, answered => Assert.Equal("oid", answered));
    }

    [Fact]
    public async Task A_call_that_comes_in_is_answered_and_ends_when_the_person_hangs_up()
    {
        await using var bot = await SdkBot.Start();
        using var client = Client(bot);
        var incoming = new TaskCompletionSource<ICall>(TaskCreationOptions.RunContinuationsAsynchronously);
        client.Calls().OnIncoming += (_, calls) => incoming.TrySetResult(calls.AddedResources.Single());

        await bot.Server.Phone("alice", "dial", new { to = SdkBot.Application });
        var call = Watch(bot, await incoming.Task.WaitAsync(Hookswitch.Tests.Harness.TestServer.Patience));
        await call.AnswerAsync(new ServiceHostedMediaConfig(), [Modality.Audio], callbackUri: bot.Webhook.Callback);
        await bot.Until(CallState.Established);
        await bot.Server.Phone("alice", "hangUp");
        await bot.Until(CallState.Terminated);

        Assert.Equal((200, 4521), (call.Resource.ResultInfo?.Code, call.Resource.ResultInfo?.Subcode));
        Assert.Equal("alice", call.Resource.Source?.Identity?.User?.Id);
    }

    [Fact]
    public async Task A_call_that_is_gone_cannot_be_deleted()
    {
        await using var bot = await SdkBot.Start();
        using var client = Client(bot);
        var call = await client.Calls().AddAsync(bot.Order());
        bot.Process = _ => Task.FromResult(new HttpResponseMessage()); // the bot misses that the call ends
        await bot.Server.Phone("cccccccc-0000-4000-8000-000000000001", "decline");

        var error = await Assert.ThrowsAsync<ServiceException>(() => call.DeleteAsync());

        Assert.Equal(404, error.ResponseStatusCode);
        Assert.Contains("Call not found.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notification_with_a_token_that_is_not_ours_is_refused_by_the_bot()
    {
        await using var bot = await SdkBot.Start();
        using var client = Client(bot);
        var process = bot.Process;
        bot.Process = request =>
        {
            request.Headers.Authorization = new("Bearer", request.Headers.Authorization!.Parameter + "x");
            return process(request);
        };

        await client.Calls().AddAsync(bot.Order());
        await bot.Server.Settle();

        Assert.Equal("401", bot.AnsweredBy.First());
    }

    internal static ICommunicationsClient Client(SdkBot bot)
    {
        var client = new CommunicationsClientBuilder("HookswitchTests", SdkBot.Application, bot.Logger)
            .SetAuthentication(SdkBot.Application, bot, bot.Authentication)
            .SetNotificationUrl(new Uri("https://bot.example/callback")) // each call names its own
            .SetServiceBaseUrl(new Uri($"{bot.Server.SecureAddress}v1.0"))
            .Build();
        bot.Process = client.ProcessNotificationAsync;
        return client;
    }

    internal static ICall Watch(SdkBot bot, ICall call)
    {
        call.OnUpdated += (_, change) => bot.Saw(change.NewResource.State);
        return call;
    }
}
