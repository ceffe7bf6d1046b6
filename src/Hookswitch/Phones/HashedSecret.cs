using System.Security.Cryptography;
using System.Text;

namespace Hookswitch.Phones;

/// <summary>A client secret as it is kept: salted and hashed. Compared in constant time.</summary>
internal sealed record HashedSecret
{
    private const int SaltLength = 16;

    private readonly byte[] _salt;
    private readonly byte[] _hash;

    private HashedSecret(byte[] salt, byte[] hash) => (_salt, _hash) = (salt, hash);

    public static HashedSecret Of(string secret)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        return new HashedSecret(salt, Hash(salt, secret));
    }

    /// <summary>Reads what <see cref="ToString"/> wrote. Null: it is nothing of the kind.</summary>
    public static HashedSecret? Parse(string text)
    {
        var bytes = new byte[SaltLength + HMACSHA256.HashSizeInBytes];
        return Convert.TryFromBase64String(text, bytes, out var length) && length == bytes.Length
            ? new HashedSecret(bytes[..SaltLength], bytes[SaltLength..])
            : null;
    }

    public bool Matches(string secret) => CryptographicOperations.FixedTimeEquals(_hash, Hash(_salt, secret));

    public override string ToString() => Convert.ToBase64String([.. _salt, .. _hash]);

    private static byte[] Hash(byte[] salt, string secret) => HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(secret));
}
