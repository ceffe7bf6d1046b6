using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Groups;

/// <summary>Breakout rooms: people go there and come back, bots of a room hear that it is over.</summary>
public sealed class RoomTests
{
    private const string Rooms = """{"rooms":[{"name":"Red","threadId":"19:red@thread.v2","duration":"PT10M"},{"name":"Blue","threadId":"19:blue@thread.v2"}]}""";

    [Fact]
    public async Task A_rooms_time_is_over_its_bot_hears_it_and_its_people_are_back()
    {
        await using var server = await People.Server();
        await using var main = await server.Bot("Main");
        await using var inRoom = await server.Bot("In the room", People.SecondApplication);
        var call = await main.Join(await server.Meeting(members: Rooms));
        await server.Join("weekly", People.Ada, People.Ben, People.Cem);

        await Open(server, "red", People.Ada, People.Ben);
        Assert.Equal("Main, Cem", await server.Members(call));
        Assert.Equal("[Main, Cem]", main.All[^1].Participants.Names());
        var room = await inRoom.Join("19:red@thread.v2");
        await server.Settle();
        Assert.Equal("Ada, Ben, In the room", await Together(server, room));
        Assert.Equal(3, inRoom.All[^1].Participants.Count);

        await server.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        Assert.Equal("updated participants", inRoom.All[^1].Summary);
        await server.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(("deleted terminated", "200/5030"), (inRoom.All[^1].Summary, inRoom.All[^1].Reason));
        Assert.Equal(("over", "Ada, Ben, Cem, Main"), (await server.Members(room), await Together(server, call)));
        Assert.Equal(4, main.All[^1].Participants.Count);
        Assert.Equal("404 8522", (await inRoom.Http.Ask("GET", People.Path(room))).Outcome);
    }

    [Fact]
    public async Task A_room_is_closed_by_hand()
    {
        await using var server = await People.Server();
        await using var main = await server.Bot("Main");
        await using var inRoom = await server.Bot("In the room", People.SecondApplication);
        var call = await main.Join(await server.Meeting(members: Rooms));
        await server.Join("weekly", People.Ada, People.Ben);
        await Open(server, "Blue");
        await inRoom.Join("19:blue@thread.v2");
        await server.Settle();

        Assert.Equal(204, (await server.Http.Ask("POST", "/control/meetings/weekly/rooms/blue/close")).Status);
        await server.Settle();

        Assert.Equal(("deleted terminated", "200/4097"), (inRoom.All[^1].Summary, inRoom.All[^1].Reason));
        Assert.Equal("Ada, Ben, Main", await Together(server, call));
    }

    [Fact]
    public async Task Who_leaves_a_room_leaves_the_meeting_and_who_is_called_from_there_comes_to_the_room()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var call = await bot.Join(await server.Meeting(members: Rooms));
        await server.Join("weekly", People.Ada, People.Ben, People.Olga);
        await Open(server, "red", People.Ada, People.Ben);
        var room = await bot.Join("19:red@thread.v2");
        await bot.Invite(room, People.Cem.Target);
        await server.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("Ada, Ben, Bot, Cem", await Together(server, room));

        await server.Does(People.Ada, "hangUp");
        await server.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal("Ben, Bot, Cem, Olga", await Together(server, call));
    }

    [Fact]
    public async Task Everyone_is_in_rooms_and_the_meeting_is_still_there_when_they_come_back()
    {
        await using var server = await People.Server();
        await server.Meeting(members: Rooms);
        await server.Join("weekly", People.Ada, People.Ben);

        await Open(server, "red");
        await server.Advance(TimeSpan.FromMinutes(10));

        await using var bot = await server.Bot();
        var call = await bot.Join((string)(await server.Http.Ask("GET", "/control/meetings/weekly")).Body["threadId"]!);
        Assert.Equal("Ada, Ben, Bot", await Together(server, call));
    }

    /// <summary>The process is killed as soon as the room was asked for, and again in the middle of it. Nobody is lost on the way.</summary>
    [Fact]
    public async Task Crashes_between_the_opening_and_the_closing_of_a_room_lose_nobody()
    {
        using var folder = new TestFolder();
        await using var bot = await Webhook.Start();
        await using (var server = await ServerProcess.Start(folder))
        {
            await server.Http.Ask("PUT", "/control/meetings/weekly", """
                {"threadId":"19:weekly@thread.v2","rooms":[{"name":"Red","duration":"PT2S"}],"attendees":[{"user":"ada"},{"user":"ben"}]}
                """);
            Assert.Equal(201, (await server.AskAsBot("POST", "/v1.0/communications/calls", $$$"""
                {"callbackUri":"{{{bot.Callback}}}","mediaConfig":{"@odata.type":"#microsoft.graph.serviceHostedMediaConfig"},
                 "chatInfo":{"threadId":"19:weekly@thread.v2"},
                 "meetingInfo":{"@odata.type":"#microsoft.graph.organizerMeetingInfo","organizer":{"user":{"id":"olga"} } } }
                """)).Status);
            await UntilThereAre(3, bot);
            Assert.Equal(204, (await server.Http.Ask("POST", "/control/meetings/weekly/rooms/red/open", "{}")).Status);
            await server.Kill();
        }

        await using (var server = await ServerProcess.Start(folder))
        {
            await UntilThereAre(1, bot);
            await server.Kill();
        }

        await using (await ServerProcess.Start(folder))
        {
            await UntilThereAre(3, bot);
        }

        Assert.Equal(["ada", "ben"], bot.All[^1].Participants.Select(one => (string?)one!["info"]!["identity"]!["user"]?["id"]).OfType<string>().Order());
        Assert.DoesNotContain(bot.All, one => one.Change == "deleted");
    }

    private static async Task Open(TestServer server, string room, params Person[] people)
    {
        var body = people is [] ? "{}" : $$"""{"participants":["{{string.Join("\",\"", people.Select(one => one.Id))}}"]}""";
        var answer = await server.Http.Ask("POST", $"/control/meetings/weekly/rooms/{room}/open", body);
        Assert.Equal((204, ""), (answer.Status, answer.Text));
        await server.Settle();
    }

    // Those who move together arrive in any order.
    private static async Task<string> Together(TestServer server, string call) =>
        string.Join(", ", (await server.Members(call)).Split(", ").Order(StringComparer.Ordinal));

    private static async Task UntilThereAre(int participants, Webhook bot)
    {
        while ((await bot.Next()).Participants.Count != participants)
        {
            // An earlier roster, or the call itself.
        }
    }
}
