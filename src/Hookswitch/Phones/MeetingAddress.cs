namespace Hookswitch.Phones;

/// <summary>How someone says which meeting to join. Graph, meetingInfo resource type.</summary>
internal abstract record MeetingAddress
{
    private MeetingAddress()
    {
    }

    /// <summary>By where it is, and who organized it; null: whoever did.</summary>
    public sealed record ByThread(string Thread, string Message, string? Organizer) : MeetingAddress;

    /// <summary>By the token that a notification carried.</summary>
    public sealed record ByToken(string Token) : MeetingAddress;

    /// <summary>By the number and passcode that people type.</summary>
    public sealed record ByJoinId(string JoinMeetingId, string? Passcode) : MeetingAddress;
}

/// <summary>Why a meeting cannot be joined.</summary>
internal enum MeetingProblem
{
    /// <summary>Nobody has heard of it, or somebody else organized it.</summary>
    Unknown,

    /// <summary>The token is none, of a conversation that is not there, or too old.</summary>
    WrongToken,

    /// <summary>No meeting has that number, or another passcode: which of the two is not said.</summary>
    WrongJoinId,

    Cancelled,

    /// <summary>The time for which it was scheduled is over.</summary>
    Over,
}
