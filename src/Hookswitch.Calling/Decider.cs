using System.Diagnostics;
using Hookswitch.Calling.Rules;

namespace Hookswitch.Calling;

/// <summary>The rules of calling: from a conversation, a command and an instant to events or a refusal. Pure.</summary>
public static class Decider
{
    /// <param name="timeouts">Those of the server, which hold where the conversation has none of its own.</param>
    public static Decision Decide(Conversation conversation, Command command, DateTimeOffset now, Timeouts timeouts) =>
        ByRule(conversation, command, now, conversation.Timeouts ?? timeouts);

    /// <summary>The table of contents of the rules.</summary>
    private static Decision ByRule(Conversation conversation, Command command, DateTimeOffset now, Timeouts timeouts) => command switch
    {
        PlaceCall c => Placing.Decide(conversation, c, now, c.Timeouts ?? timeouts),
        Answer c => Answering.Decide(conversation, c, now, timeouts),
        Reject c => Answering.Decide(conversation, c, now, timeouts),
        HangUp c => HangingUp.Decide(conversation, c),
        KeepAlive c => KeepingAlive.Decide(conversation, c, now, timeouts),
        PhoneActed c => Phones.Decide(conversation, c, now, timeouts),
        DeadlinePassed => Rules.Deadlines.Decide(conversation, now, timeouts),
        _ => throw new UnreachableException($"No rule for {command.GetType().Name}."), // a test decides every command type
    };
}
