using System.Globalization;
using Hookswitch.Load;

namespace Hookswitch.Chaos;

/// <summary>The machine's clock is set, ahead and back, while calls run: they last as long as they would have. Needs libfaketime (Debian: faketime).</summary>
internal static class ClockJumps
{
    private const int Calls = 10;

    /// <summary>By how much the clock is off, one after the other.</summary>
    private static readonly TimeSpan[] Offsets =
    [
        TimeSpan.FromHours(1), TimeSpan.Zero, TimeSpan.FromHours(-1), TimeSpan.FromDays(365), TimeSpan.FromDays(-365), TimeSpan.FromSeconds(-1), TimeSpan.Zero,
    ];

    private static readonly string[] Libraries =
        ["/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1", "/usr/lib/faketime/libfaketimeMT.so.1"];

    /// <summary>From the answer until the phone hangs up: see <see cref="Cast.Steady"/>.</summary>
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task<int> Run(ChaosOptions options, CancellationToken cancellation)
    {
        var file = Path.Combine(options.Folder, $"hookswitch-clock-{Guid.NewGuid():n}");
        await Set(file, TimeSpan.Zero);
        try
        {
            await using var scene = await Scene.Set(options, cancellation, environment: new Dictionary<string, string>
            {
                ["LD_PRELOAD"] = Array.Find(Libraries, File.Exists) ?? throw new ChaosException("libfaketime is missing: on Debian, apt-get install faketime."),
                ["FAKETIME_TIMESTAMP_FILE"] = file,
                ["FAKETIME_CACHE_DURATION"] = "1", // seconds until it looks into the file again
                ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
                ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0", // else .NET hangs in its waits
            });
            var bad = new List<string>();
            foreach (var offset in Offsets)
            {
                await Jump(scene, file, offset, bad, cancellation);
            }

            return await Verdict.Write(scene, $"{Offsets.Length} jumps of the clock", cancellation, () => bad);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task Jump(Scene scene, string file, TimeSpan offset, List<string> bad, CancellationToken cancellation)
    {
        var application = Cast.Applications[0];
        await scene.Client.Authorize(application, cancellation);
        var watches = new List<CallWatch>();
        for (var call = 0; call < Calls; call++)
        {
            var number = scene.Client.NextNumber();
            watches.Add(scene.Receiver.Watch(application, number));
            var created = await scene.Client.Create(
                number, application, Cast.Steady, scene.Receiver.Callback(application, number), planned: null, cancellation);
            if (created.Outcome != Outcome.Acknowledged || await Within(watches[^1].Established, cancellation) is null)
            {
                bad.Add($"Before the clock was set to {offset} a call was not established: {created.Status} {created.Problem}.");
                watches.RemoveAt(watches.Count - 1);
                break;
            }
        }

        await Set(file, offset);
        foreach (var watch in watches)
        {
            var lasted = (await Within(watch.Ended, cancellation))?.At - (await watch.Established).At;
            if (lasted is null || (lasted.Value - Talk).Duration() > Tolerance)
            {
                bad.Add(string.Create(CultureInfo.InvariantCulture, $"The clock was set to {offset} beside the right time, and a call lasted {lasted} instead of {Talk}."));
            }
        }
    }

    private static async Task<Notified?> Within(Task<Notified> told, CancellationToken cancellation)
    {
        try
        {
            return await told.WaitAsync(Patience, TimeProvider.System, cancellation);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private static Task Set(string file, TimeSpan offset) =>
        File.WriteAllTextAsync(file, offset.TotalSeconds.ToString("+0;-0;+0", CultureInfo.InvariantCulture) + "\n"); // without the end of the line it hangs
}
