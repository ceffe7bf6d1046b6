namespace Hookswitch.Calling.Rules;

/// <summary>What a bot may do: to others only from inside a conversation of many.</summary>
internal static class Member
{
    /// <summary>From inside a conversation of any kind.</summary>
    // The order of the lines is their precedence.
    public static Decision ActInside(Conversation conversation, LegId id, AppId application, Func<Leg, Decision> act) =>
        Owned.Find(conversation, id, application) switch
        {
            null => Refusal.CallNotFound,
            { InLobby: true } => Refusal.CallIsInLobby,
            { IsInside: false } => Refusal.CallNotEstablished,
            { } leg => act(leg),
        };

    /// <summary>From inside, with media that the server handles: who hosts its own plays, records and hears tones there.</summary>
    public static Decision ActOnMedia(Conversation conversation, LegId id, AppId application, Func<Leg, Decision> act) =>
        ActInside(conversation, id, application, leg => leg.Bot!.Media is AppHostedMedia ? Refusal.MediaIsAppHosted : act(leg));

    /// <summary>From inside a conversation of many.</summary>
    public static Decision Act(Conversation conversation, LegId id, AppId application, Func<Leg, Decision> act) =>
        ActInside(conversation, id, application, leg => conversation.IsPeerToPeer ? Refusal.CallIsNotGroup : act(leg));

    /// <summary>What was asked for is done at once.</summary>
    public static Decision Done(
        Guid operation, Leg by, OperationKind kind, string? clientContext, IEnumerable<Leg> about, IEnumerable<ConversationEvent> done) =>
    [
        new OperationStarted(operation, by.Id, kind, clientContext, [.. about.Select(leg => leg.Participant)]),
        .. done,
        new OperationEnded(operation, IsTold: false),
    ];
}
