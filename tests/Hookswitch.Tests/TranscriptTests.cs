using Hookswitch.Tests.Harness;
using Microsoft.Graph.Communications.Calls.Item.Answer;
using Microsoft.Graph.Models;

namespace Hookswitch.Tests;

/// <summary>Whole exchanges, byte for byte: the official SDK on one side, the webhook on the other.</summary>
public sealed class TranscriptTests
{
    [Fact]
    public async Task A_bot_places_a_call_and_deletes_it()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);

        var call = await bot.Place();
        await server.Advance(TimeSpan.FromSeconds(1));
        await bot.Graph.Communications.Calls[call.Id].DeleteAsync();
        await server.Settle();

        Snapshot.Match(server.Transcript.ToString());
    }

    [Fact]
    public async Task A_bot_answers_a_call_and_the_person_hangs_up()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);

        await server.Phone("cccccccc-0000-4000-8000-000000000001", "dial", new { to = bot.Application });
        var incoming = await bot.Next();
        await bot.Graph.Communications.Calls[incoming.CallId].Answer.PostAsync(new AnswerPostRequestBody
        {
            CallbackUri = $"{bot.Callback}/of-the-call",
            AcceptedModalities = [Modality.Audio],
            MediaConfig = new ServiceHostedMediaConfig(),
        });
        await server.Advance(TimeSpan.FromSeconds(5));
        await server.Phone("cccccccc-0000-4000-8000-000000000001", "hangUp");
        await server.Settle();

        Snapshot.Match(server.Transcript.ToString());
    }
}
