using System.Text.Json.Nodes;

namespace Hookswitch.Tests.Harness;

/// <summary>What a bot was told, a line each: enough to see what happened, and no more.</summary>
internal static class Stories
{
    /// <param name="after">How many notifications came before it.</param>
    public static string Story(this TestBot bot, int after = 0) => Of(bot.All.Skip(after));

    /// <summary>What was told of one of the bot's calls.</summary>
    public static string Story(this TestBot bot, string call) => Of(bot.All.Where(one => one.CallId == call));

    /// <summary>Who is in a roster: [Ada, Ben in the lobby, Cem muted].</summary>
    public static string Names(this JsonArray roster) => $"[{string.Join(", ", roster.Select(one => Name(one!)))}]";

    private static string Of(IEnumerable<Received> told) => string.Concat(told.Select(one => Line(one).TrimEnd() + '\n'));

    private static string Line(Received one)
    {
        var media = one.Call["mediaState"] is { } state ? $" media {state["audio"]}" : "";
        var roster = one.Participants is { Count: > 0 } participants ? $" {participants.Names()}" : "";
        return $"{one.Summary}{media}{roster} {one.Reason}";
    }

    private static string Name(JsonNode participant)
    {
        var identity = participant["info"]!["identity"]!.AsObject().First(member => member.Value is JsonObject);
        return ((string?)identity.Value!["displayName"] ?? identity.Key)
            + (participant["removedState"] is { } removed ? $" {removed["reason"]}" : "")
            + ((bool)participant["isInLobby"]! ? " in the lobby" : "")
            + ((bool)participant["isMuted"]! ? " muted" : "");
    }
}
