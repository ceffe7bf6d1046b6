namespace Hookswitch.Chaos;

/// <summary>kill -9 at random moments, and a start on the same folder and port, again and again.</summary>
internal static class Kills
{
    private const int EarliestMilliseconds = 20;
    private const int LatestMilliseconds = 800;
    private const int LatestOfSecondMilliseconds = 300;

    public static async Task<int> Run(ChaosOptions options, CancellationToken cancellation)
    {
        await using var scene = await Scene.Set(options, cancellation);
        var traffic = new Traffic(scene.Client, scene.Receiver, scene.History, cancellation);
        var calls = traffic.Run(options.Calls, options.Seed, cancellation);
        var random = new Random(options.Seed);
        await Traffic.Works(scene.History, cancellation);
        for (var kill = 1; kill <= options.Kills; kill++)
        {
            await Wait(random, EarliestMilliseconds, LatestMilliseconds, cancellation);
            await scene.Server.Kill();
            if (options.Double)
            {
                scene.Server.Launch();
                await Wait(random, 0, LatestOfSecondMilliseconds, cancellation);
                await scene.Server.Kill();
            }

            await scene.Server.Start(cancellation);
            if (kill % 2 == 0)
            {
                await Traffic.Works(scene.History, cancellation); // the others strike a server that may have answered nobody yet
            }

            if (kill % 10 == 0)
            {
                await Console.Out.WriteLineAsync($"{kill} of {options.Kills} kills, {traffic.Begun} calls so far.");
            }
        }

        await Traffic.Works(scene.History, cancellation);
        traffic.Stop();
        await calls;
        return await Verdict.Write(scene, $"{options.Kills} {(options.Double ? "double kills" : "kills")}", cancellation);
    }

    private static Task Wait(Random random, int least, int most, CancellationToken cancellation) =>
        Task.Delay(TimeSpan.FromMilliseconds(random.Next(least, most)), TimeProvider.System, cancellation);
}
