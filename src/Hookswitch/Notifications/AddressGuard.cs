using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Hookswitch.Notifications;

/// <summary>Which addresses this server connects to on behalf of others. Callbacks, prompts and media are hostile until shown otherwise.</summary>
internal static class AddressGuard
{
    private static readonly IPNetwork[] Forbidden =
    [
        IPNetwork.Parse("169.254.0.0/16"), // link-local, and the metadata services of clouds (RFC 3927)
        IPNetwork.Parse("fe80::/10"), // link-local (RFC 4291)
        IPNetwork.Parse("fd00:ec2::254/128"), // a cloud's metadata service
        IPNetwork.Parse("0.0.0.0/8"), // "this host" (RFC 1122)
        IPNetwork.Parse("::/128"),
        IPNetwork.Parse("224.0.0.0/4"), // multicast
        IPNetwork.Parse("ff00::/8"),
        IPNetwork.Parse("255.255.255.255/32"),
    ];

    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96"); // RFC 6052
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16"); // RFC 3056
    private static readonly IPNetwork Compatible = IPNetwork.Parse("::/96"); // RFC 4291, 2.5.5.1

    /// <summary>Longer than any address of a bot; a bound on what each call stores of it.</summary>
    private const int MaxLength = 2048;

    /// <summary>Of an answer, in KiB.</summary>
    private const int MaxHeaders = 64;

    public static bool Allows(IPAddress address)
    {
        var plain = Unwrap(address);
        return !Forbidden.Any(network => network.Contains(plain));
    }

    // An IPv4 address may be written into an IPv6 one that leads to it.
    private static IPAddress Unwrap(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        return address.IsIPv4MappedToIPv6 || Nat64.Contains(address) ? new IPAddress(bytes.AsSpan(12))
            : SixToFour.Contains(address) ? new IPAddress(bytes.AsSpan(2, 4))
            : Compatible.Contains(address) && !IPAddress.IsLoopback(address) && !address.Equals(IPAddress.IPv6Any) ? new IPAddress(bytes.AsSpan(12))
            : address;
    }

    /// <summary>How others' addresses are connected to: directly, each hop by itself, and only where it is allowed.</summary>
    public static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        ConnectCallback = Connect,
        MaxResponseHeadersLength = MaxHeaders,
        SslOptions = { RemoteCertificateValidationCallback = AcceptsAnyOnLoopback },
    };

    /// <summary>Whether a certificate will do: on this machine any, as developers have them.</summary>
    private static bool AcceptsAnyOnLoopback(object sender, object? certificate, object? chain, SslPolicyErrors errors) =>
        errors == SslPolicyErrors.None
        || (sender is SslStream { TargetHostName: var host } && (host == "localhost" || (IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip))));

    /// <summary>What is wrong with an address that is to be connected to; null: nothing that can be seen without connecting.</summary>
    /// <param name="plain">The scheme that is for this machine alone.</param>
    /// <param name="secure">The scheme with TLS.</param>
    public static string? Refuse(string? address, string plain = "http", string secure = "https")
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || (uri.Scheme != plain && uri.Scheme != secure))
        {
            return $"must be an absolute {plain} or {secure} address";
        }

        if (address!.Length > MaxLength)
        {
            return $"is longer than {MaxLength} characters";
        }

        if (uri.UserInfo.Length > 0)
        {
            return "must not carry a user name or password";
        }

        if (IPAddress.TryParse(uri.DnsSafeHost, out var literal) && !Allows(literal))
        {
            return $"must not lead to {literal}: link-local, multicast and unspecified addresses are never connected to";
        }

        return uri.Scheme == plain && !uri.IsLoopback ? $"must be {secure}: {plain} is for addresses on this machine alone" : null;
    }

    /// <summary>Resolves once, checks every address, and connects to one that was checked: a name cannot lead elsewhere in between.</summary>
    /// <exception cref="ForbiddenAddressException">One of the addresses is forbidden.</exception>
    public static ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellation) => Connect(context.DnsEndPoint, cancellation);

    /// <inheritdoc cref="Connect(SocketsHttpConnectionContext, CancellationToken)"/>
    public static async ValueTask<Stream> Connect(DnsEndPoint asked, CancellationToken cancellation)
    {
        var addresses = await Dns.GetHostAddressesAsync(asked.Host, cancellation);
        if (Array.Find(addresses, address => !Allows(address)) is { } forbidden)
        {
            throw new ForbiddenAddressException($"{asked.Host} leads to {forbidden}, which is never connected to.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, asked.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A name or an address leads where this server does not connect to.</summary>
internal sealed class ForbiddenAddressException(string message) : IOException(message);
