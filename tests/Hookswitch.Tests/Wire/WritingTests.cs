using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Hookswitch.Graph;

namespace Hookswitch.Tests.Wire;

public class WritingTests
{
    private const string Id = "57dab8b1-894c-409a-b240-bd8beae78896";

    [Fact]
    public void The_documented_notification_of_a_call_that_is_about_to_end() =>
        Assert.Equal(
            Joined("""
            {"@odata.type":"#microsoft.graph.commsNotifications",
            "value":[{"@odata.type":"#microsoft.graph.commsNotification","changeType":"updated",
            "resourceUrl":"/communications/calls/57dab8b1-894c-409a-b240-bd8beae78896",
            "resourceData":{"@odata.type":"#microsoft.graph.call","state":"terminating",
            "id":"57dab8b1-894c-409a-b240-bd8beae78896"}}]}
            """),
            Write(Notification(ChangeType.Updated, new Call { Id = Id, State = CallState.Terminating })));

    [Theory]
    [InlineData(false, "200", "5001")]
    [InlineData(true, "\"200\"", "\"5001\"")]
    public void The_documented_notification_of_a_call_that_ended(bool quoted, string code, string subcode)
    {
        var result = new ResultInfo { Code = new(200, quoted), Subcode = new(5001, quoted), Message = "The conversation has ended." };
        Assert.Equal(
            Joined($$$"""
            {"@odata.type":"#microsoft.graph.commsNotifications",
            "value":[{"@odata.type":"#microsoft.graph.commsNotification","changeType":"deleted",
            "resourceUrl":"/communications/calls/57dab8b1-894c-409a-b240-bd8beae78896",
            "resourceData":{"@odata.type":"#microsoft.graph.call","state":"terminated",
            "resultInfo":{"@odata.type":"#microsoft.graph.resultInfo","code":{{{code}}},"subcode":{{{subcode}}},
            "message":"The conversation has ended."},"id":"57dab8b1-894c-409a-b240-bd8beae78896"}}]}
            """),
            Write(Notification(ChangeType.Deleted, new Call { Id = Id, State = CallState.Terminated, ResultInfo = result })));
    }

    [Fact]
    public void The_members_of_a_notified_call_stand_in_the_documented_order() =>
        Assert.Equal(
            Joined("""
            {"@odata.type":"#microsoft.graph.call","state":"established","direction":"outgoing",
            "resultInfo":{"@odata.type":"#microsoft.graph.resultInfo","code":0},
            "mediaState":{"@odata.type":"#microsoft.graph.callMediaState","audio":"active"},"callChainId":"c","id":"i"}
            """),
            Write(new Call
            {
                Id = "i",
                CallChainId = "c",
                MediaState = new() { Audio = MediaState.Active },
                ResultInfo = new() { Code = 0 },
                Direction = CallDirection.Outgoing,
                State = CallState.Established,
            }));

    [Fact]
    public void A_response_lists_the_unset_members_of_the_call_but_not_those_inside_and_no_navigations()
    {
        var call = new Call { ODataContext = "https://h/v1.0/$metadata#app/calls/$entity", Id = "i", ChatInfo = new() { ThreadId = "t" } };
        Assert.Equal(
            Joined("""
            {"@odata.context":"https://h/v1.0/$metadata#app/calls/$entity","@odata.type":"#microsoft.graph.call",
            "state":null,"direction":null,"resultInfo":null,"mediaState":null,"toneInfo":null,"callChainId":null,
            "subject":null,"callbackUri":null,"callRoutes":null,"source":null,"targets":null,"requestedModalities":null,
            "mediaConfig":null,"callOptions":null,"chatInfo":{"@odata.type":"#microsoft.graph.chatInfo","threadId":"t"},
            "meetingInfo":null,"transcription":null,"incomingContext":null,"tenantId":null,"myParticipantId":null,
            "id":"i"}
            """),
            JsonSerializer.Serialize(call, GraphJson.EntityOf<Call>()));
    }

    [Fact]
    public void A_response_without_context_has_no_context_and_lists_navigations_that_are_set() =>
        Assert.Matches(
            """^{"@odata.type":"#microsoft.graph.call","state":null,.*"participants":\[\],"id":null}$""",
            JsonSerializer.Serialize(new Call { Participants = [] }, GraphJson.EntityOf<Call>()));

    [Fact]
    public void Ids_and_addresses_stay_readable() =>
        Assert.Equal(
            """{"@odata.type":"#microsoft.graph.call","subject":"Zoë's \"call\"","callbackUri":"https://b.example/?a=1&n=+49"}""",
            Write(new Call { CallbackUri = "https://b.example/?a=1&n=+49", Subject = "Zoë's \"call\"" }));

