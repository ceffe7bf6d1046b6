using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Hookswitch.Calling;

namespace Hookswitch.Storage;

/// <summary>The core's types as JSON: what the store keeps for ever, and what silos send each other.</summary>
/// <remarks>Names of events and media stand here, independent of class names. Changes are additive.</remarks>
internal static class CallingJson
{
    private static readonly FrozenDictionary<string, Type> EventTypes = new Dictionary<string, Type>
    {
        ["conversationStarted"] = typeof(ConversationStarted),
        ["legAdded"] = typeof(LegAdded),
        ["legRinging"] = typeof(LegRinging),
        ["legAccepted"] = typeof(LegAccepted),
        ["phoneAnswered"] = typeof(PhoneAnswered),
        ["callbackChanged"] = typeof(CallbackChanged),
        ["legEstablished"] = typeof(LegEstablished),
        ["mediaStarted"] = typeof(MediaStarted),
        ["mediaStopped"] = typeof(MediaStopped),
        ["tonePressed"] = typeof(TonePressed),
        ["tonesSubscribed"] = typeof(TonesSubscribed),
        ["recordingStatusUpdated"] = typeof(RecordingStatusUpdated),
        ["legTerminating"] = typeof(LegTerminating),
        ["legTerminated"] = typeof(LegTerminated),
        ["scriptAdvanced"] = typeof(ScriptAdvanced),
        ["deadlineSet"] = typeof(DeadlineSet),
        ["deadlineCleared"] = typeof(DeadlineCleared),
        ["conversationEnded"] = typeof(ConversationEnded),
        ["conversationWidened"] = typeof(ConversationWidened),
        ["participantInvited"] = typeof(ParticipantInvited),
        ["invitationFailed"] = typeof(InvitationFailed),
        ["legPutInLobby"] = typeof(LegPutInLobby),
        ["legAdmitted"] = typeof(LegAdmitted),
        ["legMuted"] = typeof(LegMuted),
        ["legUnmuted"] = typeof(LegUnmuted),
        ["legHeld"] = typeof(LegHeld),
        ["legResumed"] = typeof(LegResumed),
        ["routingGroupSet"] = typeof(RoutingGroupSet),
        ["routingGroupDeleted"] = typeof(RoutingGroupDeleted),
        ["screenSharingRoleChanged"] = typeof(ScreenSharingRoleChanged),
        ["roleChanged"] = typeof(RoleChanged),
        ["legReleased"] = typeof(LegReleased),
        ["legArrived"] = typeof(LegArrived),
        ["operationStarted"] = typeof(OperationStarted),
        ["operationEnded"] = typeof(OperationEnded),
        ["rosterChanged"] = typeof(RosterChanged),
        ["transferStarted"] = typeof(TransferStarted),
        ["transferAccepted"] = typeof(TransferAccepted),
        ["transferFailed"] = typeof(TransferFailed),
        ["holdMusicStarted"] = typeof(HoldMusicStarted),
        ["holdMusicStopped"] = typeof(HoldMusicStopped),
        ["phoneSpoke"] = typeof(PhoneSpoke),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<Type, string> MediaNames = new Dictionary<Type, string>
    {
        [typeof(ServiceHostedMedia)] = "serviceHosted",
        [typeof(AppHostedMedia)] = "appHosted",
        [typeof(PlayWork)] = "play",
        [typeof(RecordWork)] = "record",
        [typeof(ToneWork)] = "tones",
        [typeof(HoldMusicWork)] = "holdMusic",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<Type, string> EventNames = EventTypes.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, // not defaults: a value that is new tomorrow must not change what stands here
        IgnoreReadOnlyProperties = true, // what is worked out from the rest
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver().WithAddedModifier(AddDerivedTypes),
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.CamelCase),
            new HexConverter<ConversationId>(id => id.Value, value => new ConversationId(value)),
            new HexConverter<LegId>(id => id.Value, value => new LegId(value)),
            new AppIdConverter(),
            new EndReasonConverter(),
        },
    };

    /// <summary>The name under which an event of that type is stored.</summary>
    public static string NameOf(ConversationEvent @event) => EventNames[@event.GetType()];

    /// <summary>An event for people to look at.</summary>
    public static JsonNode Show(ConversationEvent @event) => JsonSerializer.SerializeToNode(@event, @event.GetType(), Options)!;

    /// <summary>Events as they are stored: each with its name.</summary>
    public static byte[] Write(ImmutableArray<ConversationEvent> events) => JsonSerializer.SerializeToUtf8Bytes(events, Options);

    /// <summary>Reads what <see cref="Write"/> wrote, by any release.</summary>
    /// <exception cref="JsonException">A name is of a release later than this one.</exception>
    public static ImmutableArray<ConversationEvent> Read(ReadOnlySpan<byte> events) =>
        JsonSerializer.Deserialize<ImmutableArray<ConversationEvent>>(events, Options);

    /// <summary>Names this build of the server: a state is read by the build that wrote it alone, and by any other from its events.</summary>
    public static string Build { get; } =
        $"{typeof(Conversation).Module.ModuleVersionId:N}{typeof(CallingJson).Module.ModuleVersionId:N}";

    /// <summary>A state for <see cref="ReadState"/>, without what it only works out.</summary>
    public static byte[] WriteState(Conversation state) => JsonSerializer.SerializeToUtf8Bytes(state, Options);

    public static Conversation ReadState(ReadOnlySpan<byte> state) => JsonSerializer.Deserialize<Conversation>(state, Options)!;

    // The closed sets of the core. Commands are named by their class: they are sent, and never stored.
    private static void AddDerivedTypes(JsonTypeInfo type)
    {
        if (!type.Type.IsAbstract || type.Type.Assembly != typeof(Conversation).Assembly)
        {
            return;
        }

        type.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "$type" };
        foreach (var derived in type.Type.Assembly.GetTypes().Where(one => one.BaseType == type.Type))
        {
            var name = EventNames.GetValueOrDefault(derived) ?? MediaNames.GetValueOrDefault(derived);
            type.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(derived, name ?? JsonNamingPolicy.CamelCase.ConvertName(derived.Name)));
        }
    }

    /// <summary>Ids of up to 62 bits as text: other readers of JSON lose digits of numbers beyond 53 bits.</summary>
    private sealed class HexConverter<T>(Func<T, long> value, Func<long, T> id) : JsonConverter<T>
        where T : struct
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            id(long.Parse(reader.GetString()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture));

        public override void Write(Utf8JsonWriter writer, T one, JsonSerializerOptions options) =>
            writer.WriteStringValue(value(one).ToString("x", CultureInfo.InvariantCulture));
    }

    private sealed class AppIdConverter : JsonConverter<AppId>
    {
        public override AppId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, AppId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }

    /// <summary>Only the subcode, which is unique: texts are looked up when they are told.</summary>
    private sealed class EndReasonConverter : JsonConverter<EndReason>
    {
        public override EndReason Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            EndReasons.Find(reader.GetInt32()) ?? throw new JsonException("No end reason has that subcode.");

        public override void Write(Utf8JsonWriter writer, EndReason value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Subcode);
    }
}
