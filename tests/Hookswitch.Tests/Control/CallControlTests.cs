using System.Text.Json.Nodes;
using Hookswitch.Tests.Harness;
using Microsoft.AspNetCore.Http;

namespace Hookswitch.Tests.Control;

/// <summary>What a developer sees of calls, and what drives phones and the clock.</summary>
public sealed class CallControlTests
{
    private const string User = "cccccccc-0000-4000-8000-000000000001";

    [Fact]
    public async Task A_call_tells_what_was_asked_what_happened_what_was_told_and_why_it_ended()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var refused = false;
        bot.Answer = (_, one) => Task.FromResult(Results.StatusCode(one.State == "established" && !refused && (refused = true) ? 500 : 202));
        var id = await bot.PlaceEstablished();
        await server.Advance(TimeSpan.FromSeconds(2));
        await bot.Http.Ask("DELETE", $"/v1.0/communications/calls/{id}");
        await server.Settle();
        await bot.Http.Ask("DELETE", $"/v1.0/communications/calls/{id}");

        var call = JsonNode.Parse(await server.Http.GetStringAsync($"/control/calls/{id}"))!;

        Assert.Equal(
            ["POST /v1.0/communications/calls 201", $"DELETE /v1.0/communications/calls/{id} 204", $"DELETE /v1.0/communications/calls/{id} 404"],
            call["requests"]!.AsArray().Select(one => $"{one!["method"]} {one["path"]} {one["status"]}"));
        Assert.Equal(
            ["conversationStarted", "legAdded", "legAdded", "deadlineSet", "deadlineSet", "deadlineSet"],
            call["events"]!.AsArray().Take(6).Select(one => (string?)one!["type"]));
        Assert.Equal(
            ["updated establishing 1 202 delivered", "updated established 1 500 retry", "updated established 2 202 delivered",
             "updated established 1 202 delivered", "updated terminating 1 202 delivered", "deleted terminated 1 202 delivered"],
            call["deliveries"]!.AsArray().Select(one => $"{one!["summary"]} {one["attempt"]} {one["answer"]} {one["verdict"]}"));
        Assert.Equal(("terminated", 5001), ((string?)call["state"], (int)call["reason"]!["subcode"]!));
        Assert.StartsWith("The conversation itself was ended: the bot hung up", (string)call["reason"]!["cause"]!, StringComparison.Ordinal);
        Assert.Equal(TestServer.Noon, (DateTimeOffset)call["startedAt"]!);
        Assert.NotNull(call["endedAt"]);
    }

    [Fact]
    public async Task The_list_has_each_bots_call_and_the_page_of_another_id_is_not_there()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var first = await bot.PlaceEstablished();
        var second = await bot.PlaceEstablished();

        var list = JsonNode.Parse(await server.Http.GetStringAsync("/control/calls"))!.AsArray();

        Assert.Equal([second, first], list.Select(one => (string?)one!["id"]));
        Assert.Equal(404, (await server.Http.Ask("GET", "/control/calls/none")).Status);
        Assert.Equal(404, (await server.Http.Ask("GET", $"/control/calls/{Guid.NewGuid()}")).Status);
    }

    /// <summary>Ids that others try leave no trace, and push out nothing.</summary>
    [Fact]
    public async Task What_another_application_tries_does_not_stand_on_the_page_of_a_call()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        await using var other = await TestBot.Start(server, "bbbbbbbb-0000-4000-8000-000000000002");
        var id = await bot.PlaceEstablished();

        await other.Http.Ask("DELETE", $"/v1.0/communications/calls/{id}");

        Assert.Single(JsonNode.Parse(await server.Http.GetStringAsync($"/control/calls/{id}"))!["requests"]!.AsArray());
    }

    [Fact]
    public async Task A_phone_does_only_what_the_state_of_its_call_allows()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);

        Assert.Equal($"'{User}' has no call now.", await Problem(await server.Phone(User, "hangUp"), 409));
        await bot.PlaceEstablished();
        Assert.Equal($"No phone of '{User}' is in a state in which it can answer.", await Problem(await server.Phone(User, "answer"), 409));
        Assert.Equal(204, (int)(await server.Phone(User, "hangUp")).StatusCode);
        Assert.Equal(409, (int)(await server.Phone(User, "hangUp")).StatusCode);
    }

    [Theory]
    [InlineData(User, "{}", 400, "'to' is missing: name an application.")]
    [InlineData(User, """{"to":"unknown"}""", 409, "No application takes calls at 'unknown': register one with PUT /control/applications/unknown and its callbackUri.")]
    [InlineData("+14255550123", """{"to":"bbbbbbbb-0000-4000-8000-000000000001"}""", 404, "No number '+14255550123' is registered.")]
    [InlineData(User, """{"to":"bbbbbbbb-0000-4000-8000-000000000001","script":[{"do":"sing"}]}""", 400, "'script[0].do' must be one of acknowledge, admit, answer, busy, decline, demote, deny, endForEveryone, hangUp, hold, loseMedia, mute, press, promote, refuse, remove, resume, ring, speak, startMedia, unmute, vanish.")]
    public async Task A_phone_that_cannot_dial_that_says_why(string phone, string body, int status, string detail)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);

        var answer = await server.Http.Ask("POST", $"/control/phones/{Uri.EscapeDataString(phone)}/dial", body);

        Assert.Equal(status, answer.Status);
        Assert.StartsWith(detail, (string)answer.Body["detail"]!, StringComparison.Ordinal);
        Assert.Empty(bot.All);
    }

    [Fact]
    public async Task A_number_that_dials_a_bot_and_hangs_up_ends_the_call_as_the_telephone_network_does()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        await server.Put("/control/numbers/+14255550123", new { });
        await server.Phone("+14255550123", "dial", new { to = bot.Application, script = new[] { new { @do = "hangUp", after = "PT3S" } } });
        var id = (await bot.Next()).CallId;

        await bot.Http.Ask("POST", $"/v1.0/communications/calls/{id}/answer", TestBot.AnswerBody);
        await server.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal("200/540000", bot.All[^1].Reason);
    }

    [Fact]
    public async Task The_clock_is_moved_forward_and_by_durations_alone()
    {
        await using var server = await TestServer.Start();

        var moved = await server.Http.Ask("POST", "/control/clock/advance", """{"by":"PT45M"}""");

        Assert.Equal((200, TestServer.Noon.AddMinutes(45)), (moved.Status, (DateTimeOffset)moved.Body["now"]!));
        Assert.Equal("'by' is missing.", await Detail(server, "{}"));
        Assert.Equal("'by' must be an ISO 8601 duration, such as PT45M.", await Detail(server, """{"by":"later"}"""));
        Assert.Equal("'by' must be between PT0S and P366D: the clock only goes forward.", await Detail(server, """{"by":"-PT1S"}"""));

        static async Task<string?> Detail(TestServer server, string body) =>
            (string?)(await server.Http.Ask("POST", "/control/clock/advance", body)).Body["detail"];
    }

    [Fact]
    public async Task The_systems_clock_cannot_be_moved()
    {
        await using var server = await TestServer.Start(options => options with { Clock = Time.ClockKind.System });

        Assert.Equal(409, (await server.Http.Ask("POST", "/control/clock/advance", """{"by":"PT1S"}""")).Status);
    }

    [Fact]
    public async Task After_a_reset_nothing_of_before_is_there_and_nothing_of_before_happens()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var id = await bot.PlaceEstablished();
        var told = bot.All.Count;

        Assert.Equal(204, (await server.Http.Ask("POST", "/control/reset")).Status);
        await server.Advance(TimeSpan.FromHours(1));

        Assert.Equal("404 8522", (await bot.Http.Ask("DELETE", $"/v1.0/communications/calls/{id}")).Outcome);
        Assert.Equal("[]", await server.Http.GetStringAsync("/control/calls"));
        Assert.Equal("[]", await server.Http.GetStringAsync("/control/applications"));
        Assert.Equal(told, bot.All.Count);
    }

    [Fact]
    public async Task The_server_says_that_it_lives_and_that_it_is_well()
    {
        await using var server = await TestServer.Start();

        Assert.Equal("""{"status":"alive"}""", await server.Http.GetStringAsync("/alive"));
        Assert.Equal("""{"status":"healthy"}""", await server.Http.GetStringAsync("/health"));
    }

    private static async Task<string?> Problem(HttpResponseMessage response, int status)
    {
        Assert.Equal(status, (int)response.StatusCode);
        return (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["detail"];
    }
}
