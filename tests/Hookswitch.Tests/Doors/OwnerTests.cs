using System.Globalization;
using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Doors;

/// <summary>The one who has business there: the owner of a call gets through every door of it, whatever roles the token carries now.</summary>
public sealed class OwnerTests(ITestOutputHelper output)
{
    [Fact]
    public async Task The_owner_of_a_call_does_all_with_it_with_a_token_without_roles()
    {
        await using var scene = await Scene.Set();
        var token = Visitor.OwnerWithoutRoles(scene.Server);
        var routes = Route.All(scene.Server)
            .Where(one => one is { Kind: RouteKind.Call or RouteKind.Quality } && one.Pattern.StartsWith("/v1.0/", StringComparison.Ordinal)).ToArray(); // beta leads to the same
        var refused = new List<string>();
        foreach (var route in routes)
        {
            var (call, body) = await Ready(scene, route);
            var answer = await scene.Server.Http.Ask(route.Method, scene.PathOf(route, call), body.Length == 0 ? null : body, token);
            if (answer.Status is < 200 or > 299)
            {
                refused.Add($"{route}: {answer.Text}");
            }

            await scene.Owner.Http.Ask("DELETE", People.Path(call));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{routes.Length} routes, {refused.Count} refused."));
        Assert.All(refused, one => Assert.Contains("contentSharingSessions/{session}", one, StringComparison.Ordinal)); // nothing is shared
    }

    /// <summary>A call in a state in which the route is open, and a body that fits it.</summary>
    private static async Task<(string Call, string Body)> Ready(Scene scene, Route route)
    {
        var call = route.Last switch
        {
            "answer" or "reject" or "redirect" => await Incoming(scene),
            "playPrompt" or "record" or "recordResponse" or "sendDtmfTones" or "cancelMediaProcessing" or "subscribeToTone" => await scene.Owner.PlaceEstablished(),
            "admitFromLobby" or "removeFromLobby" => await WithGuest(scene),
            _ => await scene.Group(),
        };
        await scene.Know(call);
        if (route.Last == "stopHoldMusic")
        {
            await scene.Owner.Http.Ask("POST", scene.PathOf(route, call).Replace("stopHoldMusic", "startHoldMusic", StringComparison.Ordinal), "{}");
        }

        return (call, scene.Fill(GoodRequests.BodyOf(route)!));
    }

    private static async Task<string> Incoming(Scene scene) => (string)(await scene.Server.Http.Ask(
        "POST", $"/control/phones/{People.Ben.Id}/dial", $$"""{"to":"{{scene.Owner.Application}}"}""")).Body["id"]!;

    private static async Task<string> WithGuest(Scene scene)
    {
        var call = await scene.Owner.Join(await scene.Server.Meeting("strict", """{"lobby":"organization"}"""));
        await scene.Server.JoinAsGuest("strict", "Ada");
        return call;
    }
}
