using System.Collections.Immutable;
using Hookswitch.Calling;
using Hookswitch.Media;
using Hookswitch.Notifications;
using Hookswitch.Phones;

namespace Hookswitch.Conversations;

/// <summary>What follows from committed events. Nothing here is awaited by the conversation, and all of it can be started again from the store.</summary>
internal sealed class Aftermath(DeadlineScheduler scheduler, Messenger messenger, Delivery delivery, PhoneLines lines, MediaRooms media)
{
    /// <summary>Events were committed.</summary>
    public void Of(ConversationId id, ImmutableArray<ConversationEvent> events, Projection projected)
    {
        lines.Follow(id, projected.After);
        delivery.Enqueue(projected.Notifications);
        messenger.Follow(id, events, projected.After);
        Await(id, projected.After);
        media.Follow(id, events, projected.After);
    }

    /// <summary>The conversation waits for its next deadline, or for nothing.</summary>
    public void Await(ConversationId id, Conversation conversation) => scheduler.Set(id, conversation.NextDeadline?.At);

    /// <summary>It is unknown what was committed last: everything is started again that may still be to do.</summary>
    public void Restart(ConversationId id, Conversation conversation)
    {
        lines.Follow(id, conversation);
        foreach (var leg in conversation.Legs.Where(leg => leg.Bot is not null))
        {
            delivery.Resume(new CallId(id, leg.Id));
        }

        scheduler.Retry(id);
        media.Follow(id, [], conversation);
    }
}
