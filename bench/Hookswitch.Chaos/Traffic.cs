using System.Collections.Concurrent;
using Hookswitch.Load;

namespace Hookswitch.Chaos;

/// <summary>Keeps a number of calls going, of all kinds, whatever becomes of the server.</summary>
internal sealed class Traffic
{
    /// <summary>For hangs only: a bot waits for nothing as long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Between two calls of one line while nobody takes a connection.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Longer than a call is held at random.</summary>
    private static readonly TimeSpan LongHold = TimeSpan.FromSeconds(20);

    private readonly LoadClient _client;
    private readonly BotCall _bot;
    private readonly History _history;
    private readonly ConcurrentBag<Task> _taken = [];
    private volatile bool _stopped;
    private int _begun;

    public Traffic(LoadClient client, LoadReceiver receiver, History history, CancellationToken cancellation)
    {
        (_client, _history) = (client, history);
        _bot = new BotCall(client, receiver, history, Patience);
        receiver.Called += watch => _taken.Add(Task.Run(() => Take(watch, cancellation), cancellation));
    }

    /// <summary>Calls that were begun.</summary>
    public int Begun => _begun;

    /// <summary>Returns when a call was created and another one deleted: the server works.</summary>
    public static Task Works(History history, CancellationToken cancellation) => Task.WhenAll(
        history.Next(entry => entry is Requested { Deed: Deed.Create, Outcome: Outcome.Acknowledged }),
        history.Next(entry => entry is Requested { Deed: Deed.Delete, Outcome: Outcome.Acknowledged })).WaitAsync(Patience, TimeProvider.System, cancellation);

    /// <summary>Begins no more calls.</summary>
    public void Stop() => _stopped = true;

    /// <summary>Returns when all calls are over, after <see cref="Stop"/>.</summary>
    /// <param name="calls">Under way at a time.</param>
    public async Task Run(int calls, int seed, CancellationToken cancellation)
    {
        await Task.WhenAll(Enumerable.Range(0, calls).Select(line => Task.Run(() => Line(new Random(seed + line), cancellation), cancellation)));
        await Task.WhenAll(_taken);
    }

    private async Task Line(Random random, CancellationToken cancellation)
    {
        while (!_stopped)
        {
            Interlocked.Increment(ref _begun);
            var application = Cast.Applications[random.Next(Cast.Applications.Count)];
            var hold = TimeSpan.FromMilliseconds(random.Next(1500));
            await (random.Next(10) switch
            {
                < 4 => Place(application, Cast.Patient, hold, random, cancellation),
                4 => Place(application, Cast.Absent, hold: null, random, cancellation),
                5 => Place(application, Cast.Busy, LongHold, random, cancellation),
                6 => Place(application, Cast.Patient, hold: null, random, cancellation),
                7 => Place(application, Cast.Brief, LongHold, random, cancellation),
                _ => Dial(application, hold, cancellation),
            });
        }
    }

    // One in four is rejected: which one is the same in each run with these calls.
    private async Task Take(CallWatch watch, CancellationToken cancellation) =>
        await _bot.Take(watch, rejects: (await watch.First).Id.ToByteArray()[0] % 4 == 0, cancellation);

    private Task Place(string application, string user, TimeSpan? hold, Random random, CancellationToken cancellation) => _bot.Run(
        new CallPlan(application, user, hold) { Stranger = random.Next(10) == 0 ? Cast.Applications.First(one => one != application) : null },
        _history.Now, insists: true, cancellation);

    private async Task Dial(string application, TimeSpan hold, CancellationToken cancellation)
    {
        if (await _client.Dial(Cast.Patient, application, hold, planned: null, cancellation) is { Outcome: not Outcome.Acknowledged })
        {
            await Task.Delay(Pause, TimeProvider.System, cancellation);
        }
    }
}
