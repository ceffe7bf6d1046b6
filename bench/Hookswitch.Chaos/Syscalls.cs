using System.Globalization;
using Hookswitch.Load;

namespace Hookswitch.Chaos;

/// <summary>Watches the system calls of a server: no acknowledgement may leave before the sync that covers it.</summary>
internal static class Syscalls
{
    /// <summary>A page of the log in one piece.</summary>
    private const int LongestString = 4200;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <param name="acknowledgements">How many are to be seen at least.</param>
    public static async Task<int> Run(ChaosOptions options, int acknowledgements, CancellationToken cancellation)
    {
        var file = Path.Combine(options.Folder, $"hookswitch-strace-{Guid.NewGuid():n}");
        try
        {
            // -D: the server is our own child, and takes our signals.
            string[] command =
            [
                "strace", "-D", "-f", "-y", "--seccomp-bpf", "-e", "trace=fdatasync,fsync,pwrite64,write,writev,sendto,sendmsg,recvfrom,recvmsg,read",
                "-e", "signal=none", "-s", LongestString.ToString(CultureInfo.InvariantCulture), "-o", file, "dotnet",
            ];
            await using var scene = await Scene.Set(options, cancellation, command);
            var traffic = new Traffic(scene.Client, scene.Receiver, scene.History, cancellation);
            var calls = traffic.Run(options.Calls, options.Seed, cancellation);
            while (Acknowledged(scene.History) < acknowledgements)
            {
                await Task.Delay(Look, TimeProvider.System, cancellation);
            }

            traffic.Stop();
            await calls;
            return await Verdict.Write(scene, $"{Acknowledged(scene.History)} acknowledgements under strace", cancellation, () => Read(file, Acknowledged(scene.History)));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static int Acknowledged(History history) => history.Entries.OfType<Requested>().Count(
        one => one is { Outcome: Outcome.Acknowledged, Deed: not (Deed.Get or Deed.Dial) });

    private static List<string> Read(string file, int acknowledged)
    {
        var log = new SyscallLog();
        foreach (var line in File.ReadLines(file))
        {
            log.Add(line);
        }

        Console.Out.WriteLine($"{log.Exact} answers were held against their page of the log, {log.Between} against what came since their request; {log.Syncs} syncs.");
        return log.Exact + log.Between < acknowledged * 0.99
            ? [.. log.Bad, $"Of {acknowledged} acknowledgements {log.Exact + log.Between} were seen."]
            : [.. log.Bad];
    }
}
