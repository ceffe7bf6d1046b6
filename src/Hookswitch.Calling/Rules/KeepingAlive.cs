namespace Hookswitch.Calling.Rules;

/// <summary>How a bot shows that it is still there. Graph, call: keepAlive.</summary>
internal static class KeepingAlive
{
    // The order of the lines is their precedence. An unanswered incoming call is not alive yet: it has its deadline to be answered.
    public static Decision Decide(Conversation conversation, KeepAlive command, DateTimeOffset now, Timeouts timeouts) =>
        Owned.Find(conversation, command.Leg, command.Application) switch
        {
            null => Refusal.CallNotFound,
            { IsPending: true } => Refusal.CallNotEstablished,
            { } leg => [new DeadlineSet(DeadlineKind.KeepAlive, leg.Id, now + timeouts.KeepAlive)],
        };
}
