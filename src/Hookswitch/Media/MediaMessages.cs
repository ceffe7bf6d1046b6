using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hookswitch.Calling;
using Hookswitch.Resources;

namespace Hookswitch.Media;

/// <summary>What a bot is told when its media starts.</summary>
internal sealed record MediaFacts(CallId Call, Guid Participant, AppId Application, string Tenant);

/// <summary>What a bot says in words.</summary>
/// <param name="Text">The name of a mark, the reason of a refusal.</param>
internal sealed record BotMessage(string Type, string Text);

/// <summary>The words of the media protocol, as they go over the wire. <c>docs/app-hosted-media.md</c>.</summary>
internal static class MediaMessages
{
    public const int Version = 1;

    /// <summary>Of one message of words, in bytes.</summary>
    public const int MaxText = 4 * 1024;

    public static byte[] Stop { get; } = """{"type":"stop"}"""u8.ToArray();

    /// <param name="resumed">There was a connection for this call before.</param>
    public static byte[] Start(MediaFacts facts, bool resumed)
    {
        var message = new JsonObject
        {
            ["type"] = "start",
            ["version"] = Version,
            ["callId"] = facts.Call.ToString(),
            ["participantId"] = ParticipantResource.Id(facts.Participant),
            ["tenantId"] = facts.Tenant,
            ["applicationId"] = facts.Application.Value,
            ["sampleRate"] = Pcm.SampleRate,
            ["channels"] = 1,
            ["bitsPerSample"] = sizeof(short) * 8,
            ["frameMilliseconds"] = (int)Pcm.FrameTime.TotalMilliseconds,
        };
        if (resumed)
        {
            message["resumed"] = true;
        }

        return Bytes(message);
    }

    /// <summary>Tones have the names that Graph gives them.</summary>
    public static byte[] Tone(Tone tone) =>
        Bytes(new JsonObject { ["type"] = "tone", ["tone"] = JsonNamingPolicy.CamelCase.ConvertName(tone.ToString()) });

    public static byte[] Mark(string name) => Bytes(new JsonObject { ["type"] = "mark", ["name"] = name });

    /// <summary>Reads what a bot says; null: it is no JSON object with a type, or one that lacks what its type needs.</summary>
    public static BotMessage? Read(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return Text(json.RootElement, "type") is not { } type ? null
                : type == "mark" ? Text(json.RootElement, "name") is { } name ? new BotMessage(type, name) : null
                : new BotMessage(type, Text(json.RootElement, "message") ?? "");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null; // InvalidOperation: half of a surrogate pair
        }
    }

    private static string? Text(JsonElement json, string member) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static byte[] Bytes(JsonObject message) => Encoding.UTF8.GetBytes(message.ToJsonString());
}
