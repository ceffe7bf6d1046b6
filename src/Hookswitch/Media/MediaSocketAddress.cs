using System.Text.Json;
using Hookswitch.Notifications;

namespace Hookswitch.Media;

/// <summary>
/// Where a bot takes the media of a call: <c>webSocketUrl</c> in the blob of its app-hosted media. Any other blob is one of a media library,
/// and none of ours to judge.
/// </summary>
internal static class MediaSocketAddress
{
    private const string Member = "webSocketUrl";

    /// <summary>The address in a blob that has no problem; null: it names none.</summary>
    public static Uri? Of(string? blob) => Named(blob) is { } address ? new Uri(address) : null;

    /// <summary>What is wrong with the address in a blob; null: nothing that can be seen without connecting, or the blob names none.</summary>
    public static string? Problem(string? blob, AddressGuard guard) =>
        Named(blob) is { } address && guard.Refuse(address, plain: "ws", secure: "wss") is { } problem ? $"has a {Member} that {problem}" : null;

    private static string? Named(string? blob)
    {
        if (blob is null || !blob.AsSpan().TrimStart().StartsWith('{'))
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(blob);
            return json.RootElement.TryGetProperty(Member, out var address) && address.ValueKind == JsonValueKind.String ? address.GetString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null; // InvalidOperation: half of a surrogate pair, which no address has
        }
    }
}
