using Hookswitch.Calling;
using Hookswitch.Journal;
using Hookswitch.Storage;
using Hookswitch.Telemetry;
using Hookswitch.Time;

namespace Hookswitch.Notifications;

/// <summary>Brings dead letters to their bots after all, when an operator says so.</summary>
internal sealed class Redelivery(IEventStore store, CallbackHosts hosts, CallClock clock, CallJournal journal, Meters meters)
{
    /// <summary>
    /// Sends each letter once: those of one call in their order, the next only if the bot took the one before it. What was taken is no dead
    /// letter any longer.
    /// </summary>
    /// <param name="to">The address; null: that of the letter.</param>
    /// <exception cref="StoreUnavailableException">What was taken could not be stored, or a call not be read: letters that remain may be sent twice.</exception>
    public async Task<IReadOnlyList<Redelivered>> Send(IEnumerable<DeadLetter> letters, string? to, CancellationToken cancellation)
    {
        var calls = letters.GroupBy(letter => letter.Call).Select(call => InOrder(call.Key, [.. call.OrderBy(letter => letter.Sequence)], to, cancellation));
        return [.. (await Task.WhenAll(calls)).SelectMany(call => call)];
    }

    private async Task<IReadOnlyList<Redelivered>> InOrder(CallId call, IReadOnlyList<DeadLetter> letters, string? to, CancellationToken cancellation)
    {
        var stream = await store.Read(call.Conversation, cancellation);
        var told = CallNotifications.Project(call.Conversation, Conversation.None, stream.Select(stored => stored.Event)).Notifications
            .Where(notification => notification.Call == call)
            .ToDictionary(notification => notification.Sequence);
        var sent = new List<Redelivered>();
        foreach (var letter in letters)
        {
            sent.Add(sent.Exists(one => !one.Delivered) ? new Redelivered(letter, Delivered: false, "not sent: it waits for the one before it")
                : told.TryGetValue(letter.Sequence, out var notification) ? await Send(letter, notification, new CallbackAddress(to ?? letter.Address), cancellation)
                : new Redelivered(letter, Delivered: false, "not sent: the events of the call are kept no longer"));
        }

        return sent;
    }

    private async Task<Redelivered> Send(DeadLetter letter, Notification notification, CallbackAddress address, CancellationToken cancellation)
    {
        var answer = await hosts.Post(notification, address, attempt: 0, insists: true, cancellation);
        var isTaken = answer.Status is >= 200 and < 300;
        var verdict = isTaken ? "delivered" : "deadletter";
        answer.Span?.Judged(answer, verdict);
        meters.Attempted(answer, verdict, attempt: 0);
        hosts.Settle(letter.Call, address);
        journal.Add(new JournaledCall(letter.Call, notification.Bot.Application, notification.CallChain), new JournaledAttempt(
            clock.Now, letter.Id, letter.Sequence, notification.Summary, Attempt: 0, address.Text, answer.Summary, verdict,
            NextAttemptAt: null));
        if (isTaken)
        {
            await store.Exhume(letter.Id);
        }

        return new Redelivered(letter, isTaken, answer.Summary);
    }
}

/// <summary>What became of a dead letter that was sent once more.</summary>
/// <param name="Answer">What the bot answered, or why there was no answer, or why nothing was sent.</param>
internal sealed record Redelivered(DeadLetter Letter, bool Delivered, string Answer);
