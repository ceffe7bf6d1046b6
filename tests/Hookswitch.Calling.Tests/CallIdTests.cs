using CsCheck;

namespace Hookswitch.Calling.Tests;

public sealed class CallIdTests
{
    private const string Known = "12345678-9abc-8def-8123-456789abcdef";

    [Fact]
    public void An_id_is_read_back_from_its_text_in_any_case() =>
        Gen.Guid.Sample(random =>
        {
            var id = CallId.From(random);
            Assert.True(CallId.TryParse(id.ToString(), out var read) && read == id);
            Assert.True(CallId.TryParse(id.ToString().ToUpperInvariant(), out var shouted) && shouted == id);
        });

    [Fact]
    public void An_id_is_a_guid_of_version_8_and_of_the_variant_of_the_rfc() =>
        Gen.Guid.Sample(random =>
        {
            var guid = CallId.From(random).ToGuid();
            Assert.Equal(8, guid.Version);
            Assert.InRange(guid.Variant, 0x8, 0xB);
        });

    [Fact]
    public void An_id_keeps_all_but_six_of_its_random_bits() =>
        Gen.Guid.Sample(random =>
        {
            var text = random.ToString("D").ToCharArray();
            text[14] = '8';
            text[19] = "89ab"[Convert.ToInt32(text[19].ToString(), 16) & 0b11];
            Assert.Equal(new string(text), CallId.From(random).ToString());
        });

    [Fact]
    public void A_conversation_has_sixty_bits_and_a_leg_sixty_two()
    {
        var all = CallId.From(Guid.AllBitsSet);
        Assert.Equal((1L << 60) - 1, all.Conversation.Value);
        Assert.Equal((1L << 62) - 1, all.Leg.Value);
        Assert.Equal("ffffffff-ffff-8fff-bfff-ffffffffffff", all.ToString());
        Assert.Equal("00000000-0000-8000-8000-000000000000", CallId.From(Guid.Empty).ToString());
    }

    [Fact]
    public void The_id_of_a_conversation_that_begins_later_is_greater_for_twelve_days() => Gen.Select(Gen.Guid, Gen.Guid).Sample((one, other) =>
    {
        var earlier = CallId.From(one, DateTimeOffset.UnixEpoch);
        Assert.True(earlier.Conversation.Value < CallId.From(other, DateTimeOffset.UnixEpoch.AddSeconds(1.024)).Conversation.Value);
        Assert.True(earlier.Conversation.Value < CallId.From(other, DateTimeOffset.UnixEpoch.AddDays(12.4)).Conversation.Value);
        Assert.True(CallId.TryParse(earlier.ToString(), out var read) && read == earlier);
    });

    [Fact]
    public void The_rest_of_it_is_random() => Gen.Guid.Sample(random =>
    {
        var (plain, timed) = (CallId.From(random), CallId.From(random, DateTimeOffset.UnixEpoch));
        Assert.Equal(plain.Leg, timed.Leg);
        Assert.Equal(plain.Conversation.Value & 0xFF_FFFF_FFFF, timed.Conversation.Value);
    });

    [Fact]
    public void The_bits_of_an_id_stand_where_they_were()
    {
        Assert.True(CallId.TryParse(Known, out var id));
        Assert.Equal("123456789abcdef", id.Conversation.ToString());
        Assert.Equal("0123456789abcdef", id.Leg.ToString());
        Assert.Equal(Known, id.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("call")]
    [InlineData("123456789abc8def8123456789abcdef")] // no dashes
    [InlineData("{12345678-9abc-8def-8123-456789abcdef}")]
    [InlineData(" 12345678-9abc-8def-8123-456789abcdef")]
    [InlineData("12345678-9abc-8def-8123-456789abcdef ")]
    [InlineData("+2345678-9abc-8def-8123-456789abcdef")]
    [InlineData("0x345678-9abc-8def-8123-456789abcdef")]
    [InlineData("12345678-9abc-4def-8123-456789abcdef")] // version 4
    [InlineData("12345678-9abc-7def-8123-456789abcdef")] // version 7
    [InlineData("12345678-9abc-8def-0123-456789abcdef")] // another variant
    [InlineData("12345678-9abc-8def-c123-456789abcdef")] // another variant
    [InlineData("12345678-9abc-8def-8123-456789abcdeg")]
    public void A_text_that_no_server_gives_out_is_no_id(string? text) => Assert.False(CallId.TryParse(text, out _));

    [Fact]
    public void Of_a_text_that_is_no_id_nothing_is_read() => Gen.String.Sample(text =>
        Assert.Equal(CallId.TryParse(text, out var id), id != default));
}
