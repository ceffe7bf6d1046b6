using System.Net;
using Hookswitch.Notifications;

namespace Hookswitch.Tests.Notifications;

/// <summary>Which addresses are never connected to.</summary>
public sealed class AddressGuardTests
{
    [Theory]
    [InlineData("169.254.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.255.255")]
    [InlineData("fe80::1")]
    [InlineData("febf::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::169.254.169.254")]
    [InlineData("2002:a9fe:a9fe::1")]
    [InlineData("::169.254.169.254")]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("224.0.0.1")]
    [InlineData("ff02::1")]
    [InlineData("255.255.255.255")]
    public void Nothing_ever_connects_to(string address) => Assert.False(AddressGuard.Allows(IPAddress.Parse(address)));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("64:ff9b::203.0.113.9")]
    [InlineData("2001:db8::1")]
    [InlineData("10.0.0.1")]
    [InlineData("192.168.1.1")]
    [InlineData("203.0.113.9")]
    [InlineData("169.253.255.255")]
    [InlineData("fd00:ec2::253")]
    public void In_development_a_callback_may_be_at(string address) => Assert.True(AddressGuard.Allows(IPAddress.Parse(address)));
}
