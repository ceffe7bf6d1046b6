using Hookswitch.Calling;

namespace Hookswitch.Resources;

/// <summary>Where a meeting or a group call is, as a call's <c>chatInfo</c> and <c>meetingInfo</c> say it.</summary>
internal static class MeetingResource
{
    /// <summary>Null: a peer-to-peer call has no chat.</summary>
    public static Graph.ChatInfo? Chat(Conversation conversation) =>
        conversation.Terms is { } terms ? new() { ThreadId = terms.Thread.Thread, MessageId = terms.Thread.Message } : null;

    /// <summary>With which the bot, or another, can join it again. Null: a peer-to-peer call cannot be joined.</summary>
    public static Graph.MeetingInfo? Info(ConversationId id, Conversation conversation) =>
        conversation.Terms is { } terms ? new Graph.TokenMeetingInfo { Token = new JoinToken(id, terms.JoinKey).ToString() } : null;
}
