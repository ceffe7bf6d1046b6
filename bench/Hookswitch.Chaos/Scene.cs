using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using Hookswitch.Calling;
using Hookswitch.Load;
using Hookswitch.Notifications;
using Hookswitch.Storage;
using Hookswitch.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hookswitch.Chaos;

/// <summary>One run: a server on a folder and a port of its own, bots with their receiver, and the history of what they saw.</summary>
internal sealed class Scene : IAsyncDisposable
{
    /// <summary>How long an answer is waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>In which calls that nobody looks after any longer must end.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly string _folder;

    private Scene(string folder, LoadReceiver receiver, LoadClient client, ServerProcess server, History history) =>
        (_folder, Receiver, Client, Server, History) = (folder, receiver, client, server, history);

    public ServerProcess Server { get; }

    public LoadClient Client { get; }

    public LoadReceiver Receiver { get; }

    public History History { get; }

    public string Store => Path.Combine(_folder, "data", "calls.db");

    /// <summary>Sets it up, and starts the server for the first time.</summary>
    /// <param name="command">See <see cref="ServerProcess"/>.</param>
    public static async Task<Scene> Set(ChaosOptions options, CancellationToken cancellation, string[]? command = null, Dictionary<string, string>? environment = null)
    {
        var folder = Directory.CreateDirectory(Path.Combine(options.Folder, $"hookswitch-chaos-{Guid.NewGuid():n}")).FullName;
        var (history, address) = (new History(), new Uri($"http://127.0.0.1:{FreePort()}"));
        var receiver = await LoadReceiver.Start(history, cancellation);
        await File.WriteAllBytesAsync(Path.Combine(folder, "registered.json"), Cast.Directory(receiver), cancellation);
        var client = new LoadClient(address, history, Patience);
        var scene = new Scene(folder, receiver, client, new ServerProcess(address, folder, history, command ?? ["dotnet"], environment ?? []), history);
        await scene.Server.Start(cancellation);
        foreach (var application in Cast.Applications)
        {
            await client.Authorize(application, cancellation);
        }

        return scene;
    }

    /// <summary>Returns when all calls of which a bot was told are over, or will never be.</summary>
    public async Task Settle(CancellationToken cancellation)
    {
        var begun = History.Now;
        while (!IsOver() && History.Now - begun < Settling)
        {
            await Task.Delay(Look, TimeProvider.System, cancellation);
        }
    }

    /// <summary>Waits until all that was begun is over, ends the server, and checks the history and the store against each other.</summary>
    public async Task<IReadOnlyList<Violation>> Close(CancellationToken cancellation)
    {
        await Settle(cancellation);
        await Server.Stop(cancellation);
        await Audit(cancellation);
        History.Add(new Closed());
        return HistoryChecker.Check(History.Entries);
    }

    /// <summary>Keeps the history where people find it.</summary>
    /// <returns>The file.</returns>
    public async Task<string> Keep()
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Path.GetFileName(_folder)}.jsonl");
        await History.Save(file);
        return file;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Receiver.DisposeAsync();
        Client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private bool IsOver() => new SeenCalls(History.Entries).Calls.All(call => call.Notified.Exists(one => one.IsFinal));

    // What the store holds when the server is gone: what each bot is to have been told, and how many calls there were.
    private async Task Audit(CancellationToken cancellation)
    {
        using var meter = new Meter("Hookswitch.Chaos");
        await using var store = SqliteEventStore.Open(Store, new Meters(meter), NullLogger.Instance);
        var (created, live, terminated) = (0, 0, 0);
        foreach (var id in await store.Newest(int.MaxValue, cancellation))
        {
            var events = (await store.Read(id, cancellation)).Select(stored => stored.Event).ToArray();
            var projection = CallNotifications.Project(id, Conversation.None, events);
            var bots = projection.After.Legs.Where(leg => leg.Bot is not null).ToArray();
            created += bots.Length;
            live += projection.After.LiveLegs.Count(leg => leg.Bot is not null);
            terminated += events.OfType<LegTerminated>().Count(ended => bots.Any(leg => leg.Id == ended.Leg));
            foreach (var call in projection.Notifications.GroupBy(one => one.Call))
            {
                History.Add(new Owed(call.Key.ToString(), [.. call.Select(one => one.Id)]));
            }
        }

        History.Add(new Counted(created, live, terminated));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
