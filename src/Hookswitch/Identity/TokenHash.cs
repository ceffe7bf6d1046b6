using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Hookswitch.Identity;

/// <summary>By which a token is known again without being kept: its SHA-256.</summary>
internal readonly record struct TokenHash(UInt128 First, UInt128 Second)
{
    public static TokenHash Of(string token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(token.AsSpan()), hash);
        return MemoryMarshal.Read<TokenHash>(hash);
    }
}
