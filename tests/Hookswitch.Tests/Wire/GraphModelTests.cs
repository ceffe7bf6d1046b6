using System.Reflection;
using System.Runtime.Serialization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hookswitch.Graph;
using Microsoft.Graph.Communications.Calls.Item.Answer;
using Microsoft.Graph.Communications.Calls.Item.ChangeScreenSharingRole;
using Microsoft.Graph.Communications.Calls.Item.Mute;
using Microsoft.Graph.Communications.Calls.Item.Participants.Invite;
using Microsoft.Graph.Communications.Calls.Item.Participants.Item.StartHoldMusic;
using Microsoft.Graph.Communications.Calls.Item.PlayPrompt;
using Microsoft.Graph.Communications.Calls.Item.RecordResponse;
using Microsoft.Graph.Communications.Calls.Item.Redirect;
using Microsoft.Graph.Communications.Calls.Item.Reject;
using Microsoft.Graph.Communications.Calls.Item.SendDtmfTones;
using Microsoft.Graph.Communications.Calls.Item.Transfer;
using Microsoft.Graph.Communications.Calls.Item.UpdateRecordingStatus;
using Microsoft.Graph.Communications.Calls.LogTeleconferenceDeviceQuality;
using Microsoft.Kiota.Abstractions.Serialization;
using ODataErrors = Microsoft.Graph.Models.ODataErrors;

namespace Hookswitch.Tests.Wire;

/// <summary>Holds our records and enums against the model that Microsoft generates from Graph's own schema.</summary>
public class GraphModelTests
{
    private const string TypeMember = "@odata.type";

    private static readonly Assembly Model = typeof(Microsoft.Graph.Models.Call).Assembly;

    private static readonly Type[] OurTypes = typeof(GraphJson).Assembly.GetExportedTypes();

    private static readonly Dictionary<Type, Type> NamedOtherwise = new()
    {
        [typeof(AnswerRequest)] = typeof(AnswerPostRequestBody),
        [typeof(RejectRequest)] = typeof(RejectPostRequestBody),
        [typeof(RedirectRequest)] = typeof(RedirectPostRequestBody),
        [typeof(TransferRequest)] = typeof(TransferPostRequestBody),
        [typeof(InviteRequest)] = typeof(InvitePostRequestBody),
        [typeof(UpdateRecordingStatusRequest)] = typeof(UpdateRecordingStatusPostRequestBody),
        [typeof(ChangeScreenSharingRoleRequest)] = typeof(ChangeScreenSharingRolePostRequestBody),
        [typeof(AudioRoutingGroupList)] = typeof(Microsoft.Graph.Models.AudioRoutingGroupCollectionResponse),
        [typeof(PlayPromptRequest)] = typeof(PlayPromptPostRequestBody),
        [typeof(RecordResponseRequest)] = typeof(RecordResponsePostRequestBody),
        [typeof(SendDtmfTonesRequest)] = typeof(SendDtmfTonesPostRequestBody),
        [typeof(StartHoldMusicRequest)] = typeof(StartHoldMusicPostRequestBody),
        [typeof(ContextRequest)] = typeof(MutePostRequestBody),
        [typeof(ParticipantList)] = typeof(Microsoft.Graph.Models.ParticipantCollectionResponse),
        [typeof(OperationList)] = typeof(Microsoft.Graph.Models.CommsOperationCollectionResponse),
        [typeof(ContentSharingSessionList)] = typeof(Microsoft.Graph.Models.ContentSharingSessionCollectionResponse),
        [typeof(LogTeleconferenceDeviceQualityRequest)] = typeof(LogTeleconferenceDeviceQualityPostRequestBody),
        [typeof(OnlineMeetingList)] = typeof(Microsoft.Graph.Models.OnlineMeetingCollectionResponse),
        [typeof(ErrorResponse)] = typeof(ODataErrors.ODataError),
        [typeof(ErrorBody)] = typeof(ODataErrors.MainError),
        [typeof(InnerError)] = typeof(ODataErrors.InnerError),
    };

