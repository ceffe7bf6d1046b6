using System.Text.Json.Nodes;
using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Api;

/// <summary>What is wrong with what is to be played, recorded or sent is said as a Graph error that names it, and nothing is begun.</summary>
public sealed class BadMediaInputTests
{
    private const string Tones = """{"tones":["tone1"]}""";
    private static readonly string Long = new('x', 257);

    /// <summary>The action, its body, and what the answer says.</summary>
    public static TheoryData<string, string, string> BadPrompts => new()
    {
        { "playPrompt", "", "The body is empty." },
        { "playPrompt", "{}", "'prompts' is missing." },
        { "playPrompt", """{"prompts":null}""", "'prompts' is missing." },
        { "playPrompt", """{"prompts":[]}""", "'prompts' is missing." },
        { "playPrompt", """{"prompts":{}}""", "'prompts' must be an array, not an object." },
        { "playPrompt", """{"prompts":[null]}""", "'prompts[0]' must not be null." },
        { "playPrompt", """{"prompts":[{}]}""", "'prompts[0]' must have an @odata.type, one of #microsoft.graph.mediaPrompt" },
        { "playPrompt", """{"prompts":[{"@odata.type":"#microsoft.graph.textPrompt"}]}""", "'prompts[0]' has the unknown @odata.type \"#microsoft.graph.textPrompt\"" },
        { "playPrompt", """{"prompts":[{"@odata.type":"#microsoft.graph.prompt"}]}""", "'prompts[0]' has the unknown @odata.type \"#microsoft.graph.prompt\"" },
        { "playPrompt", Prompts(21), "'prompts' has 21: 20 at most can be played." },
        { "playPrompt", Prompt("{}", "mediaInfo"), "'prompts[0].mediaInfo.uri' is missing." },
        { "playPrompt", Prompt("null", "mediaInfo"), "'prompts[0].mediaInfo' is missing." },
        { "playPrompt", Prompt("1", "loop"), "'prompts[0].mediaInfo' is missing." },
        { "playPrompt", Uri(""), "'prompts[0].mediaInfo.uri' is missing." },
        { "playPrompt", Uri("hello.wav"), "'prompts[0].mediaInfo.uri' must be an absolute http or https address." },
        { "playPrompt", Uri("/hello.wav"), "'prompts[0].mediaInfo.uri' must be an absolute http or https address." },
        { "playPrompt", Uri("file:///etc/passwd"), "'prompts[0].mediaInfo.uri' must be an absolute http or https address." },
        { "playPrompt", Uri("ftp://bot.example/hello.wav"), "'prompts[0].mediaInfo.uri' must be an absolute http or https address." },
        { "playPrompt", Uri("http://bot.example/hello.wav"), "'prompts[0].mediaInfo.uri' must be https: http is for addresses on this machine alone." },
        { "playPrompt", Uri("https://user:word@bot.example/"), "'prompts[0].mediaInfo.uri' must not carry a user name or password." },
        { "playPrompt", Uri("http://169.254.169.254/latest"), "'prompts[0].mediaInfo.uri' must not lead to 169.254.169.254: " },
        { "playPrompt", Uri("http://[::ffff:169.254.169.254]/"), "'prompts[0].mediaInfo.uri' must not lead to ::ffff:169.254.169.254: " },
        { "playPrompt", Uri($"https://bot.example/{new string('x', 2048)}"), "'prompts[0].mediaInfo.uri' is longer than 2048 characters." },
        { "playPrompt", Prompt($$"""{"uri":"https://bot.example/","resourceId":"{{Long}}"}""", "mediaInfo"), "'prompts[0].mediaInfo.resourceId' is longer than 256 characters." },
        { "playPrompt", Loop("0"), "'prompts[0].loop' must be from 1 to 100 times." },
        { "playPrompt", Loop("-1"), "'prompts[0].loop' must be from 1 to 100 times." },
        { "playPrompt", Loop("101"), "'prompts[0].loop' must be from 1 to 100 times." },
        { "playPrompt", Loop("99999999999"), "'prompts[0].loop' must be a whole number" },
        { "recordResponse", Prompts(2), "'prompts' has 2: 1 at most can be played." },
        { "recordResponse", Uri("http://169.254.169.254/latest"), "'prompts[0].mediaInfo.uri' must not lead to 169.254.169.254: " },
        { "record", Prompts(2), "'prompts' has 2: 1 at most can be played." },
    };

