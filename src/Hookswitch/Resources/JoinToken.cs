using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Hookswitch.Calling;

namespace Hookswitch.Resources;

/// <summary>
/// The token with which a meeting or a group call can be joined, as notifications carry it: it names the conversation, and shows its key.
/// Graph, tokenMeetingInfo; to bots it is opaque.
/// </summary>
internal readonly record struct JoinToken(ConversationId Conversation, Guid Key)
{
    /// <summary>A token is good this long after its conversation began. <c>spec.md</c>, 3.6: as captured.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private const int IdSize = sizeof(long);
    private const int Size = IdSize + 16;

    public static bool TryParse([NotNullWhen(true)] string? text, out JoinToken token)
    {
        Span<byte> bytes = stackalloc byte[Size];
        if (text is null || Base64Url.DecodeFromChars(text, bytes, out _, out var written) is not OperationStatus.Done || written != Size)
        {
            token = default;
            return false;
        }

        token = new(new ConversationId(BinaryPrimitives.ReadInt64BigEndian(bytes)), new Guid(bytes[IdSize..], bigEndian: true));
        return true;
    }

    /// <summary>Whether it shows the key of that conversation. In constant time.</summary>
    public bool Opens(MeetingTerms terms) => CryptographicOperations.FixedTimeEquals(Key.ToByteArray(), terms.JoinKey.ToByteArray());

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Conversation.Value);
        Key.TryWriteBytes(bytes[IdSize..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }
}