    private static readonly Dictionary<Type, string> WithoutCounterpart = new()
    {
        [typeof(PlayPromptCompletionReason)] = "beta, and in captures of v1.0",
        [typeof(RecordCompletionReason)] = "beta",
        [typeof(GraphJson)] = "no resource",
        [typeof(MalformedBodyException)] = "no resource",
        [typeof(ResultCode)] = "an Int32 in the schema; a type of its own, because documentation and traffic spell it differently",
        [typeof(CommsNotifications)] = "in the schema, but not generated, because no request has it; members are checked below",
        [typeof(CommsNotification)] = "the same",
        [typeof(ResourceData)] = "no type of its own in the schema, but one of three",
        [typeof(BatchRequests)] = "no resource: the schema does not have $batch",
        [typeof(BatchRequest)] = "the same",
        [typeof(BatchResponses)] = "the same",
        [typeof(BatchResponse)] = "the same",
        [typeof(AdmitFromLobbyOperation)] = "beta; no member but those of commsOperation",
        [typeof(RemoveFromLobbyOperation)] = "the same",
        [typeof(AdmitAllFromLobbyOperation)] = "the same",
    };

    private static readonly Dictionary<(Type, string), string> Extras = new()
    {
        [(typeof(Call), "@odata.context")] = "an annotation of responses, no member of the type",
        [(typeof(Participant), "@odata.context")] = "the same",
        [(typeof(CommsOperation), "@odata.context")] = "the same",
        [(typeof(InviteParticipantsOperation), "@odata.context")] = "inherited",
        [(typeof(MuteParticipantOperation), "@odata.context")] = "inherited",
        [(typeof(UnmuteParticipantOperation), "@odata.context")] = "inherited",
        [(typeof(SubscribeToToneOperation), "@odata.context")] = "inherited",
        [(typeof(UpdateRecordingStatusOperation), "@odata.context")] = "inherited",
        [(typeof(PlayPromptOperation), "@odata.context")] = "inherited",
        [(typeof(PlayPromptOperation), "prompts")] = "in captures: what was asked for",
        [(typeof(PlayPromptOperation), "completionReason")] = "beta, and in captures of v1.0",
        [(typeof(RecordOperation), "@odata.context")] = "inherited",
        [(typeof(RecordOperation), "completionReason")] = "beta",
        [(typeof(SendDtmfTonesOperation), "@odata.context")] = "inherited",
        [(typeof(CancelMediaProcessingOperation), "@odata.context")] = "inherited",
        [(typeof(StartHoldMusicOperation), "@odata.context")] = "inherited",
        [(typeof(StopHoldMusicOperation), "@odata.context")] = "inherited",
        [(typeof(PlayPromptRequest), "loop")] = "beta",
        [(typeof(MediaPrompt), "loop")] = "beta",
        [(typeof(ParticipantList), "@odata.context")] = "an annotation of responses",
        [(typeof(OperationList), "@odata.context")] = "the same",
        [(typeof(ContentSharingSessionList), "@odata.context")] = "the same",
        [(typeof(AudioRoutingGroupList), "@odata.context")] = "the same",
        [(typeof(AudioRoutingGroup), "@odata.context")] = "the same",
        [(typeof(MediaConfig), "removeFromDefaultAudioGroup")] = "undeclared; in the examples of Create call",
        [(typeof(ServiceHostedMediaConfig), "removeFromDefaultAudioGroup")] = "inherited",
        [(typeof(AppHostedMediaConfig), "removeFromDefaultAudioGroup")] = "inherited",
        [(typeof(OnlineMeetingList), "@odata.context")] = "the same",
        [(typeof(Participant), "publishedStates")] = "sent by Graph",
        [(typeof(Participant), "meetingRole")] = "sent by Graph",
        [(typeof(Participant), "isIdentityAnonymized")] = "beta; sent by Graph",
        [(typeof(OutgoingCallOptions), "allowGuestToBypassLobby")] = "undeclared; in the examples of Create call",
        [(typeof(ParticipantInfo), "endpointId")] = "sent by Graph",
        [(typeof(ParticipantInfo), "clientVersion")] = "sent by Graph",
        [(typeof(OnlineMeeting), "@odata.context")] = "the same",
        [(typeof(Hookswitch.Graph.Identity), "tenantId")] = "open type; sent by Graph and by its clients",
        [(typeof(Hookswitch.Graph.Identity), "identityProvider")] = "open type; sent by Graph",
        [(typeof(MeetingInfo), "allowConversationWithoutHost")] = "beta; in the examples of v1.0",
        [(typeof(OrganizerMeetingInfo), "allowConversationWithoutHost")] = "inherited",
        [(typeof(TokenMeetingInfo), "allowConversationWithoutHost")] = "inherited",
        [(typeof(JoinMeetingIdMeetingInfo), "allowConversationWithoutHost")] = "inherited",
        [(typeof(IdentitySet), "applicationInstance")] = "of communicationsIdentitySet, on the wire an open member",
        [(typeof(IdentitySet), "assertedIdentity")] = "the same",
        [(typeof(IdentitySet), "azureCommunicationServicesUser")] = "the same",
        [(typeof(IdentitySet), "encrypted")] = "the same",
        [(typeof(IdentitySet), "guest")] = "the same",
        [(typeof(IdentitySet), "onPremises")] = "the same",
        [(typeof(IdentitySet), "phone")] = "the same",
    };

