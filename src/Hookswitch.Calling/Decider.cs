using System.Diagnostics;
using Hookswitch.Calling.Rules;

namespace Hookswitch.Calling;

/// <summary>The rules of calling: from a conversation, a command and an instant to events or a refusal. Pure.</summary>
public static class Decider
{
    /// <summary>The table of contents of the rules.</summary>
    public static Decision Decide(Conversation conversation, Command command, DateTimeOffset now, Timeouts timeouts) => command switch
    {
        PlaceCall c => Placing.Decide(conversation, c, now, timeouts),
        Answer c => Answering.Decide(conversation, c, now, timeouts),
        Reject c => Answering.Decide(conversation, c, now, timeouts),
        HangUp c => HangingUp.Decide(conversation, c),
        KeepAlive c => KeepingAlive.Decide(conversation, c, now, timeouts),
        PhoneActed c => Phones.Decide(conversation, c, now, timeouts),
        DeadlinePassed => Rules.Deadlines.Decide(conversation, now, timeouts),
        _ => throw new UnreachableException($"No rule for {command.GetType().Name}."), // a test decides every command type
    };
}
