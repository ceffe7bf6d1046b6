using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Hookswitch.Tests.Harness;
using Hookswitch.Tests.Identity;

namespace Hookswitch.Tests.Groups;

/// <summary>Permissions count when a call is created or answered, and a refusal names the one that is missing. Graph, Create call.</summary>
public sealed partial class PermissionTests
{
    private static readonly string[] Permissions =
        ["Calls.Initiate.All", "Calls.InitiateGroupCall.All", "Calls.JoinGroupCall.All", "Calls.JoinGroupCallAsGuest.All", "Calls.AccessMedia.All"];

    [Fact]
    public async Task Every_kind_of_creation_with_every_set_of_permissions()
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        var creations = Creations(await server.Meeting());
        var grid = new StringBuilder($"{"roles",-72}{string.Concat(creations.Select(one => $"{one.Name,-22}"))}".TrimEnd() + '\n');
        for (var set = 0; set < 1 << Permissions.Length; set++)
        {
            string[] held = [.. Permissions.Where((_, i) => (set >> i & 1) == 1)];
            var token = Token(server, held);
            var line = new StringBuilder($"{string.Join(' ', held.Select(Short)),-72}");
            foreach (var (_, media, body) in creations)
            {
                line.Append(CultureInfo.InvariantCulture, $"{await Create(server, token, Body(bot, media, body)),-22}");
            }

            grid.Append(line.ToString().TrimEnd()).Append('\n');
        }

        Snapshot.Match(grid.ToString());
    }

    [Theory]
    [InlineData(new string[0], "403 7504")]
    [InlineData(new[] { "Calls.Initiate.All", "Calls.InitiateGroupCall.All", "Calls.AccessMedia.All" }, "403 7504")]
    [InlineData(new[] { "Calls.JoinGroupCall.All" }, "202")]
    [InlineData(new[] { "Calls.JoinGroupCallAsGuest.All" }, "202")]
    public async Task An_application_answers_a_call_into_a_group_only_if_it_may_join_groups(string[] held, string outcome)
    {
        await using var server = await People.Server();
        await using var bot = await server.Bot();
        await using var second = await server.SecondBot();
        var call = await bot.Join(await server.Meeting());
        await bot.Invite(call, People.Application(second.Application));
        await server.Settle();
        var invited = second.All[0].CallId;

        var answer = await server.Http.Ask("POST", $"{People.Path(invited)}/answer", TestBot.AnswerBody, Token(server, held, second.Application));

        Assert.Equal(outcome, answer.Outcome);
        if (outcome == "403 7504")
        {
            Assert.Equal("Calls.JoinGroupCall.All", Missing(answer));
            Assert.Equal("incoming", (string?)(await second.Http.Ask("GET", People.Path(invited))).Body["state"]);
        }
    }

    private static (string Name, string Media, string Body)[] Creations(string thread)
    {
        var meeting = $$$"""
            "chatInfo":{"threadId":"{{{thread}}}","messageId":"0"},
            "meetingInfo":{"@odata.type":"#microsoft.graph.organizerMeetingInfo","organizer":{"user":{"id":"{{{TestBot.Organizer}}}"} } }
            """;
        (string Name, string Body)[] kinds =
        [
            ("call", $"\"targets\":[{People.Ada.Target}]"),
            ("group call", $"\"targets\":[{People.Ada.Target},{People.Ben.Target}]"),
            ("join", meeting),
            ("guest", $$$"""{{{meeting}}},"source":{"identity":{"guest":{"id":"g","displayName":"Guest"} } }"""),
        ];
        return
        [
            .. kinds.Select(kind => (kind.Name, "serviceHosted", kind.Body)),
            .. kinds.Select(kind => ($"{kind.Name}, app", "appHosted", kind.Body)),
        ];
    }

    // A call that was created goes again, so that all are created alike.
    private static async Task<string> Create(TestServer server, string token, string body)
    {
        var answer = await server.Http.Ask("POST", "/v1.0/communications/calls", body, token);
        if (answer.Status == 201)
        {
            Assert.Equal(204, (await server.Http.Ask("DELETE", People.Path((string)answer.Body["id"]!), body: null, token)).Status);
            return "ok";
        }

        Assert.Equal("403 7504", answer.Outcome);
        return Short(Missing(answer));
    }

    private static string Body(TestBot bot, string media, string rest) =>
        $$$"""{"callbackUri":"{{{bot.Callback}}}","mediaConfig":{"@odata.type":"#microsoft.graph.{{{media}}}MediaConfig"},{{{rest}}}}""";

    private static string Missing(GraphAnswer answer)
    {
        var match = MissingPermission().Match(answer.Message);
        Assert.True(match.Success, answer.Message);
        return match.Groups["permission"].Value;
    }

    private static string Short(string permission) => permission.Split('.')[1];

    private static string Token(TestServer server, string[] held, string application = "bbbbbbbb-0000-4000-8000-000000000001") =>
        new TokenForge(server).Token(token => (token.Claims["appid"], token.Claims["roles"]) = (application, held));

    [GeneratedRegex(@"^Insufficient enterprise tenant permissions, cannot access this API\. The permission (?<permission>\S+) is missing\.$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MissingPermission();
}
