using System.Globalization;
using Hookswitch.Load;

namespace Hookswitch.Chaos;

/// <summary>SIGTERM under load, again and again: what was begun is answered, and the server ends in time.</summary>
internal static class Terms
{
    /// <summary>From SIGTERM to the end of the process.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    public static async Task<int> Run(ChaosOptions options, CancellationToken cancellation)
    {
        await using var scene = await Scene.Set(options, cancellation);
        var traffic = new Traffic(scene.Client, scene.Receiver, scene.History, cancellation);
        var calls = traffic.Run(options.Calls, options.Seed, cancellation);
        var (random, bad, longest) = (new Random(options.Seed), new List<string>(), TimeSpan.Zero);
        for (var term = 0; term < options.Kills; term++)
        {
            await Traffic.Works(scene.History, cancellation);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(500)), TimeProvider.System, cancellation);
            var (exit, took) = await scene.Server.Stop(cancellation);
            longest = took > longest ? took : longest;
            if (exit != 0 || took > Deadline)
            {
                bad.Add(string.Create(CultureInfo.InvariantCulture, $"It ended with {exit} after {took.TotalSeconds:0.0} s."));
            }

            await scene.Server.Start(cancellation);
        }

        await Traffic.Works(scene.History, cancellation);
        traffic.Stop();
        await calls;

        // A client that lost its connection made a call nonetheless: its request was taken up, and not answered.
        return await Verdict.Write(
            scene, string.Create(CultureInfo.InvariantCulture, $"{options.Kills} times SIGTERM, the longest end after {longest.TotalSeconds:0.0} s"), cancellation,
            () => [.. bad, .. new SeenCalls(scene.History.Entries).Calls.Where(call => call.Origin is null).Select(call => $"The creation of call {call.Id} was not answered.")]);
    }
}
