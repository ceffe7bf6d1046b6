using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Hookswitch.Graph;

/// <summary>What a notification tells of: a call, the roster of a call or what has changed in it, or an operation; one of the four.</summary>
/// <remarks>Graph, commsNotification resource type: an open member, an entity or a list of them.</remarks>
[JsonConverter(typeof(ResourceDataJson))]
public sealed class ResourceData
{
    private ResourceData()
    {
    }

    public Call? Call { get; private init; }

    /// <summary>The whole roster. Null also where it was rendered before.</summary>
    public IReadOnlyList<Participant>? Participants { get; private init; }

    /// <summary>What has changed in the roster. Null also where it was rendered before.</summary>
    public DeltaParticipants? Changes { get; private init; }

    public CommsOperation? Operation { get; private init; }

    /// <summary>A roster as it goes over the wire; empty: it is to be written.</summary>
    internal ReadOnlyMemory<byte> Rendered { get; private init; }

    public static ResourceData Of(Call call) => new() { Call = call };

    public static ResourceData Of(IReadOnlyList<Participant> participants) => new() { Participants = participants };

    public static ResourceData Of(DeltaParticipants changes) => new() { Changes = changes };

    public static ResourceData Of(CommsOperation operation) => new() { Operation = operation };

    /// <summary>A roster that was written once for many receivers. It is sent as it is.</summary>
    public static ResourceData OfRendered(ReadOnlyMemory<byte> utf8Json) => new() { Rendered = utf8Json };

    public static implicit operator ResourceData(Call call) => Of(call);

    public static implicit operator ResourceData(CommsOperation operation) => Of(operation);

    /// <summary>What it tells, in a word: the state of a call, or else what it is.</summary>
    public override string ToString() => this switch
    {
        { Call: { } call } => $"{call.State}",
        { Operation: not null } => "Operation",
        _ => "Participants",
    };
}

/// <summary>
/// Tells the four by their JSON: a list is a roster, or holds what has changed in one, and an operation says so by the end of its type.
/// </summary>
internal sealed class ResourceDataJson : JsonConverter<ResourceData>
{
    public override ResourceData Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var read = JsonElement.ParseValue(ref reader);
        return IsChanges(read) ? ResourceData.Of(read[0].Deserialize(TypeOf<DeltaParticipants>(options))!)
            : read.ValueKind is JsonValueKind.Array ? ResourceData.Of(read.Deserialize(TypeOf<IReadOnlyList<Participant>>(options))!)
            : IsA("Operation", read) ? ResourceData.Of(read.Deserialize(TypeOf<CommsOperation>(options))!)
            : ResourceData.Of(read.Deserialize(TypeOf<Call>(options))!);
    }

    public override void Write(Utf8JsonWriter writer, ResourceData value, JsonSerializerOptions options)
    {
        switch (value)
        {
            case { Call: { } call }:
                JsonSerializer.Serialize(writer, call, TypeOf<Call>(options));
                break;
            case { Operation: { } operation }:
                JsonSerializer.Serialize(writer, operation, TypeOf<CommsOperation>(options));
                break;
            case { Participants: { } participants }:
                JsonSerializer.Serialize(writer, participants, TypeOf<IReadOnlyList<Participant>>(options));
                break;
            case { Changes: { } changes }:
                JsonSerializer.Serialize(writer, [changes], TypeOf<IReadOnlyList<DeltaParticipants>>(options));
                break;
            default:
                writer.WriteRawValue(value.Rendered.Span, skipInputValidation: true); // it is ours, and long
                break;
        }
    }

    // The Communications SDK reads them from a list alone.
    private static bool IsChanges(JsonElement read) =>
        read.ValueKind is JsonValueKind.Array && read.GetArrayLength() == 1 && IsA("deltaParticipants", read[0]);

    private static bool IsA(string type, JsonElement read) =>
        read.ValueKind is JsonValueKind.Object
        && read.TryGetProperty("@odata.type", out var named)
        && named.ValueKind is JsonValueKind.String
        && named.GetString()!.EndsWith(type, StringComparison.Ordinal);

    private static JsonTypeInfo<T> TypeOf<T>(JsonSerializerOptions options) => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
}
