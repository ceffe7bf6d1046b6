using System.Text.Json.Nodes;
using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Control;

/// <summary>Who is registered, and how that changes.</summary>
public sealed class DirectoryControlTests
{
    private const string Application = "/control/applications/bbbbbbbb-0000-4000-8000-000000000009";
    private const string User = "/control/users/cccccccc-0000-4000-8000-000000000009";
    private const string Number = "/control/numbers/+14255550123";

    [Fact]
    public async Task What_is_left_out_of_an_application_takes_its_default_and_its_secret_is_never_shown()
    {
        await using var server = await TestServer.Start();

        await server.Http.Ask("PUT", Application, """{"secret":"canary","callbackUri":"http://127.0.0.1:9/"}""");
        var put = await server.Http.Ask("PUT", Application, """{"secret":"canary","permissions":[]}""");
        var shown = await server.Http.Ask("GET", Application);

        Assert.Equal((200, put.Text), (put.Status, shown.Text));
        Assert.Equal([], shown.Body["permissions"]!.AsArray());
        Assert.Equal(("documented", false), ((string?)shown.Body["style"], (bool)shown.Body["quotedCodes"]!));
        Assert.Null(shown.Body["callbackUri"]);
        Assert.DoesNotContain("canary", await server.Http.GetStringAsync("/control/applications"), StringComparison.Ordinal);
        Assert.DoesNotContain("ecret", shown.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Application)]
    [InlineData(User)]
    [InlineData(Number)]
    public async Task An_entry_is_put_read_listed_and_deleted(string path)
    {
        await using var server = await TestServer.Start();
        var list = path[..path.LastIndexOf('/')];

        Assert.Equal(404, (await server.Http.Ask("GET", path)).Status);
        Assert.Equal(200, (await server.Http.Ask("PUT", path, """{"displayName":"First"}""")).Status);
        Assert.Equal(200, (await server.Http.Ask("PUT", path, """{"displayName":"Second"}""")).Status);
        Assert.Equal("Second", (string?)(await server.Http.Ask("GET", path)).Body["displayName"]);
        Assert.Single(JsonNode.Parse(await server.Http.GetStringAsync(list))!.AsArray());
        Assert.Equal(204, (await server.Http.Ask("DELETE", path)).Status);
        Assert.Equal(404, (await server.Http.Ask("DELETE", path)).Status);
        Assert.Equal("[]", await server.Http.GetStringAsync(list));
    }

    [Theory]
    [InlineData(Application, """{"permissions":["Calls.Everything"]}""", "'permissions[0]' is no permission of the calls API.")]
    [InlineData(Application, """{"permissions":[null]}""", "'permissions[0]' is no permission of the calls API.")]
    [InlineData(Application, """{"secret":""}""", "'secret' must not be empty")]
    [InlineData(Application, """{"style":"loud"}""", "'style' must be documented or observed.")]
    [InlineData(Application, """{"callbackUri":"http://169.254.169.254/"}""", "'callbackUri' must not lead to 169.254.169.254")]
    [InlineData(Application, """{"id":"another"}""", "'id' must be 'bbbbbbbb-0000-4000-8000-000000000009', as in the address, or be left out.")]
    [InlineData(Application, """{"callback":"http://bot.example/"}""", "The body cannot be read: 'callback' is no member that is known here.")]
    [InlineData(Application, """{"quotedCodes":"yes"}""", "The body cannot be read: 'quotedCodes' is a value of the wrong kind.")]
    [InlineData(Application, """{"displayName":"a\u0007b"}""", "'displayName' must not contain control characters.")]
    [InlineData(Application, "{", "The body cannot be read: the text: ")]
    [InlineData(User, """{"phones":[null]}""", "'phones[0]' must not be null.")]
    [InlineData(User, """{"phones":[{"script":[null]}]}""", "'phones[0].script[0]' must not be null.")]
    [InlineData(User, """{"phones":[{"script":[{"do":"sing"}]}]}""", "'phones[0].script[0].do' must be one of acknowledge, admit, answer, busy, decline, demote, deny, endForEveryone, hangUp, hold, loseMedia, mute, press, promote, refuse, remove, resume, ring, speak, startMedia, unmute, vanish.")]
    [InlineData(User, """{"phones":[{"script":[{"do":"ring","after":"soon"}]}]}""", "'phones[0].script[0].after' must be an ISO 8601 duration")]
    [InlineData(User, """{"phones":[{"script":[{"do":"ring","after":"P2D"}]}]}""", "'phones[0].script[0].after' must be between PT0S and P1D.")]
    [InlineData("/control/numbers/555", "{}", "'id' must be a number in E.164")]
    public async Task An_entry_that_makes_no_sense_is_refused_by_its_member_and_changes_nothing(string path, string body, string detail)
    {
        await using var server = await TestServer.Start();

        var answer = await server.Http.Ask("PUT", path, body);

        Assert.Equal(400, answer.Status);
        Assert.StartsWith(detail, (string)answer.Body["detail"]!, StringComparison.Ordinal);
        Assert.Equal(404, (await server.Http.Ask("GET", path)).Status);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        await using var server = await TestServer.Start();

        Assert.Equal(413, (await server.Http.Ask("PUT", User, $$"""{"displayName":"{{new string('x', 300_000)}}"}""")).Status);
    }

