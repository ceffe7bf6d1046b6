using System.Security.Cryptography;
using Hookswitch.Storage;

namespace Hookswitch.Media;

/// <summary>What bots had recorded, in the data folder, until it is discarded. Graph, call: recordResponse: shortly after the call.</summary>
internal sealed class RecordingShelf : IDisposable
{
    /// <summary>Since it was recorded. Graph says no number.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly ITimer _discarding;

    public RecordingShelf(DataFolder data, TimeProvider time)
    {
        (_folder, _time) = (data.File("recordings"), time);
        Directory.CreateDirectory(_folder);
        foreach (var file in Directory.EnumerateFiles(_folder, "*.part"))
        {
            File.Delete(file); // the server was stopped while it was written
        }

        _discarding = time.CreateTimer(_ => Discard(), state: null, TimeSpan.Zero, Lifetime / 10);
    }

    /// <summary>Keeps a recording, which opens with that key alone.</summary>
    /// <exception cref="IOException">The data folder takes no writes.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Put(Guid operation, Guid key, ReadOnlySpan<short> samples)
    {
        var part = PathOf(operation, "part");
        using (var file = File.Create(part))
        {
            WavFile.Write(file, samples);
        }

        File.WriteAllBytes(PathOf(operation, "key"), Hash(key));
        File.Move(part, PathOf(operation, "wav"), overwrite: true); // last: what is there is whole
    }

    /// <summary>The file; null: there is none, no longer, or the key is another's.</summary>
    public FileStream? Open(Guid operation, Guid key)
    {
        try
        {
            var (file, hash) = (PathOf(operation, "wav"), PathOf(operation, "key"));
            return IsFresh(file) && CryptographicOperations.FixedTimeEquals(File.ReadAllBytes(hash), Hash(key)) ? File.OpenRead(file) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) // it is just being discarded, or never was
        {
            return null;
        }
    }

    private static byte[] Hash(Guid key) => SHA256.HashData(key.ToByteArray());

    public void Dispose() => _discarding.Dispose();

    private void Discard()
    {
        try
        {
            foreach (var file in Directory.EnumerateFiles(_folder).Where(file => !IsFresh(file)))
            {
                File.Delete(file);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nobody can fetch it any longer. It is tried again.
        }
    }

    private bool IsFresh(string file) => _time.GetUtcNow() - new DateTimeOffset(File.GetLastWriteTimeUtc(file)) < Lifetime;

    private string PathOf(Guid operation, string kind) => Path.Combine(_folder, $"{operation:D}.{kind}");
}
