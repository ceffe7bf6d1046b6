using Hookswitch.Api;
using Microsoft.AspNetCore.Http;

namespace Hookswitch.Tests.Api;

/// <summary>New calls when there is more to do than can be done.</summary>
public sealed class NewCallTurnsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_waits_has_the_next_turn_in_the_order_of_their_coming()
    {
        using var turns = new NewCallTurns(waiting: 2);
        var inside = await Fill(turns);
        var (first, second) = (turns.Take(Cancellation).AsTask(), turns.Take(Cancellation).AsTask());
        Assert.False(first.IsCompleted || second.IsCompleted);

        inside[0].Dispose();
        Assert.NotNull(await first);
        Assert.False(second.IsCompleted);
        inside[1].Dispose();
        Assert.NotNull(await second);
    }

    [Fact]
    public async Task When_too_many_wait_new_calls_are_refused_and_nothing_else()
    {
        using var turns = new NewCallTurns(waiting: 1);
        var inside = await Fill(turns);
        Assert.False(turns.Refuses(Request("POST", "/v1.0/communications/calls")));
        var waits = turns.Take(Cancellation).AsTask();

        Assert.Null(await turns.Take(Cancellation));
        Assert.True(turns.Refuses(Request("POST", "/v1.0/communications/calls")));
        Assert.True(turns.Refuses(Request("POST", "/beta/app/Calls/")));
        Assert.False(turns.Refuses(Request("GET", "/v1.0/communications/calls")));
        Assert.False(turns.Refuses(Request("DELETE", "/v1.0/communications/calls/1")));
        Assert.False(turns.Refuses(Request("POST", "/v1.0/communications/calls/1/answer")));

        inside[0].Dispose();
        Assert.NotNull(await waits);
        Assert.False(turns.Refuses(Request("POST", "/v1.0/communications/calls")));
    }

    [Fact]
    public async Task Whoever_waits_no_longer_makes_room()
    {
        using var turns = new NewCallTurns(waiting: 1);
        await Fill(turns);
        using var client = new CancellationTokenSource();
        var waits = turns.Take(client.Token).AsTask();
        Assert.True(turns.Refuses(Request("POST", "/v1.0/communications/calls")));

        await client.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waits);
        Assert.False(turns.Refuses(Request("POST", "/v1.0/communications/calls")));
    }

    [Fact]
    public async Task Without_a_limit_all_have_their_turn_at_once()
    {
        using var turns = new NewCallTurns(waiting: 0);

        for (var i = 0; i < NewCallTurns.Places * 10; i++)
        {
            Assert.NotNull(await turns.Take(Cancellation));
        }

        Assert.False(turns.Refuses(Request("POST", "/v1.0/communications/calls")));
    }

    private static async Task<IDisposable[]> Fill(NewCallTurns turns)
    {
        var inside = new IDisposable[NewCallTurns.Places];
        for (var i = 0; i < inside.Length; i++)
        {
            inside[i] = (await turns.Take(Cancellation))!;
        }

        return inside;
    }

    private static HttpRequest Request(string method, string path) => new DefaultHttpContext { Request = { Method = method, Path = path } }.Request;
}
