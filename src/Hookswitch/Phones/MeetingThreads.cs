using Hookswitch.Calling;

namespace Hookswitch.Phones;

/// <summary>Draws where group calls are. Chance is an argument of the core.</summary>
internal static class MeetingThreads
{
    /// <summary>What is agreed of a group call that begins now.</summary>
    public static MeetingTerms OfGroupCall(string tenant, string? subject = null) => new(
        ConversationKind.GroupCall, new MeetingThread(tenant.ToLowerInvariant(), $"19:{Guid.NewGuid():N}@thread.v2", Meeting.NoMessage), Guid.NewGuid())
    {
        Subject = subject,
    };
}
