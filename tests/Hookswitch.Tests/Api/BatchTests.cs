using System.Text.Json.Nodes;
using Hookswitch.Tests.Harness;
using Microsoft.Graph;
using Microsoft.Graph.Models;

namespace Hookswitch.Tests.Api;

/// <summary>Several requests in one.</summary>
public sealed class BatchTests
{
    private const string NoCall = "/communications/calls/00000000-0000-8000-8000-000000000000";

    [Fact]
    public async Task The_SDK_runs_requests_that_depend_on_each_other()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var id = await bot.PlaceEstablished();
        var batch = new BatchRequestContentCollection(bot.Graph);

        var read = await batch.AddBatchRequestStepAsync(bot.Graph.Communications.Calls[id].ToGetRequestInformation());
        var deleted = await batch.AddBatchRequestStepAsync(bot.Graph.Communications.Calls[id].ToDeleteRequestInformation());
        var gone = await batch.AddBatchRequestStepAsync(bot.Graph.Communications.Calls[id].ToGetRequestInformation());
        batch.BatchRequestSteps[deleted].DependsOn = [read];
        batch.BatchRequestSteps[gone].DependsOn = [deleted];
        var responses = await bot.Graph.Batch.PostAsync(batch);

        Assert.Equal(CallState.Established, (await responses.GetResponseByIdAsync<Call>(read)).State);
        Assert.Equal([200, 204, 404], (await responses.GetResponsesStatusCodesAsync()).OrderBy(one => one.Value).Select(one => (int)one.Value));
        await server.Settle();
        Assert.Equal("200/5001", bot.All[^1].Reason);
    }

    [Fact]
    public async Task The_SDK_places_calls_in_a_batch_and_each_is_notified()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var batch = new BatchRequestContentCollection(bot.Graph);
        var first = await batch.AddBatchRequestStepAsync(bot.Graph.Communications.Calls.ToPostRequestInformation(Order()));
        var second = await batch.AddBatchRequestStepAsync(bot.Graph.Communications.Calls.ToPostRequestInformation(Order()));
        var responses = await bot.Graph.Batch.PostAsync(batch);
        var calls = new[] { await responses.GetResponseByIdAsync<Call>(first), await responses.GetResponseByIdAsync<Call>(second) };
        await server.Advance(TimeSpan.FromSeconds(1));

        Assert.All(calls, call => Assert.Equal(CallState.Establishing, call.State));
        Assert.Equal(
            calls.Select(call => call.Id!).Order(StringComparer.Ordinal),
            bot.All.Where(one => one.State == "established").Select(one => one.CallId).Distinct().Order(StringComparer.Ordinal));

        Call Order() => new()
        {
            CallbackUri = bot.Callback,
            Targets = [new() { Identity = new() { User = new() { Id = "cccccccc-0000-4000-8000-000000000001" } } }],
            MediaConfig = new ServiceHostedMediaConfig(),
        };
    }

    [Theory]
    [InlineData("v1.0")]
    [InlineData("beta")]
    public async Task Each_request_is_answered_in_its_place_as_it_would_be_by_itself(string version)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var create = $$"""{"id":"b","method":"post","url":"communications/calls","headers":{"Content-Type":"application/json"},"body":{{bot.CallBody()}}}""";

        var answer = await Batch(bot, version, create, Get("a", $"{NoCall}?$select=id"), Get("c", "/communications/calls"), Get("d", "/me"));
        var responses = Responses(answer);

        Assert.Equal(["b 201 ", "a 404 8522", "c 405 BadRequest", "d 404 ResourceNotFound"], responses.Select(Line));
        Assert.Equal(
            $"{server.Address}{version}/communications/calls/{responses[0]["body"]!["id"]}", (string?)responses[0]["headers"]!["Location"]);
        Assert.StartsWith("application/json", (string)responses[0]["headers"]!["Content-Type"]!, StringComparison.Ordinal);
        Assert.Equal(
            (string?)responses[1]["headers"]!["request-id"], (string?)responses[1]["body"]!["error"]!["innerError"]!["request-id"]);
        Assert.Distinct(responses.Select(one => (string?)one["headers"]!["request-id"]));
    }

    [Fact]
    public async Task A_request_whose_dependency_failed_is_not_run_nor_is_what_depends_on_it()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = $"/communications/calls/{await bot.PlaceEstablished()}";

        var answer = await Batch(
            bot, "v1.0", Request("1", "DELETE", call, dependsOn: "2"), Get("2", NoCall), Request("3", "DELETE", call, dependsOn: "1"), Get("4", call));

        Assert.Equal(["1 424 FailedDependency", "2 404 8522", "3 424 FailedDependency", "4 200 "], Responses(answer).Select(Line));
    }

    [Fact]
    public async Task A_request_waits_for_those_on_which_it_depends_wherever_they_stand()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = $"/communications/calls/{await bot.PlaceEstablished()}";

        var answer = await Batch(bot, "v1.0", Request("read", "GET", call, dependsOn: "delete"), Request("delete", "DELETE", call));

        Assert.Equal(["read 404 8522", "delete 204 "], Responses(answer).Select(Line));
    }

    [Fact]
    public async Task A_request_says_who_it_is_by_the_token_of_the_batch_alone()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        await using var other = await TestBot.Start(server, "bbbbbbbb-0000-4000-8000-000000000002");
        var call = $"/communications/calls/{await bot.PlaceEstablished()}";
        var own = $$"""{"id":"1","method":"GET","url":"{{call}}","headers":{"Authorization":"Bearer {{await bot.Token()}}"} }""";

        Assert.Equal(["1 404 8522"], Responses(await Batch(other, "v1.0", own)).Select(Line));
        Assert.Equal(401, (await server.Http.Ask("POST", "/v1.0/$batch", $$"""{"requests":[{{own}}]}""")).Status);
    }

    [Fact]
    public async Task A_request_has_the_names_of_the_batch_unless_it_has_its_own()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        bot.Http.DefaultRequestHeaders.Add("client-request-id", "of-the-batch");
        bot.Http.DefaultRequestHeaders.Add("Scenario-Id", "5ce0a210-0000-4000-8000-000000000001");
        var named = $$"""{"id":"2","method":"GET","url":"{{NoCall}}","headers":{"Client-Request-Id":"its-own"} }""";

        var responses = Responses(await Batch(bot, "v1.0", Get("1", NoCall), named));

        Assert.Equal(["of-the-batch", "its-own"], responses.Select(one => (string?)one["headers"]!["client-request-id"]));
        Assert.All(responses, one => Assert.Equal("5ce0a210-0000-4000-8000-000000000001", (string?)one["headers"]!["scenario-id"]));
    }

    [Theory]
    [InlineData("/$batch")]
    [InlineData("%24batch")]
    [InlineData("/$BATCH")]
    public async Task A_batch_in_a_batch_is_refused_and_the_others_are_run(string url)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var nested = $$"""{"id":"1","method":"POST","url":"{{url}}","body":{"requests":[{"id":"1","method":"GET","url":"/me"} ] } }""";

        Assert.Equal(["1 400 BadRequest", "2 404 8522"], Responses(await Batch(bot, "v1.0", nested, Get("2", NoCall))).Select(Line));
    }

    /// <summary>The requests, and what the answer says.</summary>
    public static TheoryData<string, string> BadBatches => new()
    {
        { "{}", "'requests' is missing." },
        { """{"requests":[]}""", "'requests' is missing." },
        { """{"requests":{}}""", "'requests' must be an array, not an object." },
        { """{"requests":[null]}""", "'requests[0]' must not be null." },
        { $$"""{"requests":[{{string.Join(',', Enumerable.Range(1, 21).Select(id => Get($"{id}", "/me")))}}]}""", "'requests' has 21: 20 at most can be sent at once." },
        { """{"requests":[{"method":"GET","url":"/me"}]}""", "'requests[0].id' is missing." },
        { """{"requests":[{"id":7,"method":"GET","url":"/me"}]}""", "'requests[0].id' must be a string, not this number." },
        { """{"requests":[{"id":"1","url":"/me"}]}""", "'requests[0].method' is missing." },
        { """{"requests":[{"id":"1","method":"G T","url":"/me"}]}""", "'requests[0].method' must be a method of HTTP, such as GET." },
        { """{"requests":[{"id":"1","method":"GET"}]}""", "'requests[0].url' is missing." },
        { """{"requests":[{"id":"1","method":"GET","url":"https://graph.microsoft.com/v1.0/me"}]}""", "'requests[0].url' must be relative to the version" },
        { """{"requests":[{"id":"1","method":"GET","url":"//host/me"}]}""", "'requests[0].url' must be relative to the version" },
        { """{"requests":[{"id":"1","method":"GET","url":"/me","headers":{"a":1}}]}""", "'requests[0].headers.a' must be a string, not this number." },
        { """{"requests":[{"id":"1","method":"GET","url":"/me","headers":[]}]}""", "'requests[0].headers' must be an object, not an array." },
        { $$"""{"requests":[{{Get("1", "/me")}},{{Get("1", "/me")}}]}""", "'requests[1].id' is that of another request." },
        { $$"""{"requests":[{{Request("1", "GET", "/me", dependsOn: "2")}}]}""", "'requests[0].dependsOn' names an id that no request of the batch has." },
        { $$"""{"requests":[{{Request("1", "GET", "/me", dependsOn: "1")}}]}""", "'requests' depend on each other in a circle." },
        {
            $$"""{"requests":[{{Request("1", "GET", "/me", dependsOn: "2")}},{{Request("2", "GET", "/me", dependsOn: "1")}}]}""",
            "'requests' depend on each other in a circle."
        },
    };

    [Theory]
    [MemberData(nameof(BadBatches))]
    public async Task Nothing_of_a_malformed_batch_is_run(string body, string message)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);

        var answer = await bot.Http.Ask("POST", "/v1.0/$batch", body);

        Assert.Equal("400 8523", answer.Outcome);
        Assert.StartsWith(message, answer.Message, StringComparison.Ordinal);
    }

    private static Task<GraphAnswer> Batch(TestBot bot, string version, params IEnumerable<string> requests) =>
        bot.Http.Ask("POST", $"/{version}/$batch", $$"""{"requests":[{{string.Join(',', requests)}}]}""");

    private static string Get(string id, string url) => $$"""{"id":"{{id}}","method":"GET","url":"{{url}}"}""";

    private static string Request(string id, string method, string url, string? dependsOn = null) => dependsOn is null
        ? $$"""{"id":"{{id}}","method":"{{method}}","url":"{{url}}"}"""
        : $$"""{"id":"{{id}}","method":"{{method}}","url":"{{url}}","dependsOn":["{{dependsOn}}"]}""";

    private static JsonObject[] Responses(GraphAnswer answer)
    {
        Assert.Equal(200, answer.Status);
        return [.. answer.Body["responses"]!.AsArray().Select(one => one!.AsObject())];
    }

    private static string Line(JsonObject response) => $"{response["id"]} {response["status"]} {response["body"]?["error"]?["code"]}";
}
