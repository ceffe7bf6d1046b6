using Hookswitch.Calling;
using Hookswitch.Storage;

namespace Hookswitch.Conversations;

/// <summary>
/// The door to meetings and group calls by where they are: leads to the conversation that lives there, or begins one. Whoever loses a race
/// for the beginning comes into the winner's.
/// </summary>
/// <param name="draw">An id that no conversation has.</param>
internal sealed class ThreadDoor(IEventStore store, Func<ConversationId> draw)
{
    /// <summary>Conversations end and begin while one is looked for. More than a few times is bad luck already.</summary>
    private const int MaxTries = 20;

    /// <summary>The last conversation that was there; null: none, or whoever joins has one of their own.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read now.</exception>
    public async Task<ConversationId?> Last(MeetingTerms terms) =>
        terms.StandsAlone ? null : (await store.FindThread(terms.Thread, CancellationToken.None))?.Conversation;

    /// <param name="terms">Of the meeting: where it is, and whether it is shared.</param>
    /// <param name="send">Sends what starts or joins a conversation to the one of that id.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be read now.</exception>
    public async Task<(ConversationId Conversation, Reply Reply)> Enter(MeetingTerms terms, Func<ConversationId, Task<Reply>> send)
    {
        for (var tries = 1; ; tries++)
        {
            var id = !terms.StandsAlone && await store.FindThread(terms.Thread, CancellationToken.None) is { IsLive: true } holder
                ? holder.Conversation
                : draw();
            var reply = await send(id);
            if (reply.Refusal is not (Refusal.ConversationOver or Refusal.ConversationExists) || tries == MaxTries)
            {
                return (id, reply);
            }
        }
    }
}
