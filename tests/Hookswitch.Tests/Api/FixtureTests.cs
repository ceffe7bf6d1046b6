using System.Net.Sockets;
using System.Text;
using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Api;

/// <summary>Other paths of Graph, which files answer.</summary>
public sealed class FixtureTests : IDisposable
{
    private readonly TestFolder _around = new();

    private string Folder => Path.Combine(_around.Path, "fixtures");

    [Fact]
    public async Task A_path_that_nothing_else_answers_is_answered_by_its_file_as_it_is_now()
    {
        Write("users/x/calendar/events.json", """{"value":[ "é" ]}""");
        await using var server = await Start();
        await using var bot = await TestBot.Start(server);

        var first = await bot.Http.Ask("GET", "/v1.0/users/x/calendar/events?$top=1");
        Write("users/x/calendar/events.json", "[]");
        var second = await bot.Http.Ask("GET", "/beta/Users/X/calendar/EVENTS/");

        Assert.Equal((200, """{"value":[ "é" ]}"""), (first.Status, first.Text));
        Assert.Equal((200, "[]"), (second.Status, second.Text));
        Assert.True(second.Headers.Contains("request-id"));
        Assert.Equal("401 InvalidAuthenticationToken", (await server.Http.Ask("GET", "/v1.0/users/x/calendar/events")).Outcome);
    }

    [Fact]
    public async Task A_version_goes_before_and_what_is_written_out_before_what_stands_for_anything()
    {
        Write("users/x/manager.json", "\"x\"");
        Write("users/_/manager.json", "\"any\"");
        Write("users/x/_.json", "\"anything\"");
        Write("beta/users/_/manager.json", "\"beta\"");
        Write("users/y/drive/root.json", "\"root\"");
        await using var server = await Start();
        await using var bot = await TestBot.Start(server);

        Assert.Equal("\"x\"", await Text("/v1.0/users/x/manager"));
        Assert.Equal("\"any\"", await Text("/v1.0/users/z/manager"));
        Assert.Equal("\"any\"", await Text("/v1.0/users/y/manager"));
        Assert.Equal("\"anything\"", await Text("/v1.0/users/x/photo"));
        Assert.Equal("\"beta\"", await Text("/beta/users/x/manager"));
        Assert.Equal("\"root\"", await Text("/beta/users/y/drive/root"));

        async Task<string> Text(string path) => (await bot.Http.Ask("GET", path)).Text;
    }

    [Fact]
    public async Task Another_method_has_a_file_of_its_own()
    {
        Write("users/x/events.json", "[]");
        Write("users/x/events.POST.json", """{"id":"new"}""");
        Write("users/x/_.PATCH.json", """{"id":"changed"}""");
        await using var server = await Start();
        await using var bot = await TestBot.Start(server);

        Assert.Equal("201", (await bot.Http.Ask("POST", "/v1.0/users/x/events", "{}")).Outcome);
        Assert.Equal("200", (await bot.Http.Ask("PATCH", "/v1.0/users/x/events", "{}")).Outcome);
        Assert.Equal("404 ResourceNotFound", (await bot.Http.Ask("DELETE", "/v1.0/users/x/events")).Outcome);
    }

    [Fact]
    public async Task What_the_server_offers_itself_is_never_a_files()
    {
        Write("communications/calls/x.json", "{}");
        Write("communications/calls.json", "{}");
        Write("communications/onlineMeetings/x.json", "{}");
        await using var server = await Start();
        await using var bot = await TestBot.Start(server);

        Assert.Equal("404 8522", (await bot.Http.Ask("GET", "/v1.0/communications/calls/x")).Outcome);
        Assert.Equal("405 BadRequest", (await bot.Http.Ask("GET", "/v1.0/communications/calls")).Outcome);
        Assert.Equal("404 NotFound", (await bot.Http.Ask("GET", "/v1.0/communications/onlineMeetings/x")).Outcome);
    }

    [Fact]
    public async Task A_path_without_a_file_says_which_was_looked_for()
    {
        await using var server = await Start();
        await using var without = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        await using var other = await TestBot.Start(without);

        var missing = await bot.Http.Ask("GET", "/v1.0/users/x/events");
        var none = await other.Http.Ask("GET", "/v1.0/users/x/events");

        Assert.Equal(
            ("404 ResourceNotFound", "There is nothing at /v1.0/users/x/events. The folder of fixtures has no users/x/events.json."),
            (missing.Outcome, missing.Message));
        Assert.Equal(
            ("404 ResourceNotFound", "There is nothing at /v1.0/users/x/events. Pass --fixtures DIR to answer such paths from JSON files."),
            (none.Outcome, none.Message));
        Assert.Equal("404 ResourceNotFound", (await bot.Http.Ask("GET", "/v1.0")).Outcome);
    }

    /// <summary>Sent over a socket, as clients tidy such paths up.</summary>
    [Theory]
    [InlineData("../secret")]
    [InlineData("users/../../secret")]
    [InlineData("%2e%2e/secret")]
    [InlineData("..%2fsecret")]
    [InlineData("%2e%2e%2fsecret")]
    [InlineData("users/..%5c..%5csecret")]
    [InlineData("_/../secret")]
    public async Task No_path_leads_out_of_the_folder(string path)
    {
        Write("users/x.json", "{}");
        await File.WriteAllTextAsync(Path.Combine(_around.Path, "secret.json"), "\"canary\"");
        await using var server = await Start();
        await using var bot = await TestBot.Start(server);

        var answer = await Raw(server, $"GET /v1.0/{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer {await bot.Token()}\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 404", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "The fixture users/x.json cannot be sent: it is not JSON in line 1.")]
    [InlineData("", "The fixture users/x.json cannot be sent: it is not JSON in line 1.")]
    [InlineData("{}\n{}", "The fixture users/x.json cannot be sent: it is not JSON in line 2.")]
    public async Task A_file_that_is_no_JSON_is_named(string text, string message)
    {
        Write("users/x.json", text);
        await using var server = await Start();
        await using var bot = await TestBot.Start(server);

        var answer = await bot.Http.Ask("GET", "/v1.0/users/x");

        Assert.Equal(("500 UnknownError", message), (answer.Outcome, answer.Message));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_stops_the_start() => Assert.Equal(
        $"The folder of fixtures {Folder} is not there.",
        (await Assert.ThrowsAsync<UsageException>(() => TestServer.Start(options => options with { Fixtures = Folder }))).Message);

    public void Dispose() => _around.Dispose();

    private Task<TestServer> Start()
    {
        Directory.CreateDirectory(Folder);
        return TestServer.Start(options => options with { Fixtures = Folder });
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private static async Task<string> Raw(TestServer server, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Address.Host, server.Address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync().WaitAsync(TestServer.Patience);
    }
}