    [Fact]
    public async Task The_directory_file_is_where_it_begins_and_changes_outlive_a_restart()
    {
        using var folder = new TestFolder();
        var file = Path.Combine(folder.Path, "people.json");
        await File.WriteAllTextAsync(file, """{"users":[{"id":"alice","displayName":"Alice"},{"id":"bob"}],"numbers":[{"id":"+14255550123"}]}""");
        await using (var server = await ServerProcess.Start(folder, "--directory", file))
        {
            Assert.Equal("Alice", (string?)(await server.Http.Ask("GET", "/control/users/alice")).Body["displayName"]);
            await server.Http.Ask("DELETE", "/control/users/bob");
            await server.Http.Ask("PUT", "/control/users/carol", "{}");
            await server.Kill();
        }

        await File.WriteAllTextAsync(file, """{"users":[{"id":"alice","displayName":"Alice the Second"},{"id":"bob"}]}""");
        await using (var server = await ServerProcess.Start(folder, "--directory", file))
        {
            Assert.Equal(["alice", "carol"], await Users(server));
            Assert.Equal("Alice the Second", (string?)(await server.Http.Ask("GET", "/control/users/alice")).Body["displayName"]);
            Assert.Equal("[]", await server.Http.GetStringAsync("/control/numbers"));
            Assert.Equal(204, (await server.Http.Ask("POST", "/control/reset")).Status);
            Assert.Equal(["alice", "bob"], await Users(server));
        }

        static async Task<IEnumerable<string?>> Users(ServerProcess server) =>
            JsonNode.Parse(await server.Http.GetStringAsync("/control/users"))!.AsArray().Select(user => (string?)user!["id"]);
    }

    [Theory]
    [InlineData("""{"users":[{"id":"a"},{"id":"b","phone":1}]}""", "cannot be read at line 1: 'users[1].phone' is no member that is known here.")]
    [InlineData("{\n\"users\":{} }", "cannot be read at line 2: 'users' is a value of the wrong kind.")]
    [InlineData("""{"users":[{"id":"a"},{"displayName":"b"}]}""", "is wrong at line 1, in users[1]: 'id' is missing.")]
    [InlineData("{\n \"numbers\":[{\"id\":\"+1425555\",\"phones\":[]}],\n \"users\":[\n  {\"id\":\"a\",\n \"phones\":[{}]},\n  {\"id\":\"b\",\"phones\":[{\"script\":[{\"do\":\"refuse\",\"status\":1}]}]} ] }", "is wrong at line 6, in users[1]: 'phones[0].script[0].status' must be a SIP status from 300 to 699, such as 503.")]
    [InlineData("""{"users":[null]}""", "is wrong at line 1, in users[0]: 'users[0]' must not be null.")]
    public async Task A_directory_file_with_a_mistake_stops_the_start_and_names_the_place(string text, string message)
    {
        using var folder = new TestFolder();
        var file = Path.Combine(folder.Path, "people.json");
        await File.WriteAllTextAsync(file, text);

        var (exit, _, error) = await ServerProcess.Run("dev", "--urls", "http://127.0.0.1:0", "--data", folder.Path, "--directory", file);

        Assert.Equal((2, $"hookswitch: The directory file {file} {message}\n"), (exit, error));
    }
}
