using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace Hookswitch.Resources;

/// <summary>
/// The token that opens one recording and nothing else: it names the operation, and shows its key. To bots it is opaque. Graph, recordOperation.
/// </summary>
internal readonly record struct RecordingToken(Guid Operation, Guid Key)
{
    private const int IdSize = 16;

    /// <summary>As long as it is without padding.</summary>
    private static readonly int Size = Base64Url.GetEncodedLength(2 * IdSize);

    public static bool TryParse([NotNullWhen(true)] string? text, out RecordingToken token)
    {
        Span<byte> bytes = stackalloc byte[2 * IdSize];
        if (text?.Length != Size || Base64Url.DecodeFromChars(text, bytes, out _, out var written) is not OperationStatus.Done || written != bytes.Length)
        {
            token = default;
            return false;
        }

        token = new(new Guid(bytes[..IdSize], bigEndian: true), new Guid(bytes[IdSize..], bigEndian: true));
        return true;
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[2 * IdSize];
        Operation.TryWriteBytes(bytes, bigEndian: true, out _);
        Key.TryWriteBytes(bytes[IdSize..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }
}