    private static readonly Dictionary<(Type, string), string> LeftOut = new()
    {
        [(typeof(ParticipantList), "@odata.count")] = "not asked for: $count is not offered",
        [(typeof(ParticipantList), "@odata.nextLink")] = "a roster is one page",
        [(typeof(OperationList), "@odata.count")] = "not asked for: $count is not offered",
        [(typeof(ContentSharingSessionList), "@odata.count")] = "the same",
        [(typeof(AudioRoutingGroupList), "@odata.count")] = "the same",
        [(typeof(AudioRoutingGroupList), "@odata.nextLink")] = "the groups of a call are one page",
        [(typeof(ContentSharingSessionList), "@odata.nextLink")] = "the list is empty",
        [(typeof(OnlineMeetingList), "@odata.count")] = "not asked for: $count is not offered",
        [(typeof(OnlineMeetingList), "@odata.nextLink")] = "one meeting is found, or none",
        [(typeof(OperationList), "@odata.nextLink")] = "the operations of a call are one page",
        [(typeof(ErrorBody), "details")] = "the calls API gives one error",
        [(typeof(ErrorBody), "target")] = "not seen from the calls API; the message names the member",
    };

    /// <summary>What a bot needs to join a meeting is shown. The rest is about what people may do in their own clients, or about afterwards.</summary>
    private static readonly HashSet<string> LeftOutOfMeetings =
    [
        "allowAttendeeToEnableCamera", "allowAttendeeToEnableMic", "allowBreakoutRooms", "allowCopyingAndSharingMeetingContent",
        "allowedLobbyAdmitters", "allowedPresenters", "allowLiveShare", "allowMeetingChat", "allowParticipantsToChangeName",
        "allowPowerPointSharing", "allowRecording", "allowTeamworkReactions", "allowTranscription", "allowWhiteboard", "attendanceReports",
        "attendeeReport", "audioConferencing", "broadcastSettings", "chatRestrictions", "cloudVideoInteropInfo", "creationDateTime",
        "expiryDateTime", "externalId", "isBroadcast", "isEndToEndEncryptionEnabled", "isEntryExitAnnounced", "joinInformation",
        "meetingOptionsWebUrl", "meetingSpokenLanguageTag", "meetingTemplateId", "meetingType", "recordAutomatically", "recordings",
        "sensitivityLabelAssignment", "shareMeetingChatHistoryDefault", "transcripts", "videoTeleconferenceId", "watermarkProtection",
    ];

    private static readonly Dictionary<(Type, string), string> ExtraValues = new()
    {
        [(typeof(CallState), "ringing")] = "beta",
    };

    public static TheoryData<Type> Records => [.. OurTypes.Where(type => !type.IsEnum && !WithoutCounterpart.ContainsKey(type))];

    public static TheoryData<Type> Enums => [.. OurTypes.Where(type => type.IsEnum && !WithoutCounterpart.ContainsKey(type))];

    [Theory, MemberData(nameof(Records))]
    public void A_record_has_the_members_of_Graphs_type_and_its_documented_extras(Type type)
    {
        var model = (IParsable)Activator.CreateInstance(Counterpart(type))!;
        var expected = model.GetFieldDeserializers().Keys
            .Where(name => !LeftOut.ContainsKey((type, name)) && !(type == typeof(OnlineMeeting) && LeftOutOfMeetings.Contains(name)))
            .Concat(Extras.Keys.Where(extra => extra.Item1 == type).Select(extra => extra.Item2));

        Assert.Equal(Sorted(expected), Sorted(MembersOf(type)));
    }

