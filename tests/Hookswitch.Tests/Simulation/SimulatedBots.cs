using Hookswitch.Calling;
using Hookswitch.Notifications;

namespace Hookswitch.Tests.Simulation;

/// <summary>The bots: they take notifications or not, and hold the server to its promises as each comes.</summary>
/// <param name="stored">A conversation, as it is durable.</param>
internal sealed class SimulatedBots(
    Random random, Func<Adversity> adversity, Func<ConversationId, Conversation> stored, Violations violations, Func<Task> latency, Fault fault) : ICallbacks
{
    private readonly Dictionary<CallId, Told> _calls = [];
    private readonly Queue<Notification> _overtaken = [];
    private int _count;

    /// <summary>There was a crash, or the server did not hear of something: only then may it repeat itself.</summary>
    public bool MayRepeat { get; set; }

    /// <summary>What the bot of a call took.</summary>
    public IReadOnlyCollection<long> Of(CallId call) => _calls.TryGetValue(call, out var told) ? told.Sequences : [];

    /// <summary>The bot was told that its call is over.</summary>
    public bool KnowsEnd(CallId call) => _calls.TryGetValue(call, out var told) && told.End is not null;

    public async Task<CallbackAnswer> Post(Notification notification, CallbackAddress address, int attempt, CancellationToken stopping)
    {
        await latency();
        if (Excuse(notification, adversity()) is { } excuse)
        {
            return excuse;
        }

        if (fault != Fault.LosesNotifications || ++_count % 8 != 7)
        {
            Take(Altered(notification, attempt));
        }

        while (_overtaken.TryDequeue(out var overtaken))
        {
            Take(overtaken);
        }

        await latency();
        if (random.NextDouble() < adversity().LostAnswers)
        {
            MayRepeat = true;
            return new CallbackAnswer(null, "no answer");
        }

        return new CallbackAnswer(202, "");
    }

    // Null: the bot takes it.
    private CallbackAnswer? Excuse(Notification notification, Adversity now)
    {
        if (random.NextDouble() < now.LostAttempts)
        {
            return new CallbackAnswer(null, "no connection");
        }

        if (fault == Fault.OvertakesRetries && ++_count % 8 == 7 && !notification.IsFinal)
        {
            _overtaken.Enqueue(notification);
            return new CallbackAnswer(202, "");
        }

        if (random.NextDouble() < now.Refusals)
        {
            return new CallbackAnswer(503, "") { RetryAfter = random.Next(3) == 0 ? TimeSpan.FromSeconds(30) : null };
        }

        return random.NextDouble() < now.Rejections ? new CallbackAnswer(400, "") : null;
    }

    private Notification Altered(Notification notification, int attempt) => fault switch
    {
        Fault.MisdirectsNotifications when ++_count % 8 == 7 => notification with { Bot = notification.Bot with { Application = new AppId("another") } },
        Fault.RenamesRetries => notification with { Sequence = notification.Sequence + (attempt > 1 ? 1000 : 0) },
        Fault.InventsReasons when notification.IsFinal => notification with
        {
            Content = new Lazy<Graph.CommsNotifications>(() => Ended(notification)),
        },
        _ => notification,
    };

    private static Graph.CommsNotifications Ended(Notification notification)
    {
        var item = notification.Body.Value![0];
        var call = item.ResourceData!.Call!;
        return notification.Body with
        {
            Value = [item with { ResourceData = call with { ResultInfo = new Graph.ResultInfo { Code = 200, Subcode = 1, Message = "Bye." } } }],
        };
    }

    private void Take(Notification notification)
    {
        if (!_calls.TryGetValue(notification.Call, out var told))
        {
            _calls[notification.Call] = told = new Told();
        }

        var (known, name) = (stored(notification.Call.Conversation), $"{notification.Call} {notification.Sequence}");
        violations.Unless(known.Version >= notification.Sequence, "I4", $"{name} tells of what is not stored");
        violations.Unless(known.Find(notification.Call.Leg)?.Bot?.Application == notification.Bot.Application, "I7", $"{name} goes to another application");
        if (!told.Sequences.Add(notification.Sequence))
        {
            violations.Unless(MayRepeat, "I1", $"{name} comes twice, and nothing was lost");
            return;
        }

        violations.Unless(told.End is null, "I2", $"{name} comes after the end");
        violations.Unless(notification.Sequence > told.Last, "I3", $"{name} comes after a later one");
        told.Last = Math.Max(told.Last, notification.Sequence);
        if (notification.IsFinal)
        {
            told.End = notification.Sequence;
            violations.Unless(HasReasonOfCatalogue(notification), "I6", $"{name} has a reason that there is not");
        }
    }

    private static bool HasReasonOfCatalogue(Notification notification) =>
        notification.Body.Value![0].ResourceData!.Call!.ResultInfo is not { } result
        || (EndReasons.Find(result.Subcode!.Value.Value) is { } reason && (reason.Code, reason.Message) == (result.Code!.Value.Value, result.Message));

    private sealed class Told
    {
        public HashSet<long> Sequences { get; } = [];

        public long Last { get; set; }

        public long? End { get; set; }
    }
}

/// <summary>The promises that were broken, the first of which ends a run.</summary>
internal sealed class Violations
{
    public string? First { get; private set; }

    public void Unless(bool holds, string invariant, string message)
    {
        if (!holds)
        {
            First ??= $"{invariant}: {message}";
        }
    }
}
