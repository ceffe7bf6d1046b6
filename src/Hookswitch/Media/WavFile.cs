using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Hookswitch.Media;

/// <summary>A file is no WAV that can be played. The message says why, to whoever made it.</summary>
internal sealed class WavFormatException(string message) : Exception(message);

/// <summary>Reads and writes WAV as Graph documents it: one channel, 16 bit, 16 kHz. Graph, mediaInfo; RIFF/WAVE by IBM and Microsoft, 1991.</summary>
internal static class WavFile
{
    private const int HeaderSize = 44;
    private const int ChunkHeaderSize = 8;
    private const int FormatSize = 16;
    private const ushort Uncompressed = 1;
    private const ushort Extensible = 0xFFFE;
    private const int SubFormatOffset = 24;

    /// <exception cref="WavFormatException">It is in another format, or in none.</exception>
    public static short[] Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < 12 || !file[..4].SequenceEqual("RIFF"u8) || !file.Slice(8, 4).SequenceEqual("WAVE"u8))
        {
            throw new WavFormatException("It is no WAV file.");
        }

        var isPlayable = false;
        for (var rest = file[12..]; rest.Length >= ChunkHeaderSize;)
        {
            var name = rest[..4];
            var size = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            var body = rest[ChunkHeaderSize..];
            if (name.SequenceEqual("data"u8))
            {
                return isPlayable ? Samples(body, size) : throw new WavFormatException("It does not say its format before its samples.");
            }

            if (size > body.Length)
            {
                throw new WavFormatException("It is cut off before its samples.");
            }

            if (name.SequenceEqual("fmt "u8))
            {
                RequirePlayable(body[..(int)size]);
                isPlayable = true;
            }

            rest = body[(int)Math.Min(body.Length, size + (size & 1))..]; // chunks begin at even places
        }

        throw new WavFormatException("It has no samples.");
    }

    /// <summary>Writes a whole file.</summary>
    public static void Write(Stream stream, ReadOnlySpan<short> samples)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        var size = samples.Length * sizeof(short);
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], HeaderSize - ChunkHeaderSize + size);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], FormatSize);
        BinaryPrimitives.WriteUInt16LittleEndian(header[20..], Uncompressed);
        BinaryPrimitives.WriteUInt16LittleEndian(header[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], Pcm.SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], Pcm.SampleRate * sizeof(short));
        BinaryPrimitives.WriteUInt16LittleEndian(header[32..], sizeof(short));
        BinaryPrimitives.WriteUInt16LittleEndian(header[34..], sizeof(short) * 8);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[40..], size);
        stream.Write(header);
        stream.Write(MemoryMarshal.AsBytes(samples)); // every machine that .NET runs on is little-endian
    }

    private static void RequirePlayable(ReadOnlySpan<byte> format)
    {
        if (format.Length < FormatSize)
        {
            throw new WavFormatException("Its format is cut off.");
        }

        var tag = BinaryPrimitives.ReadUInt16LittleEndian(format);
        if (tag == Extensible && format.Length >= SubFormatOffset + sizeof(ushort))
        {
            tag = BinaryPrimitives.ReadUInt16LittleEndian(format[SubFormatOffset..]);
        }

        var (channels, rate) = (BinaryPrimitives.ReadUInt16LittleEndian(format[2..]), BinaryPrimitives.ReadUInt32LittleEndian(format[4..]));
        var bits = BinaryPrimitives.ReadUInt16LittleEndian(format[14..]);
        if (tag != Uncompressed || channels != 1 || rate != Pcm.SampleRate || bits != sizeof(short) * 8)
        {
            throw new WavFormatException(string.Create(
                CultureInfo.InvariantCulture,
                $"It has {channels} channel(s), {bits} bit, {rate} Hz and the encoding {tag}: played is uncompressed (1), one channel, 16 bit, 16000 Hz."));
        }
    }

    // A size that cannot be is that of a file which was written as a stream: what is there is taken.
    private static short[] Samples(ReadOnlySpan<byte> body, uint size) =>
        MemoryMarshal.Cast<byte, short>(size == 0 || size > body.Length ? body : body[..(int)size]).ToArray();
}