    [Theory, MemberData(nameof(Enums))]
    public void An_enum_has_the_values_of_Graphs_enum(Type type)
    {
        // Of an operation's status the schema says Running, and the documentation and the traffic say running.
        var expected = Counterpart(type).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => field.GetCustomAttribute<EnumMemberAttribute>()!.Value!)
            .Select(name => type == typeof(OperationStatus) ? JsonNamingPolicy.CamelCase.ConvertName(name) : name)
            .Concat(ExtraValues.Keys.Where(extra => extra.Item1 == type).Select(extra => extra.Item2));

        var written = Enum.GetValues(type).Cast<object>()
            .Select(value => JsonSerializer.SerializeToElement(value, GraphJson.Wire.GetTypeInfo(type)).GetString()!);
        Assert.Equal(Sorted(expected), Sorted(written));
    }

    [Theory, MemberData(nameof(Enums))]
    public void An_enum_is_a_set_of_flags_exactly_when_Graphs_is(Type type) =>
        Assert.Equal(Counterpart(type).IsDefined(typeof(FlagsAttribute)), type.IsDefined(typeof(FlagsAttribute)));

    [Theory, MemberData(nameof(Records))]
    public void A_resource_writes_its_own_type_first(Type type)
    {
        if (type.IsAbstract
            || !Counterpart(type).Namespace!.Equals("Microsoft.Graph.Models", StringComparison.Ordinal)
            || Counterpart(type).IsAssignableTo(typeof(Microsoft.Graph.Models.BaseCollectionPaginationCountResponse)))
        {
            return; // bodies of actions, lists and errors carry no type
        }

        var declared = type;
        while (declared.BaseType != typeof(object))
        {
            declared = declared.BaseType!;
        }

        var written = JsonSerializer.SerializeToElement(Activator.CreateInstance(type), GraphJson.Wire.GetTypeInfo(declared));

        var first = written.EnumerateObject().First();
        var name = "#microsoft.graph." + JsonNamingPolicy.CamelCase.ConvertName(type.Name);
        Assert.Equal((TypeMember, name), (first.Name, first.Value.GetString()));
    }

    [Fact]
    public void Every_descendant_in_the_library_is_in_the_list_of_its_family()
    {
        var families = OurTypes.Where(type => type.IsDefined(typeof(JsonPolymorphicAttribute), inherit: false));
        Assert.All(families, family => Assert.Equal(
            Sorted(OurTypes.Where(type => type.IsAssignableTo(family) && !type.IsAbstract).Select(type => type.Name)),
            Sorted(family.GetCustomAttributes<JsonDerivedTypeAttribute>().Select(derived => derived.DerivedType.Name))));
    }

    [Fact]
    public void A_notification_has_the_members_of_the_schema_and_of_real_traffic()
    {
        Assert.Equal([TypeMember, "value"], MembersOf(typeof(CommsNotifications)));
        Assert.Equal([TypeMember, "changeType", "resource", "resourceUrl", "resourceData"], MembersOf(typeof(CommsNotification)));
    }

    [Fact]
    public void The_open_members_of_an_identity_set_are_spelt_as_communicationsIdentitySet_declares_them()
    {
        var declared = new Microsoft.Graph.Models.CommunicationsIdentitySet().GetFieldDeserializers().Keys;
        Assert.Equal(Sorted(declared.Except(["endpointType"])), Sorted(MembersOf(typeof(IdentitySet))));
    }

    private static Type Counterpart(Type type) =>
        NamedOtherwise.GetValueOrDefault(type)
        ?? Model.GetType($"Microsoft.Graph.Models.{type.Name}")
        ?? throw new InvalidOperationException($"Graph's model has no {type.Name}; say why in {nameof(WithoutCounterpart)}.");

    private static IEnumerable<string> MembersOf(Type type) =>
        GraphJson.Wire.GetTypeInfo(type).Properties.Select(property => property.Name);

    // Types of actions and errors have no @odata.type; that the others do is a test of its own.
    private static string[] Sorted(IEnumerable<string> names) =>
        [.. names.Where(name => name is not TypeMember).Order(StringComparer.Ordinal)];
}
