using System.Net.Http.Json;
using Hookswitch.Conversations;
using Hookswitch.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hookswitch.Tests.Harness;

/// <summary>The real server over real HTTP, with a manual clock, a store of its own and a free port.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    /// <summary>For hangs only: nothing in a test takes as long.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>When the manual clock starts.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Server _server;
    private readonly TestFolder _folder;

    private TestServer(Server server, TestFolder folder, ServerLog log)
    {
        (_server, _folder, Log) = (server, folder, log);
        Http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server.Address, Timeout = Patience };
        Transcript = new Transcript(() => Services.GetRequiredService<CallClock>().Now - Noon);
        Transcript.Name(server.Address.GetLeftPart(UriPartial.Authority), "http://server");
    }

    /// <summary>Without a token.</summary>
    public HttpClient Http { get; }

    public Uri Address => _server.Address;

    /// <summary>Null unless it was started with an https address.</summary>
    public Uri? SecureAddress => _server.SecureAddress;

    /// <summary>Where its keys and its certificate are.</summary>
    public string Folder => _folder.Path;

    public IServiceProvider Services => _server.Services;

    public Transcript Transcript { get; }

    public ServerLog Log { get; }

    public DateTimeOffset Now => Services.GetRequiredService<CallClock>().Now;

    /// <param name="change">To options with a manual clock and a folder of its own.</param>
    public static async Task<TestServer> Start(Func<ServerOptions, ServerOptions>? change = null)
    {
        var (folder, log) = (new TestFolder(), new ServerLog());
        var options = new ServerOptions { Urls = ["http://127.0.0.1:0"], Data = folder.Path, Clock = ClockKind.Manual, ClockStart = Noon };
        var server = await Server.Start(change is null ? options : change(options), logging => logging.AddProvider(log));
        return new TestServer(server, folder, log);
    }

    /// <summary>Moves the clock, and returns when all that was due is done and every due notification had one attempt.</summary>
    public Task Advance(TimeSpan by) => Services.GetRequiredService<Timekeeper>().Advance(by).WaitAsync(Patience);

    /// <summary>Returns when all that is due now is done.</summary>
    public Task Settle() => Advance(TimeSpan.Zero);

    /// <summary>Puts every grain to sleep.</summary>
    public async Task PutToSleep()
    {
        var management = Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);
        await management.ForceActivationCollection(TimeSpan.Zero);
        while (await management.GetGrainActivationCount(Conversation()) > 0)
        {
            await Task.Yield();
        }
    }

    public async Task<HttpResponseMessage> Put(string path, object body)
    {
        var response = await Http.PutAsJsonAsync(path, body);
        response.EnsureSuccessStatusCode();
        return response;
    }

    /// <summary>Drives a phone.</summary>
    public Task<HttpResponseMessage> Phone(string userOrNumber, string action, object? body = null) =>
        Http.PostAsJsonAsync($"/control/phones/{Uri.EscapeDataString(userOrNumber)}/{action}", body ?? new object());

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
        var errors = string.Join('\n', Log.Errors);
        Assert.True(errors.Length == 0, errors);
    }

    private GrainReference Conversation() =>
        (GrainReference)Services.GetRequiredService<IGrainFactory>().GetGrain<IConversationGrain>(1);
}
