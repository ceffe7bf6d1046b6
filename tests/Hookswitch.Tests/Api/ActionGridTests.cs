using System.Globalization;
using System.Text;
using Hookswitch.Tests.Harness;
using Microsoft.Graph.Models;
using Person = Hookswitch.Tests.Harness.Person;

namespace Hookswitch.Tests.Api;

/// <summary>What each operation on a call answers in each state of a call, over real HTTP. None of them fails the server.</summary>
public sealed class ActionGridTests
{
    private const string Caller = "cccccccc-0000-4000-8000-000000000001";
    private const string Ringing = "cccccccc-0000-4000-8000-0000000000d4";

    /// <summary>Of which it does not matter that it is nowhere: the answer does not wait for it.</summary>
    private const string Prompt = """{"@odata.type":"#microsoft.graph.mediaPrompt","mediaInfo":{"uri":"http://127.0.0.1:9/none.wav"} }""";

    /// <summary>Each with a body that is good. {ada} is the participant Ada where she is in the call, else nobody.</summary>
    private static readonly Operation[] Operations =
    [
        new("GET", ""),
        new("GET", "participants"),
        new("GET", "participants/{ada}"),
        new("GET", "operations"),
        new("GET", "audioRoutingGroups"),
        new("GET", "contentSharingSessions"),
        new("POST", "answer", """{"callbackUri":"{callback}","acceptedModalities":["audio"],"mediaConfig":{"@odata.type":"#microsoft.graph.serviceHostedMediaConfig"}}"""),
        new("POST", "reject", """{"reason":"busy"}"""),
        new("POST", "redirect", $$$"""{"targets":[{{{People.User(Ringing)}}}]}"""),
        new("POST", "transfer", $$$"""{"transferTarget":{{{People.User(Ringing)}}},"transferee":{"participantId":"{ada}"}}"""),
        new("POST", "keepAlive", "{}"),
        new("POST", "mute", """{"clientContext":"c"}"""),
        new("POST", "unmute", """{"clientContext":"c"}"""),
        new("POST", "subscribeToTone", """{"clientContext":"c"}"""),
        new("POST", "updateRecordingStatus", """{"clientContext":"c","status":"recording"}"""),
        new("POST", "playPrompt", $$$"""{"prompts":[{{{Prompt}}}]}"""),
        new("POST", "recordResponse", $$$"""{"prompts":[{{{Prompt}}}]}"""),
        new("POST", "sendDtmfTones", """{"tones":["tone1"]}"""),
        new("POST", "cancelMediaProcessing", "{}"),
        new("POST", "participants/{ada}/startHoldMusic", "{}"),
        new("POST", "participants/{ada}/stopHoldMusic", "{}"),
        new("POST", "changeScreenSharingRole", """{"role":"sharer"}"""),
        new("POST", "participants/invite", $$$"""{"participants":[{{{People.User(Ringing)}}}],"clientContext":"c"}"""),
        new("POST", "participants/{ada}/mute", """{"clientContext":"c"}"""),
        new("POST", "participants/{ada}/admitFromLobby", "{}"),
        new("POST", "participants/{ada}/removeFromLobby", "{}"),
        new("POST", "participants/admitAllFromLobby", "{}"),
        new("DELETE", "participants/{ada}"),
        new("POST", "audioRoutingGroups", """{"id":"g","routingMode":"oneToOne","sources":["{ada}"],"receivers":["{own}"]}"""),
        new("PATCH", "audioRoutingGroups/g", """{"receivers":["{own}"]}"""),
        new("DELETE", "audioRoutingGroups/g"),
        new("DELETE", ""),
    ];

