using Hookswitch.Calling;
using Hookswitch.Storage;
using Hookswitch.Telemetry;

namespace Hookswitch.Conversations;

/// <summary>One conversation: the mailbox in which commands wait their turn. The key is the conversation's id.</summary>
internal interface IConversationGrain : IGrainWithIntegerKey
{
    /// <summary>Decides a command; what it caused is durable when this returns.</summary>
    /// <param name="cause">The span of whoever sends it, as a conversation runs in a flow of its own; null: none, or nobody listens.</param>
    Task<Reply> Send([Immutable] Command command, TraceParent? cause);

    /// <summary>The conversation as it is.</summary>
    Task<Reply> Read();
}

/// <summary>What became of a command, and the conversation after it.</summary>
/// <param name="Unavailable">The store takes no writes now: whether the command took effect is unknown.</param>
[GenerateSerializer]
[Immutable]
internal sealed record Reply(
    [property: Id(0)] Refusal? Refusal, [property: Id(1)] Conversation Conversation, [property: Id(2)] bool Unavailable = false);

/// <summary>The door to conversations: the one way in which the rest of the server reaches them.</summary>
internal static class ConversationGrains
{
    /// <summary>
    /// How often a message is brought to a conversation that fell asleep just then. Each time wakes it anew, so that more than one is
    /// bad luck already.
    /// </summary>
    private const int MaxRejections = 20;

    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    /// <summary>Decides a command; what it caused is durable when this returns. Never throws: what cannot be done now is said so.</summary>
    public static Task<Reply> Send(this IGrainFactory grains, ConversationId id, Command command)
    {
        var cause = TraceParent.Current;
        return Reach(() => grains.GetGrain<IConversationGrain>(id.Value).Send(command, cause));
    }

    /// <summary>The conversation as it is. Never throws.</summary>
    public static Task<Reply> Read(this IGrainFactory grains, ConversationId id) =>
        Reach(() => grains.GetGrain<IConversationGrain>(id.Value).Read());

    /// <summary>Decides a command, again and again while the store takes no writes. For what nobody else would say again.</summary>
    public static async Task SendUntilStored(this IGrainFactory grains, ConversationId id, Command command, CancellationToken stopping)
    {
        while ((await grains.Send(id, command)).Unavailable)
        {
            await Task.Delay(BetweenTries, TimeProvider.System, stopping);
        }
    }

    // What Orleans rejects it has not begun; what it gives up after its response timeout may have happened.
    private static async Task<Reply> Reach(Func<Task<Reply>> call)
    {
        for (var rejections = 0; ; rejections++)
        {
            try
            {
                return await call();
            }
            catch (OrleansMessageRejectionException) when (rejections < MaxRejections)
            {
                await Task.Yield();
            }
            catch (Exception e) when (e is OrleansMessageRejectionException or TimeoutException or StoreUnavailableException)
            {
                return new Reply(Refusal: null, Conversation.None, Unavailable: true);
            }
        }
    }
}
