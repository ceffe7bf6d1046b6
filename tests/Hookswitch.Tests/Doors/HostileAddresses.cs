using System.Net;

namespace Hookswitch.Tests.Doors;

/// <summary>Addresses with which someone would have this server reach what only it can reach.</summary>
internal static class HostileAddresses
{
    /// <summary>Where nothing may ever connect to, in no mode.</summary>
    public static readonly IPNetwork[] Forbidden =
    [
        IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("224.0.0.0/3"), IPNetwork.Parse("100.100.100.200/32"), IPNetwork.Parse("168.63.129.16/32"),
        IPNetwork.Parse("192.0.0.192/32"), IPNetwork.Parse("::/128"), IPNetwork.Parse("fe80::/10"), IPNetwork.Parse("ff00::/8"), IPNetwork.Parse("fd00:ec2::254/128"),
        IPNetwork.Parse("fd20:ce::254/128"), IPNetwork.Parse("::a9fe:0/112"), IPNetwork.Parse("64:ff9b::a9fe:0/112"), IPNetwork.Parse("2002:a9fe::/32"),
    ];

    /// <summary>Hosts that lead to what is closed in every mode.</summary>
    private static readonly string[] NeverHosts =
    [
        // the metadata service, as libraries have written and read it
        "169.254.169.254", "169.254.169.254.", "2852039166", "0xA9FEA9FE", "0XA9FEA9FE", "0xa9fea9fe.", "025177524776", "0251.0376.0251.0376", "0251.0376.0251.0376.",
        "0xA9.0xFE.0xA9.0xFE", "0xa9.254.0251.254", "169.0xFE.0251.254", "169.16689662", "169.254.43518", "0xA9.16689662", "169.254.0xA9FE", "00000251.0376.0251.0376",
        "169.254.169.0xfe", "7147006462", "169.254.0.1", "169.254.255.255", "169.254.170.2", "169.254.1",
        "169%2E254%2E169%2E254", "%31%36%39.254.169.254", "１６９.２５４.１６９.２５４", "169。254。169。254", "169．254．169．254", "①⑥⑨.②⑤④.①⑥⑨.②⑤④", "𝟏𝟔𝟗.𝟐𝟓𝟒.𝟏𝟔𝟗.𝟐𝟓𝟒",
        "169.254.169\u200b.254", "169.254.\u00ad169.254", "¹⁶⁹.254.169.254", "١٦٩.٢٥٤.١٦٩.٢٥٤",

        // in addresses of the sixth version
        "[::ffff:169.254.169.254]", "[::ffff:a9fe:a9fe]", "[::FFFF:A9FE:A9FE]", "[0:0:0:0:0:ffff:a9fe:a9fe]", "[0000:0000:0000:0000:0000:ffff:169.254.169.254]", "[::169.254.169.254]", "[::a9fe:a9fe]",
        "[64:ff9b::169.254.169.254]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b:0:0:0:0:a9fe:a9fe]", "[2002:a9fe:a9fe::]", "[2002:a9fe:a9fe::1]", "[2002:a9fe:a9fe:0:0:5efe:a9fe:a9fe]",
        "[fe80::1]", "[fe80::1%25eth0]", "[fe80::1%eth0]", "[fe80::1%1]", "[fe80::a9fe:a9fe]", "[febf:ffff::1]", "[fe80::5efe:169.254.169.254]", "[fd00:ec2::254]", "[fd00:0ec2:0:0:0:0:0:0254]", "[FD00:EC2::254]",
        "[fd20:ce::254]", "[ff02::1]", "[ff0e::fb]", "[ff05::1:3]",

        // the unspecified one, which many systems take for this machine
        "0", "00", "0x0", "0.0", "0.0.0", "0.0.0.0", "0.0.0.0.", "000.000.000.000", "0.1.2.3", "0.255.255.255", "[::]", "[0:0:0:0:0:0:0:0]", "[::0]", "[0::0]", "[::%250]", "[::ffff:0.0.0.0]", "[::ffff:0:0]", "[64:ff9b::]", "[2002::1]",

        // what else is no host of the internet
        "224.0.0.1", "239.255.255.250", "255.255.255.255", "4294967295", "0xffffffff", "0377.0377.0377.0377", "[::ffff:255.255.255.255]", "[::ffff:224.0.0.1]", "[64:ff9b::255.255.255.255]",
        "100.100.100.200", "0x6464_64c8", "1684301000", "[::ffff:100.100.100.200]", "168.63.129.16", "2822734096", "[::ffff:168.63.129.16]", "192.0.0.192", "3221225664",

        // names, which lead where their owner wants
        "metadata", "metadata.google.internal", "METADATA.GOOGLE.INTERNAL", "metadata.google.internal.", "instance-data.ec2.internal", "169.254.169.254.nip.io", "169-254-169-254.sslip.io", "a9fea9fe.nip.io", "localhost.evil.example",
        "lvh.me", "localtest.me", "rebind.evil.example", "xn--bcher-kva.example", "bücher.example", "evil.example.", "127.0.0.1.evil.example", "good.example", "0x7f.1.evil.example", "a_b.example", "evil",
    ];

