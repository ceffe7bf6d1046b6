using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Hookswitch.Cli;

/// <summary>A command that is run as if it had been typed: with our input and output, our signals, and its exit code as ours.</summary>
internal static class BotProcess
{
    /// <summary>Between being asked to end and being ended.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <returns>The exit code.</returns>
    /// <exception cref="UsageException">The command cannot be started.</exception>
    public static async Task<int> Run(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment)
    {
        // Before the bot begins, so that none of its signals finds nobody who passes it on.
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Receive(context, started.Task, passOn: Console.IsInputRedirected));
        using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, context => Receive(context, started.Task, passOn: Console.IsInputRedirected));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Receive(context, started.Task, passOn: true));
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Receive(context, started.Task, passOn: true));
        using var process = Start(command, environment);
        started.SetResult(process);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static Process Start(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { UseShellExecute = false };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new UsageException($"The command '{command[0]}' cannot be started: {e.Message}");
        }
    }

    // A terminal sends Ctrl+C to the bot itself; it alone decides what follows. Where there is no terminal, it hears of it from us.
    private static void Receive(PosixSignalContext context, Task<Process> started, bool passOn)
    {
        var signal = context.Signal;
        context.Cancel = true;
        if (passOn)
        {
            _ = PassOn(signal, started);
        }
    }

    private static async Task PassOn(PosixSignal signal, Task<Process> started)
    {
        var process = await started;
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
            await EndAfterGrace(process);
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
