using System.Text;
using CsCheck;
using Hookswitch.Media;

namespace Hookswitch.Tests.Media;

/// <summary>WAV files of all makers, and what is none. RIFF/WAVE by IBM and Microsoft, 1991.</summary>
public sealed class WavFileTests
{
    private const string Played = ": played is uncompressed (1), one channel, 16 bit, 16000 Hz.";
    private static readonly short[] Samples = [1, -2, 300, short.MinValue, short.MaxValue];

    // The rest of a WAVE_FORMAT_EXTENSIBLE with PCM: its size, valid bits, the speaker, KSDATAFORMAT_SUBTYPE_PCM.
    private static readonly byte[] ExtensiblePcm =
        [22, 0, 16, 0, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];

    private static readonly byte[] ExtensibleFloat =
        [22, 0, 16, 0, 4, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];

    private static readonly Dictionary<string, byte[]> Good = new()
    {
        ["as it is written here"] = Written(Samples),
        ["with other chunks around"] = File(Chunk("LIST", new byte[26]), Format(), Chunk("fact", new byte[4]), Data(), Chunk("LIST", new byte[10])),
        ["with a chunk of odd size"] = File(Chunk("LIST", [1, 2, 3]), Format(), Chunk("cue ", [1]), Data()),
        ["with an empty chunk"] = File(Chunk("JUNK", []), Format(), Data()),
        ["with a longer format"] = File(Format(extension: [0, 0]), Data()),
        ["extensible"] = File(Format(tag: 0xFFFE, extension: ExtensiblePcm), Data()),
        ["a stream that says 0"] = File(Format(), Data(0)),
        ["a stream that says the most"] = File(Format(), Data(0xFFFFFFFF)),
        ["cut off in its samples"] = File(Format(), Data(5000)),
        ["cut off within a sample"] = [.. File(Format(), Data(5000)), 7],
        ["of an odd number of bytes"] = File(Format(), Chunk("data", [.. Bytes(Samples), 7])),
        ["with a false size of the whole"] = [.. "RIFF"u8, 1, 0, 0, 0, .. "WAVE"u8, .. Format(), .. Data()],
    };

    private static readonly Dictionary<string, (byte[] File, string Message)> Bad = new()
    {
        ["8 kHz"] = (File(Format(rate: 8_000), Data()), $"It has 1 channel(s), 16 bit, 8000 Hz and the encoding 1{Played}"),
        ["stereo"] = (File(Format(channels: 2), Data()), $"It has 2 channel(s), 16 bit, 16000 Hz and the encoding 1{Played}"),
        ["no channel"] = (File(Format(channels: 0), Data()), $"It has 0 channel(s), 16 bit, 16000 Hz and the encoding 1{Played}"),
        ["8 bit"] = (File(Format(bits: 8), Data()), $"It has 1 channel(s), 8 bit, 16000 Hz and the encoding 1{Played}"),
        ["float"] = (File(Format(tag: 3, bits: 32), Data()), $"It has 1 channel(s), 32 bit, 16000 Hz and the encoding 3{Played}"),
        ["float, extensible"] = (
            File(Format(tag: 0xFFFE, extension: ExtensibleFloat), Data()), $"It has 1 channel(s), 16 bit, 16000 Hz and the encoding 3{Played}"),
        ["extensible, cut off"] = (File(Format(tag: 0xFFFE, extension: [22, 0]), Data()), $"It has 1 channel(s), 16 bit, 16000 Hz and the encoding 65534{Played}"),
        ["µ-law"] = (File(Format(tag: 7, rate: 8_000, bits: 8), Data()), $"It has 1 channel(s), 8 bit, 8000 Hz and the encoding 7{Played}"),
        ["no data"] = (File(Format()), "It has no samples."),
        ["no data, but more"] = (File(Format(), Chunk("LIST", new byte[8])), "It has no samples."),
        ["no format"] = (File(Data()), "It does not say its format before its samples."),
        ["the format last"] = (File(Data(), Format()), "It does not say its format before its samples."),
        ["a short format"] = (File(Chunk("fmt ", new byte[14]), Data()), "Its format is cut off."),
        ["cut off in its format"] = (File(Format())[..30], "It is cut off before its samples."),
        ["cut off in another chunk"] = (File(Format(), Chunk("LIST", new byte[4], 5000)), "It is cut off before its samples."),
        ["a chunk of the largest size"] = (File(Chunk("LIST", new byte[4], 0xFFFFFFFF), Format(), Data()), "It is cut off before its samples."),
        ["nothing but its beginning"] = (File(), "It has no samples."),
        ["cut off in its beginning"] = (File()[..11], "It is no WAV file."),
        ["empty"] = ([], "It is no WAV file."),
        ["MP3"] = ([.. "ID3"u8, .. new byte[100]], "It is no WAV file."),
        ["AVI"] = ([.. "RIFF"u8, 100, 0, 0, 0, .. "AVI "u8, .. new byte[100]], "It is no WAV file."),
        ["big-endian"] = ([.. "RIFX"u8, .. File(Format(), Data()).AsSpan(4)], "It is no WAV file."),
    };