    /// <summary>How a call comes into each state. Those that end in "app" have app-hosted media.</summary>
    private static readonly (string State, Func<TestServer, TestBot, Task<string>> Reach)[] States =
    [
        ("incoming", async (server, bot) => (string)(await server.Http.Ask(
            "POST", $"/control/phones/{Caller}/dial", $$"""{"to":"{{bot.Application}}"}""")).Body["id"]!),
        ("establishing", async (_, bot) => (await bot.Place(Caller)).Id!),
        ("established", (_, bot) => bot.PlaceEstablished()),
        ("est. app", async (server, bot) =>
        {
            var id = (string)(await bot.Http.Ask("POST", "/v1.0/communications/calls", bot.CallBody("appHosted"))).Body["id"]!;
            await server.Advance(TimeSpan.FromMilliseconds(300));
            return id;
        }),
        ("hold", async (server, bot) => await After(await bot.PlaceEstablished(), _ => server.Does(new Person(Caller, ""), "hold"))),
        ("transferring", async (_, bot) => await After(await bot.PlaceEstablished(), id => Asked(bot, id, Operations.Single(one => one.Path == "transfer")))),
        ("group", (server, bot) => Group(server, bot, new ServiceHostedMediaConfig())),
        ("group app", (server, bot) => Group(server, bot, new AppHostedMediaConfig())),
        ("group transf.", async (server, bot) => await After(
            await Group(server, bot, new ServiceHostedMediaConfig()), id => Asked(bot, id, Operations.Single(one => one.Path == "transfer")))),
        ("lobby", async (server, bot) => await bot.Join(await server.Meeting("strict", """{"lobby":"organizer"}"""))),
        ("terminated", async (_, bot) => await After(await bot.PlaceEstablished(), id => bot.Http.Ask("DELETE", People.Path(id)))),
    ];

    [Fact]
    public async Task What_each_operation_answers_in_each_state_of_a_call()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        await new Person(Ringing, "Rings on").Register(server, """[{"do":"ring"}]""");
        var grid = new StringBuilder($"{"",-44}{string.Concat(States.Select(one => $"{one.State,-14}"))}".TrimEnd() + '\n');
        foreach (var operation in Operations)
        {
            var line = new StringBuilder($"{operation.Method,-7}{operation.Path,-37}");
            foreach (var (state, reach) in States)
            {
                var id = await reach(server, bot);
                var answer = await Asked(bot, id, operation);
                Assert.True(answer.Status < 500, $"{operation} in {state}: {answer.Text}");
                line.Append(CultureInfo.InvariantCulture, $"{answer.Outcome,-14}");
                await bot.Http.Ask("DELETE", People.Path(id));
            }

            grid.Append(line.ToString().TrimEnd()).Append('\n');
        }

        Snapshot.Match(grid.ToString());
    }

    private static async Task<string> Group(TestServer server, TestBot bot, MediaConfig media)
    {
        var id = await bot.CallGroup([People.Ada.Id, People.Ben.Id], call => call.MediaConfig = media);
        await server.Advance(TimeSpan.FromMilliseconds(300));
        return id;
    }

    private static async Task<string> After(string id, Func<string, Task> next)
    {
        await next(id);
        return id;
    }

    private static async Task<GraphAnswer> Asked(TestBot bot, string id, Operation operation)
    {
        var (ada, own) = ("nobody", "nobody");
        if (operation.NamesParticipants && await bot.Http.Ask("GET", $"{People.Path(id)}/participants") is { Status: 200 } roster)
        {
            foreach (var one in roster.Body["value"]!.AsArray())
            {
                var (participant, identity) = ((string)one!["id"]!, one["info"]!["identity"]!);
                ada = (string?)identity["user"]?["displayName"] == "Ada" ? participant : ada;
                own = identity["application"] is null ? own : participant;
            }
        }

        string Filled(string text) => text
            .Replace("{ada}", ada, StringComparison.Ordinal).Replace("{own}", own, StringComparison.Ordinal)
            .Replace("{callback}", bot.Callback, StringComparison.Ordinal);
        return await bot.Http.Ask(
            operation.Method, $"{People.Path(id)}/{Filled(operation.Path)}".TrimEnd('/'), operation.Body is { } body ? Filled(body) : null);
    }

    private sealed record Operation(string Method, string Path, string? Body = null)
    {
        public bool NamesParticipants => $"{Path}{Body}" is var text && (text.Contains("{ada}", StringComparison.Ordinal) || text.Contains("{own}", StringComparison.Ordinal));
    }
}
