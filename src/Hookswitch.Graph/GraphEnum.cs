using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>Graph's spelling of an enum: camelCase when written, any case when read, never a number.</summary>
/// <remarks>
/// Not <see cref="JsonStringEnumConverter{TEnum}"/>: that reads "audio,video" as the sum of the two, which is the value of a third.
/// </remarks>
internal sealed class GraphEnum<T> : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> Names =
        Enum.GetValues<T>().ToFrozenDictionary(value => value, value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));

    private static readonly FrozenDictionary<string, T> Values =
        Names.ToFrozenDictionary(name => name.Value, name => name.Key, StringComparer.OrdinalIgnoreCase);

    private static readonly bool IsFlags = typeof(T).IsDefined(typeof(FlagsAttribute), inherit: false);

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.String || reader.GetString() is not { } text)
        {
            throw new JsonException();
        }

        return IsFlags ? text.Split(',').Select(One).Aggregate(Or) : One(text);
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Names.TryGetValue(value, out var name) ? name : Several(value));

    private static T One(string text) => Values.TryGetValue(text, out var value) ? value : throw new JsonException();

    private static T Or(T left, T right) => (T)Enum.ToObject(typeof(T), Convert.ToInt32(left, null) | Convert.ToInt32(right, null));

    private static string Several(T value)
    {
        var names = Names.Where(name => IsFlags && value.HasFlag(name.Key)).Select(name => name.Value).ToArray();
        return names.Length > 0 ? string.Join(',', names) : throw new JsonException($"{typeof(T).Name} has no value {value}.");
    }
}
