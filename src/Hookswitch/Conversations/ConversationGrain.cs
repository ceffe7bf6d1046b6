using Hookswitch.Calling;
using Hookswitch.Storage;
using Hookswitch.Telemetry;
using Hookswitch.Time;

namespace Hookswitch.Conversations;

/// <summary>The mailbox of one conversation: Orleans lets one command in at a time.</summary>
internal sealed class ConversationGrain : Grain, IConversationGrain
{
    private readonly ConversationKeeper _keeper;

    public ConversationGrain(IEventStore store, CallClock clock, Timeouts timeouts, Aftermath aftermath) =>
        _keeper = new ConversationKeeper(new ConversationId(this.GetPrimaryKeyLong()), store, clock, timeouts, aftermath, DeactivateOnIdle);

    public Task<Reply> Read() => _keeper.Read();

    public Task<Reply> Send(Command command, TraceParent? cause) => _keeper.Send(command, cause);
}
