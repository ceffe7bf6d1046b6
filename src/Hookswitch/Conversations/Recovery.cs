using Hookswitch.Notifications;
using Hookswitch.Storage;

namespace Hookswitch.Conversations;

/// <summary>
/// What a start reads of the past: when each conversation is due, and which bots were not told everything. Conversations themselves
/// load when their time comes. Ends before the server takes requests.
/// </summary>
internal sealed partial class Recovery(
    IEventStore store, DeadlineScheduler scheduler, Delivery delivery, ILogger<Recovery> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var due = await store.Due(cancellationToken);
        foreach (var (conversation, at) in due)
        {
            scheduler.Set(conversation, at);
        }

        var lagging = await store.Lagging(cancellationToken);
        foreach (var cursor in lagging)
        {
            delivery.Resume(cursor.Call);
        }

        if (due.Count + lagging.Count > 0)
        {
            LogFound(due.Count, lagging.Count);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "Found {Conversations} open conversations and {Calls} calls with undelivered notifications.")]
    private partial void LogFound(int conversations, int calls);
}
