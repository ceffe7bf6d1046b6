using System.Diagnostics;
using System.Globalization;
using Hookswitch.Load;

namespace Hookswitch.Chaos;

/// <summary>A disk that is full, and then has space again. It is a small one in memory, which only the server's own mount namespace has.</summary>
internal static class DiskFull
{
    /// <summary>Room for the keys, the certificate, and a few hundred calls.</summary>
    private const int Megabytes = 16;

    /// <summary>What takes up the disk beside the store.</summary>
    private const string Ballast = "ballast";

    /// <summary>In which a creation is refused.</summary>
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(1);

    /// <summary>In which the server takes calls again.</summary>
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    public static async Task<int> Run(ChaosOptions options, CancellationToken cancellation)
    {
        // The server is the process that unshare becomes: it takes our signals.
        string[] command =
        [
            "unshare", "--map-root-user", "--mount", "sh", "-c", $"mkdir -p \"$6\" && mount -t tmpfs -o size={Megabytes}m tmpfs \"$6\" && exec dotnet \"$@\"", "sh",
        ];
        await using var scene = await Scene.Set(options, cancellation, command);
        var traffic = new Traffic(scene.Client, scene.Receiver, scene.History, cancellation);
        var calls = traffic.Run(options.Calls, options.Seed, cancellation);
        await Traffic.Works(scene.History, cancellation);
        var bad = new List<string>();
        for (var time = 0; time < options.Kills; time++)
        {
            await Fill(scene, bad, cancellation);
        }

        traffic.Stop();
        await calls;
        await scene.Settle(cancellation);
        CopyStore(scene);
        return await Verdict.Write(scene, $"{options.Kills} times a full disk", cancellation, () => bad);
    }

    private static async Task Fill(Scene scene, List<string> bad, CancellationToken cancellation)
    {
        var folder = DiskOf(scene);
        await using (var ballast = File.Create(Path.Combine(folder, Ballast)))
        {
            Exhaust(ballast);
            await Until(async () => await scene.Client.Status("/health", cancellation) == 503, cancellation);
            Exhaust(ballast); // what the store gave back meanwhile

            var created = await scene.Client.Create(
                scene.Client.NextNumber(), Cast.Applications[0], Cast.Patient, scene.Receiver.Callback(Cast.Applications[0]), planned: null, cancellation);
            Expect(created.Status == 503, $"A creation got {created.Status}.");
            Expect(created.At - created.Sent < Prompt, $"A creation took {created.At - created.Sent}.");
            Expect(await scene.Client.Status("/alive", cancellation) == 200, "/alive is not 200.");
            Expect(await scene.Client.Status("/control/calls", cancellation) == 200, "Calls cannot be read.");
        }

        File.Delete(Path.Combine(folder, Ballast));
        var freed = Stopwatch.GetTimestamp();
        await scene.History.Next(entry => entry is Requested { Deed: Deed.Create, Outcome: Outcome.Acknowledged }).WaitAsync(cancellation);
        await Until(async () => await scene.Client.Status("/health", cancellation) == 200, cancellation);
        Expect(Stopwatch.GetElapsedTime(freed) <= Recovery, $"It took {Stopwatch.GetElapsedTime(freed)} to recover.");

        void Expect(bool condition, string otherwise)
        {
            if (!condition)
            {
                bad.Add(otherwise);
            }
        }
    }

    // The disk goes with its server, and the store is looked into after that.
    private static void CopyStore(Scene scene)
    {
        foreach (var file in Directory.EnumerateFiles(DiskOf(scene), $"{Path.GetFileName(scene.Store)}*"))
        {
            File.Copy(file, Path.Combine(Path.GetDirectoryName(scene.Store)!, Path.GetFileName(file)));
        }
    }

    private static string DiskOf(Scene scene) =>
        $"/proc/{scene.Server.Id.ToString(CultureInfo.InvariantCulture)}/root{Path.GetDirectoryName(scene.Store)}";

    private static async Task Until(Func<Task<bool>> condition, CancellationToken cancellation)
    {
        while (!await condition())
        {
            await Task.Delay(Look, TimeProvider.System, cancellation);
        }
    }

    // In ever smaller pieces, until not a byte is left.
    private static void Exhaust(FileStream ballast)
    {
        for (var piece = 1024 * 1024; piece > 0; piece /= 2)
        {
            try
            {
                while (true)
                {
                    RandomAccess.Write(ballast.SafeFileHandle, new byte[piece], RandomAccess.GetLength(ballast.SafeFileHandle));
                }
            }
            catch (IOException)
            {
                // No piece of this size is left.
            }
        }
    }
}
