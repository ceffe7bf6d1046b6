using System.Net;
using System.Net.Sockets;
using System.Text;
using Hookswitch.Identity;
using Hookswitch.Proxy;
using Hookswitch.Tests.Harness;
using Hookswitch.Tls;
using Microsoft.Extensions.DependencyInjection;

namespace Hookswitch.Tests.Proxy;

/// <summary>The proxy of <c>hookswitch run</c>: where hosts lead, and what it refuses.</summary>
public sealed class LeadingProxyTests : IAsyncLifetime
{
    private const string NoHost =
        "'127.0.0.1' is no host of Graph (graph.microsoft.com, login.microsoftonline.com, login.windows.net, login.microsoft.com, sts.windows.net, "
        + "api.aps.skype.com, login.botframework.com), and others are not passed on unless you say so: --run.passOn true.\n";

    private TestServer _server = null!;

    public async ValueTask InitializeAsync() =>
        _server = await TestServer.Start(options => options with { Urls = ["http://127.0.0.1:0", "https://127.0.0.1:0"] });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("graph.microsoft.com")]
    [InlineData("GRAPH.microsoft.com")]
    [InlineData("login.microsoftonline.com:8443")]
    [InlineData("api.aps.skype.com")]
    public async Task Through_a_tunnel_the_hosts_of_Graph_are_the_server(string host)
    {
        await using var proxy = await Start();
        using var http = Client(proxy);

        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri($"https://{host}/v1/.well-known/OpenIdConfiguration"))).StatusCode);
    }

    [Fact]
    public async Task As_a_whole_address_they_are_too_and_keep_their_names()
    {
        await using var proxy = await Start();

        var answer = await Say(proxy, "GET https://graph.microsoft.com/v1/.well-known/OpenIdConfiguration HTTP/1.1\r\nHost: graph.microsoft.com\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\"jwks_uri\":\"https://graph.microsoft.com/v1/.well-known/keys\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_host_is_refused_with_a_sentence()
    {
        await using var proxy = await Start();

        var tunnel = await Say(proxy, "CONNECT 127.0.0.1:443 HTTP/1.1\r\nHost: 127.0.0.1:443\r\n\r\n");
        var whole = await Say(proxy, "GET http://127.0.0.1/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");

        Assert.All(new[] { tunnel, whole }, answer => Assert.StartsWith("HTTP/1.1 403 Forbidden\r\n", answer, StringComparison.Ordinal));
        Assert.EndsWith(NoHost, tunnel, StringComparison.Ordinal);
        Assert.Contains(NoHost, whole, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_host_of_another_cloud_is_refused_also_when_others_are_passed_on(bool passesOn)
    {
        await using var proxy = await Start(passesOn);

        Assert.EndsWith(
            "'graph.microsoft.us' belongs to the cloud UsGovL4, and this server is Global: --cloud UsGovL4 makes it that one.\n",
            await Say(proxy, "CONNECT graph.microsoft.us:443 HTTP/1.1\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_host_is_passed_on_by_a_setting()
    {
        await using var proxy = await Start(passesOn: true);
        await using var webhook = await Webhook.Start();
        var host = new Uri(webhook.Address).Authority;

        var whole = await Say(proxy, $"POST http://{host}/whole HTTP/1.1\r\nHost: {host}\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}");
        var tunnel = await Say(proxy, $"CONNECT {host} HTTP/1.1\r\n\r\nPOST /tunnel HTTP/1.1\r\nHost: {host}\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}");

        Assert.StartsWith("HTTP/1.1 202 Accepted\r\n", whole, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 Connection Established\r\n\r\nHTTP/1.1 202 Accepted\r\n", tunnel, StringComparison.Ordinal);
        Assert.Equal(["/whole", "/tunnel"], webhook.All.Select(one => one.Path));
    }

    [Fact]
    public async Task What_is_never_connected_to_is_not_passed_on_either()
    {
        await using var proxy = await Start(passesOn: true);
        const string Metadata = "169.254.169.254:80 cannot be reached: 169.254.169.254 leads to 169.254.169.254, which is never connected to.\n";

        Assert.EndsWith(Metadata, await Say(proxy, "CONNECT 169.254.169.254:80 HTTP/1.1\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith(
            "HTTP/1.1 502 Bad Gateway\r\n",
            await Say(proxy, "GET http://169.254.169.254/ HTTP/1.1\r\nHost: 169.254.169.254\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CONNECT graph.microsoft.com HTTP/1.1\r\n\r\n", "400 Bad Request")]
    [InlineData("CONNECT graph.microsoft.com:99999 HTTP/1.1\r\n\r\n", "400 Bad Request")]
    [InlineData("CONNECT :443 HTTP/1.1\r\n\r\n", "400 Bad Request")]
    [InlineData("CONNECT graph.microsoft.com:443 HTTP/9\r\n\r\n", "400 Bad Request")]
    [InlineData("CONNECT\r\n\r\n", "400 Bad Request")]
    [InlineData("GET / HTTP/1.1\r\nHost: graph.microsoft.com\r\nConnection: close\r\n\r\n", "400 Bad Request")]
    [InlineData("GET ftp://graph.microsoft.com/ HTTP/1.1\r\nHost: graph.microsoft.com\r\nConnection: close\r\n\r\n", "400 Bad Request")]
    [InlineData("\0\0\0\r\n\r\n", "400 Bad Request")]
    public async Task What_no_proxy_understands_is_told_so(string request, string status)
    {
        await using var proxy = await Start();

        Assert.StartsWith($"HTTP/1.1 {status}\r\n", await Say(proxy, request), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_without_end_is_cut_off()
    {
        await using var proxy = await Start();

        Assert.StartsWith("HTTP/1.1 431 ", await Say(proxy, "CONNECT graph.microsoft.com:443 HTTP/1.1\r\nX: " + new string('x', 9 * 1024)), StringComparison.Ordinal);
    }

    private Task<LeadingProxy> Start(bool passesOn = false) => LeadingProxy.Start(
        new ProxyRules(Clouds.Global, passesOn), _server.SecureAddress!, _server.Services.GetRequiredService<DevelopmentCertificate>().Authority);

    private HttpClient Client(LeadingProxy proxy) => new(new SocketsHttpHandler
    {
        Proxy = new WebProxy(proxy.Address),
        SslOptions = { CertificateChainPolicy = Led.Trusting(_server.Folder) },
    });

    // All that comes back until the proxy closes.
    private static async Task<string> Say(LeadingProxy proxy, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(proxy.Address.Host, proxy.Address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        return await new StreamReader(client.GetStream()).ReadToEndAsync().WaitAsync(TestServer.Patience);
    }
}
