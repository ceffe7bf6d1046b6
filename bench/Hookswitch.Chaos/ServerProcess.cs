using System.Diagnostics;
using Hookswitch.Load;

namespace Hookswitch.Chaos;

/// <summary>The server as its users start it, on a port and a data folder that stay the same from start to start.</summary>
/// <param name="command">What is run with the server's own command line after it: <c>dotnet</c>, or a program that watches it.</param>
internal sealed class ServerProcess(Uri address, string folder, History history, string[] command, IReadOnlyDictionary<string, string> environment) : IAsyncDisposable
{
    /// <summary>In which it must take requests.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The line that it writes when it takes requests.</summary>
    private const string Ready = "Hookswitch is running";

    private Process? _process;
    private TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Id => _process!.Id;

    /// <summary>The longest that a start took.</summary>
    public TimeSpan LongestStart { get; private set; }

    /// <summary>What it complained of, but for being out of breath.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Starts it, and returns when it takes requests.</summary>
    /// <exception cref="ChaosException">It does not.</exception>
    public async Task Start(CancellationToken cancellation)
    {
        var since = history.Now;
        Launch();
        await Task.WhenAny(_ready.Task, _process!.WaitForExitAsync(cancellation), Task.Delay(Patience, TimeProvider.System, cancellation));
        if (!_ready.Task.IsCompleted)
        {
            throw new ChaosException($"The server did not start: {string.Join('\n', Complaints.TakeLast(20))}");
        }

        var took = history.Now - since;
        LongestStart = took > LongestStart ? took : LongestStart;
        history.Add(new ServerStarted());
    }

    /// <summary>Starts it, and waits for nothing.</summary>
    public void Launch()
    {
        _process?.Dispose();
        _ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var directory = Path.Combine(folder, "registered.json");
        var start = new ProcessStartInfo(command[0], [
            .. command.Skip(1), Path.Combine(AppContext.BaseDirectory, "hookswitch.dll"), "dev", "--urls", address.GetLeftPart(UriPartial.Authority),
            "--data", Path.Combine(folder, "data"), "--directory", directory])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _ = Listen(_process.StandardOutput, isComplaint: line => line.Contains("fail:", StringComparison.Ordinal) || line.Contains("crit:", StringComparison.Ordinal));
        _ = Listen(_process.StandardError, isComplaint: _ => true);
    }

    /// <summary>Ends it without a word, as a crash does.</summary>
    public async Task Kill()
    {
        var since = history.Now;
        _process!.Kill();
        await _process.WaitForExitAsync();
        history.Add(new ServerEnded(ServerEnd.Killed, since));
    }

    /// <summary>Asks it to end, as a service manager does.</summary>
    /// <returns>Its exit code, and how long it took.</returns>
    /// <exception cref="ChaosException">It goes on.</exception>
    public async Task<(int Exit, TimeSpan Took)> Stop(CancellationToken cancellation)
    {
        var since = history.Now;
        Signals.Terminate(Id);
        try
        {
            await _process!.WaitForExitAsync(cancellation).WaitAsync(Patience, TimeProvider.System, cancellation);
        }
        catch (TimeoutException)
        {
            throw new ChaosException($"The server was asked to end, and still runs after {Patience.TotalSeconds} s.");
        }

        history.Add(new ServerEnded(ServerEnd.Stopped, since));
        return (_process.ExitCode, history.Now - since);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
    }

    // A full pipe would stop it. Ends with the process.
    private async Task Listen(StreamReader output, Func<string, bool> isComplaint)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            if (line.Contains(Ready, StringComparison.Ordinal))
            {
                _ready.TrySetResult();
            }

            if (isComplaint(line))
            {
                lock (Complaints)
                {
                    Complaints.Add(line);
                }
            }
        }
    }
}
