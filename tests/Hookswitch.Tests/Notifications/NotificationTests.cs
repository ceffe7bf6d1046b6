using System.Text.Json.Nodes;
using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Notifications;

/// <summary>What notifications look like, member for member.</summary>
public sealed class NotificationTests
{
    [Fact]
    public async Task The_end_of_a_call_that_the_bot_deletes_is_told_as_documented()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var id = await Delete(server, bot);

        Same($$"""
            {"@odata.type":"#microsoft.graph.commsNotifications","value":[{"@odata.type":"#microsoft.graph.commsNotification","changeType":"updated",
              "resourceUrl":"/communications/calls/{{id}}","resourceData":{"@odata.type":"#microsoft.graph.call","state":"terminating","id":"{{id}}"} }]}
            """, bot.All[^2].Body);
        Same($$"""
            {"@odata.type":"#microsoft.graph.commsNotifications","value":[{"@odata.type":"#microsoft.graph.commsNotification","changeType":"deleted",
              "resourceUrl":"/communications/calls/{{id}}","resourceData":{"@odata.type":"#microsoft.graph.call","state":"terminated",
                "resultInfo":{"@odata.type":"#microsoft.graph.resultInfo","code":200,"subcode":5001,"message":"The conversation has ended."},"id":"{{id}}"} }]}
            """, bot.All[^1].Body);
    }

    [Fact]
    public async Task Codes_are_quoted_for_an_application_that_wants_them_as_the_page_prints_them()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server, registration: new() { ["quotedCodes"] = true });
        var id = await Delete(server, bot);

        Same($$"""
            {"@odata.type":"#microsoft.graph.commsNotifications","value":[{"@odata.type":"#microsoft.graph.commsNotification","changeType":"deleted",
              "resourceUrl":"/communications/calls/{{id}}","resourceData":{"@odata.type":"#microsoft.graph.call","state":"terminated",
                "resultInfo":{"@odata.type":"#microsoft.graph.resultInfo","code":"200","subcode":"5001","message":"The conversation has ended."},"id":"{{id}}"} }]}
            """, bot.All[^1].Body);
    }

    [Fact]
    public async Task In_the_observed_style_the_end_is_told_as_captures_have_it()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server, registration: new() { ["style"] = "observed" });
        var id = await Delete(server, bot);

        Same($$"""
            {"@odata.type":"#microsoft.graph.commsNotifications","value":[{"@odata.type":"#microsoft.graph.commsNotification","changeType":"deleted",
              "resource":"/app/calls/{{id}}","resourceUrl":"/communications/calls/{{id}}","resourceData":{"@odata.type":"#microsoft.graph.call","state":"terminated",
                "resultInfo":{"@odata.type":"#microsoft.graph.resultInfo","code":200,"subcode":5001,"message":"The conversation has ended. DiagCode: 0#5001.@"},"id":"{{id}}"} }]}
            """, bot.All[^1].Body);
        Assert.Equal(
            ["updated establishing", "updated established", "updated established", "deleted terminated"], bot.All.Select(one => one.Summary));
    }

    [Fact]
    public async Task A_notification_carries_the_headers_that_bots_read()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        await Delete(server, bot);

        Assert.All(bot.All, one =>
        {
            Assert.Equal("application/json; charset=utf-8", one.Headers.ContentType.ToString());
            Assert.True(one.Headers.ContentLength > 0, "Bots read no body that does not say its length.");
            Assert.Equal("application/json", one.Headers.Accept.ToString());
            Assert.Equal("Microsoft-Skype/3.0,(Calling/1.0)", one.Headers.UserAgent.ToString());
            Assert.True(Guid.TryParse(one.Headers["X-Microsoft-Skype-Message-ID"], out _));
            Assert.Equal("1", one.Headers["X-Hookswitch-Attempt"].ToString());
        });
        Assert.Single(bot.All.Select(one => one.Headers["X-Microsoft-Skype-Chain-ID"].ToString()).Distinct());
        Assert.Distinct(bot.All.Select(one => one.Headers["X-Microsoft-Skype-Message-ID"].ToString()));
    }

    private static async Task<string> Delete(TestServer server, TestBot bot)
    {
        var id = await bot.PlaceEstablished();
        await bot.Http.Ask("DELETE", $"/v1.0/communications/calls/{id}");
        await server.Settle();
        return id;
    }

    private static void Same(string expected, JsonObject actual) =>
        Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), actual.ToJsonString());
}
