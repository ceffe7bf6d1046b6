using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Api;

/// <summary>Where the API is, and what is on every answer.</summary>
public sealed class PathTests
{
    public static TheoryData<string> Roots => ["/v1.0/communications/calls", "/beta/communications/calls", "/beta/app/calls"];

    [Theory]
    [MemberData(nameof(Roots))]
    public async Task A_call_lives_at_every_address_of_its_resource(string root)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);

        var created = await bot.Http.Ask("POST", root, bot.CallBody());
        var id = (string)created.Body["id"]!;
        await server.Advance(TimeSpan.FromSeconds(1));
        var read = await bot.Http.Ask("GET", $"{root}/{id}");
        var kept = await bot.Http.Ask("POST", $"{root}/{id}/keepAlive");
        var deleted = await bot.Http.Ask("DELETE", $"{root}/{id}");

        Assert.Equal((201, "establishing"), (created.Status, (string?)created.Body["state"]));
        Assert.Equal($"{server.Address}{root.Split('/')[1]}/communications/calls/{id}", created.Headers.Location!.ToString());
        Assert.Equal((200, "established"), (read.Status, (string?)read.Body["state"]));
        Assert.Equal((200, ""), (kept.Status, kept.Text));
        Assert.Equal((204, ""), (deleted.Status, deleted.Text));
        Assert.Equal("404 8522", (await bot.Http.Ask("GET", $"{root}/{id}")).Outcome);
    }

    [Theory]
    [InlineData("answer")]
    [InlineData("microsoft.graph.answer")]
    [InlineData("Microsoft.Graph.Answer")]
    public async Task An_action_has_a_plain_and_a_qualified_name_in_any_case(string action)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        await server.Phone("cccccccc-0000-4000-8000-000000000001", "dial", new { to = bot.Application });
        var id = (await bot.Next()).CallId;

        var answered = await bot.Http.Ask("POST", $"/v1.0/communications/calls/{id}/{action}", TestBot.AnswerBody);

        Assert.Equal((202, ""), (answered.Status, answered.Text));
    }

    [Fact]
    public async Task The_former_address_says_that_it_is_deprecated_and_where_its_successor_is()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);

        var answer = await bot.Http.Ask("GET", "/beta/app/calls/a%20b");
        var successor = await bot.Http.Ask("GET", "/beta/communications/calls/a%20b");

        Assert.Equal(["true"], answer.Headers.GetValues("Deprecation"));
        Assert.Equal(["</beta/communications/calls/a%20b>; rel=\"successor-version\""], answer.Headers.GetValues("Link"));
        Assert.False(successor.Headers.Contains("Deprecation"));
    }

    [Theory]
    [InlineData("GET", "/v1.0/app/calls/00000000-0000-8000-8000-000000000000", "404 ResourceNotFound")]
    [InlineData("GET", "/v1.0/me", "404 ResourceNotFound")]
    [InlineData("PUT", "/v1.0/communications/calls/00000000-0000-8000-8000-000000000000", "405 BadRequest")]
    [InlineData("GET", "/v1.0/communications/calls/00000000-0000-8000-8000-000000000000/answer", "405 BadRequest")]
    public async Task An_address_that_leads_nowhere_is_a_Graph_error(string method, string path, string outcome)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);

        Assert.Equal(outcome, (await bot.Http.Ask(method, path)).Outcome);
    }

    [Theory]
    [InlineData("00000000-0000-8000-8000-000000000000")]
    [InlineData("00000000-0000-4000-8000-000000000000")]
    [InlineData("none")]
    [InlineData("0")]
    [InlineData("00000000000080008000000000000000")]
    public async Task An_id_that_was_never_given_out_is_no_call_whatever_is_asked_of_it(string id)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = $"/v1.0/communications/calls/{id}";

        Assert.Equal("404 8522", (await bot.Http.Ask("GET", call)).Outcome);
        Assert.Equal("404 8522", (await bot.Http.Ask("DELETE", call)).Outcome);
        Assert.Equal("404 8522", (await bot.Http.Ask("POST", $"{call}/keepAlive")).Outcome);
        Assert.Equal("404 8522", (await bot.Http.Ask("POST", $"{call}/answer", TestBot.AnswerBody)).Outcome);
        Assert.Equal("404 8522", (await bot.Http.Ask("POST", $"{call}/reject", "{}")).Outcome);
        Assert.Equal("404 8522", (await bot.Http.Ask("POST", $"{call}/redirect", TestBot.RedirectBody)).Outcome);
        Assert.Equal("404 8522", (await bot.Http.Ask("POST", $"{call}/transfer", TestBot.TransferBody)).Outcome);
    }

    [Fact]
    public async Task An_id_is_found_in_any_case()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var id = await bot.PlaceEstablished();

        Assert.Equal(204, (await bot.Http.Ask("DELETE", $"/v1.0/communications/calls/{id.ToUpperInvariant()}")).Status);
    }

    [Fact]
    public async Task Every_answer_carries_the_ids_by_which_it_is_found_again()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        bot.Http.DefaultRequestHeaders.Add("client-request-id", "my-request");
        bot.Http.DefaultRequestHeaders.Add("Scenario-Id", "5ce0a210-0000-4000-8000-000000000001");

        var created = await bot.Http.Ask("POST", "/v1.0/communications/calls", bot.CallBody());
        var refused = await server.Http.Ask("GET", "/v1.0/communications/calls/x");
        var missing = await bot.Http.Ask("GET", "/v1.0/communications/calls/x");

        Assert.Equal(["my-request"], created.Headers.GetValues("client-request-id"));
        Assert.Equal(["5ce0a210-0000-4000-8000-000000000001"], created.Headers.GetValues("scenario-id"));
        Assert.All([created, refused, missing], answer => Assert.True(Guid.TryParse(answer.Headers.GetValues("request-id").Single(), out _)));
        Assert.True(Guid.TryParse(refused.Headers.GetValues("client-request-id").Single(), out _));
        Assert.True(Guid.TryParse(refused.Headers.GetValues("scenario-id").Single(), out _));
        Assert.Equal("my-request", (string?)missing.Body["error"]!["innerError"]!["client-request-id"]);
        Assert.Equal(missing.Headers.GetValues("request-id").Single(), (string?)missing.Body["error"]!["innerError"]!["request-id"]);
    }

    [Fact]
    public async Task The_scenario_of_a_call_comes_back_with_its_notifications()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        bot.Http.DefaultRequestHeaders.Add("Scenario-Id", "5ce0a210-0000-4000-8000-000000000001");

        await bot.Place();

        Assert.Equal("5ce0a210-0000-4000-8000-000000000001", (await bot.Next()).Headers["Scenario-Id"].ToString());
    }

    /// <summary>Some clients announce JSON and send none.</summary>
    [Fact]
    public async Task A_keep_alive_needs_no_body_whatever_it_announces()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var id = await bot.PlaceEstablished();

        Assert.Equal(200, (await bot.Http.Ask("POST", $"/v1.0/communications/calls/{id}/keepAlive", "")).Status);
        Assert.Equal(200, (await bot.Http.Ask("POST", $"/v1.0/communications/calls/{id}/keepAlive")).Status);
    }
}
