using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Globalization;
using System.Net;

namespace Hookswitch.Tests.Doors;

/// <summary>Every address to which this process really began to connect, whoever it was: the runtime itself says so, not the guard.</summary>
internal sealed class Connections : EventListener
{
    private readonly ConcurrentQueue<IPAddress> _all = new();

    public IReadOnlyCollection<IPAddress> All => _all;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "System.Net.Sockets")
        {
            EnableEvents(eventSource, EventLevel.LogAlways);
        }
    }

    // InterNetworkV6:28:{31,144,0,0,0,0, and sixteen bytes of the address…}, as SocketAddress writes itself.
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName != "ConnectStart" || eventData.Payload?[0] is not string text)
        {
            return;
        }

        var bytes = text[(text.IndexOf('{', StringComparison.Ordinal) + 1)..^1].Split(',').Select(one => byte.Parse(one, CultureInfo.InvariantCulture)).ToArray();
        var address = new IPAddress(text.StartsWith("InterNetworkV6:", StringComparison.Ordinal) ? bytes.AsSpan(6, 16) : bytes.AsSpan(2, 4));
        _all.Enqueue(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
    }
}

/// <summary>Names that lead where their owner wants: every name of others to a forbidden address, and some elsewhere, in turn.</summary>
internal sealed class HostileNames
{
    private static readonly IPAddress Metadata = IPAddress.Parse("169.254.169.254");

    private readonly ConcurrentDictionary<string, ConcurrentQueue<IPAddress[]>> _turns = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<string> _asked = new();
    private volatile TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Every host that was asked for, in that order.</summary>
    public IReadOnlyCollection<string> Asked => _asked;

    /// <summary>Done when the next name is asked for. To be taken before what makes someone ask.</summary>
    public Task Next() => (_next = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task.WaitAsync(Harness.TestServer.Patience);

    /// <summary>What a name leads to when it is asked for: first this, then that. After them, to a forbidden address.</summary>
    public void Lead(string host, params IPAddress[][] turns) => _turns[host] = new(turns);

    public Task<IPAddress[]> Resolve(string host, CancellationToken cancellation)
    {
        _asked.Enqueue(host);
        _next.TrySetResult();
        return Task.FromResult(
            _turns.TryGetValue(host, out var turns) && turns.TryDequeue(out var turn) ? turn : [IPAddress.TryParse(host, out var literal) ? literal : Metadata]);
    }
}
