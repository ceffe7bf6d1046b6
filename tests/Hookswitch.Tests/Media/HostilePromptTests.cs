using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Hookswitch.Tests.Harness;
using Microsoft.AspNetCore.Http;

namespace Hookswitch.Tests.Media;

/// <summary>What a prompt's address answers harms nobody: it is said, and the next prompt is played.</summary>
public sealed class HostilePromptTests
{
    private const string User = "cccccccc-0000-4000-8000-000000000001";
    private const string Another = "cccccccc-0000-4000-8000-000000000002";
    private const string Secret = "?key=secret";
    private static readonly short[] Hello = Sounds.Noise(51);

    private static readonly Dictionary<string, RequestDelegate> Hostile = new()
    {
        ["no WAV"] = Results.Text("<html>Sign in</html>", "text/html").ExecuteAsync,
        ["nothing"] = Results.Bytes(Array.Empty<byte>()).ExecuteAsync,
        ["404"] = Results.NotFound().ExecuteAsync,
        ["500"] = Results.StatusCode(500).ExecuteAsync,
        ["304"] = Results.StatusCode(304).ExecuteAsync,
        ["a redirect to nowhere"] = Results.StatusCode(302).ExecuteAsync,
        ["endless"] = Endless,
        ["too large by its own word"] = TooLarge,
        ["a redirect to itself"] = Redirect("loop"),
        ["a redirect to metadata"] = Redirect("http://169.254.169.254/latest/meta-data"),
        ["a redirect to a file"] = Redirect("file:///etc/passwd"),
        ["a redirect without TLS"] = Redirect("http://sounds.example/"),
        ["a redirect with a password"] = Redirect("http://user:word@127.0.0.1/"),
        ["cut"] = Cut,
    };

    [Theory]
    [InlineData("no WAV", 8535, "It is no WAV file.")]
    [InlineData("nothing", 8535, "It is no WAV file.")]
    [InlineData("404", 8536, "It answers 404.")]
    [InlineData("500", 8536, "It answers 500.")]
    [InlineData("304", 8536, "It answers 304.")]
    [InlineData("a redirect to nowhere", 8536, "It answers 302.")]
    [InlineData("endless", 8536, "It is larger than 10485760 bytes.")]
    [InlineData("too large by its own word", 8536, "It is larger than 10485760 bytes.")]
    [InlineData("a redirect to itself", 8536, "It redirects more than 5 times.")]
    [InlineData("a redirect to metadata", 8536, "It redirects to an address that must not lead to 169.254.169.254")]
    [InlineData("a redirect to a file", 8536, "It redirects to an address that must be an absolute http or https address.")]
    [InlineData("a redirect without TLS", 8536, "It redirects to an address that must be https")]
    [InlineData("a redirect with a password", 8536, "It redirects to an address that must not carry a user name or password.")]
    [InlineData("cut", 8536, "")] // in the words of the system
    public async Task It_is_said_and_the_next_is_played(string what, int subcode, string cause)
    {
        await using var server = await TestServer.Start();
        await using var sounds = await SoundServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = await bot.PlaceEstablished();

        await Play(bot, call, sounds.Put("loop", Hostile[what]) + Secret);
        await Play(bot, call, sounds.Put("hello.wav", Hello));

        Says(await bot.Until("deleted playPromptOperation"), subcode, $"{sounds.Address("loop")}: {cause}");
        await server.Hears(User, Hello);
    }

    [Fact]
    public async Task Where_nobody_listens_it_is_said()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = await bot.PlaceEstablished();
        var uri = $"http://127.0.0.1:{FreePort()}/hello.wav";

        await Play(bot, call, uri + Secret);

