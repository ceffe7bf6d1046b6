using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Hookswitch.Media;
using Hookswitch.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Graph.Models;

namespace Hookswitch.Tests.Doors;

/// <summary>A server on which someone owns all that can be owned: a call with people, an operation, a recording, a routing group, and a meeting.</summary>
internal sealed partial class Scene : IAsyncDisposable
{
    /// <summary>What opens the recording of the scene's operation.</summary>
    public static readonly Guid RecordingKey = new("dddddddd-0000-4000-8000-000000000001");

    private readonly Dictionary<string, string> _names;

    private Scene(TestServer server, TestBot owner, Dictionary<string, string> names) => (Server, Owner, _names) = (server, owner, names);

    public TestServer Server { get; }

    public TestBot Owner { get; }

    public string Call => _names["call"];

    public string Operation => _names["operation"];

    public static async Task<Scene> Set()
    {
        var server = await People.Server();
        var owner = await server.Bot();
        await server.Meeting();
        var scene = new Scene(server, owner, new()
        {
            ["application"] = owner.Application,
            ["callback"] = owner.Callback,
            ["tenant"] = TestBot.Tenant,
            ["olga"] = TestBot.Organizer,
        });
        await scene.Know(await scene.Group());
        server.Services.GetRequiredService<RecordingShelf>().Put(Guid.Parse(scene.Operation), RecordingKey, Sounds.Noise(seed: 1));
        return scene;
    }

    /// <summary>A group call of the owner with Ada and Ben, whose media the bot hosts itself, with an operation and a routing group.</summary>
    public async Task<string> Group()
    {
        var call = await Owner.CallGroup([People.Ada.Id, People.Ben.Id], one => one.MediaConfig = new AppHostedMediaConfig { Blob = "b" });
        await Server.Advance(TimeSpan.FromMilliseconds(300));
        var (own, ada) = (await Owner.Participant(call, "Bot"), await Owner.Participant(call, "Ada"));
        _names["operation"] = await Made($"{People.Path(call)}/mute", """{"clientContext":"c"}""");
        await Made($"{People.Path(call)}/audioRoutingGroups", $$"""{"id":"g","routingMode":"oneToOne","sources":["{{own}}"],"receivers":["{{ada}}"]}""");
        await Server.Settle();
        return call;
    }

    /// <summary>From now on paths and bodies are of this call of the owner.</summary>
    public async Task Know(string call)
    {
        _names["call"] = call;
        _names["chain"] = (string)(await Owner.Http.Ask("GET", People.Path(call))).Body["callChainId"]!;
        (_names["own"], _names["ada"]) = ("nobody", "nobody");
        if (await Owner.Http.Ask("GET", $"{People.Path(call)}/participants") is { Status: 200 } roster)
        {
            foreach (var one in roster.Body["value"]!.AsArray())
            {
                var identity = one!["info"]!["identity"]!.AsObject().First(member => member.Value is JsonObject).Value!;
                _names[(string?)identity["displayName"] == "Ada" ? "ada" : (string?)identity["displayName"] == "Bot" ? "own" : "other"] = (string)one["id"]!;
            }
        }
    }

    /// <summary>The path of a route, with what there is on this server in place of its parameters.</summary>
    /// <param name="call">Instead of the scene's own.</param>
    public string PathOf(Route route, string? call = null) => Parameter().Replace(route.Pattern, match => match.Groups["name"].Value switch
    {
        "id" when route.Kind is RouteKind.Meeting || route.Pattern.StartsWith("/control/meetings", StringComparison.Ordinal) => "weekly",
        "id" when route.Pattern.StartsWith("/control/applications", StringComparison.Ordinal) => Owner.Application,
        "id" when route.Pattern.StartsWith("/control/numbers", StringComparison.Ordinal) => "+14255550100",
        "id" when route.Pattern.StartsWith("/control/users", StringComparison.Ordinal) || route.Pattern.StartsWith("/control/phones", StringComparison.Ordinal) => People.Ada.Id,
        "id" => call ?? Call,
        "participant" => _names["ada"],
        "operation" => _names["operation"],
        "group" => "g",
        "session" => "s",
        "user" => TestBot.Organizer,
        "tenant" => TestBot.Tenant,
        "room" => "r",
        "name" => "tone-440",
        var other => throw new InvalidOperationException($"Nobody has said what {other} is in {route}."),
    }) + QueryOf(route);

    private static string QueryOf(Route route) => route switch
    {
        { Kind: RouteKind.MeetingSearch } => "?$filter=joinMeetingIdSettings/joinMeetingId eq '0'",
        { Last: "instance" } => "?authorization_endpoint=https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
        _ => "",
    };

    /// <summary>A text with what there is on this server in place of {call} and the like.</summary>
    public string Fill(string text) => _names.Aggregate(text, (filled, name) => filled.Replace($"{{{name.Key}}}", name.Value, StringComparison.Ordinal));

    /// <summary>All that can be seen of the server's state: every call of the owner with its events, conversations, and the directory.</summary>
    public async Task<string> State()
    {
        await Server.Settle();
        var state = new StringBuilder();
        var calls = JsonNode.Parse(await Server.Http.GetStringAsync("/control/calls"))!.AsArray();
        foreach (var call in calls.Where(one => (string?)one!["application"] == Owner.Application))
        {
            var shown = JsonNode.Parse(await Server.Http.GetStringAsync($"/control/calls/{call!["id"]}"))!.AsObject();
            shown.Remove("requests"); // what its owner asked, which is no state of the call
            shown.Remove("deliveries");
            state.Append(shown.ToJsonString()).Append('\n');
        }

        foreach (var list in new[] { "conversations", "applications", "users", "numbers", "applicationInstances", "meetings", "sounds", "deadLetters", "clock" })
        {
            state.Append(list).Append(' ').Append(await Server.Http.GetStringAsync($"/control/{list}")).Append('\n');
        }

        return state.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await Owner.DisposeAsync();
        await Server.DisposeAsync();
    }

    private async Task<string> Made(string path, string body)
    {
        var answer = await Owner.Http.Ask("POST", path, body);
        Assert.True(answer.Status == 200, $"{path}: {answer.Text}");
        return (string)answer.Body["id"]!;
    }

    [GeneratedRegex(@"\{(?<name>[a-z]+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
