using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Hookswitch.Tests.Harness;

namespace Hookswitch.Sdk.Tests;

/// <summary>
/// Makes this process trust the development CA of the tests, as <c>SSL_CERT_FILE</c> makes a bot. The SDK fetches keys with a client of its
/// own, which takes no other hint.
/// </summary>
internal static class Trust
{
    /// <summary>Where there is no such variable, these tests are skipped.</summary>
    public const string Skip = ".NET reads SSL_CERT_FILE on Linux alone.";

    public static bool IsPossible => OperatingSystem.IsLinux();

    // Before anything asks for the system's roots: they are read once.
    [ModuleInitializer]
    internal static void Begin()
    {
        if (IsPossible)
        {
            using var folder = new TestFolder();
            var file = Path.Combine(Path.GetTempPath(), $"hookswitch-test-{Environment.ProcessId}.pem");
            File.Copy(Path.Combine(folder.Path, "ca.pem"), file, overwrite: true);
            _ = SetVariable("SSL_CERT_FILE", file, 1); // Environment's own setter does not reach the library that reads it
            AppDomain.CurrentDomain.ProcessExit += (_, _) => File.Delete(file);
        }
    }

    [DllImport("libc", EntryPoint = "setenv", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetVariable(string name, string value, int overwrite);
}
