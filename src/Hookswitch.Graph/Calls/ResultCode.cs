using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>A code or subcode of a <see cref="ResultInfo"/>. Graph, resultInfo resource type.</summary>
/// <remarks>
/// The schema and captured traffic have a number, the examples of Delete call have it in quotes. Both are read;
/// <paramref name="Quoted"/> is for bots that were written from the examples.
/// </remarks>
[JsonConverter(typeof(ResultCodeJson))]
public readonly record struct ResultCode(int Value, bool Quoted = false)
{
    public static implicit operator ResultCode(int value) => new(value);

    public static ResultCode FromInt32(int value) => new(value);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Reads both spellings, and writes the one that the value asks for.</summary>
internal sealed class ResultCodeJson : JsonConverter<ResultCode>
{
    public override ResultCode Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.Number when reader.TryGetInt32(out var value) => new(value),
            JsonTokenType.String when TryParse(reader.GetString(), out var value) => new(value, Quoted: true),
            _ => throw new JsonException(),
        };

    public override void Write(Utf8JsonWriter writer, ResultCode value, JsonSerializerOptions options)
    {
        if (value.Quoted)
        {
            writer.WriteStringValue(value.ToString());
        }
        else
        {
            writer.WriteNumberValue(value.Value);
        }
    }

    private static bool TryParse(string? text, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
}
