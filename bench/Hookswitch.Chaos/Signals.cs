using System.Runtime.InteropServices;

namespace Hookswitch.Chaos;

/// <summary>Signals to other processes, for which .NET has no call.</summary>
internal static class Signals
{
    private const int SigTerm = 15;

    /// <summary>Asks a process to end.</summary>
    public static void Terminate(int process)
    {
        if (Kill(process, SigTerm) != 0)
        {
            throw new ChaosException($"The process {process} takes no signal: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}

/// <summary>The run is worth nothing: a process did not start or end, a tool is missing.</summary>
internal sealed class ChaosException(string message) : Exception(message);
