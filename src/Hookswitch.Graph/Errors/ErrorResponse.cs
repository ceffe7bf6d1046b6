using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>The body of every answer that is an error. Graph, Error responses and resource types.</summary>
public sealed record ErrorResponse
{
    public ErrorBody? Error { get; init; }
}

/// <summary>What went wrong. Graph, Error responses and resource types.</summary>
public sealed record ErrorBody
{
    /// <summary>What programs branch on; of calls a number in a string, such as 8522.</summary>
    public string? Code { get; init; }

    public string? Message { get; init; }

    public InnerError? InnerError { get; init; }
}

/// <summary>By what a request is found again in the log. Graph, Error responses and resource types.</summary>
public sealed record InnerError
{
    /// <summary>Written as UTC, in whole seconds and without a zone, as Graph does.</summary>
    [JsonConverter(typeof(DateWithoutZone))]
    public DateTimeOffset? Date { get; init; }

    [JsonPropertyName("request-id")]
    public string? RequestId { get; init; }

    [JsonPropertyName("client-request-id")]
    public string? ClientRequestId { get; init; }
}

/// <summary>Graph writes the dates of errors in UTC without saying so.</summary>
internal sealed class DateWithoutZone : JsonConverter<DateTimeOffset>
{
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String
        && DateTimeOffset.TryParse(reader.GetString(), CultureInfo.InvariantCulture, Utc, out var instant)
            ? instant
            : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("s", CultureInfo.InvariantCulture));
}
