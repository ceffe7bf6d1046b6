using CsCheck;
using Hookswitch.Resources;

namespace Hookswitch.Tests.Resources;

/// <summary>The token with which a recording is fetched.</summary>
public sealed class RecordingTokenTests
{
    [Fact]
    public void A_token_names_its_operation_and_shows_its_key() => Gen.Select(Gen.Guid, Gen.Guid).Sample((operation, key) =>
    {
        var token = new RecordingToken(operation, key);

        Assert.True(RecordingToken.TryParse(token.ToString(), out var read));
        Assert.Equal(token, read);
    });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("zz")]
    [InlineData("not base64, at all")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA%")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB")]
    [InlineData("AAAAAAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAA+AAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("é")]
    public void What_is_no_token_is_none(string? text) => Assert.False(RecordingToken.TryParse(text, out _));

    [Fact]
    public void No_other_text_is_the_same_token() => Gen.Select(Gen.Guid, Gen.Guid, Gen.Int[0, 42], Gen.Char["AZaz09-_+/= %\t"], Gen.Bool).Sample(
        (operation, key, place, other, isAdded) =>
        {
            var text = new RecordingToken(operation, key).ToString();
            var changed = $"{text[..place]}{other}{text[(isAdded ? place : place + 1)..]}";
            Assert.True(!RecordingToken.TryParse(changed, out var token) || token.ToString() == changed);
        });
}
