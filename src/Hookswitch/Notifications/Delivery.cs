using System.Collections.Concurrent;
using System.Collections.Immutable;
using Hookswitch.Calling;
using Hookswitch.Journal;
using Hookswitch.Storage;
using Hookswitch.Telemetry;
using Hookswitch.Time;

namespace Hookswitch.Notifications;

/// <summary>
/// Brings notifications to bots: in order for each call, one POST at a time, each call at its own pace. What waits for its next attempt
/// waits in the agenda and holds nothing else; the store alone remembers.
/// </summary>
internal sealed partial class Delivery(
    IEventStore store, CallClock clock, DeliveryOptions options, CallbackHosts hosts, CallJournal journal, Meters meters, Chance chance,
    TaskScheduler scheduler, ILogger<Delivery> logger)
    : IDueWork, IHostedService, IDisposable
{
    /// <summary>After the store could not be read: when it is tried again.</summary>
    private static readonly TimeSpan StoreRetry = TimeSpan.FromSeconds(1);

    /// <summary>In which attempts under way are waited for when the server stops.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>Verdicts as people read them.</summary>
    private static readonly ImmutableArray<string> Words = [.. Enum.GetNames<Verdict>().Select(name => name.ToLowerInvariant())];

    private readonly ConcurrentDictionary<CallId, CallDelivery> _calls = new();
    private readonly Agenda<CallId> _retries = new();
    private readonly Activity _activity = new(scheduler);

    /// <summary>Nothing is begun any longer.</summary>
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>What is under way is broken off.</summary>
    private readonly CancellationTokenSource _breakingOff = new();

    public event Action? Hastened
    {
        add => _retries.Hastened += value;
        remove => _retries.Hastened -= value;
    }

    public DateTimeOffset? NextAt => _retries.Next;

    /// <summary>Takes what was committed. Returns at once.</summary>
    public void Enqueue(IEnumerable<Notification> notifications, Committed commit)
    {
        foreach (var notification in notifications)
        {
            var delivery = _calls.GetOrAdd(notification.Call, static _ => new CallDelivery());
            if (delivery.Add(notification with { Commit = commit }))
            {
                Start(notification.Call, delivery);
            }
        }
    }

    /// <summary>Finds in the store what the bot of a call was not told, and goes on with it.</summary>
    public void Resume(CallId call)
    {
        var delivery = _calls.GetOrAdd(call, static _ => new CallDelivery());
        if (delivery.AddFromStore())
        {
            Start(call, delivery);
        }
    }

    public Task RunDue(DateTimeOffset now)
    {
        foreach (var call in _retries.Take(now))
        {
            if (_calls.TryGetValue(call, out var delivery) && delivery.Continue())
            {
                Start(call, delivery);
            }
        }

        return WhenIdle();
    }

    public Task WhenIdle() => _activity.WhenIdle();

    public void Clear()
    {
        _retries.Clear();
        hosts.Clear();
        foreach (var (call, delivery) in _calls)
        {
            delivery.Abandon();
            _calls.TryRemove(KeyValuePair.Create(call, delivery));
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        hosts.Recovered += Hasten;
        return Task.CompletedTask;
    }

    /// <summary>
    /// Attempts under way come to their end, so that nothing is told twice; those that take long are broken off: what they would have told is told
    /// after the next start.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await Task.WhenAny(WhenIdle(), Task.Delay(Grace, TimeProvider.System, cancellationToken));
        await _breakingOff.CancelAsync();
        await WhenIdle();
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _breakingOff.Dispose();
    }

    // What waited for a host that answers again has waited long enough.
    private void Hasten(IReadOnlyCollection<CallId> calls)
    {
        foreach (var call in calls)
        {
            if (_calls.TryGetValue(call, out var delivery) && delivery.Hasten())
            {
                Start(call, delivery);
            }
        }
    }

    private void Start(CallId call, CallDelivery delivery) => _activity.Run(async () =>
    {
        using var scope = logger.BeginScope(new Subject(request: null) { Call = call });
        try
        {
            await Run(call, delivery);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            delivery.Pause();
        }
        catch (Exception e)
        {
            LogFailure(e, call, StoreRetry);
            delivery.Pause();
            _retries.Set(call, clock.Now + StoreRetry);
        }
    });

    private async Task Run(CallId call, CallDelivery delivery)
    {
        while (true)
        {
            _stopping.Token.ThrowIfCancellationRequested();
            switch (delivery.TryNext(out var notification))
            {
                case CallDelivery.Next.Nothing:
                    return;
                case CallDelivery.Next.Read:
                    delivery.Fill(await Unsettled(call, delivery));
                    break;
                default:
                    if (!await Deliver(delivery, notification!))
                    {
                        return;
                    }

                    break;
            }
        }
    }

    /// <returns>False: the loop is over for now.</returns>
    private async Task<bool> Deliver(CallDelivery delivery, Notification notification)
    {
        var cursor = delivery.Cursor ??= await Cursor(notification);
        if (cursor.Stopped || notification.Sequence <= cursor.Settled)
        {
            return Settle(delivery, notification);
        }

        if (delivery.Burial is not null)
        {
            await Bury(delivery);
            return Settle(delivery, notification);
        }

        if (cursor.NextAttemptAt is { } next && next > clock.Now && delivery.TryWait())
        {
            _retries.Set(notification.Call, next);
            return false;
        }

        return await Attempt(delivery, cursor, notification) is Verdict.Retry or Verdict.Redirect || Settle(delivery, notification);
    }

    // Where the first notification was tried before, the cursor was read with it (see Unsettled), or is still held.
    private async ValueTask<DeliveryCursor> Cursor(Notification notification) =>
        (notification.IsFirst ? null : await store.Cursor(notification.Call, _stopping.Token)) ?? new DeliveryCursor(notification.Call, 0, 0);

    private async Task<Verdict> Attempt(CallDelivery delivery, DeliveryCursor cursor, Notification notification)
    {
        var address = delivery.AddressOf(
            cursor.Redirected is { } redirected && redirected.From == notification.Bot.Callback ? redirected.To : notification.Bot.Callback);
        var answer = await hosts.Post(notification, address, cursor.Attempts + 1, insists: false, _breakingOff.Token);
        var now = clock.Now;
        var (verdict, moved) = DeliveryPolicy.After(cursor, notification, answer, now, options.GiveUpAfter, chance());
        if (verdict != Verdict.Retry)
        {
            hosts.Settle(notification.Call, address);
        }

        Note(notification, address.Text, answer, verdict, cursor, moved, now);
        if (verdict == Verdict.GiveUp)
        {
            var letter = new DeadLetter(
                notification.Id, notification.Call, notification.Sequence, now, address.Text, answer.Summary, CallbackClient.Serialize(notification.Kept));
            delivery.Burial = (letter, moved);
            await Bury(delivery);
        }
        else
        {
            store.Save(moved);
            delivery.Cursor = moved;
        }

        return verdict;
    }

    // While the store takes no writes this is tried again, and the bot hears nothing of it.
    private async Task Bury(CallDelivery delivery)
    {
        var (letter, moved) = delivery.Burial!.Value;
        await store.Bury(letter, moved);
        (delivery.Cursor, delivery.Burial) = (moved, null);
    }

    private bool Settle(CallDelivery delivery, Notification notification)
    {
        delivery.Settle(notification);
        if (!notification.IsFinal)
        {
            return true;
        }

        _calls.TryRemove(KeyValuePair.Create(notification.Call, delivery));
        return false;
    }

    private async Task<IReadOnlyList<Notification>> Unsettled(CallId call, CallDelivery delivery)
    {
        delivery.Cursor ??= await store.Cursor(call, _stopping.Token);
        var settled = delivery.Cursor?.Settled ?? 0;
        var stream = await store.Load(call.Conversation, _stopping.Token);
        return
        [
            .. CallNotifications.Project(call.Conversation, stream.Snapshot, stream.Events.Select(stored => stored.Event)).Notifications
                .Where(notification => notification.Call == call && notification.Sequence > settled)
                .Select(notification => notification with { Commit = new Committed(stream.Events[(int)(notification.Sequence - stream.Snapshot.Version) - 1].At) }),
        ];
    }

    private void Note(
        Notification notification, string address, CallbackAnswer answer, Verdict verdict, DeliveryCursor cursor, DeliveryCursor moved,
        DateTimeOffset now)
    {
        var attempt = cursor.Attempts + 1;
        Measure(notification, answer, verdict, attempt, now);
        journal.Add(new JournaledCall(notification.Call, notification.Bot.Application, notification.CallChain), new JournaledAttempt(
            now, notification.Id, notification.Sequence, notification.Summary, attempt, address, answer.Summary,
            Words[(int)verdict], moved.NextAttemptAt));
        switch (verdict)
        {
            case Verdict.Retry when answer.IsUnsent:
                LogUnsent(notification.Call, notification.Summary, answer.Summary);
                break;
            case Verdict.Retry:
                LogRetry(notification.Call, notification.Summary, answer.Summary, attempt, Math.Round((moved.NextAttemptAt!.Value - now).TotalSeconds, 1));
                break;
            case Verdict.GiveUp:
                LogDeadLetter(notification.Call, notification.Summary, answer.Summary, attempt);
                break;
            case Verdict.Stop:
                LogStopped(notification.Call, notification.Summary);
                break;
            default:
                LogDelivered(notification.Call, notification.Summary, answer.Summary, attempt);
                break;
        }
    }

    private void Measure(Notification notification, CallbackAnswer answer, Verdict verdict, int attempt, DateTimeOffset now)
    {
        var word = Words[(int)verdict];
        answer.Span?.Judged(answer, word);
        if (!answer.IsUnsent)
        {
            meters.Attempted(answer, word, attempt);
        }

        if (verdict == Verdict.Delivered)
        {
            meters.Delivered(now - notification.Commit.At);
        }
        else if (verdict == Verdict.GiveUp)
        {
            meters.GaveUp();
        }
    }

    [LoggerMessage(LogLevel.Debug, "Callback of call {Call} got '{Summary}' and answered {Answer} (attempt {Attempt}).")]
    private partial void LogDelivered(CallId call, string summary, string answer, int attempt);

    [LoggerMessage(LogLevel.Warning, "Callback of call {Call} did not take '{Summary}': {Answer}. Attempt {Attempt}, next in {Seconds} s.")]
    private partial void LogRetry(CallId call, string summary, string answer, int attempt, double seconds);

    [LoggerMessage(LogLevel.Debug, "Callback of call {Call} is not told '{Summary}' now: {Answer}.")]
    private partial void LogUnsent(CallId call, string summary, string answer);

    [LoggerMessage(LogLevel.Warning, "Callback of call {Call} refused '{Summary}': {Answer}. Given up after attempt {Attempt}; see /control/deadLetters.")]
    private partial void LogDeadLetter(CallId call, string summary, string answer, int attempt);

    [LoggerMessage(LogLevel.Warning, "Callback of call {Call} answered 410 to '{Summary}': it is told nothing more of this call.")]
    private partial void LogStopped(CallId call, string summary);

    [LoggerMessage(LogLevel.Error, "Delivery for call {Call} failed. Next try in {Wait}.")]
    private partial void LogFailure(Exception exception, CallId call, TimeSpan wait);
}
