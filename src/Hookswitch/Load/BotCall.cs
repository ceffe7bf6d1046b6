namespace Hookswitch.Load;

/// <summary>What becomes of a call that a bot creates.</summary>
/// <param name="User">Whom it calls: what the phone does is its script.</param>
/// <param name="Hold">Between being told that the call is established and the bot's DELETE. Null: it deletes the call as soon as it knows of it.</param>
internal sealed record CallPlan(string Application, string User, TimeSpan? Hold)
{
    /// <summary>Another application, which tries to read the call. Null: nobody does.</summary>
    public string? Stranger { get; init; }
}

/// <summary>One call from its creation to its end, as a careful bot goes through it: it repeats what may not have taken effect.</summary>
/// <param name="patience">How long a bot waits for what it must be told.</param>
internal sealed class BotCall(LoadClient client, LoadReceiver receiver, History history, TimeSpan patience)
{
    /// <summary>Between two attempts at a server that does not answer.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(50);

    /// <summary>Creates a call.</summary>
    /// <param name="insists">Whether it is tried again, as another request, while nobody takes the connection.</param>
    /// <returns>Whether the call came and went as planned.</returns>
    public async Task<bool> Run(CallPlan plan, TimeSpan planned, bool insists, CancellationToken cancellation)
    {
        while (true)
        {
            var number = client.NextNumber();
            var watch = receiver.Watch(plan.Application, number);
            try
            {
                var created = await client.Create(number, plan.Application, plan.User, receiver.Callback(plan.Application, number), planned, cancellation);
                switch (created.Outcome)
                {
                    case Outcome.Acknowledged:
                        return await Follow(created.Call!, watch, plan, cancellation);
                    case Outcome.Ambiguous:
                        return await Within(watch.First, cancellation) is { } first && await Follow(first.Call, watch, plan, cancellation);
                    case Outcome.Unsent when insists:
                        await Task.Delay(RetryAfter, TimeProvider.System, cancellation);
                        break;
                    default:
                        return false;
                }
            }
            finally
            {
                receiver.Forget(number);
            }
        }
    }

    /// <summary>Takes an incoming call, or rejects it, and sees it end.</summary>
    public async Task Take(CallWatch watch, bool rejects, CancellationToken cancellation)
    {
        var call = (await watch.First).Call;
        await Insist(() => rejects ? client.Reject(watch.Application, call, cancellation) : client.Answer(watch.Application, call, cancellation), cancellation);
        await Within(watch.Ended, cancellation);
    }

    private async Task<bool> Follow(string call, CallWatch watch, CallPlan plan, CancellationToken cancellation)
    {
        if (plan.Stranger is { } stranger)
        {
            await client.Get(stranger, call, cancellation);
        }

        if (plan.Hold is { } hold)
        {
            await Task.WhenAny(Within(watch.Established, cancellation), Within(watch.Ended, cancellation));
            await Task.WhenAny(Task.Delay(hold, TimeProvider.System, cancellation), watch.Ended);
        }

        if (!watch.Ended.IsCompleted)
        {
            var planned = history.Now;
            await Insist(() => client.Delete(plan.Application, call, planned, cancellation), cancellation);
            await client.Get(plan.Application, call, cancellation);
        }

        return await Within(watch.Ended, cancellation) is not null;
    }

    // Nobody knows whether it took effect: to ask again is safe, as a call ends once at most.
    private async Task Insist(Func<Task<Requested>> ask, CancellationToken cancellation)
    {
        var begun = history.Now;
        while ((await ask()).Outcome is Outcome.Ambiguous or Outcome.Unsent && history.Now - begun < patience)
        {
            await Task.Delay(RetryAfter, TimeProvider.System, cancellation);
        }
    }

    private async Task<Notified?> Within(Task<Notified> told, CancellationToken cancellation)
    {
        try
        {
            return await told.WaitAsync(patience, TimeProvider.System, cancellation);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }
}
