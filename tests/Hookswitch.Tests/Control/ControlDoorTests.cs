using System.Text;
using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests.Control;

/// <summary>Who may use the control API: programs on this machine, and no web page that someone has open there.</summary>
public sealed class ControlDoorTests
{
    [Theory]
    [InlineData("hookswitch.example")]
    [InlineData("192.168.1.1:5080")]
    [InlineData("localhost.example")]
    public async Task A_request_in_another_hosts_name_is_refused(string host)
    {
        await using var server = await TestServer.Start();
        server.Http.DefaultRequestHeaders.Host = host;

        Assert.Equal(403, (await server.Http.Ask("GET", "/control/calls")).Status);
        Assert.Equal(403, (await server.Http.Ask("POST", "/control/reset")).Status);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("http://127.0.0.1:1")]
    public async Task A_request_from_a_web_page_of_another_origin_is_refused(string origin)
    {
        await using var server = await TestServer.Start();
        server.Http.DefaultRequestHeaders.Add("Origin", origin);

        Assert.Equal(403, (await server.Http.Ask("POST", "/control/reset")).Status);
    }

    [Fact]
    public async Task A_request_from_the_servers_own_origin_is_taken()
    {
        await using var server = await TestServer.Start();
        server.Http.DefaultRequestHeaders.Add("Origin", server.Address.GetLeftPart(UriPartial.Authority));

        Assert.Equal(204, (await server.Http.Ask("POST", "/control/reset")).Status);
    }

    [Fact]
    public async Task A_body_that_a_form_could_send_is_refused()
    {
        await using var server = await TestServer.Start();
        using var content = new StringContent("{}", Encoding.UTF8, "text/plain");

        Assert.Equal(415, (await server.Http.Ask("PUT", "/control/users/a", content)).Status);
    }

    [Fact]
    public async Task The_token_of_a_bot_opens_nothing_here_and_none_is_needed()
    {
        await using var server = await TestServer.Start();
        await using var bot = await TestBot.Start(server);

        Assert.Equal(200, (await server.Http.Ask("GET", "/control/calls")).Status);
        Assert.Equal(200, (await bot.Http.Ask("GET", "/control/calls")).Status);
    }
}
