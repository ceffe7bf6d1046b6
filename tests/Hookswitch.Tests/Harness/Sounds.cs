using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Hookswitch.Media;

namespace Hookswitch.Tests.Harness;

/// <summary>Sounds that no other sound resembles, and what phones have heard of them.</summary>
internal static class Sounds
{
    /// <summary>Noise that is the same each time.</summary>
    public static short[] Noise(int seed, double seconds = 0.3)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, (int)(seconds * Pcm.SampleRate)).Select(_ => (short)random.Next(-8_000, 8_000))];
    }

    /// <summary>Something that the phone of that person can speak.</summary>
    public static async Task PutSound(this TestServer server, string name, short[] samples)
    {
        var wav = new MemoryStream();
        WavFile.Write(wav, samples);
        using var content = new ByteArrayContent(wav.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("audio/wav") } };
        using var response = await server.Http.PutAsync($"/control/sounds/{name}", content);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>What a phone has heard last. Nothing, if nothing was carried to it.</summary>
    public static async Task<short[]> Heard(this TestServer server, string user)
    {
        using var response = await server.Http.GetAsync($"/control/phones/{user}/heard");
        return response.IsSuccessStatusCode ? WavFile.Read(await response.Content.ReadAsByteArrayAsync()) : [];
    }

    public static async Task<string> HeardKeys(this TestServer server, string user) =>
        (string)JsonNode.Parse(await server.Http.GetStringAsync($"/control/phones/{user}/heard/keys"))!["keys"]!;

    /// <summary>Where a sound begins in what was heard; -1: it was not heard, sample for sample.</summary>
    public static int Find(this short[] heard, short[] sound) => heard.AsSpan().IndexOf(sound);

    /// <summary>Waits until a phone has heard a sound, sample for sample.</summary>
    public static async Task Hears(this TestServer server, string user, short[] sound) =>
        Assert.True(await server.Hears(user, sound, TestServer.Patience), $"{user} did not hear it.");

    /// <summary>Whether a user hears a sound before the time is over.</summary>
    public static async Task<bool> Hears(this TestServer server, string user, short[] sound, TimeSpan within)
    {
        for (var begun = TimeProvider.System.GetTimestamp(); (await server.Heard(user)).Find(sound) < 0;)
        {
            if (TimeProvider.System.GetElapsedTime(begun) >= within)
            {
                return false;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        return true;
    }
}
