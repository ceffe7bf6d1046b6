using System.Text.Json.Nodes;
using Hookswitch.Calling;
using Hookswitch.Notifications;
using Hookswitch.Phones;
using Hookswitch.Storage;
using Hookswitch.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Directory = Hookswitch.Phones.Directory;

namespace Hookswitch.Tests.Control;

/// <summary>Which meetings there are, and how they are found.</summary>
public sealed class MeetingDirectoryTests
{
    private const string Meeting = "/control/meetings/weekly";

    private const string Everything = """
        {"subject":"Weekly","threadId":"19:weekly@thread.skype","messageId":"1770","replyChainMessageId":"17","organizer":"olga","coOrganizers":["carl"],
         "start":"2026-01-31T08:00:00Z","end":"2026-01-31T10:00:00+01:00","joinMeetingId":"234 567 890 123","passcode":"s3cret",
         "lobby":"organizationAndFederated","allowConversationWithoutHost":false,"lobbyTime":"PT5M","aloneTime":"PT1M","joinTime":"PT2M","endsAfter":"PT1H",
         "attendees":[{"user":"olga"},{"user":"carl","hidden":true},{"guest":"Gina","role":"presenter","phone":{"script":[{"do":"hangUp","after":"PT3S"}]}}],
         "rooms":[{"name":"Red","threadId":"19:red@thread.v2","duration":"PT10M"},{"name":"Blue"}]}
        """;

    [Fact]
    public async Task A_meeting_is_put_read_listed_and_deleted_and_what_is_left_out_is_the_same_each_time()
    {
        await using var server = await TestServer.Start();

        var put = await server.Http.Ask("PUT", Meeting, "{}");
        var again = await server.Http.Ask("PUT", Meeting, "{}");
        var shown = await server.Http.Ask("GET", Meeting);

        Assert.Equal((200, put.Text, put.Text), (put.Status, again.Text, shown.Text));
        Assert.Matches("^19:meeting_[A-Za-z0-9_-]{43}@thread.v2$", (string)put.Body["threadId"]!);
        Assert.Matches("^[1-9][0-9]{11}$", (string)put.Body["joinMeetingId"]!);
        Assert.Equal(("0", "meeting", "everyone"), ((string?)put.Body["messageId"], (string?)put.Body["kind"], (string?)put.Body["lobby"]));
        Assert.Equal((Directory.DevelopmentTenant, true, false), ((string?)put.Body["tenantId"], (bool)put.Body["allowConversationWithoutHost"]!, (bool)put.Body["cancelled"]!));
        Assert.Single(JsonNode.Parse(await server.Http.GetStringAsync("/control/meetings"))!.AsArray());
        Assert.Equal((204, 404), ((await server.Http.Ask("DELETE", Meeting)).Status, (await server.Http.Ask("GET", Meeting)).Status));
        Assert.Equal("[]", await server.Http.GetStringAsync("/control/meetings"));
    }

    [Fact]
    public async Task A_meeting_that_is_shown_can_be_put_again_and_is_the_same()
    {
        await using var server = await TestServer.Start();

        var put = await server.Http.Ask("PUT", Meeting, Everything);
        var again = await server.Http.Ask("PUT", Meeting, put.Text);

        Assert.Equal((200, put.Text), (again.Status, again.Text));
        Assert.Equal(("234567890123", "2026-01-31T08:00:00+00:00"), ((string?)put.Body["joinMeetingId"], (string?)put.Body["start"]));
        Assert.Equal(["organizer", "coOrganizer", "presenter"], put.Body["attendees"]!.AsArray().Select(one => (string?)one!["role"]));
        Assert.Equal([], put.Body["attendees"]![0]!["phone"]!["script"]!.AsArray());
    }

    [Fact]
    public async Task The_link_of_a_meeting_says_where_it_is()
    {
        await using var server = await TestServer.Start();

        var put = await server.Http.Ask("PUT", Meeting, Everything);

        Assert.Equal(
            "https://teams.microsoft.com/l/meetup-join/19:weekly@thread.skype/1770"
            + """?context={"Tid":"d0000000-0000-4000-8000-000000000001","Oid":"olga","MessageId":"17"}""",
            Uri.UnescapeDataString((string)put.Body["joinUrl"]!));
        Assert.True(Uri.IsWellFormedUriString((string)put.Body["joinUrl"]!, UriKind.Absolute));
    }

