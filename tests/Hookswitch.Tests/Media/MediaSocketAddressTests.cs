using System.Text.Json;
using Hookswitch.Media;
using Hookswitch.Notifications;

namespace Hookswitch.Tests.Media;

/// <summary>Which blobs of app-hosted media name a WebSocket.</summary>
public sealed class MediaSocketAddressTests
{
    [Theory]
    [InlineData("wss://bot.example/media?call=1")]
    [InlineData("wss://10.0.0.1:8443/media")]
    [InlineData("wss://localhost/media")]
    [InlineData("ws://localhost:9000/media")]
    [InlineData("ws://127.0.0.1:9000/media")]
    [InlineData("ws://[::1]:9000/media")]
    public void Is_connected_to(string address) => Assert.Equal((new Uri(address), null), Read(Blob(address)));

    [Theory]
    [InlineData("https://bot.example/media", "must be an absolute ws or wss address")]
    [InlineData("/media", "must be an absolute ws or wss address")]
    [InlineData("", "must be an absolute ws or wss address")]
    [InlineData("ws://bot.example/media", "must be wss: ws is for addresses on this machine alone")]
    [InlineData("wss://user:secret@bot.example/media", "must not carry a user name or password")]
    [InlineData("wss://169.254.169.254/media", "must not lead to 169.254.169.254: link-local, multicast and unspecified addresses are never connected to")]
    public void Is_refused(string address, string problem) => Assert.Equal((null, $"has a webSocketUrl that {problem}"), Read(Blob(address)));

    [Fact]
    public void An_address_has_a_longest_length() =>
        Assert.Equal((null, "has a webSocketUrl that is longer than 2048 characters"), Read(Blob($"wss://bot.example/{new string('a', 2048)}")));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("AQIDBA==")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"webSocketUrl":5}""")]
    [InlineData("""{"webSocketUrl":"\ud800"}""")]
    [InlineData("""{"mpUri":"net.tcp://bot.example","audioRenderContexts":[]}""")]
    public void Any_other_blob_is_the_affair_of_the_bot(string? blob) => Assert.Equal((null, null), Read(blob));

    private static (Uri?, string?) Read(string? blob) =>
        MediaSocketAddress.Problem(blob, AddressGuard.Development) is { } problem ? (null, problem) : (MediaSocketAddress.Of(blob), null);

    private static string Blob(string address) => JsonSerializer.Serialize(new { webSocketUrl = address });
}