    [Fact]
    public void An_error_looks_like_Graphs() =>
        Assert.Equal(
            Joined("""
            {"error":{"code":"8522","message":"Call not found.",
            "innerError":{"date":"2026-01-31T07:00:01","request-id":"r","client-request-id":"c"}}}
            """),
            Write(new ErrorResponse
            {
                Error = new()
                {
                    Code = "8522",
                    Message = "Call not found.",
                    InnerError = new()
                    {
                        Date = new DateTimeOffset(2026, 1, 31, 8, 0, 1, 234, TimeSpan.FromHours(1)),
                        RequestId = "r",
                        ClientRequestId = "c",
                    },
                },
            }));

    [Fact]
    public void A_full_call_survives_the_way_there_and_back()
    {
        var filled = (Call)Filled(GraphJson.TypeOf<Call>());
        var written = JsonSerializer.SerializeToUtf8Bytes(filled, GraphJson.TypeOf<Call>());

        var read = GraphJson.Read(written, GraphJson.TypeOf<Call>());

        Assert.DoesNotContain(GraphJson.TypeOf<Call>().Properties, property => property.Get!(read) is null);
        Assert.Equal(Write(filled), Write(read));
    }

    [Fact]
    public void The_documented_notification_of_an_invitation_that_was_taken() =>
        Assert.Equal(
            Joined("""
            {"@odata.type":"#microsoft.graph.commsNotifications",
            "value":[{"@odata.type":"#microsoft.graph.commsNotification","changeType":"deleted",
            "resourceUrl":"/communications/calls/57dab8b1-894c-409a-b240-bd8beae78896",
            "resourceData":{"@odata.type":"#microsoft.graph.inviteParticipantsOperation",
            "participants":[{"@odata.type":"#microsoft.graph.invitationParticipantInfo",
            "identity":{"@odata.type":"#microsoft.graph.identitySet","user":{"@odata.type":"#microsoft.graph.identity","id":"u"}}}],
            "status":"completed","clientContext":"x","id":"o"}}]}
            """),
            Write(Notification(ChangeType.Deleted, new InviteParticipantsOperation
            {
                Participants = [new() { Identity = new() { User = new() { Id = "u" } } }],
                Status = OperationStatus.Completed,
                ClientContext = "x",
                Id = "o",
            })));

    /// <summary>The Communications SDK reads them from a list alone.</summary>
    [Fact]
    public void What_has_changed_in_a_roster_is_a_list_of_one_and_the_same_where_it_was_rendered_before()
    {
        var changes = new DeltaParticipants { Participants = [new() { Id = "p", RosterSequenceNumber = 7 }], SequenceNumber = 7 };

        var written = Write(Notification(ChangeType.Updated, ResourceData.Of(changes)));

        Assert.EndsWith(
            Joined("""
            "resourceData":[{"@odata.type":"#microsoft.graph.deltaParticipants",
            "participants":[{"@odata.type":"#microsoft.graph.participant","rosterSequenceNumber":7,"id":"p"}],"sequenceNumber":7}]}]}
            """),
            written, StringComparison.Ordinal);
        Assert.Equal(written, Write(Notification(ChangeType.Updated, ResourceData.OfRendered(GraphJson.Render(changes)))));
    }

    [Fact]
    public void A_roster_is_a_list_and_the_same_where_it_was_rendered_before()
    {
        var roster = new[] { Alice() };
        var rendered = ResourceData.OfRendered(JsonSerializer.SerializeToUtf8Bytes(roster, GraphJson.TypeOf<IReadOnlyList<Participant>>()));

        var written = Write(Notification(ChangeType.Updated, ResourceData.Of(roster)));

        Assert.EndsWith(
            Joined("""
            "resourceData":[{"@odata.type":"#microsoft.graph.participant","info":{"@odata.type":"#microsoft.graph.participantInfo",
            "identity":{"@odata.type":"#microsoft.graph.identitySet","user":{"@odata.type":"#microsoft.graph.identity","id":"u"}},
            "endpointType":"default","endpointId":"e","languageId":"en-US","clientVersion":"v","participantId":"p"},
            "mediaStreams":[{"@odata.type":"#microsoft.graph.mediaStream","mediaType":"audio","label":"main-audio","sourceId":"1",
            "direction":"sendReceive","serverMuted":false}],"isMuted":false,"isInLobby":false,"publishedStates":[],"meetingRole":"none",
            "isIdentityAnonymized":false,"id":"p"}]}]}
            """),
            written, StringComparison.Ordinal);
        Assert.Equal(written, Write(Notification(ChangeType.Updated, rendered)));
    }

