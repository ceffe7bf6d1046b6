using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Hookswitch.Tests.Harness;

/// <summary>What a client sends with when it trusts the development CA alone, and every host leads to the server, as the proxy of run does it.</summary>
internal static class Led
{
    public static SocketsHttpHandler To(TestServer server) => new()
    {
        UseProxy = false,
        SslOptions = { CertificateChainPolicy = Trusting(server.Folder) },
        ConnectCallback = async (context, cancellation) =>
        {
            var port = IsLoopback(context.DnsEndPoint.Host) ? context.DnsEndPoint.Port : server.SecureAddress!.Port;
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    /// <summary>Trusts the CA in that folder, and nobody else.</summary>
    public static X509ChainPolicy Trusting(string folder)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(Path.Combine(folder, "ca.pem"));
        return policy;
    }

    private static bool IsLoopback(string host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
