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
public sealed record ScriptStep(PhoneAction Action, TimeSpan After);

/// <summary>What a phone can do with a call.</summary>
public enum PhoneAction
{
    Ring,
    Answer,
    Decline,
    HangUp,
}
