using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Hookswitch.Graph;

/// <summary>How the types of this library are written and read. Graph, Data format.</summary>
public static class GraphJson
{
    /// <summary>How deep a body may be nested. A notification with everything in it needs 9.</summary>
    public const int MaxDepth = 32;

    /// <summary>Requests and notifications: members without a value are left out.</summary>
    public static JsonSerializerOptions Wire { get; } = Options(GraphJsonContext.Default.WithAddedModifier(RequireTypeOfFamilies));

    /// <summary>Responses: as <see cref="Wire"/>, but a call lists its own unset members as null, as Graph does.</summary>
    public static JsonSerializerOptions Entity { get; } = Options(
        GraphJsonContext.Default.WithAddedModifier(RequireTypeOfFamilies).WithAddedModifier(ListUnsetMembersOfCall));

    public static JsonTypeInfo<T> TypeOf<T>() => (JsonTypeInfo<T>)Wire.GetTypeInfo(typeof(T));

    public static JsonTypeInfo<T> EntityOf<T>() => (JsonTypeInfo<T>)Entity.GetTypeInfo(typeof(T));

    /// <summary>A roster as it goes over the wire, for <see cref="ResourceData.OfRendered"/>.</summary>
    public static byte[] Render(IReadOnlyList<Participant> participants) =>
        JsonSerializer.SerializeToUtf8Bytes(participants, TypeOf<IReadOnlyList<Participant>>());

    /// <summary>What has changed in a roster, as it goes over the wire, for the same.</summary>
    public static byte[] Render(DeltaParticipants changes) =>
        JsonSerializer.SerializeToUtf8Bytes([changes], TypeOf<IReadOnlyList<DeltaParticipants>>());

    /// <summary>The one way in for bodies of others.</summary>
    /// <exception cref="MalformedBodyException">The body is not JSON, or does not have the form of its type.</exception>
    public static T Read<T>(ReadOnlySpan<byte> utf8, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return UnexpectedNull.Refuse(JsonSerializer.Deserialize(utf8, type), type);
        }
        catch (JsonException exception)
        {
            return RepeatedMembers.Without(utf8) is { } body ? Read(body, type) : throw MalformedBody.Explain(utf8, exception, type);
        }
    }

    private static JsonSerializerOptions Options(IJsonTypeInfoResolver resolver)
    {
        var options = new JsonSerializerOptions(GraphJsonContext.Default.Options)
        {
            // Keeps + and quotes in ids and addresses readable. Safe, as none of this is ever put into HTML.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            MaxDepth = MaxDepth,
            AllowDuplicateProperties = false, // but see RepeatedMembers
            TypeInfoResolver = resolver,
        };
        options.MakeReadOnly();
        return options;
    }

    // Without this the serializer throws NotSupportedException, which has no path.
    private static void RequireTypeOfFamilies(JsonTypeInfo type)
    {
        if (type.PolymorphismOptions is not null && type.Type.IsAbstract)
        {
            type.CreateObject = () => throw new JsonException();
        }
    }

    private static readonly HashSet<string> LeftOutWhenUnset =
        ["@odata.context", "audioRoutingGroups", "contentSharingSessions", "operations", "participants"];

    private static void ListUnsetMembersOfCall(JsonTypeInfo type)
    {
        if (type.Type != typeof(Call))
        {
            return;
        }

        foreach (var property in type.Properties.Where(property => !LeftOutWhenUnset.Contains(property.Name)))
        {
            property.ShouldSerialize = (_, _) => true;
        }
    }
}

[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true,
    Converters = [typeof(IsoDuration), typeof(FiniteNumber)])]
[JsonSerializable(typeof(Call))]
[JsonSerializable(typeof(AnswerRequest))]
[JsonSerializable(typeof(RejectRequest))]
[JsonSerializable(typeof(RedirectRequest))]
[JsonSerializable(typeof(TransferRequest))]
[JsonSerializable(typeof(InviteRequest))]
[JsonSerializable(typeof(ContextRequest))]
[JsonSerializable(typeof(UpdateRecordingStatusRequest))]
[JsonSerializable(typeof(PlayPromptRequest))]
[JsonSerializable(typeof(RecordResponseRequest))]
[JsonSerializable(typeof(SendDtmfTonesRequest))]
[JsonSerializable(typeof(StartHoldMusicRequest))]
[JsonSerializable(typeof(ChangeScreenSharingRoleRequest))]
[JsonSerializable(typeof(AudioRoutingGroup))]
[JsonSerializable(typeof(AudioRoutingGroupList))]
[JsonSerializable(typeof(Participant))]
[JsonSerializable(typeof(ParticipantList))]
[JsonSerializable(typeof(IReadOnlyList<Participant>))]
[JsonSerializable(typeof(IReadOnlyList<DeltaParticipants>))]
[JsonSerializable(typeof(CommsOperation))]
[JsonSerializable(typeof(OperationList))]
[JsonSerializable(typeof(ContentSharingSessionList))]
[JsonSerializable(typeof(LogTeleconferenceDeviceQualityRequest))]
[JsonSerializable(typeof(OnlineMeeting))]
[JsonSerializable(typeof(OnlineMeetingList))]
[JsonSerializable(typeof(BatchRequests))]
[JsonSerializable(typeof(BatchResponses))]
[JsonSerializable(typeof(CommsNotifications))]
[JsonSerializable(typeof(ErrorResponse))]
internal sealed partial class GraphJsonContext : JsonSerializerContext;