        Says(await bot.Until("deleted playPromptOperation"), 8536, $"{uri}: Connection refused");
    }

    [Fact]
    public async Task Five_redirects_are_followed()
    {
        await using var server = await TestServer.Start();
        await using var sounds = await SoundServer.Start();
        await using var another = await SoundServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = await bot.PlaceEstablished();
        int[] statuses = [301, 302, 303, 307];
        for (var i = 0; i < statuses.Length; i++)
        {
            sounds.Put($"hop{i}", Redirect($"hop{i + 1}?a=b", statuses[i]));
        }

        sounds.Put("hop4", Redirect(another.Put("hello.wav", Hello), 308));
        await Play(bot, call, sounds.Address("hop0"));

        Assert.Equal("200/0", (await bot.Until("deleted playPromptOperation")).Reason);
        await server.Hears(User, Hello);
    }

    [Fact]
    public async Task A_prompt_that_hangs_delays_that_of_no_other_call()
    {
        await using var server = await TestServer.Start();
        await using var sounds = await SoundServer.Start();
        await using var bot = await TestBot.Start(server);
        var hanging = await bot.PlaceEstablished();
        var call = (await bot.Place(Another)).Id!;
        await server.Advance(TimeSpan.FromSeconds(1));

        var operation = await Play(bot, hanging, sounds.Put("drip", PromptStoreTests.Drip));
        await Play(bot, call, sounds.Put("hello.wav", Hello));

        Assert.Equal(call, (await bot.Until("deleted playPromptOperation")).CallId);
        await server.Hears(Another, Hello);
        Assert.Equal("running", (string?)(await bot.Http.Ask("GET", $"/v1.0/communications/calls/{hanging}/operations/{operation}")).Body["status"]);
    }

    [Fact]
    public async Task A_prompt_that_hangs_can_be_cancelled_and_its_call_ended()
    {
        await using var server = await TestServer.Start();
        await using var sounds = await SoundServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = await bot.PlaceEstablished();

        await Play(bot, call, sounds.Put("drip", PromptStoreTests.Drip));
        await bot.Http.Ask("POST", $"/v1.0/communications/calls/{call}/cancelMediaProcessing", "{}");
        Assert.Equal("400/8508", (await bot.Until("deleted playPromptOperation")).Reason);
        await Play(bot, call, sounds.Put("hello.wav", Hello));
        Assert.Equal("200/0", (await bot.Until("deleted playPromptOperation")).Reason);

        await Play(bot, call, sounds.Address("drip"));
        Assert.Equal(204, (await bot.Http.Ask("DELETE", $"/v1.0/communications/calls/{call}")).Status);
        await bot.Until("deleted terminated");
    }

    private static void Says(Received told, int subcode, string cause)
    {
        var operation = told.Operation!;
        var message = (string)operation["resultInfo"]!["message"]!;
        Assert.Equal(("failed", $"400/{subcode}"), ((string?)operation["status"], told.Reason));
        Assert.Contains(cause, message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", message, StringComparison.Ordinal);
        Assert.DoesNotContain("word@", message, StringComparison.Ordinal);
    }

    private static async Task<string> Play(TestBot bot, string call, string uri)
    {
        var answer = await bot.Http.Ask("POST", $"/v1.0/communications/calls/{call}/playPrompt", new JsonObject
        {
            ["prompts"] = new JsonArray(new JsonObject { ["@odata.type"] = "#microsoft.graph.mediaPrompt", ["mediaInfo"] = new JsonObject { ["uri"] = uri } }),
        }.ToJsonString());
        Assert.Equal(200, answer.Status);
        return (string)answer.Body["id"]!;
    }

    private static RequestDelegate Redirect(string location, int status = 302) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = location;
        return Task.CompletedTask;
    };

    private static async Task Endless(HttpContext context)
    {
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.Body.WriteAsync(new byte[64 * 1024], context.RequestAborted);
        }
    }

    private static Task TooLarge(HttpContext context)
    {
        context.Response.ContentLength = long.MaxValue;
        return Endless(context);
    }

    private static async Task Cut(HttpContext context)
    {
        context.Response.ContentLength = 1000;
        await context.Response.Body.WriteAsync(new byte[100], context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
