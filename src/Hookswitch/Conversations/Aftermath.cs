using System.Collections.Immutable;
using Hookswitch.Calling;
using Hookswitch.Notifications;

namespace Hookswitch.Conversations;

/// <summary>Hears of what was committed.</summary>
internal interface IFollower
{
    /// <summary>Events were committed. Returns at once, and never throws.</summary>
    /// <param name="events">None: it is unknown which.</param>
    void Follow(ConversationId id, ImmutableArray<ConversationEvent> events, Conversation after);
}

/// <summary>What follows from committed events. Nothing here is awaited by the conversation, and all of it can be started again from the store.</summary>
/// <param name="followers">They hear of it before bots are told.</param>
internal sealed class Aftermath(DeadlineScheduler scheduler, Delivery delivery, IEnumerable<IFollower> followers)
{
    private readonly IFollower[] _followers = [.. followers];

    /// <summary>Events were committed.</summary>
    public void Of(ConversationId id, ImmutableArray<ConversationEvent> events, Projection projected, Committed commit)
    {
        Follow(id, events, projected.After);
        delivery.Enqueue(projected.Notifications, commit);
        Await(id, projected.After);
    }

    /// <summary>The conversation waits for its next deadline, or for nothing.</summary>
    public void Await(ConversationId id, Conversation conversation) => scheduler.Set(id, conversation.NextDeadline?.At);

    /// <summary>It is unknown what was committed last: everything is started again that may still be to do.</summary>
    public void Restart(ConversationId id, Conversation conversation)
    {
        Follow(id, [], conversation);
        foreach (var leg in conversation.Legs.Where(leg => leg.Bot is not null))
        {
            delivery.Resume(new CallId(id, leg.Id));
        }

        scheduler.Retry(id);
    }

    private void Follow(ConversationId id, ImmutableArray<ConversationEvent> events, Conversation after)
    {
        foreach (var follower in _followers)
        {
            follower.Follow(id, events, after);
        }
    }
}
