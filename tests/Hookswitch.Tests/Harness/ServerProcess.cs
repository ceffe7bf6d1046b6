using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Hookswitch.Tests.Harness;

/// <summary>The server as its users start it: a process of its own, which can be killed.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, Uri address)
    {
        (_process, Address) = (process, address);
        Http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address, Timeout = TestServer.Patience };
    }

    public Uri Address { get; }

    /// <summary>Without a token.</summary>
    public HttpClient Http { get; }

    /// <summary>Starts it on a free port, and returns when it says where it is.</summary>
    public static Task<ServerProcess> Start(TestFolder folder, params string[] arguments) =>
        Start(["dev", "--urls", "http://127.0.0.1:0", "--data", folder.Path, .. arguments]);

    /// <summary>Starts it with a verb and all that it needs, one of its addresses being http.</summary>
    public static async Task<ServerProcess> Start(IEnumerable<string> arguments)
    {
        var process = Command(arguments);
        var lines = new List<string>();
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(TestServer.Patience) is { } line)
        {
            lines.Add(line);
            if (ApiAddress().Match(line) is { Success: true } match)
            {
                _ = process.StandardOutput.ReadToEndAsync(); // a full pipe would stop it
                return new ServerProcess(process, new Uri(match.Groups["address"].Value + "/"));
            }
        }

        throw new InvalidOperationException($"It did not start: {string.Join('\n', lines)} {await process.StandardError.ReadToEndAsync()}");
    }

    /// <summary>Runs a command to its end.</summary>
    public static Task<(int Exit, string Output, string Error)> Run(params string[] arguments) => Run(new Dictionary<string, string>(), arguments);

    /// <summary>The same, in an environment with more variables.</summary>
    public static async Task<(int Exit, string Output, string Error)> Run(IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        using var process = Command(arguments, environment);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.WaitForExitAsync().WaitAsync(TestServer.Patience);
        }
        catch (TimeoutException e)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"hookswitch {string.Join(' ', arguments)} did not end. It said: {await output} {await error}", e);
        }

        return (process.ExitCode, await output, await error);
    }

    /// <summary>A bot's request, with its token.</summary>
    public async Task<GraphAnswer> AskAsBot(string method, string path, string? body = null)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = "bbbbbbbb-0000-4000-8000-000000000001",
            ["client_secret"] = "secret",
            ["scope"] = "https://graph.microsoft.com/.default",
        });
        var token = await Http.Ask("POST", "/common/oauth2/v2.0/token", form);
        return await Http.Ask(method, path, body, (string)token.Body["access_token"]!);
    }

    /// <summary>Places a call to a user.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> Place(string callback)
    {
        var answer = await AskAsBot("POST", "/v1.0/communications/calls", TestBot.CallBody(callback));
        Assert.Equal(201, answer.Status);
        return (string)answer.Body["id"]!;
    }

    /// <summary>Ends it without a word, as a crash does.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to end, as service managers do.</summary>
    /// <returns>Its exit code, once it has ended.</returns>
    public async Task<int> Terminate()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        await _process.WaitForExitAsync().WaitAsync(TestServer.Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
        {
            await Kill();
        }

        _process.Dispose();
    }

    private static Process Command(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "hookswitch.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    [GeneratedRegex(@"^\s*API\s+(?<address>http://\S+)/v1\.0", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ApiAddress();
}
