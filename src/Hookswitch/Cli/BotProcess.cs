using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Hookswitch.Cli;

/// <summary>A command that is run as if it had been typed: with our input and output, our signals, and its exit code as ours.</summary>
internal static class BotProcess
{
    /// <returns>The exit code.</returns>
    /// <exception cref="UsageException">The command cannot be started.</exception>
    public static async Task<int> Run(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment)
    {
        // Before the bot begins, so that none of its signals finds nobody who passes it on.
        var signals = new BotSignals();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => signals.Receive(context, passOn: Console.IsInputRedirected));
        using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, context => signals.Receive(context, passOn: Console.IsInputRedirected));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => signals.Receive(context, passOn: true));
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => signals.Receive(context, passOn: true));
        using var process = Start(command, environment);
        signals.GoTo(process);
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
}