    [Fact]
    public void The_documented_answers_to_a_request_to_mute_and_to_list_the_roster()
    {
        CommsOperation muted = new MuteParticipantOperation { ODataContext = "https://h/$metadata#m", Id = "o", Status = OperationStatus.Completed, ClientContext = "x" };
        Assert.Equal(
            """{"@odata.type":"#microsoft.graph.muteParticipantOperation","@odata.context":"https://h/$metadata#m","status":"completed","clientContext":"x","id":"o"}""",
            JsonSerializer.Serialize(muted, GraphJson.EntityOf<CommsOperation>()));
        Assert.Equal(
            """{"@odata.context":"https://h/$metadata#p","value":[{"@odata.type":"#microsoft.graph.participant","isMuted":true,"id":"p"}]}""",
            JsonSerializer.Serialize(
                new ParticipantList { ODataContext = "https://h/$metadata#p", Value = [new() { IsMuted = true, Id = "p" }] }, GraphJson.EntityOf<ParticipantList>()));
    }

    public static TheoryData<CommsOperation, string> Operations => new()
    {
        { new CommsOperation(), "commsOperation" },
        { new UnmuteParticipantOperation(), "unmuteParticipantOperation" },
        { new SubscribeToToneOperation(), "subscribeToToneOperation" },
        { new UpdateRecordingStatusOperation(), "updateRecordingStatusOperation" },
        { new AdmitFromLobbyOperation(), "admitFromLobbyOperation" },
        { new RemoveFromLobbyOperation(), "removeFromLobbyOperation" },
        { new AdmitAllFromLobbyOperation(), "admitAllFromLobbyOperation" },
    };

    [Theory, MemberData(nameof(Operations))]
    public void An_operation_carries_its_own_type(CommsOperation operation, string type) =>
        Assert.Equal(
            $$"""{"value":[{"@odata.type":"#microsoft.graph.{{type}}","status":"running"}]}""",
            Write(new OperationList { Value = [operation with { Status = OperationStatus.Running }] }));

    [Fact]
    public void A_notified_call_tells_where_its_meeting_is() =>
        Assert.Equal(
            Joined("""
            {"@odata.type":"#microsoft.graph.call","chatInfo":{"@odata.type":"#microsoft.graph.chatInfo","threadId":"19:t","messageId":"0"},
            "meetingInfo":{"@odata.type":"#microsoft.graph.tokenMeetingInfo","token":"k"}}
            """),
            Write(new Call { ChatInfo = new() { ThreadId = "19:t", MessageId = "0" }, MeetingInfo = new TokenMeetingInfo { Token = "k" } }));

    private static Participant Alice() => new()
    {
        Info = new()
        {
            Identity = new() { User = new() { Id = "u" } },
            EndpointType = EndpointType.Default,
            EndpointId = "e",
            LanguageId = "en-US",
            ClientVersion = "v",
            ParticipantId = "p",
        },
        MediaStreams =
        [
            new() { MediaType = Modality.Audio, Label = "main-audio", SourceId = "1", Direction = MediaDirection.SendReceive, ServerMuted = false },
        ],
        IsMuted = false,
        IsInLobby = false,
        PublishedStates = [],
        MeetingRole = "none",
        IsIdentityAnonymized = false,
        Id = "p",
    };

    private static CommsNotifications Notification(ChangeType change, ResourceData call) =>
        new() { Value = [new() { ChangeType = change, ResourceUrl = $"/communications/calls/{Id}", ResourceData = call }] };

    /// <summary>The text without its line breaks, which are there for readers of the test only.</summary>
    private static string Joined(string text) => text.ReplaceLineEndings("");

    private static string Write<T>(T value) => JsonSerializer.Serialize(value, GraphJson.TypeOf<T>());

    /// <summary>A value of the type with every member set, and of a family its last descendant.</summary>
    private static object Filled(JsonTypeInfo type)
    {
        var kind = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        if (type.Kind is JsonTypeInfoKind.Object)
        {
            var concrete = type.PolymorphismOptions?.DerivedTypes[^1].DerivedType ?? kind;
            var made = Activator.CreateInstance(concrete)!;
            foreach (var property in concrete.GetProperties().Where(property => property.CanWrite))
            {
                property.SetValue(made, Filled(type.Options.GetTypeInfo(property.PropertyType)));
            }

            return made;
        }

        if (type.Kind is JsonTypeInfoKind.Enumerable)
        {
            var items = Array.CreateInstance(type.ElementType!, 1);
            items.SetValue(Filled(type.Options.GetTypeInfo(type.ElementType!)), 0);
            return items;
        }

        return kind.IsEnum ? Enum.GetValues(kind).GetValue(1)!
            : kind == typeof(string) ? "a string"
            : kind == typeof(bool) ? true
            : kind == typeof(long) ? 7L
            : kind == typeof(ResultCode) ? new ResultCode(200)
            : kind == typeof(DateTimeOffset) ? new DateTimeOffset(2026, 1, 31, 8, 0, 0, TimeSpan.Zero)
            : throw new NotSupportedException(kind.Name);
    }
}
