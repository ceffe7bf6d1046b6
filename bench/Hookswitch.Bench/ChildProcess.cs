using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Hookswitch.Bench;

/// <summary>A system under measurement in a process of its own. Ended by its id when the run is over, however that ends.</summary>
internal sealed partial class ChildProcess : IAsyncDisposable
{
    /// <summary>In which it must say where it listens.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Of what it says before that.</summary>
    private const int MaxLines = 100;

    private readonly Process _process;

    private ChildProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public int Id => _process.Id;

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>In bytes.</summary>
    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts a program of .NET, and returns when it says where it listens.</summary>
    public static async Task<ChildProcess> Start(string[] arguments, CancellationToken cancellation)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            timeout.CancelAfter(Patience);
            var address = await Listening(process, timeout.Token);
            _ = Drain(process.StandardOutput, line => line.Contains("warn:", StringComparison.Ordinal) || line.Contains("fail:", StringComparison.Ordinal));
            _ = Drain(process.StandardError, _ => true);
            return new ChildProcess(process, address);
        }
        catch
        {
            await End(process);
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await End(_process);

    private static async Task<Uri> Listening(Process process, CancellationToken cancellation)
    {
        var lines = new List<string>();
        while (lines.Count < MaxLines && await process.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            lines.Add(line);
            if (Loopback().Match(line) is { Success: true } match)
            {
                return new Uri(match.Value);
            }
        }

        throw new BenchFailureException($"A process did not start: {string.Join('\n', lines)} {await process.StandardError.ReadToEndAsync(cancellation)}");
    }

    // A full pipe would stop it. What it complains of is passed on: it explains the figures. Ends with the process.
    private static async Task Drain(StreamReader output, Func<string, bool> isComplaint)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            if (isComplaint(line))
            {
                await Console.Error.WriteLineAsync(line);
            }
        }
    }

    private static async Task End(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Loopback();
}