    public static TheoryData<string> GoodFiles => [.. Good.Keys];

    public static TheoryData<string> BadFiles => [.. Bad.Keys];

    [Fact]
    public void What_was_written_is_read() => Gen.Short.Array[0, 2_000].Sample(samples => Assert.Equal(samples, WavFile.Read(Written(samples))));

    [Theory]
    [MemberData(nameof(GoodFiles))]
    public void Read_is_a_file(string what) => Assert.Equal(Samples, WavFile.Read(Good[what]));

    [Theory]
    [MemberData(nameof(BadFiles))]
    public void Refused_by_its_fault_is_a_file(string what) =>
        Assert.Equal(Bad[what].Message, Assert.Throws<WavFormatException>(() => WavFile.Read(Bad[what].File)).Message);

    [Fact]
    public void Damaged_files_are_read_or_refused()
    {
        byte[][] all = [.. Good.Values, .. Bad.Values.Select(one => one.File)];
        var files = Gen.Int[0, all.Length - 1].Select(i => all[i]);
        var damage = Gen.Select(Gen.Int[0, 100], Gen.OneOf(Gen.Byte, Gen.Const<byte>(0), Gen.Const<byte>(0x80), Gen.Const<byte>(0xFF))).Array[0, 8];
        Gen.Select(files, damage, Gen.Int[0, 120]).Sample((file, changes, length) =>
        {
            byte[] damaged = [.. file.Take(length)];
            foreach (var (place, value) in changes.Where(change => change.Item1 < damaged.Length))
            {
                damaged[place] = value;
            }

            ReadOrRefuse(damaged);
        });
    }

    [Fact]
    public void Anything_else_is_read_or_refused()
    {
        var chunks = Gen.Select(Gen.OneOf(Gen.Const("fmt "), Gen.Const("data"), Gen.Const("LIST")), Gen.Byte.Array[0, 40], Gen.OneOf(Gen.Const((uint?)null), Gen.UInt.Select(one => (uint?)one)))
            .Select(one => Chunk(one.Item1, one.Item2, one.Item3)).Array[0, 6];
        chunks.Sample(all => ReadOrRefuse(File(all)));
        Gen.Byte.Array[0, 200].Sample(ReadOrRefuse);
    }

    // Any other exception fails the test.
    private static void ReadOrRefuse(byte[] file)
    {
        try
        {
            Assert.True(WavFile.Read(file).Length <= file.Length / sizeof(short));
        }
        catch (WavFormatException e)
        {
            Assert.NotEmpty(e.Message);
        }
    }

    private static byte[] Written(short[] samples)
    {
        var wav = new MemoryStream();
        WavFile.Write(wav, samples);
        return wav.ToArray();
    }

    private static byte[] Data(uint? size = null) => Chunk("data", Bytes(Samples), size);

    private static byte[] Bytes(short[] samples) => [.. samples.SelectMany(BitConverter.GetBytes)];

    private static byte[] Format(ushort tag = 1, ushort channels = 1, uint rate = 16_000, ushort bits = 16, byte[]? extension = null) => Chunk(
        "fmt ",
        [
            .. BitConverter.GetBytes(tag), .. BitConverter.GetBytes(channels), .. BitConverter.GetBytes(rate),
            .. BitConverter.GetBytes(rate * channels * bits / 8), .. BitConverter.GetBytes((ushort)(channels * bits / 8)), .. BitConverter.GetBytes(bits),
            .. extension ?? [],
        ]);

    private static byte[] Chunk(string name, byte[] body, uint? size = null) =>
        [.. Encoding.ASCII.GetBytes(name), .. BitConverter.GetBytes(size ?? (uint)body.Length), .. body, .. new byte[body.Length % 2]];

    private static byte[] File(params byte[][] chunks)
    {
        var body = chunks.SelectMany(chunk => chunk).ToArray();
        return [.. "RIFF"u8, .. BitConverter.GetBytes(4 + body.Length), .. "WAVE"u8, .. body];
    }
}
