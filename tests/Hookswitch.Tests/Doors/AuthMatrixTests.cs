using System.Globalization;
using System.Text;
using Hookswitch.Identity;
using Hookswitch.Resources;
using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Doors;

/// <summary>Every route of the running server, tried by everyone who has no business there. A route for which there is no rule fails the test.</summary>
public sealed class AuthMatrixTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Every_route_has_a_kind_and_a_good_request()
    {
        await using var server = await TestServer.Start();

        Assert.DoesNotContain(Route.All(server), route => route.Kind == RouteKind.Unknown || GoodRequests.BodyOf(route) is null);
    }

    [Fact]
    public async Task No_one_gets_in_and_what_they_tried_changes_nothing()
    {
        await using var scene = await Scene.Set();
        var (routes, visitors, before) = (Route.All(scene.Server), Visitor.All(scene.Server), await scene.State());
        var (wrong, tries) = (new List<string>(), 0);
        foreach (var route in routes)
        {
            foreach (var visitor in visitors)
            {
                var (expected, answer) = (Expected(route, visitor), await Try(scene, route, visitor));
                tries++;
                if (answer != expected)
                {
                    wrong.Add($"{route} {visitor}: {answer}, not {expected}");
                }
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{routes.Count} routes × {visitors.Count} visitors: {tries} tries, {wrong.Count} not as the rules say."));
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(before, await scene.State());
    }

    [Fact]
    public async Task A_control_API_that_has_a_key_opens_with_it_alone()
    {
        await using var server = await TestServer.Start(options => options with { ControlKey = ControlKey.Of("the key of this server, and no other") });
        foreach (var route in Route.All(server).Where(one => one.Kind == RouteKind.Control))
        {
            var path = route.Pattern.Replace('{', '-').Replace('}', '-');
            foreach (var visitor in Visitor.All(server))
            {
                Assert.True((await visitor.Ask(server.Http, route.Method, path, "")).Status == 401, $"{route} {visitor}");
            }
        }

        Assert.Equal(200, (await server.Http.Ask("GET", "/control/calls", body: null, "the key of this server, and no other")).Status);
    }

    [Fact]
    public async Task A_recording_opens_with_its_own_token_alone()
    {
        await using var scene = await Scene.Set();
        var (path, operation) = ($"/recordings/{scene.Operation}", Guid.Parse(scene.Operation));

        Assert.Equal(200, (await scene.Server.Http.Ask("GET", path, body: null, new RecordingToken(operation, Scene.RecordingKey).ToString())).Status);
        Assert.Equal("404 8522", (await scene.Server.Http.Ask("GET", path, body: null, new RecordingToken(operation, Guid.NewGuid()).ToString())).Outcome);
        Assert.Equal("401 InvalidAuthenticationToken", (await scene.Server.Http.Ask("GET", path, body: null, new RecordingToken(Guid.NewGuid(), Scene.RecordingKey).ToString())).Outcome);
    }

    private static string Expected(Route route, Visitor visitor) => (route.Kind, visitor.Standing) switch
    {
        (RouteKind.Control, _) => "403 foreign host, 403 foreign origin",
        (RouteKind.Public, _) => "as without a token",
        (RouteKind.TokenEndpoint, _) => "401 invalid_client",
        (_, Standing.Nobody) or (RouteKind.Recording, _) => "401 InvalidAuthenticationToken",
        (RouteKind.NotOffered, _) => "405 8520",
        (RouteKind.Batch, Standing.Delegate) => "200, in it 403 7500 and 424 FailedDependency",
        (RouteKind.Batch, _) => "200, in it 404 8522 and 424 FailedDependency",
        (_, Standing.Delegate) => "403 7500",
        (RouteKind.Call or RouteKind.Quality, _) => "404 8522",
        (RouteKind.NewCall, Standing.Neighbour) => visitor.MayCall ? "201" : "403 7504", // a call of its own
        (RouteKind.NewCall, _) => visitor.MayCall ? "403 7505" : "403 7504", // in the owner's tenant
        (RouteKind.Meeting, Standing.Neighbour) => "200", // applications share the meetings of their tenant
        (RouteKind.Meeting, _) => "404 NotFound",
        (RouteKind.MeetingSearch, _) => "200",
        (RouteKind.NewMeeting, _) => "201", // a meeting of its own
        _ => "a rule that is not there",
    };

    private static Task<string> Try(Scene scene, Route route, Visitor visitor) => route.Kind switch
    {
        RouteKind.Control => TryControl(scene, route, visitor),
        RouteKind.Public => TryPublic(scene, route, visitor),
        RouteKind.TokenEndpoint => TryTokenEndpoint(scene, route, visitor),
        _ => TryGraph(scene, route, visitor),
    };

    private static async Task<string> TryGraph(Scene scene, Route route, Visitor visitor)
    {
        var answer = await visitor.Ask(scene.Server.Http, route.Method, scene.PathOf(route), scene.Fill(GoodRequests.BodyOf(route)!));
        if (route.Kind == RouteKind.Batch && answer.Status == 200)
        {
            var within = answer.Body["responses"]!.AsArray().Select(one => $"{one!["status"]} {one["body"]?["error"]?["code"]}");
            return $"200, in it {string.Join(" and ", within)}";
        }

        await Undo(scene, route, visitor, answer);
        return answer.Outcome;
    }

    // What a visitor creates is the visitor's own, and goes again.
    private static async Task Undo(Scene scene, Route route, Visitor visitor, GraphAnswer answer)
    {
        if (answer.Status != 201)
        {
            return;
        }

        var id = (string)answer.Body["id"]!;
        var path = route.Kind == RouteKind.NewMeeting ? $"/v1.0/communications/onlineMeetings/{id}" : People.Path(id);
        var shown = await scene.Owner.Http.Ask("GET", path);
        Assert.True(shown.Status == (visitor.Standing == Standing.Neighbour && route.Kind == RouteKind.NewMeeting ? 200 : 404), $"{route} {visitor}: {shown.Text}");
        await (route.Kind == RouteKind.NewMeeting
            ? scene.Server.Http.Ask("DELETE", $"/control/meetings/{id}")
            : visitor.Ask(scene.Server.Http, "DELETE", path, ""));
    }

    private static async Task<string> TryControl(Scene scene, Route route, Visitor visitor)
    {
        var (path, body) = (scene.PathOf(route), scene.Fill(GoodRequests.BodyOf(route)!));
        var host = await visitor.Ask(scene.Server.Http, route.Method, path, body, request => request.Headers.Host = "hookswitch.example");
        var origin = await visitor.Ask(scene.Server.Http, route.Method, path, body, request => request.Headers.Add("Origin", "https://evil.example"));
        return $"{host.Status} foreign host, {origin.Status} foreign origin";
    }

    private static async Task<string> TryPublic(Scene scene, Route route, Visitor visitor)
    {
        var path = scene.PathOf(route);
        var (with, without) = (await visitor.Ask(scene.Server.Http, route.Method, path, ""), await scene.Server.Http.Ask(route.Method, path));
        return with.Status < 500 && (with.Status, with.Text) == (without.Status, without.Text) ? "as without a token" : $"{with.Status} {with.Text}";
    }

    private static async Task<string> TryTokenEndpoint(Scene scene, Route route, Visitor visitor)
    {
        var form = $"grant_type=client_credentials&client_id={scene.Owner.Application}&client_secret=guess&scope=https://graph.microsoft.com/.default&resource=https://graph.microsoft.com";
        var answer = await visitor.Ask(
            scene.Server.Http, route.Method, scene.PathOf(route), "",
            request => request.Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"));
        return $"{answer.Status} {answer.Body["error"]}";
    }
}