    [Fact]
    public async Task A_meeting_is_found_by_its_place_by_that_of_a_room_and_by_what_people_type()
    {
        await using var server = await TestServer.Start();
        await server.Http.Ask("PUT", Meeting, Everything);
        var directory = server.Services.GetRequiredService<Directory>();

        var (meeting, none) = directory.FindMeetingByThread(Directory.DevelopmentTenant.ToUpperInvariant(), "19:weekly@thread.skype", "1770")!.Value;
        var (same, room) = directory.FindMeetingByThread(Directory.DevelopmentTenant, "19:red@thread.v2", "0")!.Value;

        Assert.Equal(("weekly", null, "weekly", "Red"), (meeting.Id, none, same.Id, room!.Name));
        Assert.Equal("weekly", directory.FindMeetingByJoinId("23 45 67 89 01 23")?.Id);
        Assert.Null(directory.FindMeetingByThread(Directory.DevelopmentTenant, "19:weekly@thread.skype", "0"));
        Assert.Null(directory.FindMeetingByThread("another", "19:weekly@thread.skype", "1770"));

        await server.Http.Ask("PUT", Meeting, """{"threadId":"19:moved@thread.v2"}""");
        Assert.Null(directory.FindMeetingByThread(Directory.DevelopmentTenant, "19:red@thread.v2", "0"));
        Assert.Null(directory.FindMeetingByJoinId("234567890123"));
        Assert.NotNull(directory.FindMeetingByThread(Directory.DevelopmentTenant, "19:moved@thread.v2", "0"));
    }

    [Fact]
    public async Task What_is_agreed_of_a_meeting_and_of_its_rooms_names_people_as_they_are_registered_now()
    {
        await using var server = await TestServer.Start();
        await server.Http.Ask("PUT", Meeting, Everything);
        await server.Http.Ask("PUT", "/control/users/olga", """{"displayName":"Olga"}""");

        var meeting = server.Services.GetRequiredService<Directory>().FindMeeting("weekly")!;
        var (terms, room) = (meeting.Terms(Guid.Empty), meeting.Terms(meeting.Rooms[0], Guid.Empty));

        Assert.Equal(new MeetingThread(Directory.DevelopmentTenant, "19:weekly@thread.skype", "1770"), terms.Thread);
        Assert.Equal(("Olga", true, TimeSpan.FromHours(1)), (terms.Organizer!.DisplayName, terms.RequiresHost, terms.EndsAfter));
        Assert.Equal((LobbyBypass.OrganizationAndFederated, ConversationKind.Meeting), (terms.Lobby, terms.Kind));
        Assert.Equal((ConversationKind.BreakoutRoom, "19:red@thread.v2", "0"), (room.Kind, room.Thread.Thread, room.Thread.Message));
        Assert.Equal((TimeSpan.FromMinutes(10), "Red"), (room.EndsAfter, room.Subject));
        Assert.Equal(["Olga", null, "Gina"], meeting.Attendees.Select(one => one.Identity.DisplayName));
        Assert.Equal(Directory.DevelopmentTenant, meeting.Attendees[1].Identity.Tenant);
    }

    [Theory]
    [InlineData("""{"kind":"peerToPeer"}""", "'kind' must be one of groupCall, meeting.")]
    [InlineData("""{"lobby":"nobody"}""", "'lobby' must be one of everyone, invited, organization, organizationAndFederated, organizationExcludingGuests, organizer.")]
    [InlineData("""{"start":"tomorrow"}""", "'start' must be an instant of ISO 8601, such as 2026-01-31T08:00:00Z.")]
    [InlineData("""{"start":"2026-01-31T08:00:00Z","end":"2026-01-31T08:00:00+01:00"}""", "'end' is before 'start'.")]
    [InlineData("""{"joinMeetingId":"12 34 5"}""", "'joinMeetingId' must have 6 to 20 digits.")]
    [InlineData("""{"joinMeetingId":"12345x"}""", "'joinMeetingId' must have 6 to 20 digits.")]
    [InlineData("""{"passcode":""}""", "'passcode' must not be empty.")]
    [InlineData("""{"organizer":{"id":"olga"}}""", "The body cannot be read: 'organizer' is a value of the wrong kind.")]
    [InlineData("""{"lobbyTime":"PT0S"}""", "'lobbyTime' must be longer than nothing, and P7D at most.")]
    [InlineData("""{"endsAfter":"soon"}""", "'endsAfter' must be an ISO 8601 duration, such as PT30M.")]
    [InlineData("""{"endsWithInitiator":true}""", "'endsWithInitiator' needs the kind groupCall.")]
    [InlineData("""{"kind":"groupCall","rooms":[{"name":"Red"}]}""", "'rooms' needs the kind meeting.")]
    [InlineData("""{"coOrganizers":[null]}""", "'coOrganizers[0]' is missing.")]
    [InlineData("""{"attendees":[null]}""", "'attendees[0]' must have a 'user' or a 'guest'.")]
    [InlineData("""{"attendees":[{"user":"a","guest":"b"}]}""", "'attendees[0]' must have a 'user' or a 'guest'.")]
    [InlineData("""{"attendees":[{"user":"a"},{"user":"A"}]}""", "'attendees[1]' is 'A' once more.")]
    [InlineData("""{"attendees":[{"user":"a","role":"organizer"}]}""", "'attendees[0].role' is another than 'organizer' and 'coOrganizers' say.")]
    [InlineData("""{"organizer":"a","attendees":[{"user":"a","role":"presenter"}]}""", "'attendees[0].role' is another than 'organizer' and 'coOrganizers' say.")]
    [InlineData("""{"attendees":[{"user":"a","phone":{"script":[{"do":"sing"}]}}]}""", "'attendees[0].phone.script[0].do' must be one of ")]
    [InlineData("""{"rooms":[{}]}""", "'rooms[0].name' is missing.")]
    [InlineData("""{"rooms":[{"name":"Red"},{"name":"red"}]}""", "'rooms[1].name' is that of another room.")]
    [InlineData("""{"rooms":[{"name":"Red","threadId":"19:x"},{"name":"Blue","threadId":"19:x"}]}""", "'rooms[1].threadId' is that of another room, or of the meeting itself.")]
    public async Task A_meeting_that_makes_no_sense_is_refused_by_its_member_and_changes_nothing(string body, string detail)
    {
        await using var server = await TestServer.Start();

        var answer = await server.Http.Ask("PUT", Meeting, body);

        Assert.Equal(400, answer.Status);
        Assert.StartsWith(detail, (string)answer.Body["detail"]!, StringComparison.Ordinal);
        Assert.Equal(404, (await server.Http.Ask("GET", Meeting)).Status);
    }

