using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Hookswitch.Notifications;

/// <summary>Which addresses this server connects to on behalf of others. Callbacks, prompts and media are hostile until shown otherwise.</summary>
internal sealed class AddressGuard(Mode mode, NetworkPolicy policy)
{
    /// <summary>Closed in every mode, whatever is allowed.</summary>
    private static readonly IPNetwork[] Never =
    [
        IPNetwork.Parse("169.254.0.0/16"), // link-local, and the metadata services of clouds (RFC 3927)
        IPNetwork.Parse("fe80::/10"), // link-local (RFC 4291)
        IPNetwork.Parse("fd00:ec2::254/128"), // metadata services of clouds outside of it, here and in the next four
        IPNetwork.Parse("fd20:ce::254/128"),
        IPNetwork.Parse("100.100.100.200/32"),
        IPNetwork.Parse("168.63.129.16/32"),
        IPNetwork.Parse("192.0.0.192/32"),
        IPNetwork.Parse("0.0.0.0/8"), // "this host" (RFC 1122)
        IPNetwork.Parse("::/128"),
        IPNetwork.Parse("224.0.0.0/4"), // multicast
        IPNetwork.Parse("ff00::/8"),
        IPNetwork.Parse("255.255.255.255/32"),
    ];

    /// <summary>Closed in production unless allowed: what the special-purpose registries of IANA call not globally reachable (RFC 6890).</summary>
    private static readonly IPNetwork[] Special =
    [
        IPNetwork.Parse("127.0.0.0/8"), // loopback
        IPNetwork.Parse("::1/128"),
        IPNetwork.Parse("10.0.0.0/8"), // private (RFC 1918)
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("100.64.0.0/10"), // shared by customers of a carrier (RFC 6598)
        IPNetwork.Parse("fc00::/7"), // unique local (RFC 4193)
        IPNetwork.Parse("fec0::/10"), // site-local, which has been abandoned (RFC 3879)
        IPNetwork.Parse("192.0.0.0/24"), // protocols of the IETF
        IPNetwork.Parse("192.0.2.0/24"), // documentation, here and in the next two (RFC 5737)
        IPNetwork.Parse("198.51.100.0/24"),
        IPNetwork.Parse("203.0.113.0/24"),
        IPNetwork.Parse("192.88.99.0/24"), // relays of 6to4, which have been abandoned (RFC 7526)
        IPNetwork.Parse("198.18.0.0/15"), // measurements of networks (RFC 2544)
        IPNetwork.Parse("240.0.0.0/4"), // reserved (RFC 1112)
        IPNetwork.Parse("64:ff9b:1::/48"), // translation within a network (RFC 8215)
        IPNetwork.Parse("100::/64"), // discarded (RFC 6666)
        IPNetwork.Parse("2001::/23"), // protocols of the IETF, Teredo among them
        IPNetwork.Parse("2001:db8::/32"), // documentation (RFC 3849)
        IPNetwork.Parse("3fff::/20"), // documentation (RFC 9637)
        IPNetwork.Parse("5f00::/16"), // segment routing (RFC 9602)
    ];

    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96"); // RFC 6052
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16"); // RFC 3056
    private static readonly IPNetwork Compatible = IPNetwork.Parse("::/96"); // RFC 4291, 2.5.5.1

    /// <summary>Longer than any address of a bot; a bound on what each call stores of it.</summary>
    private const int MaxLength = 2048;

    /// <summary>Of an answer, in KiB.</summary>
    private const int MaxHeaders = 64;

    /// <summary>That of development, which settings do not change.</summary>
    public static AddressGuard Development { get; } = new(Mode.Development, new NetworkPolicy());

    /// <summary>How names are resolved.</summary>
    public Resolve Resolve { get; init; } = Dns.GetHostAddressesAsync;

    private bool IsDevelopment => mode == Mode.Development;

    public bool Allows(IPAddress address)
    {
        var plain = Unwrap(address);
        return !Contains(Never, plain) && (IsDevelopment || Contains(policy.Allowed, plain) || !Contains(Special, plain));
    }

    /// <summary>Whether that port is connected to.</summary>
    public bool Allows(int port) => policy.Ports.IsEmpty || policy.Ports.Contains(port);

    /// <summary>Whether a host is this machine by what is written alone; no name is looked up.</summary>
    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static bool Contains(IEnumerable<IPNetwork> networks, IPAddress address) => networks.Any(network => network.Contains(address));

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
    public SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        ConnectCallback = Connect,
        MaxResponseHeadersLength = MaxHeaders,
        SslOptions = { RemoteCertificateValidationCallback = IsDevelopment ? AcceptsAnyOnLoopback : null },
    };

    /// <summary>Whether a certificate will do in development: on this machine any, as developers have them.</summary>
    private static bool AcceptsAnyOnLoopback(object sender, object? certificate, object? chain, SslPolicyErrors errors) =>
        errors == SslPolicyErrors.None
        || (sender is SslStream { TargetHostName: var host } && (host == "localhost" || (IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip))));

    /// <summary>What is wrong with an address that is to be connected to; null: nothing that can be seen without connecting.</summary>
    /// <param name="plain">The scheme that is for this machine alone, and for development.</param>
    /// <param name="secure">The scheme with TLS.</param>
    public string? Refuse(string? address, string plain = "http", string secure = "https")
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

        return IPAddress.TryParse(uri.DnsSafeHost, out var literal) && !Allows(literal) ? $"must not lead to {literal}: {WhyNot(literal)}"
            : uri.Scheme == plain && !IsDevelopment ? $"must be {secure}"
            : uri.Scheme == plain && !uri.IsLoopback ? $"must be {secure}: {plain} is for addresses on this machine alone"
            : !Allows(uri.Port) ? string.Create(CultureInfo.InvariantCulture, $"must not lead to port {uri.Port}: {WhyNotPort}")
            : null;
    }

    private static string WhyNot(IPAddress address) => Contains(Never, Unwrap(address))
        ? "link-local, multicast and unspecified addresses are never connected to"
        : "private addresses are connected to only where network.allow names them";

    private static string Consequence(IPAddress address) => Contains(Never, Unwrap(address)) ? ", which is never connected to" : $": {WhyNot(address)}";

    private string WhyNotPort => $"it is not among network.ports ({string.Join(", ", policy.Ports)})";

    /// <summary>Resolves once, checks every address, and connects to one that was checked: a name cannot lead elsewhere in between.</summary>
    /// <exception cref="ForbiddenAddressException">One of the addresses, or the port, is forbidden.</exception>
    public ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellation) => Connect(context.DnsEndPoint, cancellation);

    /// <inheritdoc cref="Connect(SocketsHttpConnectionContext, CancellationToken)"/>
    public async ValueTask<Stream> Connect(DnsEndPoint asked, CancellationToken cancellation)
    {
        if (!Allows(asked.Port))
        {
            throw new ForbiddenAddressException(string.Create(CultureInfo.InvariantCulture, $"{asked.Host}:{asked.Port} is not connected to: {WhyNotPort}."));
        }

        var addresses = await Resolve(asked.Host, cancellation);
        if (Array.Find(addresses, address => !Allows(address)) is { } forbidden)
        {
            throw new ForbiddenAddressException($"{asked.Host} leads to {forbidden}{Consequence(forbidden)}.");
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

/// <summary>The addresses of a name, or of an address as text.</summary>
internal delegate Task<IPAddress[]> Resolve(string host, CancellationToken cancellation);

/// <summary>A name or an address leads where this server does not connect to.</summary>
internal sealed class ForbiddenAddressException(string message) : IOException(message);
