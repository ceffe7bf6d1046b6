using Hookswitch.Calling;
using Hookswitch.Resources;

namespace Hookswitch.Tests.Resources;

/// <summary>The token with which a meeting can be joined.</summary>
public sealed class JoinTokenTests
{
    [Fact]
    public void A_token_names_its_conversation_and_shows_its_key()
    {
        var token = new JoinToken(new ConversationId(0x1af93f593e85f1c), Guid.NewGuid());

        Assert.True(JoinToken.TryParse(token.ToString(), out var read));
        Assert.Equal(token, read);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("zz")]
    [InlineData("not base64, at all")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("é")]
    public void What_is_no_token_is_none(string? text) => Assert.False(JoinToken.TryParse(text, out _));
}
