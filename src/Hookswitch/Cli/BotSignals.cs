using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Hookswitch.Cli;

/// <summary>The signals that this process gets while it runs a bot: they are the bot's. Those that come before it has started wait for it.</summary>
internal sealed class BotSignals
{
    /// <summary>Between being asked to end and being ended.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly List<PosixSignal> _early = [];
    private Process? _process;

    // A terminal sends Ctrl+C to the bot itself; it alone decides what follows. Where there is no terminal, it hears of it from us.
    public void Receive(PosixSignalContext context, bool passOn)
    {
        context.Cancel = true;
        if (!passOn)
        {
            return;
        }

        lock (_lock)
        {
            if (_process is null)
            {
                _early.Add(context.Signal);
            }
            else
            {
                PassOn(context.Signal, _process);
            }
        }
    }

    /// <summary>The bot has started.</summary>
    public void GoTo(Process process)
    {
        lock (_lock)
        {
            _process = process;
            _early.ForEach(signal => PassOn(signal, process));
        }
    }

    private static void PassOn(PosixSignal signal, Process process)
    {
        if (process.HasExited)
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            process.Kill(entireProcessTree: true);
            return;
        }

        // The raw numbers of SIGHUP, SIGINT, SIGQUIT and SIGTERM are the same on every Unix.
        _ = Kill(process.Id, signal switch { PosixSignal.SIGHUP => 1, PosixSignal.SIGINT => 2, PosixSignal.SIGQUIT => 3, _ => 15 });
        if (signal == PosixSignal.SIGTERM)
        {
            _ = EndAfterGrace(process);
        }
    }

    private static async Task EndAfterGrace(Process process)
    {
        using var grace = new CancellationTokenSource(Grace);
        try
        {
            await process.WaitForExitAsync(grace.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