    /// <summary>Hosts that lead to this machine or to a private network: closed in production alone.</summary>
    private static readonly string[] PrivateHosts =
    [
        "localhost", "LOCALHOST", "localhost.", "127.0.0.1", "127.0.0.1.", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001", "0177.1", "127.255.255.254", "127.0.0.2", "127。0。0。1", "１２７.0.0.1", "⑫7.0.0.1",
        "127%2E0%2E0%2E1", "[::1]", "[0:0:0:0:0:0:0:1]", "[::1%25lo]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::127.0.0.1]", "[2002:7f00:1::]", "[2001:0:4136:e378:8000:63bf:80ff:fffe]",
        "10.0.0.1", "10.255.255.255", "167772161", "0xa000001", "012.1", "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.1", "3232235521", "[::ffff:10.0.0.1]", "[::ffff:c0a8:1]", "[64:ff9b::10.0.0.1]", "[2002:0a00:1::]", "[2002:c0a8:1::]",
        "100.64.0.1", "100.127.255.255", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "192.88.99.1", "240.0.0.1", "255.255.255.254", "[fc00::1]", "[fd12:3456::1]", "[fec0::1]", "[64:ff9b:1::1]", "[100::1]", "[2001::1]", "[2001:db8::1]", "[3fff::1]", "[5f00::1]",
        "private.evil.example",
    ];

    /// <summary>Whole addresses, of which more than the host is odd. {0}: the scheme with TLS.</summary>
    private static readonly string[] Odd =
    [
        "{0}://good.example@169.254.169.254/", "{0}://169.254.169.254@good.example/", "{0}://good.example:443@169.254.169.254:443/", "{0}://good.example%40169.254.169.254/", "{0}://good.example\\@169.254.169.254/",
        "{0}://:@169.254.169.254/", "{0}://@169.254.169.254/", "{0}:\\\\169.254.169.254\\", "{0}:///169.254.169.254/", "{0}:169.254.169.254", "{0}:/169.254.169.254/", "//169.254.169.254/", "\\\\169.254.169.254\\share", "169.254.169.254", "169.254.169.254:443",
        "{0}://169.254.169.254#@good.example/", "{0}://169.254.169.254?@good.example/", "{0}://good.example#@169.254.169.254/", "{0}://good.example?@169.254.169.254/", "{0}://169.254.\t169.254/", "\t{0}://169.254.169.254/", " {0}://169.254.169.254/ ",
        "{0}://169.254.169.254\r\nHost: good.example/", "h\nttps://169.254.169.254/", "{0}://169.254.169.254:80/", "{0}://169.254.169.254:65536/", "{0}://169.254.169.254:-1/", "{0}://169.254.169.254:0/", "{0}://[::ffff:169.254.169.254]:443/latest/meta-data",
        "{0}://169.254.169.254/latest/api/token", "{0}://169.254.169.254/computeMetadata/v1/", "http://169.254.169.254/", "HTTP://169.254.169.254/", "ws://169.254.169.254/", "http://0.0.0.0:80/", "http://[::]:80/", "http://evil.example/",
        "file:///etc/passwd", "file://169.254.169.254/c$", "gopher://169.254.169.254:6379/_INFO", "ftp://169.254.169.254/", "dict://169.254.169.254:11211/stats", "ldap://169.254.169.254/", "tftp://169.254.169.254/", "unix:/var/run/docker.sock",
        "http+unix://%2Fvar%2Frun%2Fdocker.sock/info", "npipe:////./pipe/docker_engine", "jar:{0}://169.254.169.254!/", "data:text/plain,hello", "javascript:alert(1)", "{0}+ssh://169.254.169.254/", "view-source:{0}://169.254.169.254/", "", " ", "/", "?", "#", "{0}:", "{0}://", "{0}://#", "{0}://?", "{0}://:443/",
    ];

    /// <summary>Addresses that lead to what is closed in every mode, or are none at all.</summary>
    public static IReadOnlyList<string> Never(string secure) => [.. NeverHosts.Select(host => $"{secure}://{host}/x"), .. Odd.Select(one => one.Replace("{0}", secure, StringComparison.Ordinal))];

    /// <summary>Addresses that are closed in production alone.</summary>
    public static IReadOnlyList<string> Private(string secure) => [.. PrivateHosts.Select(host => $"{secure}://{host}/x")];
}
