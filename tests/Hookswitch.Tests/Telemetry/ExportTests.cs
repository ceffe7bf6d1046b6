using Hookswitch.Calling;
using Hookswitch.Cli;
using Hookswitch.Telemetry;
using Hookswitch.Tests.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Trace;

namespace Hookswitch.Tests.Telemetry;

/// <summary>What leaves the server about itself, and where to.</summary>
public sealed class ExportTests
{
    [Fact]
    public async Task Traces_metrics_and_logs_go_to_the_collector()
    {
        await using var collector = await Collector.Start();
        await using (var server = await TestServer.Start(options => options with { Telemetry = collector.Options }))
        {
            await using var bot = await TestBot.Start(server);
            bot.Answer = (_, _) => Task.FromResult(Results.BadRequest());
            await bot.PlaceEstablished();
        }

        Assert.Contains(collector.All, got => got.Path == "/v1/traces" && Says(got.Text, "decide PlaceCall", "commit", "hookswitch.call.id", "service.name", "hookswitch"));
        Assert.Contains(collector.All, got => got.Path == "/v1/metrics" && Says(got.Text, "hookswitch.calls.created", "hookswitch.calls.live", "http.server.request.duration"));
        Assert.Contains(collector.All, got => got.Path == "/v1/logs" && Says(got.Text, "Given up after attempt 1", "Conversation"));
    }

    [Fact]
    public async Task Without_a_collector_nothing_of_OpenTelemetry_is_there()
    {
        await using var server = await TestServer.Start();

        Assert.Null(server.Services.GetService<TracerProvider>());
        Assert.Null(server.Services.GetService<OpenTelemetry.Metrics.MeterProvider>());
    }

    /// <summary>A collector that is gone is nothing that a call would notice.</summary>
    [Fact]
    public async Task A_collector_that_does_not_answer_is_in_nobodys_way()
    {
        await using var server = await TestServer.Start(options => options with { Telemetry = new() { Endpoint = new Uri("http://127.0.0.1:1") } });
        await using var bot = await TestBot.Start(server);

        var id = await bot.PlaceEstablished();

        Assert.Equal(204, (await bot.Http.Ask("DELETE", $"/v1.0/communications/calls/{id}")).Status);
    }

    [Fact]
    public void Json_lines_carry_the_ids_of_what_they_belong_to()
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => DevCommand.Log(logging, new LogOptions { IsJson = true }, toError: LogLevel.None));
        using var provider = services.BuildServiceProvider();
        var json = Assert.Single(provider.GetServices<ConsoleFormatter>(), one => one.Name == ConsoleFormatterNames.Json);
        var (call, scopes, text) = (new CallId(new ConversationId(1), new LegId(2)), new LoggerExternalScopeProvider(), new StringWriter());

        using (scopes.Push(new Subject("the-request") { Application = new AppId("the-bot"), Call = call }))
        {
            json.Write(new LogEntry<string>(LogLevel.Warning, "Hookswitch", eventId: default, "said", exception: null, (state, _) => state), scopes, text);
        }

        Assert.Contains($""" "RequestId":"the-request","Application":"the-bot","Call":"{call}","Conversation":"000000000000001" """.Trim(), $"{text}", StringComparison.Ordinal);
    }

    private static bool Says(string text, params string[] words) => Array.TrueForAll(words, word => text.Contains(word, StringComparison.Ordinal));
}
