using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hookswitch.Tests.Doors;

/// <summary>Bodies that no one may take, made by hand: some for every route, and for every member of a good body some of the wrong kind.</summary>
internal static class BrokenBodies
{
    /// <summary>One more than the server reads.</summary>
    private const int TooLarge = (256 * 1024) + 1;

    /// <summary>In whose place a value is written that no library would write.</summary>
    private const string Here = "(here)";

    /// <summary>What is wrong whatever the route reads.</summary>
    /// <param name="good">A good body of that route.</param>
    public static IEnumerable<(string What, byte[] Body)> Whole(string good)
    {
        var inner = good[1..^1];
        (string, string)[] texts =
        [
            ("half an object", "{"), ("the other half", "}"), ("half a list", "["), ("a list", "[]"), ("a list of it", $"[{good}]"), ("null", "null"), ("true", "true"), ("a number", "7"), ("a text", "\"text\""), ("a good body as a text", JsonSerializer.Serialize(good)),
            ("two objects", good + good), ("a word behind it", good + " x"), ("a bracket behind it", good + "]"), ("a comma", "{,}"), ("a comma too many", $"{{{inner},}}"), ("a comma first", $"{{,{inner}}}"), ("no colon", "{\"a\" 1}"), ("no value", "{\"a\":}"), ("no name", "{:1}"),
            ("a name without quotes", $"{{a:1,{inner}}}"), ("single quotes", good.Replace('"', '\'')), ("a comment", $"/* a */{good}"), ("a comment within", $"{{// a\n{inner}}}"), ("NaN", $"{{\"a\":NaN,{inner}}}"), ("Infinity", $"{{\"a\":-Infinity,{inner}}}"),
            ("a hexadecimal number", $"{{\"a\":0x1F,{inner}}}"), ("a number with a plus", $"{{\"a\":+1,{inner}}}"), ("a number with a zero first", $"{{\"a\":01,{inner}}}"), ("a number without its end", $"{{\"a\":1.,{inner}}}"), ("a number without its power", $"{{\"a\":1e,{inner}}}"),
            ("True", $"{{\"a\":True,{inner}}}"), ("a line end in a text", $"{{\"a\":\"b\nc\",{inner}}}"), ("a tab in a text", $"{{\"a\":\"b\tc\",{inner}}}"), ("a NUL in a text", $"{{\"a\":\"b\0c\",{inner}}}"), ("a NUL behind it", good + "\0"), ("an escape of nothing", $"{{\"a\":\"\\x41\",{inner}}}"), ("half an escape", $"{{\"a\":\"\\u00\",{inner}}}"),
            ("a text without end", good[..^1] + ",\"a\":\"b}"), ("without its last bracket", good[..^1]), ("without its first bracket", good[1..]), ("only half of it", good[..(good.Length / 2)]),
            ("33 lists", $"{{\"a\":{new string('[', 33)}{new string(']', 33)},{inner}}}"), ("10 000 lists", $"{{\"a\":{new string('[', 10_000)}{new string(']', 10_000)}}}"), ("10 000 lists without end", new string('[', 10_000)),
            ("33 objects", $"{string.Concat(Enumerable.Repeat("{\"a\":", 33))}1{new string('}', 33)}"), ("10 000 objects", $"{string.Concat(Enumerable.Repeat("{\"a\":", 10_000))}1{new string('}', 10_000)}"),
            ("a form", "a=1&b=2"), ("XML", "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>"), ("YAML", "a: 1"), ("a script", "<script>alert(1)</script>"), ("more than the server reads", new string(' ', TooLarge - good.Length) + good),
        ];
        return
        [
            .. texts.Select(one => (one.Item1, Encoding.UTF8.GetBytes(one.Item2))),
            .. from member in JsonNode.Parse(good)!.AsObject()
               select ($"{member.Key} twice", Encoding.UTF8.GetBytes($"{{\"{member.Key}\":{Others(member.Value!).First()},{inner}}}")),
            ("UTF-16", Encoding.Unicode.GetBytes(good)),
            ("UTF-16 the other way", Encoding.BigEndianUnicode.GetBytes(good)),
            ("UTF-32", Encoding.UTF32.GetBytes(good)),
            ("a byte that is no UTF-8 before it", [0xFF, .. Encoding.UTF8.GetBytes(good)]),
            ("a byte that is no UTF-8 behind it", [.. Encoding.UTF8.GetBytes(good), 0xC0]),
            ("nothing but zeros", new byte[64]),
            ("a compressed body", [0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00]),
        ];
    }

    /// <summary>A good body with one member of the wrong kind, for each of its members.</summary>
    public static IEnumerable<(string What, byte[] Body)> WrongKinds(string good)
    {
        foreach (var path in Paths(JsonNode.Parse(good)!, []))
        {
            if (Anything(path))
            {
                continue;
            }

            foreach (var value in Others(At(JsonNode.Parse(good)!, path)!))
            {
                var body = JsonNode.Parse(good)!;
                Put(body, path, Here);
                yield return ($"{string.Join('.', path)}: {value}", Encoding.UTF8.GetBytes(body.ToJsonString().Replace($"\"{Here}\"", value, StringComparison.Ordinal)));
            }
        }
    }

    /// <summary>Where the members of a body are, those of its objects and lists with them.</summary>
    public static IEnumerable<object[]> Paths(JsonNode? node, object[] path) => node switch
    {
        JsonObject members => members.SelectMany(one => Below(path, one.Key, one.Value)),
        JsonArray list => list.SelectMany((one, i) => Below(path, i, one)),
        _ => [],
    };

    private static IEnumerable<object[]> Below(object[] path, object step, JsonNode? node)
    {
        object[] here = [.. path, step];
        return [here, .. Paths(node, here)];
    }

    public static JsonNode? At(JsonNode body, IEnumerable<object> path) => path.Aggregate((JsonNode?)body, (node, step) => step is int i ? node![i] : node![(string)step]);

    public static void Put(JsonNode body, object[] path, JsonNode? value)
    {
        var parent = At(body, path[..^1])!;
        if (path[^1] is int i)
        {
            parent[i] = value;
        }
        else
        {
            parent[(string)path[^1]] = value;
        }
    }

    // Where Graph reads whatever is there: a type that is of no family, and what a batch passes on.
    private static bool Anything(object[] path) => path[^1] is "@odata.type" || path.Contains("body");

    private static string[] Others(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.String => ["7", "true", "{}", "[]", "[\"a\"]", "\"\\ud800\""],
        JsonValueKind.Number => ["\"text\"", "true", "{}", "[]", "1e400", "-1e400"],
        JsonValueKind.True or JsonValueKind.False => ["\"true\"", "1", "{}", "[]"],
        JsonValueKind.Array => ["\"text\"", "7", "false", "{}", "[null]", "[[]]", "[true]"],
        _ => ["\"text\"", "7", "false", "[]"],
    };
}
