using System.Text;
using Hookswitch.Graph;

namespace Hookswitch.Tests.Wire;

public class ReadingTests
{
    [Fact]
    public void A_type_may_stand_anywhere_in_its_object()
    {
        var call = Read("""
            {"mediaConfig":{"preFetchMedia":[{"uri":"https://a.example/a.wav","@odata.type":"#microsoft.graph.mediaInfo"}],
             "@odata.type":"#microsoft.graph.serviceHostedMediaConfig"},"tenantId":"t","@odata.type":"#microsoft.graph.call"}
            """);

        var media = Assert.IsType<ServiceHostedMediaConfig>(call.MediaConfig);
        Assert.Equal("https://a.example/a.wav", Assert.Single(media.PreFetchMedia!).Uri);
        Assert.Equal("t", call.TenantId);
    }

    [Fact]
    public void A_type_may_be_absent_or_that_of_a_descendant_where_nothing_depends_on_it()
    {
        var call = Read("""
            {"targets":[{"identity":{"@odata.type":"#microsoft.graph.communicationsIdentitySet",
             "user":{"@odata.type":"#microsoft.graph.communicationsUserIdentity","id":"u","tenantId":"t"},"phone":{"id":"+4912"}}}]}
            """);

        var identity = Assert.Single(call.Targets!).Identity!;
        Assert.Equal(("u", "t", "+4912"), (identity.User!.Id, identity.User.TenantId, identity.Phone!.Id));
    }

    [Fact]
    public void Options_of_an_answer_need_no_type_because_only_one_fits()
    {
        var answer = GraphJson.Read("""{"callOptions":{"isDeltaRosterEnabled":true}}"""u8, GraphJson.TypeOf<AnswerRequest>());
        Assert.True(answer.CallOptions!.IsDeltaRosterEnabled);
    }

    [Theory]
    [InlineData("outgoing")]
    [InlineData("Outgoing")]
    [InlineData("OUTGOING")]
    public void An_enum_is_read_in_any_case(string spelling) =>
        Assert.Equal(CallDirection.Outgoing, Read($$"""{"direction":"{{spelling}}"}""").Direction);

    [Fact]
    public void Lists_of_enums_are_read_in_any_case() =>
        Assert.Equal(
            [Modality.Audio, Modality.VideoBasedScreenSharing],
            Read("""{"requestedModalities":["Audio","videobasedscreensharing"]}""").RequestedModalities!);

    [Fact]
    public void Unknown_members_are_passed_over() =>
        Assert.Equal("s", Read("""{"ringingTimeoutInSeconds":60,"a":{"b":[null,{"c":1}]},"subject":"s"}""").Subject);

    [Fact]
    public void Nulls_are_members_that_are_not_set()
    {
        var call = Read("""{"chatInfo":{"replyChainMessageId":null},"mediaConfig":null,"state":null,"targets":null}""");
        Assert.Equal((null, null, null, null), (call.ChatInfo!.ReplyChainMessageId, call.MediaConfig, call.State, call.Targets));
    }

    [Fact]
    public void Empty_lists_stay_empty() => Assert.Empty(Read("""{"targets":[]}""").Targets!);

    [Fact]
    public void A_result_code_is_read_as_a_number_and_as_a_string() =>
        Assert.Equal(
            (new ResultCode(200, Quoted: true), new ResultCode(5001)),
            (CodeOf("""{"resultInfo":{"code":"200"}}"""), CodeOf("""{"resultInfo":{"code":5001}}""")));

    [Fact]
    public void Flags_may_be_combined()
    {
        var call = Read("""{"participants":[{"restrictedExperience":{"videoDisabled":"watermarkProtection,UnknownFutureValue"}}]}""");
        Assert.Equal(
            OnlineMeetingVideoDisabledReason.WatermarkProtection | OnlineMeetingVideoDisabledReason.UnknownFutureValue,
            call.Participants![0].RestrictedExperience!.VideoDisabled);
    }

    [Fact]
    public void A_notification_tells_of_a_call_a_roster_or_an_operation()
    {
        var call = Data("""{"@odata.type":"#microsoft.graph.call","state":"established"}""");
        var roster = Data("""[{"@odata.type":"#microsoft.graph.participant","isMuted":true,"id":"p"}]""");
        var changes = Data("""[{"@odata.type":"#microsoft.graph.deltaParticipants","participants":[{"id":"p"}],"sequenceNumber":7}]""");
        var operation = Data("""{"status":"completed","participants":[{"hidden":true}],"@odata.type":"#microsoft.graph.inviteParticipantsOperation"}""");

        Assert.Equal(("Established", "Participants", "Operation"), ($"{call}", $"{roster}", $"{operation}"));
        Assert.Equal((CallState.Established, null, null), (call.Call!.State, call.Participants, call.Operation));
        Assert.Equal(new Participant { IsMuted = true, Id = "p" }, Assert.Single(roster.Participants!));
        Assert.Equal((7, "p", null), (changes.Changes!.SequenceNumber, changes.Changes.Participants![0].Id, changes.Participants));
        Assert.True(Assert.IsType<InviteParticipantsOperation>(operation.Operation).Participants![0].Hidden);
    }

    [Theory]
    [InlineData("#microsoft.graph.commsOperation")]
    [InlineData("#microsoft.graph.operationOfTheFuture")]
    public void An_operation_that_is_not_known_is_a_plain_one(string type) =>
        Assert.Equal(
            new CommsOperation { Status = OperationStatus.Running, Id = "o" },
            Assert.Single(Read($$"""{"operations":[{"@odata.type":"{{type}}","status":"Running","id":"o"}]}""").Operations!));

    [Fact]
    public void An_invitation_is_read()
    {
        var invite = GraphJson.Read(
            """{"participants":[{"identity":{"user":{"id":"u"}},"replacesCallId":"c"}],"clientContext":"x"}"""u8, GraphJson.TypeOf<InviteRequest>());
        Assert.Equal(("u", "c", "x"), (invite.Participants![0].Identity!.User!.Id, invite.Participants[0].ReplacesCallId, invite.ClientContext));
    }

    [Fact]
    public void A_body_may_be_as_deep_as_the_limit() =>
        Assert.Equal("s", Read($$"""{"a":{{new string('[', 31)}}{{new string(']', 31)}},"subject":"s"}""").Subject);

    private static ResultCode CodeOf(string json) => Read(json).ResultInfo!.Code!.Value;

    private static ResourceData Data(string json) => GraphJson.Read(
        Encoding.UTF8.GetBytes($$"""{"value":[{"changeType":"updated","resourceData":{{json}}}]}"""), GraphJson.TypeOf<CommsNotifications>()).Value![0].ResourceData!;

    private static Call Read(string json) => GraphJson.Read(Encoding.UTF8.GetBytes(json), GraphJson.TypeOf<Call>());
}
