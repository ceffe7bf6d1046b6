using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Hookswitch.Telemetry;
using Hookswitch.Tests.Harness;
using Microsoft.AspNetCore.Http;

namespace Hookswitch.Tests.Telemetry;

/// <summary>One trace from the request to the webhook.</summary>
public sealed class TraceTests : IDisposable
{
    private const string Calls = "/v1.0/communications/calls";

    private readonly ConcurrentQueue<Activity> _spans = [];
    private readonly ActivityContext _client = new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, "vendor=1");
    private readonly ActivityListener _listener;

    public TraceTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Traces.Name,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    [Fact]
    public async Task A_request_its_decision_its_commit_and_what_the_bot_is_told_of_it_are_one_trace()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var id = await bot.PlaceEstablished();
        var before = bot.All.Count;

        await Delete(bot, $"{Calls}/{id}");
        await server.Settle();

        var (request, decision, commit) = (One("DELETE /v1.0/communications/calls/{id}"), One("decide HangUp"), One("commit"));
        var (attempts, told) = (Spans("POST").ToArray(), bot.All.Skip(before).ToArray());
        Assert.Equal((_client.SpanId, ActivityKind.Server), (request.ParentSpanId, request.Kind));
        Assert.Equal((request.SpanId, decision.SpanId), (decision.ParentSpanId, commit.ParentSpanId));
        Assert.Equal(["updated terminating", "deleted terminated"], told.Select(one => one.Summary));
        Assert.All(attempts, one => Assert.Equal((commit.SpanId, ActivityKind.Client), (one.ParentSpanId, one.Kind)));
        Assert.Equal(attempts.Select(one => one.Id), told.Select(one => one.Headers["traceparent"].ToString()));
        Assert.All(told, one => Assert.Equal("vendor=1", one.Headers["tracestate"]));
        Assert.Equal((204, id, bot.Application), (request.GetTagItem("http.response.status_code"), request.GetTagItem("hookswitch.call.id"), request.GetTagItem("hookswitch.application.id")));
        Assert.Equal(told.Select(one => one.Headers["X-Microsoft-Skype-Message-ID"].ToString()), attempts.Select(one => one.GetTagItem("hookswitch.notification.id")));
        Assert.Contains(commit.Events, one => one.Name == "write");
    }

    [Fact]
    public async Task Each_attempt_is_a_span_and_all_of_them_belong_to_the_commit()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var id = await bot.PlaceEstablished();
        var refusals = 0;
        bot.Answer = (_, one) => Task.FromResult(Results.StatusCode(one.State == "terminating" && refusals++ == 0 ? 503 : 202));

        await Delete(bot, $"{Calls}/{id}");
        await server.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(
            [("retry", 1, 503, ActivityStatusCode.Error), ("delivered", 2, 202, ActivityStatusCode.Unset), ("delivered", 1, 202, ActivityStatusCode.Unset)],
            Spans("POST").Select(one => (one.GetTagItem("hookswitch.verdict"), one.GetTagItem("hookswitch.attempt"), one.GetTagItem("http.response.status_code"), one.Status)));
        Assert.Single(Spans("POST").Select(one => one.ParentSpanId).Distinct());
    }

    [Fact]
    public async Task A_refusal_is_said_where_it_was_decided_and_nothing_is_committed()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var id = await bot.PlaceEstablished();

        await Delete(bot, $"{Calls}/{id[..^1]}{(id[^1] == '0' ? '1' : '0')}");

        Assert.NotNull(One("decide HangUp").GetTagItem("hookswitch.refusal"));
        Assert.Empty(Spans("commit"));
        Assert.Equal(404, One("DELETE /v1.0/communications/calls/{id}").GetTagItem("http.response.status_code"));
    }

    [Fact]
    public async Task The_requests_of_a_batch_are_parts_of_it()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var id = await bot.PlaceEstablished();

        await Ask(bot, HttpMethod.Post, "/v1.0/$batch", $$$"""{"requests":[ {"id":"1","method":"DELETE","url":"/communications/calls/{{{id}}}"} ]}""");

        var (batch, part) = (One("POST /v1.0/$batch"), One("DELETE /v1.0/communications/calls/{id}"));
        Assert.Equal((batch.SpanId, ActivityKind.Internal, 204), (part.ParentSpanId, part.Kind, part.GetTagItem("http.response.status_code")));
        Assert.Equal(part.SpanId, One("decide HangUp").ParentSpanId);
    }

    [Fact]
    public async Task The_lines_of_a_log_say_which_call_they_belong_to()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        bot.Answer = (_, _) => Task.FromResult(Results.BadRequest());

        var id = (await bot.Place()).Id;
        await server.Settle();

        Assert.Contains(server.Log.Scopes, scope => scope.Contains($"Call:{id} Conversation:", StringComparison.Ordinal));
    }

    public void Dispose() => _listener.Dispose();

    private Task Delete(TestBot bot, string path) => Ask(bot, HttpMethod.Delete, path);

    private async Task Ask(TestBot bot, HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("traceparent", $"00-{_client.TraceId}-{_client.SpanId}-01");
        request.Headers.Add("tracestate", _client.TraceState);
        using var response = await bot.Http.SendAsync(request);
    }

    private IEnumerable<Activity> Spans(string name) => _spans.Where(one => one.TraceId == _client.TraceId && one.DisplayName == name);

    private Activity One(string name) => Assert.Single(Spans(name));
}
