using System.Collections.Concurrent;
using System.Text;
using Hookswitch.Identity;
using Hookswitch.Storage;
using Hookswitch.Tests.Harness;
using Hookswitch.Time;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hookswitch.Tests;

/// <summary>Secrets are planted wherever there is one, and calls are driven well and badly: no log, no error, no file and no telemetry may show them.</summary>
public sealed class SecretTests : IDisposable
{
    private const string Key = "canary-control-key-7f3a9c1e5b2d8046";
    private const string WrongKey = "canary-wrong-control-key-7f3a9c1e5b";
    private const string Secret = "canary-application-secret";
    private const string LaterSecret = "canary-later-secret";
    private const string WrongSecret = "canary-wrong-secret";
    private const string Passcode = "canary-passcode";
    private const string WrongPasscode = "canary-wrong-passcode";
    private const string PromptKey = "canary-prompt-key";
    private const string BadToken = "canary-header.canary-payload.canary-signature";
    private const string Application = "bbbbbbbb-0000-4000-8000-000000000001";
    private const string Calls = "/v1.0/communications/calls";
    private const string Media = """ "mediaConfig":{"@odata.type":"#microsoft.graph.serviceHostedMediaConfig"} """;

    private readonly TestFolder _folder = new();
    private readonly TestFolder _files = new();
    private readonly TraceLog _log = new();
    private readonly ConcurrentQueue<string> _errors = [];
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TestServer.Patience };

    [Fact]
    public async Task No_secret_is_logged_told_in_an_error_or_stored()
    {
        await using var webhook = await Webhook.Start();
        await using var collector = await Collector.Start();
        var directory = Path.Combine(_files.Path, "people.json");
        SecretFile.Write(directory, $$$"""
            {
              "applications": [ { "id":"{{{Application}}}", "tenantId":"{{{TestBot.Tenant}}}", "secret":"{{{Secret}}}", "callbackUri":"{{{webhook.Callback}}}" } ],
              "meetings": [ { "id":"weekly", "tenantId":"{{{TestBot.Tenant}}}", "threadId":"19:weekly@thread.v2", "joinMeetingId":"234567890123", "passcode":"{{{Passcode}}}" } ]
            }
            """);
        var canaries = new List<string> { Key, WrongKey, Secret, LaterSecret, WrongSecret, Passcode, WrongPasscode, PromptKey, "canary-payload", "canary-signature" };
        canaries.AddRange(PemLines("tokens.pem"));
        canaries.AddRange(PemLines("callbacks.pem"));

        await using (var server = await Server.Start(Options(directory) with { Telemetry = collector.Options }, logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_log)))
        {
            _http.BaseAddress = server.Address;
            var token = await Token(Secret);
            canaries.Add(token.Split('.')[2]);
            await Join(token, ByNumber(Passcode), webhook.Callback);
            await Settle(server);
            var joinToken = webhook.All.Select(one => (string?)one.Call["meetingInfo"]?["token"]).First(one => one is not null)!;
            canaries.Add(joinToken);
            webhook.Answer = (_, one) => Task.FromResult(one.Call["meetingInfo"] is null ? Results.Accepted() : Results.BadRequest());
            await Join(token, $$$""" "meetingInfo":{"@odata.type":"#microsoft.graph.tokenMeetingInfo","token":"{{{joinToken}}}"} """, webhook.Callback);
            await Settle(server); // a dead letter holds what the bot was to be told
            await Fail(webhook, token, joinToken);
            await Settle(server);
            canaries.AddRange(webhook.All.Select(one => one.Headers.Authorization.ToString().Split('.')[2]));
        }

        Assert.Multiple(
            () => Assert.All(canaries, canary => Assert.DoesNotContain(_log.Lines, line => line.Contains(canary, StringComparison.Ordinal))),
            () => Assert.All(canaries, canary => Assert.DoesNotContain(collector.All, got => got.Text.Contains(canary, StringComparison.Ordinal))),
            () => Assert.All(canaries, canary => Assert.DoesNotContain(_errors, error => error.Contains(canary, StringComparison.Ordinal))),
            () => Assert.All(canaries.Where(one => one != PromptKey), canary => Assert.Empty(FilesWith(canary))));
        AssertAllWasLookedThrough(collector);
    }

    private void AssertAllWasLookedThrough(Collector collector)
    {
        Assert.Contains(FilesWith(PromptKey), file => file.Contains("calls.db", StringComparison.Ordinal)); // so that it is seen that files are looked through
        Assert.Contains(_log.Lines, line => line.StartsWith("Trace Orleans", StringComparison.Ordinal));
        Assert.Contains(_log.Lines, line => line.StartsWith("Information Microsoft.AspNetCore.Hosting", StringComparison.Ordinal));
        Assert.Contains(_log.Lines, line => line.StartsWith("Warning Hookswitch", StringComparison.Ordinal));
        Assert.Equal(["/v1/logs", "/v1/metrics", "/v1/traces"], collector.All.Select(got => got.Path).Distinct().Order());
        Assert.Equal(13, _errors.Count);
    }

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
        _files.Dispose();
    }

    private ServerOptions Options(string directory) => new()
    {
        Urls = ["http://127.0.0.1:0"],
        Data = _folder.Path,
        Clock = ClockKind.Manual,
        ClockStart = TestServer.Noon,
        Directory = directory,
        ControlKey = ControlKey.Of(Key),
    };

    private static string ByNumber(string passcode) =>
        $$$""" "meetingInfo":{"@odata.type":"#microsoft.graph.joinMeetingIdMeetingInfo","joinMeetingId":"234567890123","passcode":"{{{passcode}}}"} """;

    private async Task<GraphAnswer> Join(string token, string meeting, string callback = "http://127.0.0.1:1/nobody") => await Ask(
        "POST", Calls, $$"""{"callbackUri":"{{callback}}",{{Media}},"tenantId":"{{TestBot.Tenant}}",{{meeting}}}""", token);

    // All that a client, a callback or an operator can get wrong with a secret in hand.
    private async Task Fail(Webhook webhook, string token, string joinToken)
    {
        await Token(WrongSecret);
        await Ask("GET", $"{Calls}/x", null, BadToken);
        await Ask("GET", $"{Calls}/x", null, token[..^5] + "AAAAA");
        await Ask("GET", $"{Calls}/x", null, Key);
        await Ask("GET", "/control/calls", null, WrongKey);
        await Ask("GET", "/control/calls", null, token);
        await Ask("PUT", $"/control/applications/{Application}", $$"""{"secret":"{{LaterSecret}}","callbackUri":"ftp://nowhere"}""", Key);
        await Ask("PUT", $"/control/applications/{Application}", $$"""{"secret":"{{LaterSecret}} """, Key);
        await Ask("PUT", $"/control/applications/{Application}", $$$"""{"secret":{"{{{LaterSecret}}}":"{{{LaterSecret}}}"} }""", Key);
        await Ask("PUT", $"/control/applications/{Application}", $$"""{"secretHash":"{{LaterSecret}}"}""", Key);
        await Ask("PUT", "/control/applications/other", $$"""{"secret":"{{LaterSecret}}"}""", Key);
        await Join(token, ByNumber(WrongPasscode));
        await Join(token, $$$""" "meetingInfo":{"@odata.type":"#microsoft.graph.tokenMeetingInfo","token":"{{{joinToken}}}A"} """);
        await Join(token, $$$""" "meetingInfo":{"@odata.type":"#microsoft.graph.tokenMeetingInfo","token":{"{{{joinToken}}}":1} } """);
        webhook.Answer = (_, _) => Task.FromResult(Results.BadRequest());
        var call = webhook.All[0].CallId;
        await Ask("POST", $"{Calls}/{call}/playPrompt", $$$"""
            {"prompts":[{"@odata.type":"#microsoft.graph.mediaPrompt","mediaInfo":{"uri":"http://127.0.0.1:1/a.wav?sig={{{PromptKey}}}"} }]}
            """, token);
        await Ask("DELETE", $"{Calls}/{call}", null, token);
    }

    private static async Task Settle(Server server) =>
        await server.Services.GetRequiredService<Timekeeper>().Advance(TimeSpan.FromSeconds(5)).WaitAsync(TestServer.Patience);

    private async Task<string> Token(string secret)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = Application,
            ["client_secret"] = secret,
            ["scope"] = "https://graph.microsoft.com/.default",
        });
        var answer = await _http.Ask("POST", $"/{TestBot.Tenant}/oauth2/v2.0/token", form);
        Note(answer);
        return (string?)answer.Body["access_token"] ?? "";
    }

    private async Task<GraphAnswer> Ask(string method, string path, string? body, string token)
    {
        var answer = await _http.Ask(method, path, body, token);
        Note(answer);
        return answer;
    }

    private void Note(GraphAnswer answer)
    {
        if (answer.Status >= 400)
        {
            _errors.Enqueue(answer.Text);
        }
    }

    private string[] PemLines(string file) => [.. File.ReadAllLines(Path.Combine(_folder.Path, file)).Where(line => line.Length >= 40 && !line.StartsWith('-'))];

    // The keys are in their files. What is to be played is stored with its address: it is fetched again after a crash.
    private IEnumerable<string> FilesWith(string canary) =>
        from path in Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories)
        where !path.EndsWith(".pem", StringComparison.Ordinal)
        where File.ReadAllBytes(path).AsSpan().IndexOf(Encoding.UTF8.GetBytes(canary)) >= 0
        select path;

    private sealed class TraceLog : ILoggerProvider
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => new Entries(this, categoryName);

        public void Dispose()
        {
            // Nothing is held.
        }

        private sealed class Entries(TraceLog log, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull
            {
                log.Lines.Enqueue($"Scope {category}: {state}");
                return null;
            }

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                log.Lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)} {exception}");
        }
    }
}
