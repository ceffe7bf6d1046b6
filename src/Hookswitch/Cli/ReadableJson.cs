using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hookswitch.Cli;

/// <summary>JSON for people: what fits a line stands on one.</summary>
internal static class ReadableJson
{
    private const int MaxLine = 110;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The same value, laid out; a text that is no JSON as it is.</summary>
    public static string Of(string text)
    {
        try
        {
            var lines = new StringBuilder();
            Write(lines, JsonNode.Parse(text), indent: "");
            return lines.ToString();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // the latter: half a surrogate pair
        {
            return text;
        }
    }

    private static void Write(StringBuilder lines, JsonNode? node, string indent)
    {
        var line = node?.ToJsonString(Plain) ?? "null";
        if (node is not (JsonObject or JsonArray) || indent.Length + line.Length <= MaxLine)
        {
            lines.Append(line);
            return;
        }

        var deeper = indent + "  ";
        var (open, close) = node is JsonObject ? ('{', '}') : ('[', ']');
        lines.Append(open).Append('\n');
        var first = true;
        foreach (var (name, value) in Members(node))
        {
            lines.Append(first ? "" : ",\n").Append(deeper).Append(name);
            Write(lines, value, deeper);
            first = false;
        }

        lines.Append('\n').Append(indent).Append(close);
    }

    private static IEnumerable<(string Name, JsonNode? Value)> Members(JsonNode node) => node is JsonObject members
        ? members.Select(member => ($"{JsonValue.Create(member.Key).ToJsonString(Plain)}: ", member.Value))
        : node.AsArray().Select(item => ("", item));
}