    [Theory]
    [InlineData("""{"threadId":"19:weekly@thread.skype","messageId":"1770"}""", "'threadId' and 'messageId' are those of the meeting 'weekly'.")]
    [InlineData("""{"threadId":"19:red@thread.v2"}""", "'threadId' and 'messageId' are those of the meeting 'weekly'.")]
    [InlineData("""{"rooms":[{"name":"A"},{"name":"B","threadId":"19:red@thread.v2"}]}""", "'rooms[1].threadId' is that of the meeting 'weekly'.")]
    [InlineData("""{"joinMeetingId":"2345 6789 0123"}""", "'joinMeetingId' is that of the meeting 'weekly'.")]
    [InlineData("""{"threadId":"19:weekly@thread.skype","messageId":"1771"}""", null)]
    [InlineData("""{"threadId":"19:weekly@thread.skype","messageId":"1770","tenantId":"another"}""", null)]
    public async Task No_two_meetings_are_at_one_place_or_have_one_number(string body, string? detail)
    {
        await using var server = await TestServer.Start();
        await server.Http.Ask("PUT", Meeting, Everything);

        var answer = await server.Http.Ask("PUT", "/control/meetings/another", body);

        Assert.Equal((detail is null ? 200 : 400, detail), (answer.Status, (string?)answer.Body["detail"]));
    }

    [Fact]
    public void Meetings_begin_with_the_file_and_changes_outlive_a_restart_also_when_meetings_changed_places()
    {
        using var folder = new TestFolder();
        var file = Path.Combine(folder.Path, "people.json");
        File.WriteAllText(file, """{"meetings":[{"id":"a","threadId":"19:a"},{"id":"b","threadId":"19:b"},{"id":"c","threadId":"19:c"}]}""");

        Open(directory =>
        {
            directory.Put(At("a", "19:x"));
            directory.Put(At("b", "19:a"));
            directory.Put(At("a", "19:b"));
            directory.RemoveMeeting("c");
            directory.Put(At("d", "19:c"));
        });

        Open(directory =>
        {
            Assert.Equal(["a 19:b", "b 19:a", "d 19:c"], directory.Meetings.Select(one => $"{one.Id} {one.ThreadId}"));
            directory.Reset();
            Assert.Equal("c", directory.FindMeetingByThread(Directory.DevelopmentTenant, "19:c", "0")?.Meeting.Id);
        });

        void Open(Action<Directory> use)
        {
            using var data = DataFolder.Open(folder.Path);
            use(Directory.Open(data, file, Mode.Development, AddressGuard.Development));
        }

        static Meeting At(string id, string thread) => MeetingReading.Meeting(new MeetingEntry { Id = id, ThreadId = thread }, Directory.DevelopmentTenant);
    }

    [Fact]
    public void Two_meetings_of_the_file_at_one_place_stop_the_start_and_name_it()
    {
        using var folder = new TestFolder();
        using var data = DataFolder.Open(folder.Path);
        var file = Path.Combine(folder.Path, "people.json");
        File.WriteAllText(file, "{\"meetings\":[{\"id\":\"a\",\"threadId\":\"19:a\"},\n{\"id\":\"b\",\"threadId\":\"19:a\"}]}");

        Assert.Equal(
            $"The directory file {file} is wrong at line 2, in meetings[1]: 'threadId' and 'messageId' are those of the meeting 'a'.",
            Assert.Throws<UsageException>(() => Directory.Open(data, file, Mode.Development, AddressGuard.Development)).Message);
    }
}
