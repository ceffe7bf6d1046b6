using System.Collections.Concurrent;
using System.Collections.Frozen;
using Hookswitch.Storage;

namespace Hookswitch.Media;

/// <summary>What scripted phones can say: a few sounds that are always there, and WAV files in the data folder.</summary>
internal sealed class SoundShelf
{
    private const double Loudness = 16_384;
    private const int MaxName = 64;

    private static readonly FrozenDictionary<string, short[]> BuiltIn = new Dictionary<string, short[]>
    {
        ["tone-440"] = Tone(440),
        ["tone-1000"] = Tone(1_000),
        ["silence"] = new short[Pcm.SampleRate],
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private readonly string _folder;
    private readonly Lock _writing = new();
    private readonly ConcurrentDictionary<string, short[]> _sounds = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="UsageException">A file of the folder is no WAV, or cannot be read.</exception>
    public SoundShelf(DataFolder data)
    {
        _folder = data.File("sounds");
        Directory.CreateDirectory(_folder);
        foreach (var file in Directory.EnumerateFiles(_folder, "*.part"))
        {
            File.Delete(file); // the server was stopped while it was written
        }

        foreach (var file in Directory.EnumerateFiles(_folder, "*.wav"))
        {
            try
            {
                _sounds[Path.GetFileNameWithoutExtension(file)] = WavFile.Read(File.ReadAllBytes(file));
            }
            catch (Exception e) when (e is WavFormatException or IOException or UnauthorizedAccessException)
            {
                throw new UsageException($"{file} cannot be spoken: {e.Message} Remove it, or put a WAV of one channel, 16 bit, 16 kHz there.");
            }
        }
    }

    /// <summary>All of them: their names and samples, in the order of their names.</summary>
    public IEnumerable<KeyValuePair<string, short[]>> All => BuiltIn.Concat(_sounds).OrderBy(one => one.Key, StringComparer.OrdinalIgnoreCase);

    /// <summary>Null: there is none of that name.</summary>
    public short[]? Find(string name) => BuiltIn.GetValueOrDefault(name) ?? _sounds.GetValueOrDefault(name);

    public static bool IsBuiltIn(string name) => BuiltIn.ContainsKey(name);

    /// <summary>A name is part of a path: letters, digits, dashes and underscores, 64 at most.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= MaxName && name.All(one => char.IsAsciiLetterOrDigit(one) || one is '-' or '_');

    /// <exception cref="IOException">The data folder takes no writes.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Put(string name, short[] samples)
    {
        lock (_writing)
        {
            var part = PathOf(name, "part");
            using (var file = File.Create(part))
            {
                WavFile.Write(file, samples);
            }

            File.Move(part, PathOf(name, "wav"), overwrite: true); // last: what is there is whole
            _sounds[name] = samples;
        }
    }

    /// <returns>Whether it was there.</returns>
    /// <exception cref="IOException">The data folder takes no writes.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public bool Delete(string name)
    {
        lock (_writing)
        {
            File.Delete(PathOf(name, "wav"));
            return _sounds.TryRemove(name, out _);
        }
    }

    private string PathOf(string name, string kind) => Path.Combine(_folder, $"{name.ToLowerInvariant()}.{kind}");

    private static short[] Tone(double frequency) =>
        [.. Enumerable.Range(0, Pcm.SampleRate).Select(i => (short)(Loudness * Math.Sin(2 * Math.PI * frequency * i / Pcm.SampleRate)))];
}
