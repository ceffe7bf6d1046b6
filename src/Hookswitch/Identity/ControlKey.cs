using System.Security.Cryptography;
using System.Text;

namespace Hookswitch.Identity;

/// <summary>
/// The key of the control API. Kept as a hash, so that nothing can show it; compared in constant time. It is drawn at random and long,
/// so that no salt is needed.
/// </summary>
internal sealed class ControlKey
{
    /// <summary>In characters. 32 of hexadecimal are 128 bits.</summary>
    public const int ShortestLength = 32;

    /// <summary>Of a file, in bytes; more is another file.</summary>
    private const int LongestFile = 4096;

    private readonly byte[] _hash;

    private ControlKey(string key) => (_hash, IsShort) = (Hash(key), key.Length < ShortestLength);

    /// <summary>Whether it could be guessed: production does not start with it.</summary>
    public bool IsShort { get; }

    public static ControlKey Of(string key) => new(key);

    /// <summary>The key in a file; the end of its line does not count.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static ControlKey Read(string file)
    {
        try
        {
            return new FileInfo(file).Length > LongestFile ? throw new FormatException("it is too large to be a key.")
                : File.ReadAllText(file).Trim() is { Length: > 0 } key ? new ControlKey(key)
                : throw new FormatException("it is empty.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"it cannot be read: {e.Message}", e);
        }
    }

    public bool Matches(string key) => CryptographicOperations.FixedTimeEquals(_hash, Hash(key));

    public override string ToString() => "(set)";

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
