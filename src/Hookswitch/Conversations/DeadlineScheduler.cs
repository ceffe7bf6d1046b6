using Hookswitch.Calling;
using Hookswitch.Time;

namespace Hookswitch.Conversations;

/// <summary>Sends <see cref="DeadlinePassed"/> to the conversations that are due. One for each silo.</summary>
internal sealed partial class DeadlineScheduler(IGrainFactory grains, CallClock clock, ILogger<DeadlineScheduler> logger) : IDueWork
{
    /// <summary>After a conversation could not be woken (its store takes no writes): when it is tried again.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Agenda<ConversationId> _agenda = new();

    public event Action? Hastened
    {
        add => _agenda.Hastened += value;
        remove => _agenda.Hastened -= value;
    }

    public DateTimeOffset? NextAt => _agenda.Next;

    public void Set(ConversationId id, DateTimeOffset? due) => _agenda.Set(id, due);

    /// <summary>Wakes a conversation soon: it says itself when it is due.</summary>
    public void Retry(ConversationId id) => _agenda.Set(id, clock.Now + RetryAfter);

    public void Clear() => _agenda.Clear();

    public Task RunDue(DateTimeOffset now) => Task.WhenAll(_agenda.Take(now).Select(Wake));

    // All that happens here waits for an instant.
    public Task WhenIdle() => Task.CompletedTask;

    private async Task Wake(ConversationId id)
    {
        try
        {
            var reply = await grains.Send(id, new DeadlinePassed()); // which notes the next deadline
            if (!reply.Unavailable)
            {
                return;
            }

            LogUnavailable(id, RetryAfter);
        }
        catch (Exception e)
        {
            LogFailure(e, id, RetryAfter);
        }

        Retry(id);
    }

    [LoggerMessage(LogLevel.Warning, "A deadline of conversation {Conversation} could not be stored. Next try in {Wait}.")]
    private partial void LogUnavailable(ConversationId conversation, TimeSpan wait);

    [LoggerMessage(LogLevel.Error, "A deadline of conversation {Conversation} failed. Next try in {Wait}.")]
    private partial void LogFailure(Exception exception, ConversationId conversation, TimeSpan wait);
}
