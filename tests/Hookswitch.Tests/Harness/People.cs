using System.Text.Json.Nodes;

namespace Hookswitch.Tests.Harness;

/// <summary>A user of the bots' tenant.</summary>
internal sealed record Person(string Id, string Name)
{
    /// <summary>As one who is called.</summary>
    public string Target => People.User(Id);

    /// <summary>Registers the user.</summary>
    /// <param name="script">What the phone does: steps as the control API reads them. Null: it rings, and answers after 300 ms.</param>
    public async Task Register(TestServer server, string? script = null)
    {
        var entry = new JsonObject { ["displayName"] = Name, ["tenantId"] = TestBot.Tenant };
        if (script is not null)
        {
            entry["phones"] = new JsonArray(new JsonObject { ["script"] = JsonNode.Parse(script) });
        }

        Assert.Equal(200, (await server.Http.Ask("PUT", $"/control/users/{Id}", entry.ToJsonString())).Status);
    }
}

/// <summary>The people and applications of tests about many.</summary>
internal static class People
{
    public const string SecondApplication = "bbbbbbbb-0000-4000-8000-000000000002";

    public static readonly Person Ada = new("cccccccc-0000-4000-8000-0000000000a1", "Ada");

    public static readonly Person Ben = new("cccccccc-0000-4000-8000-0000000000b2", "Ben");

    public static readonly Person Cem = new("cccccccc-0000-4000-8000-0000000000c3", "Cem");

    /// <summary>Who organizes the meetings.</summary>
    public static readonly Person Olga = new(TestBot.Organizer, "Olga");

    /// <summary>A server that knows all of them.</summary>
    public static async Task<TestServer> Server()
    {
        var server = await TestServer.Start();
        foreach (var person in new[] { Ada, Ben, Cem, Olga })
        {
            await person.Register(server);
        }

        return server;
    }

    /// <summary>A bot with a name.</summary>
    public static Task<TestBot> Bot(this TestServer server, string name = "Bot", string application = "bbbbbbbb-0000-4000-8000-000000000001") =>
        TestBot.Start(server, application, new() { ["displayName"] = name }, name);

    public static Task<TestBot> SecondBot(this TestServer server) => server.Bot("Second", SecondApplication);

    public static string User(string id) => $$$"""{"identity":{"user":{"id":"{{{id}}}"} } }""";

    public static string Application(string id) => $$$"""{"identity":{"application":{"id":"{{{id}}}"} } }""";

    /// <summary>The path of a call.</summary>
    public static string Path(string call, string version = "v1.0") => $"/{version}/communications/calls/{call}";

    /// <summary>Registers a meeting of the bots' tenant, which Olga organizes.</summary>
    /// <param name="members">Further ones, or others.</param>
    /// <returns>Its thread.</returns>
    public static async Task<string> Meeting(this TestServer server, string id = "weekly", string members = "{}")
    {
        var entry = JsonNode.Parse(members)!.AsObject();
        entry.TryAdd("tenantId", TestBot.Tenant);
        entry.TryAdd("organizer", TestBot.Organizer);
        var answer = await server.Http.Ask("PUT", $"/control/meetings/{id}", entry.ToJsonString());
        Assert.Equal((200, id), (answer.Status, (string?)answer.Body["id"]));
        return (string)answer.Body["threadId"]!;
    }

    /// <summary>Lets people join a meeting, one after the other.</summary>
    public static async Task Join(this TestServer server, string meeting, params Person[] people)
    {
        foreach (var person in people)
        {
            using var response = await server.Phone(person.Id, "join", new { meeting });
            Assert.Equal((201, ""), ((int)response.StatusCode, response.IsSuccessStatusCode ? "" : await response.Content.ReadAsStringAsync()));
            await server.Settle();
        }
    }

    /// <summary>Lets someone without an account join a meeting. The name is the id as well.</summary>
    public static async Task JoinAsGuest(this TestServer server, string meeting, string name)
    {
        using var response = await server.Phone(name, "join", new { meeting, guest = name });
        Assert.Equal((201, ""), ((int)response.StatusCode, response.IsSuccessStatusCode ? "" : await response.Content.ReadAsStringAsync()));
        await server.Settle();
    }

    /// <summary>A person does something that works, and all that follows from it at once has happened.</summary>
    public static async Task Does(this TestServer server, Person person, string action, object? body = null)
    {
        using var response = await server.Phone(person.Id, action, body);
        Assert.Equal((204, ""), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
        await server.Settle();
    }

    /// <summary>Who is in the conversation of a call, or of a conversation's id: names in the order in which they came.</summary>
    public static async Task<string> Members(this TestServer server, string call)
    {
        var conversation = (await server.Http.Ask("GET", $"/control/conversations/{call}")).Body;
        return (bool)conversation["hasEnded"]! ? "over" : string.Join(", ", conversation["participants"]!.AsArray().Select(Member));
    }

    /// <summary>Calls others into a call.</summary>
    public static Task<GraphAnswer> Invite(this TestBot bot, string call, params string[] targets) =>
        bot.Http.Ask("POST", $"{Path(call)}/participants/invite", $$"""{"participants":[{{string.Join(',', targets)}}],"clientContext":"for the minutes"}""");

    /// <summary>The roster as it is read.</summary>
    public static async Task<JsonArray> Roster(this TestBot bot, string call) =>
        (await bot.Http.Ask("GET", $"{Path(call)}/participants")).Body["value"]!.AsArray();

    /// <summary>The id of a participant by the name that the roster shows.</summary>
    public static async Task<string> Participant(this TestBot bot, string call, string name) =>
        (string)(await bot.Roster(call)).First(one => one!["info"]!["identity"]!.AsObject()
            .Any(member => member.Value is JsonObject identity && (string?)identity["displayName"] == name))!["id"]!;

    private static string Member(JsonNode? member)
    {
        var (party, state) = (member!["party"]!, (string)member["state"]!);
        return ((string?)party["displayName"] ?? (string?)party["id"] ?? "?")
            + (state == "established" ? "" : $" {state}")
            + ((bool)member["inLobby"]! ? " in the lobby" : "")
            + ((bool)member["muted"]! ? " muted" : "")
            + ((bool)member["hidden"]! ? " hidden" : "");
    }
}
