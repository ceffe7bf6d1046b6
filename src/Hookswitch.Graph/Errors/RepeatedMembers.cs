using System.Buffers;
using System.Text.Json;

namespace Hookswitch.Graph;

/// <summary>
/// A member that stands twice with the same value says what it says: clients of the official library send such bodies when two of them were made at
/// once. With another value nobody knows which is meant.
/// </summary>
/// <remarks>microsoft/kiota-dotnet, <c>ApiClientBuilder</c>: each wraps the writers of all, and each wrapper writes the members that are null.</remarks>
internal static class RepeatedMembers
{
    /// <summary>A body without what it says again; null: it says nothing again, or is no JSON.</summary>
    public static byte[]? Without(ReadOnlySpan<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8.ToArray(), new JsonDocumentOptions { MaxDepth = GraphJson.MaxDepth });
            var body = new ArrayBufferWriter<byte>(utf8.Length);
            using var writer = new Utf8JsonWriter(body);
            if (!Write(document.RootElement, writer))
            {
                return null;
            }

            writer.Flush();
            return body.WrittenSpan.ToArray();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // the latter: half of a surrogate pair
        {
            return null;
        }
    }

    // Whether anything was left out.
    private static bool Write(JsonElement value, Utf8JsonWriter writer)
    {
        var repeats = false;
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    if (!members.TryAdd(member.Name, member.Value) && JsonElement.DeepEquals(members[member.Name], member.Value))
                    {
                        repeats = true;
                        continue;
                    }

                    writer.WritePropertyName(member.Name);
                    repeats |= Write(member.Value, writer);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var one in value.EnumerateArray())
                {
                    repeats |= Write(one, writer);
                }

                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }

        return repeats;
    }
}
