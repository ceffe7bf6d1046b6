using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>A number that JSON can hold again: one beyond the largest would be read as infinite, which cannot be written. RFC 8259, 6.</summary>
internal sealed class FiniteNumber : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number) && double.IsFinite(number) ? number : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}
