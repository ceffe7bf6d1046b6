using System.Globalization;
using System.Text;
using Hookswitch.Identity;
using Hookswitch.Tests.Harness;
using Hookswitch.Tests.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Hookswitch.Tests.Doors;

/// <summary>No token that someone might make up lets anyone in, breaks the server, or is told more than that it is bad. RFC 8725.</summary>
public sealed class HostileTokenTests(ITestOutputHelper output)
{
    private const string Path = "/v1.0/communications/calls/00000000-0000-8000-8000-000000000000";

    [Fact]
    public async Task No_bad_token_is_taken_for_one_of_our_own()
    {
        await using var server = await TestServer.Start();
        await using var elsewhere = await SoundServer.Start();
        var raw = RawTokens.Of(server);

        await Refused(server, raw, [.. BadTokens.All(raw, elsewhere.Address("keys")), .. BadTokens.OfOurs(raw, server.Services.GetRequiredService<CallbackTokens>())]);
        Assert.Empty(elsewhere.Asked);
    }

    [Fact]
    public async Task No_bad_token_is_taken_for_one_of_an_external_authority()
    {
        await using var authority = await TestAuthority.Start();
        await using var server = await TestServer.Start(options => options with { Authority = authority.Address });
        await using var elsewhere = await SoundServer.Start();
        var raw = RawTokens.Of(authority);

        await Refused(server, raw, [.. BadTokens.All(raw, elsewhere.Address("keys"))]);
        Assert.Empty(elsewhere.Asked);
        Assert.True(authority.Fetched <= 2, $"{authority.Fetched} times its keys were asked for.");
    }

    private async Task Refused(TestServer server, RawTokens raw, IReadOnlyList<(string What, string Token)> tokens)
    {
        Assert.Equal("404 8522", (await server.Http.Ask("GET", Path, body: null, raw.Token())).Outcome);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 }) { BaseAddress = server.Address };
        var wrong = new List<string>();
        foreach (var (what, token) in tokens)
        {
            var answer = await new Visitor(what, $"Bearer {token}").Ask(http, "GET", Path, "");
            if (answer.Outcome != "401 InvalidAuthenticationToken" || !answer.Headers.WwwAuthenticate.Any(one => one.Scheme == "Bearer") || Leaks(answer, token))
            {
                wrong.Add($"{what}: {answer.Outcome} {answer.Text}");
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{tokens.Count} bad tokens, {wrong.Count} not refused as they should be. {string.Join('\n', wrong)}"));
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal("404 8522", (await server.Http.Ask("GET", Path, body: null, raw.Token(one => one["uti"] = "again"))).Outcome);
    }

    // Neither what was in the token, nor how this server is made.
    private static bool Leaks(GraphAnswer answer, string token) =>
        new[] { "IDX", "Exception", "Microsoft.", "System.", "   at ", "evil" }.Any(word => answer.Message.Contains(word, StringComparison.Ordinal))
        || token.Split('.').Any(part => part.Length > 8 && answer.Text.Contains(part, StringComparison.Ordinal));
}
