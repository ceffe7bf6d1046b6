using Hookswitch.Tests.Harness;
using Microsoft.AspNetCore.Http;

namespace Hookswitch.Tests.Telemetry;

/// <summary>What is counted and measured of a story whose end is known.</summary>
public sealed class MeterTests
{
    private const string Calls = "/v1.0/communications/calls";

    [Fact]
    public async Task Calls_and_attempts_are_counted()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        using var measured = new Measured(server);
        var refusals = 0;
        bot.Answer = (_, one) => Task.FromResult(Results.StatusCode(one.State == "establishing" && refusals++ == 0 ? 503 : 202));

        var id = await bot.PlaceEstablished();
        await server.Advance(TimeSpan.FromSeconds(5));
        await bot.Http.Ask("DELETE", $"{Calls}/{id}");
        await server.Settle();

        Assert.Equal(
            [
                "hookswitch.calls.created hookswitch.call.direction=outgoing 1",
                "hookswitch.calls.ended hookswitch.end.code=200 hookswitch.end.subcode=5001 1",
                "hookswitch.notification.attempts hookswitch.verdict=delivered http.response.status_code=202 5",
                "hookswitch.notification.attempts hookswitch.verdict=retry http.response.status_code=503 1",
                "hookswitch.notification.retries 1",
            ],
            measured.Sums.Where(one => !one.Contains(".lag", StringComparison.Ordinal) && !one.Contains(".commit.", StringComparison.Ordinal)));
        Assert.Equal(5, measured.Of("hookswitch.notification.lag").Count());
        Assert.InRange(measured.Of("hookswitch.notification.lag").First(), 0.5, 5); // it came with the second attempt
        Assert.Equal(0, measured.Of("hookswitch.notification.lag").Last());
        Assert.All(measured.Of("hookswitch.store.commit.size"), size => Assert.True(size >= 1));
        Assert.Equal(measured.Of("hookswitch.store.commit.size").Count(), measured.Of("hookswitch.store.commit.duration").Count());
    }

    [Fact]
    public async Task Those_that_live_are_counted_by_state_and_a_dead_letter_and_an_open_circuit_are_seen()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        using var measured = new Measured(server);

        await bot.PlaceEstablished();
        var second = await bot.PlaceEstablished();
        Assert.Equal(["hookswitch.callback.circuits.open 0", "hookswitch.calls.live hookswitch.call.state=established 2"], measured.Look());

        bot.Answer = (_, _) => Task.FromResult(Results.BadRequest());
        await bot.Http.Ask("DELETE", $"{Calls}/{second}");
        await server.Settle();

        Assert.Contains("hookswitch.notification.dead_letters 2", measured.Sums);
        Assert.Equal(["hookswitch.callback.circuits.open 0", "hookswitch.calls.live hookswitch.call.state=established 1"], measured.Look());
    }

    [Fact]
    public async Task A_host_that_is_gone_opens_its_circuit()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        using var measured = new Measured(server);

        await bot.Http.Ask("POST", Calls, TestBot.CallBody("http://127.0.0.1:1/nobody"));
        await server.Advance(TimeSpan.FromMinutes(2));

        Assert.Contains("hookswitch.callback.circuits.open 1", measured.Look());
    }
}
