using System.Collections.Immutable;

namespace Hookswitch.Calling;

/// <summary>What a scripted phone does by itself, step by step. A called phone begins when it is called, a calling one when it is answered.</summary>
public sealed record Script(ImmutableArray<ScriptStep> Steps)
{
    /// <summary>More steps than anyone dials by hand; a bound on what a stream stores of a phone.</summary>
    public const int MaxSteps = 50;

    /// <summary>The phone does nothing by itself.</summary>
    public static Script None { get; } = new([]);
}

/// <summary>One step of a script.</summary>
/// <param name="After">The time since the step before, or since the script began.</param>
public sealed record ScriptStep(PhoneAction Action, TimeSpan After)
{
    /// <summary>With <see cref="PhoneAction.Refuse"/>: how the telephone network refuses the call. RFC 3261, 21.</summary>
    public int? SipStatus { get; init; }

    /// <summary>With <see cref="PhoneAction.Press"/>: the key.</summary>
    public Tone? Tone { get; init; }

    /// <summary>With <see cref="PhoneAction.Speak"/>: the name of the sound.</summary>
    public string? Sound { get; init; }
}

/// <summary>What a phone can do with a call. Stored by name, for ever.</summary>
public enum PhoneAction
{
    Ring,
    Answer,
    Decline,
    HangUp,

    /// <summary>Someone is on the phone already.</summary>
    Busy,

    /// <summary>The telephone network refuses the call, with a SIP status. Numbers only.</summary>
    Refuse,

    /// <summary>Confirms that the call was accepted. Phones do it by themselves unless they are told not to.</summary>
    Acknowledge,

    /// <summary>Is gone without having hung up: switched off, or its connection was lost.</summary>
    Vanish,

    /// <summary>Its sound begins to flow, or flows again.</summary>
    StartMedia,

    /// <summary>Its sound stops, and the call does not.</summary>
    LoseMedia,

    /// <summary>Presses a key.</summary>
    Press,

    /// <summary>Says something: a sound of the server's shelf.</summary>
    Speak,

    /// <summary>Ends the group call or meeting for everyone.</summary>
    EndForEveryone,

    /// <summary>Removes another participant: the newest, unless one is named.</summary>
    Remove,

    /// <summary>Lets in who waits in the lobby: all, unless one is named.</summary>
    Admit,

    /// <summary>Refuses entry to who waits in the lobby: all, unless one is named.</summary>
    Deny,

    /// <summary>Mutes itself, or whoever is named.</summary>
    Mute,

    /// <summary>Unmutes itself.</summary>
    Unmute,

    /// <summary>Makes another participant a presenter: the newest, unless one is named.</summary>
    Promote,

    /// <summary>Makes another participant an attendee: the newest, unless one is named.</summary>
    Demote,

    /// <summary>Puts the call on hold: who holds neither hears nor is heard.</summary>
    Hold,

    /// <summary>Takes the call back that it holds.</summary>
    Resume,
}

/// <summary>What a phone does by itself, without a script. Both are what phones do; tests need those that do not.</summary>
/// <param name="Acknowledges">It confirms at once that the call was accepted.</param>
/// <param name="BringsMedia">Its sound flows as soon as the call is established.</param>
public sealed record PhoneHabits(bool Acknowledges = true, bool BringsMedia = true)
{
    public static PhoneHabits Usual { get; } = new();
}

/// <summary>A key of a telephone. Graph, tone. Stored by name, for ever.</summary>
public enum Tone
{
    Tone0,
    Tone1,
    Tone2,
    Tone3,
    Tone4,
    Tone5,
    Tone6,
    Tone7,
    Tone8,
    Tone9,
    Star,
    Pound,
    A,
    B,
    C,
    D,
}
