using Hookswitch.Calling;

namespace Hookswitch.Conversations;

/// <summary>Draws the ids that the core takes as arguments.</summary>
internal static class NewIds
{
    /// <summary>Of a conversation that begins, and of the leg that begins it.</summary>
    public static CallId Call() => CallId.From(Guid.NewGuid(), TimeProvider.System.GetUtcNow());

    /// <summary>Of one more leg.</summary>
    public static LegId Leg() => CallId.From(Guid.NewGuid()).Leg;
}
