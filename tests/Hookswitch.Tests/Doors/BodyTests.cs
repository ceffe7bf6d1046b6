using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Doors;

/// <summary>A malformed body is refused with words, never breaks the server, and changes nothing.</summary>
public sealed class BodyTests(ITestOutputHelper output)
{
    /// <summary>Of each route, at random.</summary>
    private const int Mutations = 40;

    /// <summary>Another: SEED=7.</summary>
    private static readonly int Seed = int.Parse(Environment.GetEnvironmentVariable("SEED") ?? "20261125", CultureInfo.InvariantCulture);

    [Fact]
    public async Task What_is_no_good_body_by_hand_is_refused_by_every_route_and_changes_nothing()
    {
        await using var sender = await Sender.Start();
        var (before, wrong, sent) = (await sender.Scene.State(), new List<string>(), 0);
        foreach (var (route, good) in sender.Routes)
        {
            foreach (var (what, body) in BrokenBodies.Whole(good).Concat(BrokenBodies.WrongKinds(good)))
            {
                sent++;
                var answer = await sender.Send(route, body);
                if (!answer.RefusesBody || answer.Flaw is not null)
                {
                    wrong.Add($"{route}, {what}: {answer} {answer.Flaw}");
                }
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sent} bodies to {sender.Routes.Count} routes, {wrong.Count} not refused as they should be.\n{string.Join('\n', wrong.Take(100))}"));
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(100)));
        Assert.Equal(before, await sender.Scene.State());
    }

    [Fact]
    public async Task What_chance_makes_of_good_bodies_is_refused_or_is_still_good()
    {
        await using var sender = await Sender.Start();
        var (random, wrong, refused, good) = (new Random(Seed), new List<string>(), 0, 0);
        foreach (var (route, body) in sender.Routes)
        {
            for (var i = 0; i < Mutations; i++)
            {
                var (what, mutated) = BodyMutations.Next(random, body);
                var (answer, change) = await sender.SendAndCompare(route, mutated);
                _ = answer.RefusesBody ? refused++ : good++;
                if ((answer.Flaw ?? change) is { } problem)
                {
                    wrong.Add($"{route}, {i}: {what}: {answer} {problem}\n  {Encoding.UTF8.GetString(mutated[..Math.Min(mutated.Length, 2000)])}");
                }
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Seed {Seed}: {refused + good} bodies to {sender.Routes.Count} routes: {refused} refused, {good} still good, {wrong.Count} answered wrongly."));
        Assert.True(wrong.Count == 0, $"SEED={Seed}\n{string.Join('\n', wrong.Take(50))}");
    }

    [Fact]
    public async Task A_mark_of_the_byte_order_is_read_over_by_the_control_API_alone()
    {
        await using var sender = await Sender.Start();
        foreach (var (route, good) in sender.Routes.Where(one => one.Route.Method == "PUT" || one.Route.Last is "calls" or "invite"))
        {
            Assert.Equal(route.IsGraph, (await sender.Send(route, [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(good)])).RefusesBody);
        }
    }

    [Fact]
    public async Task A_body_that_says_of_itself_that_it_is_no_JSON_is_refused()
    {
        await using var sender = await Sender.Start();
        foreach (var (route, good) in sender.Routes)
        {
            foreach (var type in new[] { "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml", "application/octet-stream", "text/html" })
            {
                var answer = await sender.Send(route, Encoding.UTF8.GetBytes(good), type);
                Assert.True(answer is { RefusesBody: true, Flaw: null }, $"{route} as {type}: {answer}");
            }
        }
    }

    [Fact]
    public async Task Every_good_body_is_good()
    {
        await using var sender = await Sender.Start();
        var wrong = new List<string>();
        foreach (var (route, good) in sender.Routes)
        {
            if (await sender.SendAndCompare(route, Encoding.UTF8.GetBytes(good)) is var (answer, _) && (answer.RefusesBody || answer.Flaw is not null))
            {
                wrong.Add($"{route}: {answer} {answer.Flaw}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>What a body was answered.</summary>
    private sealed record Answer(bool IsGraph, int Status, string? ContentType, string Text)
    {
        private JsonNode? Error => JsonNode.Parse(Text)!["error"];

        /// <summary>It is the body that was refused; otherwise it was good, and may have been refused for what the server's state is.</summary>
        public bool RefusesBody => Status is 400 or 413 or 415 && (!IsGraph || (string?)Error!["code"] is "8523" or "BadRequest" or "RequestEntityTooLarge" or "UnsupportedMediaType" or "InvalidRequest");

        /// <summary>What is wrong with the answer itself; null: nothing.</summary>
        public string? Flaw =>
            Status is >= 200 and < 300 ? null
            : Status is < 400 or >= 500 ? "is no answer to a body"
            : IsGraph && (ContentType != "application/json" || Error is not JsonObject { Count: 3 } || string.IsNullOrEmpty((string?)Error["message"])) ? "is no error of Graph"
            : !IsGraph && (ContentType != "application/problem+json" || string.IsNullOrEmpty((string?)JsonNode.Parse(Text)!["detail"])) ? "is no problem"
            : new[] { "System.", "Exception", "Hookswitch.", "   at " }.Any(word => Text.Contains(word, StringComparison.Ordinal)) ? "tells how the server is made"
            : null;

        public override string ToString() => $"{Status} {Text[..Math.Min(Text.Length, 300)]}";
    }

    /// <summary>Sends bodies to every route that reads one, and knows what the server's state was before.</summary>
    private sealed class Sender : IAsyncDisposable
    {
        private readonly string _token;
        private string _state = "";
        private string _files = "";

        private Sender(Scene scene, string token) => (Scene, _token) = (scene, token);

        public Scene Scene { get; }

        /// <summary>One spelling and one version of each: the others lead to the same.</summary>
        public IReadOnlyList<(Route Route, string Good)> Routes { get; private set; } = [];

        public static async Task<Sender> Start()
        {
            var scene = await Scene.Set();
            var sender = new Sender(scene, await scene.Owner.Token())
            {
                Routes =
                [
                    .. Route.All(scene.Server)
                        .Where(route => GoodRequests.ReadsJson(route) && !route.Pattern.StartsWith("/beta", StringComparison.Ordinal) && !route.Pattern.Contains("microsoft.graph.", StringComparison.Ordinal))
                        .Select(route => (route, scene.Fill(GoodRequests.BodyOf(route)!))),
                ],
            };
            foreach (var (route, good) in sender.Routes.Where(one => one.Route.Method == "PUT")) // what others name is there
            {
                Assert.Equal(200, (await sender.Send(route, Encoding.UTF8.GetBytes(good))).Status);
            }

            return sender;
        }

        public async Task<Answer> Send(Route route, byte[] body, string type = "application/json")
        {
            using var request = new HttpRequestMessage(new HttpMethod(route.Method), PathOf(route)) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
            using var response = await Scene.Server.Http.SendAsync(request);
            return new Answer(route.IsGraph, (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync());
        }

        /// <summary>The same, with what has changed although the body was refused; null: nothing.</summary>
        public async Task<(Answer Answer, string? Change)> SendAndCompare(Route route, byte[] body)
        {
            if (_state.Length == 0)
            {
                (_state, _files) = (await Scene.State(), Files());
            }

            var answer = await Send(route, body);
            if (answer.Status is >= 200 and < 300)
            {
                await CleanUp();
                (_state, _files) = (await Scene.State(), Files());
                return (answer, null);
            }

            if (Files() == _files)
            {
                return (answer, null);
            }

            var (before, after) = (_state, await Scene.State());
            (_state, _files) = (after, Files());
            return (answer, before == after ? null : $"has changed the state from\n{before}to\n{after}");
        }

        public ValueTask DisposeAsync() => Scene.DisposeAsync();

        // What is stored is in files: as long as they stay as they are, nothing was.
        private string Files() => string.Join(
            '\n', from file in new DirectoryInfo(Scene.Server.Folder).EnumerateFiles("*", SearchOption.AllDirectories)
                  orderby file.FullName
                  select $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}");

        // Of what a good body began nothing goes on; and there is a call again, if it was that which was ended.
        private async Task CleanUp()
        {
            foreach (var conversation in JsonNode.Parse(await Scene.Server.Http.GetStringAsync("/control/conversations"))!.AsArray())
            {
                if (!conversation!["participants"]!.AsArray().Any(one => (string?)one!["call"] == Scene.Call))
                {
                    await Scene.Server.Http.Ask("POST", $"/control/conversations/{conversation["id"]}/end", "");
                }
            }

            if ((await Scene.Owner.Http.Ask("GET", $"{People.Path(Scene.Call)}/audioRoutingGroups/g")).Status != 200)
            {
                await Scene.Know(await Scene.Group());
            }
        }

        // Entries of nobody's who is needed.
        private string PathOf(Route route) => route.Kind != RouteKind.Control ? Scene.PathOf(route) : Scene.PathOf(route)
            .Replace(Scene.Owner.Application, "bbbbbbbb-0000-4000-8000-000000000009", StringComparison.Ordinal)
            .Replace(People.Ada.Id, "somebody", StringComparison.Ordinal)
            .Replace("weekly", "other", StringComparison.Ordinal);
    }
}
