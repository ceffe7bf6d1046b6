using System.Collections.Concurrent;

namespace Hookswitch.Load;

/// <summary>Begins calls at a rate, open loop: a server that is slow is not spared the next call.</summary>
internal sealed class LoadRun(LoadOptions options, History history)
{
    /// <summary>One call in so many is tried by a stranger, who must not get at it.</summary>
    private const int StrangersEvery = 20;

    private int _begun;
    private int _over;
    private int _failed;

    /// <summary>Calls that were begun, are over, and of those went wrong.</summary>
    public (int Begun, int Over, int Failed) Progress => (_begun, _over, _failed);

    /// <summary>Returns when all calls are over, or were given up.</summary>
    /// <exception cref="UsageException">The server takes no load, for a reason that people can mend.</exception>
    public async Task Run(CancellationToken cancellation)
    {
        using var client = new LoadClient(options.Server, history, options.Patience);
        await using var receiver = await LoadReceiver.Start(history, cancellation);
        var one = options.Bot is null ? await AsBot(client, receiver, cancellation) : await AsPhones(client, options.Bot, cancellation);
        try
        {
            await Begin(one, cancellation);
            history.Add(new Closed());
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // What was seen until now is reported.
        }
    }

    private async Task<Func<int, TimeSpan, CancellationToken, Task<bool>>> AsBot(LoadClient client, LoadReceiver receiver, CancellationToken cancellation)
    {
        var (bot, stranger) = (new BotCall(client, receiver, history, options.Patience), Guid.NewGuid().ToString());
        await client.Authorize(options.Application, cancellation);
        await client.Authorize(stranger, cancellation);
        return (number, planned, stopping) => bot.Run(
            new CallPlan(options.Application, Person(number), options.Hold) { Stranger = number % StrangersEvery == 0 ? stranger : null }, planned,
            insists: false, stopping);
    }

    private async Task<Func<int, TimeSpan, CancellationToken, Task<bool>>> AsPhones(LoadClient client, string bot, CancellationToken cancellation)
    {
        await client.Register(options.Application, bot, cancellation);
        var phones = new PhoneCall(client, history, options.Patience);
        return (number, planned, stopping) => phones.Run(Person(number), options.Application, options.Hold, planned, stopping);
    }

    private async Task Begin(Func<int, TimeSpan, CancellationToken, Task<bool>> one, CancellationToken cancellation)
    {
        using var places = new SemaphoreSlim(options.Concurrency);
        var calls = new ConcurrentBag<Task>();
        var begun = history.Now;
        for (var number = 0; number < options.Calls; number++)
        {
            var planned = begun + (number / options.Rate * TimeSpan.FromSeconds(1));
            if (planned - history.Now is { Ticks: > 0 } early)
            {
                await Task.Delay(early, TimeProvider.System, cancellation);
            }

            await places.WaitAsync(cancellation);
            Interlocked.Increment(ref _begun);
            calls.Add(Follow(number, planned));
        }

        await Task.WhenAll(calls);

        async Task Follow(int number, TimeSpan planned)
        {
            var succeeded = false;
            try
            {
                succeeded = await one(number, planned, cancellation);
            }
            finally
            {
                Interlocked.Increment(ref _over);
                Interlocked.Add(ref _failed, succeeded ? 0 : 1);
                places.Release();
            }
        }
    }

    // Nobody need be registered: in development everyone is there.
    private static string Person(int number) => $"00000000-5555-4000-8000-{number:x12}";
}
