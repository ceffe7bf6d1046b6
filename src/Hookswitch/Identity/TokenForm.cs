using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Hookswitch.Identity;

/// <summary>
/// What is looked at in a token before its signature is: that it says each thing once and in the form that it has, and asks for nothing that
/// is not understood here. So no two readers of it can understand different things. RFC 7515, 4; RFC 7519, 4; RFC 8725, 2.4 and 3.10.
/// </summary>
internal static class TokenForm
{
    /// <summary>Tokens have lists in objects; nobody nests further.</summary>
    private const int MaxDepth = 16;

    /// <summary>The last second that this platform can tell: 9999-12-31T23:59:59Z. A time in milliseconds lies far beyond.</summary>
    private const double LastInstant = 253_402_300_799;

    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };

    public static bool IsGood(string token)
    {
        var parts = token.Split('.', count: 4);
        return parts.Length == 3 && !parts.Any(part => part.AsSpan().ContainsAnyExcept(Letters))
            && IsGood(parts[0], header => !header.TryGetProperty("crit", out _) && Is(header, "alg", IsText) && Is(header, "kid", IsText))
            && IsGood(parts[1], IsGoodPayload);
    }

    // What is left out is judged by whoever needs it.
    private static bool IsGoodPayload(JsonElement payload) =>
        Is(payload, "iss", IsText) && Is(payload, "appid", IsText) && Is(payload, "azp", IsText) && Is(payload, "client_id", IsText)
        && Is(payload, "tid", IsText) && Is(payload, "scp", IsText) && Is(payload, "aud", IsTextOrTexts) && Is(payload, "roles", IsTextOrTexts)
        && Is(payload, "exp", IsInstant) && Is(payload, "nbf", IsInstant);

    private static bool IsGood(string part, Func<JsonElement, bool> check)
    {
        try
        {
            var bytes = Base64Url.DecodeFromChars(part);
            using var json = JsonDocument.Parse(bytes, Strict);
            return Utf8.IsValid(bytes) && json.RootElement.ValueKind == JsonValueKind.Object && check(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return false; // InvalidOperation: half of a surrogate pair
        }
    }

    private static bool Is(JsonElement one, string member, Func<JsonElement, bool> check) => !one.TryGetProperty(member, out var value) || check(value);

    private static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.String && value.GetString() is not null;

    private static bool IsTextOrTexts(JsonElement value) =>
        IsText(value) || (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(IsText));

    private static bool IsInstant(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds is >= 0 and <= LastInstant;
}
