using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Hookswitch.Notifications;
using Microsoft.AspNetCore.Connections;

namespace Hookswitch.Proxy;

/// <summary>Takes the connections of the proxy: those that ask for a tunnel get one, or hear why not; the rest is HTTP.</summary>
internal sealed class Tunnels(ProxyRules rules, IPEndPoint server)
{
    /// <summary>In which a client must have said what it wants.</summary>
    private static readonly TimeSpan HeadTimeout = TimeSpan.FromSeconds(10);

    /// <summary>In which a host must have accepted the connection.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    /// <param name="http">Gets the connection untouched when it asks for no tunnel.</param>
    public async Task Handle(ConnectionContext connection, ConnectionDelegate http)
    {
        try
        {
            if (await IsPlain(connection))
            {
                await http(connection);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The client went away, or said nothing in time: the connection is closed.
        }
    }

    private async Task<bool> IsPlain(ConnectionContext connection)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
        timeout.CancelAfter(HeadTimeout);
        while (true)
        {
            var input = connection.Transport.Input;
            var read = await input.ReadAsync(timeout.Token);
            if (read.Buffer.Length > 0 && !ConnectRequest.Begins(read.Buffer))
            {
                input.AdvanceTo(read.Buffer.Start);
                return true;
            }

            if (ConnectRequest.IsWhole(read.Buffer))
            {
                var request = ConnectRequest.Parse(read.Buffer);
                input.AdvanceTo(request?.End ?? read.Buffer.End);
                await Open(connection.Transport, request);
                return false;
            }

            if (read.IsCompleted)
            {
                return false;
            }

            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.Buffer.Length > ConnectRequest.MaxHead)
            {
                await Answer(connection.Transport, 431, "Request Header Fields Too Large", $"The head of the request is larger than {ConnectRequest.MaxHead} bytes.");
                return false;
            }
        }
    }

    private async Task Open(IDuplexPipe client, ConnectRequest? request)
    {
        if (request is null)
        {
            await Answer(client, 400, "Bad Request", "The request must be CONNECT HOST:PORT HTTP/1.1.");
            return;
        }

        if (rules.Of(request.Host) == Course.Refuse)
        {
            await Answer(client, 403, "Forbidden", rules.Explain(request.Host));
            return;
        }

        Stream host;
        try
        {
            using var timeout = new CancellationTokenSource(ConnectTimeout);
            host = await Connect(rules, server, new DnsEndPoint(request.Host, request.Port), timeout.Token);
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
        {
            await Answer(client, 502, "Bad Gateway", $"{request.Host}:{request.Port} cannot be reached: {e.Message}");
            return;
        }

        await using (host)
        {
            await client.Output.WriteAsync("HTTP/1.1 200 Connection Established\r\n\r\n"u8.ToArray());
            // TLS says itself when it is at its end: whichever side closes first has no more to hear.
            await await Task.WhenAny(client.Input.CopyToAsync(host), host.CopyToAsync(client.Output));
        }
    }

    /// <summary>Connects to the host itself, or to the server in its place.</summary>
    public static async ValueTask<Stream> Connect(ProxyRules rules, IPEndPoint server, DnsEndPoint asked, CancellationToken cancellation) =>
        await AddressGuard.Development.Connect(rules.Of(asked.Host) == Course.Lead ? new DnsEndPoint(server.Address.ToString(), server.Port) : asked, cancellation);

    private static async Task Answer(IDuplexPipe client, int status, string phrase, string text)
    {
        var body = Encoding.UTF8.GetBytes(text + "\n");
        var head = string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} {phrase}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n");
        await client.Output.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. body]);
    }
}
