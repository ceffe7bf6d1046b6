using System.Globalization;
using Hookswitch.Load;

namespace Hookswitch.Chaos;

/// <summary>What a run showed, for people and as an exit code.</summary>
internal static class Verdict
{
    /// <summary>Of violations; the history holds all.</summary>
    private const int MaxShown = 20;

    /// <summary>Closes a scene and says what it showed.</summary>
    /// <param name="what">Was done to the server.</param>
    /// <param name="more">What else was not as it must be, once all is over.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> Write(Scene scene, string what, CancellationToken cancellation, Func<IReadOnlyList<string>>? more = null)
    {
        var broken = await scene.Close(cancellation);
        string[] violations = [.. broken.Select(one => $"{one}"), .. more?.Invoke() ?? []];
        var (entries, output) = (scene.History.Entries, Console.Out);
        var requests = entries.OfType<Requested>().ToArray();
        var notified = entries.OfType<Notified>().ToArray();
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {new SeenCalls(entries).Calls.Count} calls, {notified.Length} deliveries of {notified.DistinctBy(one => one.Id).Count()} notifications."));
        await output.WriteLineAsync($"Requests: {string.Join(", ", requests.GroupBy(one => one.Outcome).OrderBy(of => of.Key).Select(of => $"{of.Count()} {of.Key}"))}.".ToLowerInvariant());
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"The longest start took {scene.Server.LongestStart.TotalSeconds:0.0} s."));
        foreach (var complaint in scene.Server.Complaints.Distinct(StringComparer.Ordinal).Take(MaxShown))
        {
            await output.WriteLineAsync($"The server said: {complaint}");
        }

        foreach (var violation in violations.Take(MaxShown))
        {
            await output.WriteLineAsync(violation);
        }

        await output.WriteLineAsync($"{violations.Length} violations.");
        if (violations.Length == 0)
        {
            return 0;
        }

        await output.WriteLineAsync($"The history is kept in {await scene.Keep()}");
        return 1;
    }
}
