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

    /// <summary>The phone is in no state in which it could do that.</summary>
    PhoneCannotDoThat,
}
