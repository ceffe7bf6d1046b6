namespace Hookswitch.Calling;

/// <summary>A command that the rules do not allow: it changed nothing. The values map one to one to Graph's error codes, in the Api.</summary>
public enum Refusal
{
    /// <summary>No such call, none any more, or another application's: ids must not be probed.</summary>
    CallNotFound,

    /// <summary>The action needs a call that was answered.</summary>
    CallNotEstablished,

    /// <summary>The action conflicts with the call's state.</summary>
    ConflictsWithCallState,

    /// <summary>The id that was drawn for a new conversation is taken. Draw again.</summary>
    ConversationExists,

    /// <summary>The action is one of group calls, and the call is peer-to-peer.</summary>
    CallIsNotGroup,

    /// <summary>The call waits in the lobby, from where it can do nothing.</summary>
    CallIsInLobby,

    /// <summary>The action needs media that the server handles, and the bot handles its own.</summary>
    MediaIsAppHosted,

    /// <summary>As much as may wait its turn is to be played or recorded for the bot.</summary>
    TooMuchMedia,

    /// <summary>The action needs media that the bot handles itself, and the server handles it.</summary>
    MediaIsServiceHosted,

    /// <summary>The bot made no such routing group.</summary>
    RoutingGroupNotFound,

    /// <summary>The bot made a routing group of that id already.</summary>
    RoutingGroupExists,

    /// <summary>The bot made as many routing groups as it can.</summary>
    TooManyRoutingGroups,

    /// <summary>A routing group has one source and the receivers that its mode allows, and nobody twice.</summary>
    RoutingGroupMalformed,

    /// <summary>No such participant, or none any more.</summary>
    ParticipantNotFound,

    /// <summary>Whoever is to be called is there already, or is being called.</summary>
    AlreadyParticipates,

    /// <summary>A bot cannot call, remove or admit itself.</summary>
    ThatIsTheCallItself,

    /// <summary>The participant does not wait in the lobby.</summary>
    NotInLobby,

    /// <summary>The application lacks the permission to take part in group calls.</summary>
    MayNotJoinGroups,

    /// <summary>Who of several is to go has to be said.</summary>
    TransfereeMissing,

    /// <summary>Only people go from a group call to another: who is to go is a bot.</summary>
    TransfereeIsNoPerson,

    /// <summary>To whom someone is to go is in the group call already, or is being called into it.</summary>
    TargetParticipates,

    /// <summary>A number is called as a resource account that has one, and the call is none's.</summary>
    NumberNeedsResourceAccount,

    /// <summary>As many as can be are in the conversation.</summary>
    ConversationFull,

    /// <summary>The conversation is over: another one may begin in its place.</summary>
    ConversationOver,

    /// <summary>The phone is in no state in which it could do that.</summary>
    PhoneCannotDoThat,
}
