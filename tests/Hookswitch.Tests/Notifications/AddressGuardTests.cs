using System.Net;
using Hookswitch.Notifications;

namespace Hookswitch.Tests.Notifications;

/// <summary>Which addresses are connected to, in each mode.</summary>
public sealed class AddressGuardTests
{
    private static readonly AddressGuard Production = new(Mode.Production, NetworkPolicy.Production);

    private static readonly AddressGuard Opened = new(Mode.Production, new NetworkPolicy
    {
        Allowed = [IPNetwork.Parse("10.1.0.0/16"), IPNetwork.Parse("0.0.0.0/0"), IPNetwork.Parse("::/0")],
        Ports = [8443],
    });

    [Theory]
    [InlineData("169.254.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.255.255")]
    [InlineData("fe80::1")]
    [InlineData("febf::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fd20:ce::254")]
    [InlineData("100.100.100.200")]
    [InlineData("168.63.129.16")]
    [InlineData("192.0.0.192")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::169.254.169.254")]
    [InlineData("2002:a9fe:a9fe::1")]
    [InlineData("::169.254.169.254")]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("224.0.0.1")]
    [InlineData("ff02::1")]
    [InlineData("255.255.255.255")]
    public void Nothing_ever_connects_to(string address) => Assert.All(
        [AddressGuard.Development, Production, Opened], guard => Assert.False(guard.Allows(IPAddress.Parse(address))));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("10.0.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("100.64.0.1")]
    [InlineData("203.0.113.9")]
    [InlineData("198.18.0.1")]
    [InlineData("240.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::192.168.0.1")]
    [InlineData("64:ff9b:1::10.0.0.1")]
    [InlineData("2002:0a00:0001::1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::253")]
    [InlineData("fec0::1")]
    public void In_production_an_address_that_is_not_public_is_connected_to_only_where_it_is_allowed(string address) => Assert.Equal(
        (true, false, true),
        (AddressGuard.Development.Allows(IPAddress.Parse(address)), Production.Allows(IPAddress.Parse(address)), Opened.Allows(IPAddress.Parse(address))));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("169.253.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("100.128.0.0")]
    [InlineData("2600::1")]
    [InlineData("64:ff9b::8.8.8.8")]
    public void A_public_address_is_connected_to_in_every_mode(string address) => Assert.All(
        [AddressGuard.Development, Production, Opened], guard => Assert.True(guard.Allows(IPAddress.Parse(address))));

    [Fact]
    public void What_is_allowed_opens_nothing_beside_it()
    {
        var guard = new AddressGuard(Mode.Production, new NetworkPolicy { Allowed = [IPNetwork.Parse("10.1.0.0/16")] });

        Assert.True(guard.Allows(IPAddress.Parse("::ffff:10.1.255.255")));
        Assert.False(guard.Allows(IPAddress.Parse("10.2.0.0")));
        Assert.False(guard.Allows(IPAddress.Parse("127.0.0.1")));
    }

    [Theory]
    [InlineData("http://bot.example/calls", "must be https")]
    [InlineData("http://localhost/calls", "must be https")]
    [InlineData("https://10.0.0.1/calls", "must not lead to 10.0.0.1: private addresses are connected to only where network.allow names them")]
    [InlineData("https://[::1]/calls", "must not lead to ::1: private addresses are connected to only where network.allow names them")]
    [InlineData("https://0x7f.1/calls", "must not lead to 127.0.0.1: private addresses are connected to only where network.allow names them")]
    [InlineData("https://169.254.169.254/", "must not lead to 169.254.169.254: link-local, multicast and unspecified addresses are never connected to")]
    [InlineData("https://bot.example:80/calls", "must not lead to port 80: it is not among network.ports (443)")]
    [InlineData("https://bot.example:8443/calls", "must not lead to port 8443: it is not among network.ports (443)")]
    [InlineData("https://bot.example/calls", null)]
    public void In_production_a_callback_is_refused_at_once_where_it_can_be_seen(string address, string? problem) =>
        Assert.Equal(problem, Production.Refuse(address));

    [Fact]
    public async Task A_name_that_leads_to_this_machine_is_not_connected_to_in_production()
    {
        var cancellation = TestContext.Current.CancellationToken;

        var host = await Assert.ThrowsAsync<ForbiddenAddressException>(async () => await Production.Connect(new DnsEndPoint("localhost", 443), cancellation));
        var port = await Assert.ThrowsAsync<ForbiddenAddressException>(async () => await Production.Connect(new DnsEndPoint("localhost", 80), cancellation));

        Assert.EndsWith(": private addresses are connected to only where network.allow names them.", host.Message, StringComparison.Ordinal);
        Assert.Equal("localhost:80 is not connected to: it is not among network.ports (443).", port.Message);
    }
}
