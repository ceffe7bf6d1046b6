using System.Buffers;
using System.Globalization;
using System.Text;

namespace Hookswitch.Proxy;

/// <summary>The head of a CONNECT request. RFC 9110, 9.3.6.</summary>
/// <param name="End">Where the head ends and what is to go through the tunnel begins.</param>
internal sealed record ConnectRequest(string Host, int Port, SequencePosition End)
{
    /// <summary>A host, a port and a few headers need a fraction of it.</summary>
    public const int MaxHead = 8 * 1024;

    private static ReadOnlySpan<byte> Method => "CONNECT "u8;

    /// <summary>Whether these bytes, as far as they go, begin such a request.</summary>
    public static bool Begins(ReadOnlySequence<byte> bytes)
    {
        var length = (int)Math.Min(bytes.Length, Method.Length);
        return bytes.Slice(0, length).ToArray().AsSpan().SequenceEqual(Method[..length]);
    }

    public static bool IsWhole(ReadOnlySequence<byte> bytes) => new SequenceReader<byte>(bytes).TryReadTo(out ReadOnlySequence<byte> _, "\r\n\r\n"u8);

    /// <summary>Reads a whole head. Null: it is malformed.</summary>
    public static ConnectRequest? Parse(ReadOnlySequence<byte> bytes)
    {
        var reader = new SequenceReader<byte>(bytes);
        reader.TryReadTo(out ReadOnlySequence<byte> head, "\r\n\r\n"u8);
        var line = Encoding.ASCII.GetString(head).Split("\r\n", 2)[0].Split(' ');
        if (line is not [_, var target, "HTTP/1.1" or "HTTP/1.0"] || target.LastIndexOf(':') is not (> 0 and var colon))
        {
            return null;
        }

        var host = target[..colon].Trim('[', ']');
        return Uri.CheckHostName(host) != UriHostNameType.Unknown
            && ushort.TryParse(target[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? new ConnectRequest(host, port, reader.Position)
            : null;
    }
}