    public static TheoryData<string, string, string> BadRecordings => new()
    {
        { "recordResponse", """{"initialSilenceTimeoutInSeconds":0}""", "'initialSilenceTimeoutInSeconds' must be from 1 to 120 seconds." },
        { "recordResponse", """{"initialSilenceTimeoutInSeconds":121}""", "'initialSilenceTimeoutInSeconds' must be from 1 to 120 seconds." },
        { "recordResponse", """{"maxSilenceTimeoutInSeconds":0}""", "'maxSilenceTimeoutInSeconds' must be from 1 to 120 seconds." },
        { "recordResponse", """{"maxSilenceTimeoutInSeconds":121}""", "'maxSilenceTimeoutInSeconds' must be from 1 to 120 seconds." },
        { "recordResponse", """{"maxRecordDurationInSeconds":0}""", "'maxRecordDurationInSeconds' must be from 1 to 120 seconds." },
        { "recordResponse", """{"maxRecordDurationInSeconds":121}""", "'maxRecordDurationInSeconds' must be from 1 to 120 seconds." },
        { "recordResponse", """{"maxRecordDurationInSeconds":"5"}""", "'maxRecordDurationInSeconds' must be a whole number, not this string." },
        { "recordResponse", """{"stopTones":["#","hash"]}""", "'stopTones[1]' must be a key: " },
        { "recordResponse", """{"stopTones":["flash"]}""", "'stopTones[0]' must be a key: " },
        { "recordResponse", """{"stopTones":[""]}""", "'stopTones[0]' must be a key: " },
        { "recordResponse", """{"stopTones":["3","12"]}""", "'stopTones[1]' must be a key: " },
        { "recordResponse", """{"stopTones":[null]}""", "'stopTones[0]' must not be null." },
        { "recordResponse", """{"stopTones":"#"}""", "'stopTones' must be an array, not this string." },
    };

    public static TheoryData<string, string, string> BadTones => new()
    {
        { "sendDtmfTones", "{}", "'tones' is missing." },
        { "sendDtmfTones", """{"tones":[]}""", "'tones' is missing." },
        { "sendDtmfTones", """{"tones":["tone1","hum"]}""", "'tones[1]' must be one of tone0, " },
        { "sendDtmfTones", """{"tones":["1"]}""", "'tones[0]' must be one of tone0, " },
        { "sendDtmfTones", """{"tones":["tone1","flash"]}""", "'tones' names flash, which is no sound." },
        { "sendDtmfTones", $$"""{"tones":[{{string.Join(',', Enumerable.Repeat("\"tone1\"", 101))}}]}""", "'tones' has 101: 100 at most can be sent at once." },
        { "sendDtmfTones", """{"tones":["tone1"],"delayBetweenTonesMs":-1}""", "'delayBetweenTonesMs' must be from 0 to 10000 milliseconds." },
        { "sendDtmfTones", """{"tones":["tone1"],"delayBetweenTonesMs":10001}""", "'delayBetweenTonesMs' must be from 0 to 10000 milliseconds." },
    };

    public static TheoryData<string, string, string> BadContexts => new()
    {
        { "playPrompt", With(Prompts(1)), "'clientContext' is longer than 256 characters." },
        { "recordResponse", With("{}"), "'clientContext' is longer than 256 characters." },
        { "record", With("{}"), "'clientContext' is longer than 256 characters." },
        { "sendDtmfTones", With(Tones), "'clientContext' is longer than 256 characters." },
        { "cancelMediaProcessing", With("{}"), "'clientContext' is longer than 256 characters." },
        { "cancelMediaProcessing", """{"clientContext":7}""", "'clientContext' must be a string, not this number." },
        { "participants/x/startHoldMusic", With("{}"), "'clientContext' is longer than 256 characters." },
        { "participants/x/stopHoldMusic", With("{}"), "'clientContext' is longer than 256 characters." },
        { "participants/x/startHoldMusic", """{"customPrompt":{"@odata.type":"#microsoft.graph.mediaPrompt"}}""", "'customPrompt.mediaInfo' is missing." },
        {
            "participants/x/startHoldMusic", """{"customPrompt":{"@odata.type":"#microsoft.graph.mediaPrompt","mediaInfo":{"uri":"http://169.254.169.254/"}}}""",
            "'customPrompt.mediaInfo.uri' must not lead to 169.254.169.254: "
        },
    };

    public static TheoryData<string, string> Actions => new()
    {
        { "playPrompt", Prompts(1) },
        { "recordResponse", "{}" },
        { "record", "{}" },
        { "sendDtmfTones", Tones },
        { "cancelMediaProcessing", "{}" },
    };

