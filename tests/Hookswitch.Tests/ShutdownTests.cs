using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Hookswitch.Tests.Harness;

namespace Hookswitch.Tests;

/// <summary>A server that is asked to end answers what was begun, and takes nothing new.</summary>
public sealed class ShutdownTests
{
    /// <summary>Longer than command-line programs usually give themselves.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(3);

    /// <summary>What service managers and container platforms grant.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_request_under_way_when_the_server_is_asked_to_end_is_answered_and_the_connection_closed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It needs signals.");
        using var folder = new TestFolder();
        await using var server = await ServerProcess.Start(folder);
        var body = """{"callbackUri":"http://127.0.0.1:9/callback"}""";
        using var client = new TcpClient(server.Address.Host, server.Address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"PUT /control/applications/bbbbbbbb-0000-4000-8000-000000000001 HTTP/1.1\r\nHost: {server.Address.Authority}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body[..10]}"));
        await server.Http.GetAsync("/alive"); // it has read what came before

        var ended = server.Terminate();
        await Task.Delay(Slow, TimeProvider.System);
        Assert.False(ended.IsCompleted);
        using (var late = new TcpClient())
        {
            await Assert.ThrowsAsync<SocketException>(() => late.ConnectAsync(server.Address.Host, server.Address.Port));
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(body[10..]));
        var answer = await new StreamReader(stream).ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 20", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n", answer, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, await ended);
    }

    [Fact]
    public async Task A_request_that_never_ends_does_not_keep_the_server_from_ending()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It needs signals.");
        using var folder = new TestFolder();
        await using var server = await ServerProcess.Start(folder);
        using var client = new TcpClient(server.Address.Host, server.Address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"PUT /control/applications/a HTTP/1.1\r\nHost: {server.Address.Authority}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n"));
        await server.Http.GetAsync("/alive");

        var asked = Stopwatch.GetTimestamp();
        await server.Terminate();

        Assert.True(Stopwatch.GetElapsedTime(asked) < Deadline, $"It took {Stopwatch.GetElapsedTime(asked)}.");
    }
}
