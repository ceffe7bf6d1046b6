using Hookswitch.Tests.Harness;
using Hookswitch.Tests.Identity;
using Microsoft.Graph.Models;

namespace Hookswitch.Tests.Api;

/// <summary>Meetings that bots create and look up, mostly through the official SDK.</summary>
public sealed class OnlineMeetingsTests
{
    private const string Olga = "cccccccc-0000-4000-8000-000000000001";
    private const string Other = "cccccccc-0000-4000-8000-000000000002";

    [Fact]
    public async Task A_meeting_that_is_created_for_a_user_is_found_by_its_id_its_link_and_its_number()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        await server.Put($"/control/users/{Olga}", new { displayName = "Olga", tenantId = TestBot.Tenant });
        var meetings = bot.Graph.Users[Olga].OnlineMeetings;

        var created = (await meetings.PostAsync(new OnlineMeeting
        {
            Subject = "Weekly",
            StartDateTime = TestServer.Noon.AddHours(1),
            EndDateTime = TestServer.Noon.AddHours(2),
            LobbyBypassSettings = new() { Scope = LobbyBypassScope.Organization },
            JoinMeetingIdSettings = new() { IsPasscodeRequired = true },
        }))!;
        var byId = await meetings[created.Id].GetAsync();
        var byLink = await meetings.GetAsync(request => request.QueryParameters.Filter = $"JoinWebUrl eq '{created.JoinWebUrl}'");
        var byEncodedLink = await meetings.GetAsync(request => request.QueryParameters.Filter = $"JoinWebUrl eq '{Uri.EscapeDataString(created.JoinWebUrl!)}'");
        var byNumber = await meetings.GetAsync(
            request => request.QueryParameters.Filter = $"joinMeetingIdSettings/joinMeetingId eq '{created.JoinMeetingIdSettings!.JoinMeetingId}'");

