using Hookswitch.Calling;
using Hookswitch.Time;

namespace Hookswitch.Notifications;

/// <summary>
/// The hosts to which notifications go, each by itself: one that is slow or gone delays no other, and takes no more than its places. In
/// memory: a start begins anew.
/// </summary>
internal sealed partial class CallbackHosts(
    ICallbacks callbacks, ResponseHold hold, CallClock clock, DeliveryOptions options, Chance chance, ILogger<CallbackHosts> logger)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Host> _hosts = new(StringComparer.Ordinal);

    /// <summary>A host answers again: these calls wait because it did not.</summary>
    public event Action<IReadOnlyCollection<CallId>>? Recovered;

    /// <summary>Posts a notification, when its host has a place for it, and if it is worth asking.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="attempt">From 1: its turn in the schedule.</param>
    /// <param name="insists">Whether it is sent also to a host that is known to give no answer.</param>
    /// <returns>The answer, or that there was none, or that nothing was sent.</returns>
    /// <exception cref="OperationCanceledException">The server stops.</exception>
    public async Task<CallbackAnswer> Post(Notification notification, CallbackAddress address, int attempt, bool insists, CancellationToken stopping)
    {
        await hold.Released(notification.Call, notification.Bot.Application);
        var host = Visit(address.Host);
        try
        {
            await host.Bulkhead.Enter(notification.Bot.Application, stopping);
            try
            {
                return TryAsk(host, insists) is { } circuit
                    ? NotAsked(host, notification.Call, circuit)
                    : await Ask(address.Host, host, notification.Call, () => callbacks.Post(notification, address, attempt, stopping));
            }
            finally
            {
                host.Bulkhead.Leave();
            }
        }
        finally
        {
            Leave(address.Host, host);
        }
    }

    /// <summary>Hosts that are asked no longer, as they give no answer.</summary>
    public int OpenCircuits()
    {
        lock (_lock)
        {
            return _hosts.Values.Count(host => host.Circuit.IsOpen);
        }
    }

    /// <summary>A call waits for no answer of that address any longer.</summary>
    public void Settle(CallId call, CallbackAddress address)
    {
        lock (_lock)
        {
            if (_hosts.TryGetValue(address.Host, out var host) && host.Waiting.Remove(call))
            {
                ForgetUnwanted(address.Host, host);
            }
        }
    }

    /// <summary>Nothing waits any longer.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _hosts.Clear();
        }
    }

    private async Task<CallbackAnswer> Ask(string name, Host host, CallId call, Func<Task<CallbackAnswer>> post)
    {
        CallbackAnswer? answer = null;
        try
        {
            return answer = await post();
        }
        finally
        {
            Note(name, host, call, answer);
        }
    }

    private Host Visit(string name)
    {
        lock (_lock)
        {
            if (!_hosts.TryGetValue(name, out var host))
            {
                _hosts[name] = host = new Host(options.PerHost);
            }

            host.Visitors++;
            return host;
        }
    }

    private void Leave(string name, Host host)
    {
        lock (_lock)
        {
            host.Visitors--;
            ForgetUnwanted(name, host);
        }
    }

    private void ForgetUnwanted(string name, Host host)
    {
        if (host is { Visitors: 0, Waiting.Count: 0 } && _hosts.GetValueOrDefault(name) == host)
        {
            _hosts.Remove(name);
        }
    }

    /// <returns>Null: it may be asked.</returns>
    private Circuit? TryAsk(Host host, bool insists)
    {
        lock (_lock)
        {
            if (!insists && !host.Circuit.Admits(clock.Now))
            {
                return host.Circuit;
            }

            host.Circuit = host.Circuit.Asked();
            return null;
        }
    }

    private CallbackAnswer NotAsked(Host host, CallId call, Circuit circuit)
    {
        lock (_lock)
        {
            host.Waiting.Add(call);
        }

        return new CallbackAnswer(null, $"not sent: the host gave no answer {circuit.Failures} times in a row ({circuit.Problem})") { IsUnsent = true };
    }

    private void Note(string name, Host host, CallId call, CallbackAnswer? answer)
    {
        CallId[] recovered = [];
        lock (_lock)
        {
            var before = host.Circuit;
            host.Circuit = answer switch
            {
                null or { IsForbidden: true } => before.BrokenOff(),
                { Status: not null } => Circuit.Closed,
                _ => before.Failed(answer.Detail, clock.Now, chance()),
            };
            if (answer is { Status: null })
            {
                host.Waiting.Add(call);
            }

            if (before.IsOpen && !host.Circuit.IsOpen)
            {
                recovered = [.. host.Waiting];
                host.Waiting.Clear();
                LogRecovered(name, recovered.Length);
            }
            else if (!before.IsOpen && host.Circuit.IsOpen)
            {
                LogLost(name, host.Circuit.Failures, host.Circuit.Problem, Circuit.Pause.TotalSeconds);
            }
        }

        if (recovered.Length > 0)
        {
            Recovered?.Invoke(recovered);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Host} gave no answer {Failures} times in a row: {Problem}. It is asked about every {Seconds} s until it answers; its notifications wait.")]
    private partial void LogLost(string host, int failures, string problem, double seconds);

    [LoggerMessage(LogLevel.Warning, "{Host} answers again. {Calls} calls go on being told.")]
    private partial void LogRecovered(string host, int calls);

    private sealed class Host(int places)
    {
        public Bulkhead Bulkhead { get; } = new(places);

        public Circuit Circuit { get; set; } = Circuit.Closed;

        /// <summary>Calls whose notifications wait because there was no answer.</summary>
        public HashSet<CallId> Waiting { get; } = [];

        /// <summary>Those who ask it now, or wait for a place.</summary>
        public int Visitors { get; set; }
    }
}