    [Theory]
    [MemberData(nameof(BadPrompts))]
    [MemberData(nameof(BadRecordings))]
    [MemberData(nameof(BadTones))]
    [MemberData(nameof(BadContexts))]
    public async Task A_bad_member_is_refused_by_its_name_and_nothing_is_begun(string action, string body, string message)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = $"/v1.0/communications/calls/{await bot.PlaceEstablished()}";

        var answer = await bot.Http.Ask("POST", $"{call}/{action}", body);

        Assert.Equal("400 8523", answer.Outcome);
        Assert.StartsWith(message, answer.Message, StringComparison.Ordinal);
        await NothingBegan(bot, call);
    }

    [Theory]
    [InlineData("playPrompt", "clientContext", 256)]
    [InlineData("playPrompt", "prompts", 20)]
    [InlineData("recordResponse", "clientContext", 256)]
    public async Task The_most_that_is_allowed_is_taken(string action, string member, int most)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = $"/v1.0/communications/calls/{await bot.PlaceEstablished()}";
        var body = JsonNode.Parse(action == "playPrompt" ? Prompts(member == "prompts" ? most : 1) : "{}")!.AsObject();
        body["clientContext"] = new string('x', member == "clientContext" ? most : 0);

        Assert.Equal(200, (await bot.Http.Ask("POST", $"{call}/{action}", body.ToJsonString())).Status);
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task Who_hosts_its_own_media_has_nothing_played_or_recorded_here(string action, string body)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var placed = await bot.Http.Ask("POST", "/v1.0/communications/calls", bot.CallBody("appHosted"));
        await server.Advance(TimeSpan.FromMilliseconds(300));
        var call = $"/v1.0/communications/calls/{placed.Body["id"]}";

        Assert.Equal("400 8500", (await bot.Http.Ask("POST", $"{call}/{action}", body)).Outcome);
        await NothingBegan(bot, call);
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task Before_a_call_is_established_and_after_its_end_nothing_is_begun(string action, string body)
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = $"/v1.0/communications/calls/{(await bot.Place()).Id}";

        Assert.Equal("400 8501", (await bot.Http.Ask("POST", $"{call}/{action}", body)).Outcome);
        await NothingBegan(bot, call);
        await bot.Http.Ask("DELETE", call);
        Assert.Equal("404 8522", (await bot.Http.Ask("POST", $"{call}/{action}", body)).Outcome);
    }

    [Fact]
    public async Task Fifty_wait_for_their_turn_and_no_more()
    {
        await using var server = await TestServer.Start();
        await using var sounds = await SoundServer.Start();
        await using var bot = await TestBot.Start(server);
        var call = $"/v1.0/communications/calls/{await bot.PlaceEstablished()}";
        var body = Uri(sounds.Put("long.wav", Sounds.Noise(61, seconds: 60)));

        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(200, (await bot.Http.Ask("POST", $"{call}/playPrompt", body)).Status);
        }

        Assert.Equal("409 8519", (await bot.Http.Ask("POST", $"{call}/playPrompt", body)).Outcome);
        Assert.Equal("409 8519", (await bot.Http.Ask("POST", $"{call}/sendDtmfTones", Tones)).Outcome);
        Assert.Equal(50, (await bot.Http.Ask("GET", $"{call}/operations")).Body["value"]!.AsArray().Count);
        Assert.Equal(200, (await bot.Http.Ask("POST", $"{call}/recordResponse", """{"bargeInAllowed":true}""")).Status); // it takes the place of all
    }

    private static async Task NothingBegan(TestBot bot, string call) =>
        Assert.Empty((await bot.Http.Ask("GET", $"{call}/operations")).Body["value"]!.AsArray());

    private static string Prompt(string value, string member) => $$"""{"prompts":[{"@odata.type":"#microsoft.graph.mediaPrompt","{{member}}":{{value}}}]}""";

    private static string Uri(string uri) => Prompt($$"""{"uri":"{{uri}}"}""", "mediaInfo");

    private static string Loop(string times) =>
        $$$"""{"prompts":[{"@odata.type":"#microsoft.graph.mediaPrompt","mediaInfo":{"uri":"https://bot.example/"},"loop":{{{times}}}}]}""";

    private static string Prompts(int count) => new JsonObject
    {
        ["prompts"] = new JsonArray(
            [
                .. Enumerable.Range(0, count).Select(i => new JsonObject
                {
                    ["@odata.type"] = "#microsoft.graph.mediaPrompt",
                    ["mediaInfo"] = new JsonObject { ["uri"] = $"http://127.0.0.1:1/{i}.wav" },
                }),
            ]),
    }.ToJsonString();

    private static string With(string body)
    {
        var changed = JsonNode.Parse(body)!.AsObject();
        changed["clientContext"] = Long;
        return changed.ToJsonString();
    }
}
