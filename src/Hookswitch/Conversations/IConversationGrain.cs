using Hookswitch.Calling;

namespace Hookswitch.Conversations;

/// <summary>One conversation: the mailbox in which commands wait their turn. The key is the conversation's id.</summary>
internal interface IConversationGrain : IGrainWithIntegerKey
{
    /// <summary>Decides a command; what it caused is durable when this returns.</summary>
    Task<Reply> Send([Immutable] Command command);

    /// <summary>The conversation as it is.</summary>
    Task<Reply> Read();
}

/// <summary>What became of a command, and the conversation after it.</summary>
/// <param name="Unavailable">The store takes no writes now: whether the command took effect is unknown.</param>
[GenerateSerializer]
[Immutable]
internal sealed record Reply(
    [property: Id(0)] Refusal? Refusal, [property: Id(1)] Conversation Conversation, [property: Id(2)] bool Unavailable = false);

/// <summary>Finds conversations.</summary>
internal static class ConversationGrains
{
    public static IConversationGrain Conversation(this IGrainFactory grains, ConversationId id) =>
        grains.GetGrain<IConversationGrain>(id.Value);
}
