namespace Hookswitch.Calling.Rules;

/// <summary>Whose call it is. The one rule of access: permissions were checked when the call was created.</summary>
public static class Owned
{
    /// <summary>The live call of that application. Anyone else's is not there either, rather than forbidden: ids must not be probed.</summary>
    public static Leg? Find(Conversation conversation, LegId id, AppId application) =>
        conversation.Find(id) is { IsLive: true, Bot: { } bot } leg && bot.Application == application ? leg : null;
}
