using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Hookswitch.Calling;

/// <summary>Names a conversation: 60 bits, the same ones that begin the id of each of its calls.</summary>
public readonly record struct ConversationId(long Value)
{
    public override string ToString() => Value.ToString("x15", CultureInfo.InvariantCulture);
}

/// <summary>Names a leg within its conversation: 62 bits, the same ones that end the call's id.</summary>
public readonly record struct LegId(long Value)
{
    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);
}

/// <summary>An application: the client id that its tokens carry. Compared without regard to case.</summary>
public readonly record struct AppId
{
    public AppId(string value) => Value = value.ToLowerInvariant();

    public string Value { get; }

    public override string ToString() => Value;
}

/// <summary>
/// A call's id, as Graph shows it: a GUID of version 8 (RFC 9562, 5.8). Its first 60 free bits name the conversation, the other 62
/// the leg, so that a request finds its conversation without a look-up.
/// </summary>
public readonly record struct CallId(ConversationId Conversation, LegId Leg)
{
    private const int Version = 8;
    private const ulong Variant = 0b10;
    private const ulong LegBits = (1UL << 62) - 1;
    private const long TimeBits = (1L << 20) - 1;
    private const int RandomBits = 40;

    /// <summary>Shapes an id from 128 random bits, of which the six that version and variant take are lost.</summary>
    public static CallId From(Guid random)
    {
        var (high, low) = Halves(random);
        return new CallId(new ConversationId(ConversationOf(high)), new LegId((long)(low & LegBits)));
    }

    /// <summary>
    /// The same, for a conversation that begins: its first 20 bits are the time in units of 1.024 s, which come again after twelve days. Stores
    /// keep in the order of their ids what is written at the same time, and so write to few places. 102 bits stay random.
    /// </summary>
    public static CallId From(Guid random, DateTimeOffset at)
    {
        var drawn = From(random);
        return drawn with
        {
            Conversation = new ConversationId(
                (((at.ToUnixTimeMilliseconds() >> 10) & TimeBits) << RandomBits) | (drawn.Conversation.Value & ((1L << RandomBits) - 1))),
        };
    }

    /// <summary>Reads a dashed GUID of any case. Anything that no server of ours has given out is no call id.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out CallId id)
    {
        id = default;
        // The reader of .NET passes blanks around a GUID, and signs and prefixes within it; a call has one id.
        if (!Guid.TryParseExact(text, "D", out var guid) || !string.Equals(guid.ToString("D"), text, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var (high, low) = Halves(guid);
        if (((high >> 12) & 0xF) != Version || low >> 62 != Variant)
        {
            return false;
        }

        id = new CallId(new ConversationId(ConversationOf(high)), new LegId((long)(low & LegBits)));
        return true;
    }

    public Guid ToGuid()
    {
        var conversation = (ulong)Conversation.Value;
        var high = ((conversation >> 12) << 16) | ((ulong)Version << 12) | (conversation & 0xFFF);
        var low = (Variant << 62) | (ulong)Leg.Value;
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes, high);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], low);
        return new Guid(bytes, bigEndian: true);
    }

    public override string ToString() => ToGuid().ToString("D");

    private static long ConversationOf(ulong high) => (long)(((high >> 16) << 12) | (high & 0xFFF));

    private static (ulong High, ulong Low) Halves(Guid guid)
    {
        Span<byte> bytes = stackalloc byte[16];
        guid.TryWriteBytes(bytes, bigEndian: true, out _);
        return (System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes),
            System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));
    }
}
