namespace Hookswitch.Calling.Rules;

/// <summary>What a bot may do to others: only from inside a conversation of many.</summary>
internal static class Member
{
    // The order of the lines is their precedence.
    public static Decision Act(Conversation conversation, LegId id, AppId application, Func<Leg, Decision> act) =>
        Owned.Find(conversation, id, application) switch
        {
            null => Refusal.CallNotFound,
            { InLobby: true } => Refusal.CallIsInLobby,
            { IsInside: false } => Refusal.CallNotEstablished,
            _ when conversation.IsPeerToPeer => Refusal.CallIsNotGroup,
            { } leg => act(leg),
        };

    /// <summary>What was asked for is done at once.</summary>
    public static Decision Done(
        Guid operation, Leg by, OperationKind kind, string? clientContext, IEnumerable<Leg> about, IEnumerable<ConversationEvent> done) =>
    [
        new OperationStarted(operation, by.Id, kind, clientContext, [.. about.Select(leg => leg.Participant)]),
        .. done,
        new OperationEnded(operation, IsTold: false),
    ];
}
