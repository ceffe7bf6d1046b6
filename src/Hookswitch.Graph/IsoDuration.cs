using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml;

namespace Hookswitch.Graph;

/// <summary>Graph's spelling of a duration: ISO 8601, such as <c>PT0.03S</c>. Edm.Duration.</summary>
internal sealed class IsoDuration : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return reader.TokenType is JsonTokenType.String ? XmlConvert.ToTimeSpan(reader.GetString()!) : throw new JsonException();
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new JsonException(e.Message, e);
        }
    }

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteStringValue(XmlConvert.ToString(value));
}
