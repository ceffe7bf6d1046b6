using Hookswitch.Bench.Load;

namespace Hookswitch.Bench;

/// <summary>One of the two systems: its process, and the tokens with which it is used.</summary>
internal sealed class MeasuredSystem : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private string[] _calleeTokens = [];

    private MeasuredSystem(SystemKind kind, ChildProcess process) => (Kind, _process) = (kind, process);

    public SystemKind Kind { get; }

    public string Name => Kind == SystemKind.Floor ? "The floor" : "The server";

    public Uri Address => _process.Address;

    /// <summary>The id of its process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>What its process has used of the processors so far.</summary>
    public TimeSpan ProcessorTime => _process.ProcessorTime;

    /// <summary>What its process holds of the machine's memory, in bytes.</summary>
    public long Memory => _process.Memory;

    public string CallerToken { get; private set; } = "";

    public string CalleeToken(int slot) => _calleeTokens[slot];

    /// <summary>Starts it with an empty store below a folder.</summary>
    public static async Task<MeasuredSystem> Start(
        SystemKind kind, string folder, Receiver receiver, HttpMessageInvoker http, CancellationToken cancellation)
    {
        var system = new MeasuredSystem(kind, await Launch(kind, Directory.CreateDirectory(Path.Combine(folder, $"{kind}")).FullName, receiver, cancellation));
        try
        {
            // The floor only looks whether there is a token; it is spared none of its length.
            system.CallerToken = await system.Token(http, Applications.Caller, cancellation);
            system._calleeTokens = await Task.WhenAll(
                receiver.Slots.Select(slot => system.Token(http, Applications.Callee(slot.Number), cancellation)));
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static async Task<ChildProcess> Launch(SystemKind kind, string folder, Receiver receiver, CancellationToken cancellation)
    {
        var here = AppContext.BaseDirectory;
        if (kind == SystemKind.Floor)
        {
            return await ChildProcess.Start(
                [Path.Combine(here, "Hookswitch.Bench.dll"), "floor", "--data", folder, "--callbacks", receiver.Address], cancellation);
        }

        var directory = Path.Combine(folder, "registered.json");
        await File.WriteAllBytesAsync(directory, Applications.Directory(receiver), cancellation);
        return await ChildProcess.Start(
            [Path.Combine(here, "hookswitch.dll"), "dev", "--urls", "http://127.0.0.1:0", "--data", folder, "--directory", directory], cancellation);
    }

    private Task<string> Token(HttpMessageInvoker http, string application, CancellationToken cancellation) => Kind == SystemKind.Floor
        ? Task.FromResult($"Bearer {new string('x', Applications.TokenLength)}")
        : Applications.Authorize(http, Address, application, cancellation);
}
