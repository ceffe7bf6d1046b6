using System.Collections.Frozen;
using System.Text.Json;
using Hookswitch.Calling;

namespace Hookswitch.Phones;

/// <summary>The words in which people write what a phone does: in scripts, and in the addresses of the control API.</summary>
internal static class PhoneWords
{
    private const string Keys = "0123456789*#abcd";

    /// <summary>Every action by its word.</summary>
    public static readonly FrozenDictionary<string, PhoneAction> Actions = Enum.GetValues<PhoneAction>()
        .ToFrozenDictionary(action => JsonNamingPolicy.CamelCase.ConvertName(action.ToString()), action => action, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<PhoneAction, string> Words = Actions.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    public static string Of(PhoneAction action) => Words[action];

    /// <summary>The key that is written on a telephone, or null: there is none of that name.</summary>
    public static Tone? Key(string text) =>
        text.Length == 1 && Keys.IndexOf(text[0], StringComparison.OrdinalIgnoreCase) is >= 0 and var place ? (Tone)place : null;

    public static string Of(Tone tone) => Keys[(int)tone].ToString();
}