        Assert.Equal(("Weekly", TestServer.Noon.AddHours(1), TestServer.Noon.AddHours(2)), (created.Subject, created.StartDateTime, created.EndDateTime));
        Assert.Equal((LobbyBypassScope.Organization, true), (created.LobbyBypassSettings!.Scope, created.JoinMeetingIdSettings!.IsPasscodeRequired));
        Assert.Matches("^[A-Za-z2-9]{6}$", created.JoinMeetingIdSettings.Passcode);
        Assert.Equal((Olga, "Olga"), (created.Participants!.Organizer!.Identity!.User!.Id, created.Participants.Organizer.Identity.User.DisplayName));
        Assert.Matches("^19:meeting_.*@thread.v2$", created.ChatInfo!.ThreadId);
        Assert.Contains(Uri.EscapeDataString(created.ChatInfo.ThreadId!), created.JoinWebUrl, StringComparison.Ordinal);
        Assert.All([byId, .. byLink!.Value!, .. byEncodedLink!.Value!, .. byNumber!.Value!], found => Assert.Equal(
            (created.Id, created.JoinWebUrl, created.StartDateTime), (found!.Id, found.JoinWebUrl, found.StartDateTime)));
        Assert.Equal((1, 1, 1), (byLink.Value!.Count, byEncodedLink.Value!.Count, byNumber.Value!.Count));
    }

    [Theory]
    [InlineData("v1.0")]
    [InlineData("beta")]
    public async Task A_meeting_that_is_created_without_a_user_in_the_path_names_its_organizer(string version)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var path = $"/{version}/communications/onlineMeetings";

        var created = await bot.Http.Ask("POST", path, $$$"""{"participants":{"organizer":{"identity":{"user":{"id":"{{{Olga}}}"} } } } }""");
        var missing = await bot.Http.Ask("POST", path, "{}");
        var read = await bot.Http.Ask("GET", $"{path}/{created.Body["id"]}");
        var entry = await server.Http.Ask("GET", $"/control/meetings/{created.Body["id"]}");

        Assert.Equal((201, created.Text), (created.Status, read.Text));
        Assert.Equal(("2026-01-01T12:00:00Z", "2026-01-01T13:00:00Z"), ((string?)created.Body["startDateTime"], (string?)created.Body["endDateTime"]));
        Assert.Equal($"{server.Address}{version}/$metadata#communications/onlineMeetings/$entity", (string?)created.Body["@odata.context"]);
        Assert.Equal((Olga, TestBot.Tenant), ((string?)entry.Body["organizer"], (string?)entry.Body["tenantId"]));
        Assert.Equal("'participants.organizer.identity.user.id' is missing: it says whose meeting it is.", missing.Message);
    }

    [Fact]
    public async Task A_user_has_the_meetings_to_which_they_belong_and_a_tenant_has_its_own()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        await server.Put("/control/meetings/ours", new { tenantId = TestBot.Tenant, organizer = Olga, joinMeetingId = "111111" });
        await server.Put("/control/meetings/theirs", new { organizer = Olga, joinMeetingId = "222222" });
        await server.Put("/control/meetings/group", new { tenantId = TestBot.Tenant, organizer = Olga, kind = "groupCall" });

        Assert.Equal("200", await Ask($"users/{Olga}/onlineMeetings/ours"));
        Assert.Equal("404 NotFound", await Ask($"users/{Other}/onlineMeetings/ours"));
        Assert.Equal("200", await Ask("communications/onlineMeetings/ours"));
        Assert.Equal("404 NotFound", await Ask("communications/onlineMeetings/theirs"));
        Assert.Equal("404 NotFound", await Ask("communications/onlineMeetings/group"));
        Assert.Equal("404 NotFound", await Ask("communications/onlineMeetings/none"));
        Assert.Equal(1, await Count("communications", "111 111"));
        Assert.Equal(0, await Count("communications", "222222"));
        Assert.Equal(0, await Count($"users/{Other}", "111111"));

        async Task<string> Ask(string path) => (await bot.Http.Ask("GET", $"/v1.0/{path}")).Outcome;

        async Task<int> Count(string owner, string number) =>
            (await bot.Http.Ask("GET", $"/v1.0/{owner}/onlineMeetings?$filter=joinMeetingIdSettings/joinMeetingId eq '{number}'")).Body["value"]!.AsArray().Count;
    }

    [Theory]
    [InlineData("")]
    [InlineData("?$filter=subject eq 'x'")]
    [InlineData("?$filter=JoinWebUrl ne 'x'")]
    [InlineData("?$filter=JoinWebUrl eq 'x' or 1 eq 1")]
    [InlineData("?$filter=VideoTeleconferenceId eq '123456789'")]
    public async Task Another_filter_is_refused_and_says_which_there_are(string query)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);

        var answer = await bot.Http.Ask("GET", $"/v1.0/communications/onlineMeetings/{query}");

        Assert.Equal(
            ("400 BadRequest", "Meetings are found by $filter alone. There are: joinWebUrl eq '…' and joinMeetingIdSettings/joinMeetingId eq '…'."),
            (answer.Outcome, answer.Message));
    }

    [Theory]
    [InlineData("""{"startDateTime":"2026-01-01T12:00:00Z","endDateTime":"2026-01-01T11:00:00Z"}""", "'endDateTime' is before 'startDateTime'.")]
    [InlineData("""{"startDateTime":"soon"}""", "'startDateTime' must be a date and time such as 2026-01-31T08:00:00Z, not this string.")]
    [InlineData("""{"subject":"a\u0007b"}""", "'subject' must not contain control characters.")]
    [InlineData("""{"lobbyBypassSettings":{"scope":"unknownFutureValue"}}""", "'lobbyBypassSettings.scope' must be one of ")]
    [InlineData("""{"participants":{"attendees":[{"role":"coorganizer"}]}}""", "'participants.attendees' is missing.")]
    public async Task A_meeting_that_makes_no_sense_is_refused_by_its_member(string body, string message)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);

        var answer = await bot.Http.Ask("POST", $"/v1.0/users/{Olga}/onlineMeetings", body);

        Assert.Equal("400 8523", answer.Outcome);
        Assert.StartsWith(message, answer.Message, StringComparison.Ordinal);
        Assert.Equal("[]", await server.Http.GetStringAsync("/control/meetings"));
    }

    [Fact]
    public async Task A_co_organizer_is_named_when_a_meeting_is_created()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);

        var created = (await bot.Graph.Users[Olga].OnlineMeetings.PostAsync(new OnlineMeeting
        {
            Participants = new() { Attendees = [new() { Role = OnlineMeetingRole.Coorganizer, Identity = new() { User = new() { Id = Other } } }] },
        }))!;

        var invited = Assert.Single(created.Participants!.Attendees!);
        Assert.Equal((Other, OnlineMeetingRole.Coorganizer), (invited.Identity!.User!.Id, invited.Role));
        Assert.Equal(created.Id, (await bot.Graph.Users[Other].OnlineMeetings[created.Id].GetAsync())!.Id);
    }

    [Theory]
    [InlineData("GET", "/v1.0/communications/onlineMeetings/x")]
    [InlineData("GET", "/v1.0/communications/onlineMeetings?$filter=x")]
    [InlineData("POST", $"/v1.0/users/{Olga}/onlineMeetings")]
    public async Task A_token_that_speaks_for_a_user_is_refused(string method, string path)
    {
        await using var server = await TestServer.Start();
        var token = new TokenForge(server).Token(token => token.Claims["scp"] = "OnlineMeetings.ReadWrite");

        Assert.Equal("403 7500", (await server.Http.Ask(method, path, method == "POST" ? "{}" : null, token)).Outcome);
    }
}
