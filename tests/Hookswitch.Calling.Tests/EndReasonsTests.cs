using System.Globalization;

namespace Hookswitch.Calling.Tests;

public sealed class EndReasonsTests
{
    /// <summary>Graph, Delete call, "Call end reason codes": 29 rows, of which the one for 540000 and 560000 stands here as two.</summary>
    private const string DocumentedTable =
        """
        500 1005 Server encountered connectivity error with Bot's media. Please check media connectivity between Bot and Microsoft.
        408 1106 An acknowledgement was not received for the call acceptance in the allotted time.
        200 4097 Call ended by the other participant in the call.
        200 4521 Call ended by the other participant in peer-to-peer call.
        200 5000 Removed from the conversation by another participant.
        200 5001 The conversation has ended.
        200 5002 The conversation has ended as all other participants have left the call.
        200 5003 The conversation has ended.
        200 5007 The conversation has ended as the initiator of the group call left the conversation.
        200 5010 The conversation has ended as only one participant remained in the conversation.
        200 5012 The conversation has ended as there are no participants in the incoming roster.
        200 5013 The conversation has ended as no one else has joined the group call.
        200 5014 The conversation has ended because we were unable to determine a potential host for the group call.
        200 5020 The conversation has ended as there are no non-hidden participants in the incoming roster.
        200 5030 The conversation has ended as the breakout room duration has elapsed.
        200 5300 Participant was removed from the conversation by another participant.
        200 5855 Participant waiting in lobby was removed from the conversation after lobby inactivity timeout.
        200 7000 The conversation has ended by bot.
        200 7015 Call ended as the transfer completed successfully.
        408 8537 Keep Alive timeout, cleaned up inactive call.
        480 10037 No callee endpoints were found.
        408 10057 Call timed out due to no signaling from callee endpoints.
        480 10076 Callee could not be reached.
        480 10134 Call rejected due to inability to route the call.
        480 10199 Call rejected as private calling is disabled for the user.
        200 10550 The conversation has ended by bot.
        200 18503 The other participant in the peer-to-peer call left the conversation.
        410 301005 Media connectivity failure.
        200 540000 Call ended by the PSTN User.
        200 560000 Call ended by the PSTN User.
        """;

    [Fact]
    public void The_documented_reasons_are_the_documented_table_byte_for_byte() =>
        Assert.Equal(
            DocumentedTable.ReplaceLineEndings("\n"),
            string.Join('\n', EndReasons.All
                .Where(reason => reason.Documented)
                .OrderBy(reason => reason.Subcode)
                .Select(reason => string.Create(CultureInfo.InvariantCulture, $"{reason.Code} {reason.Subcode} {reason.Message}"))));

    [Fact]
    public void The_catalogue_changes_only_on_purpose() =>
        Snapshot.Match(string.Concat(EndReasons.All.Select(reason => string.Create(CultureInfo.InvariantCulture,
            $"""
            {reason.Code}/{reason.Subcode}{(reason.Documented ? "" : " (not documented)")}
              message:  {reason.Message}
              observed: {reason.ObservedMessage}
              cause:    {reason.Cause}
              advice:   {reason.Advice ?? "-"}

            """))).ReplaceLineEndings("\n"));

    [Fact]
    public void Every_reason_is_found_by_its_subcode() =>
        Assert.All(EndReasons.All.Append(EndReasons.Rejected), reason => Assert.Same(reason, EndReasons.Find(reason.Subcode)));

    [Fact]
    public void The_reason_that_no_bot_is_told_stands_in_no_list() => Assert.DoesNotContain(EndReasons.Rejected, EndReasons.All);

    [Theory]
    [InlineData(CallDirection.Incoming, 0, 200, 540000)]
    [InlineData(CallDirection.Incoming, 487, 487, 540487)]
    [InlineData(CallDirection.Outgoing, 0, 200, 560000)]
    [InlineData(CallDirection.Outgoing, 404, 404, 560404)]
    [InlineData(CallDirection.Outgoing, 480, 480, 560480)]
    [InlineData(CallDirection.Outgoing, 486, 486, 560486)]
    [InlineData(CallDirection.Outgoing, 603, 603, 560603)]
    public void A_call_with_the_telephone_network_ends_with_its_family_and_sip_status(
        CallDirection direction, int sipStatus, int code, int subcode)
    {
        var reason = EndReasons.Pstn(direction, sipStatus);

        Assert.Equal((code, subcode), (reason.Code, reason.Subcode));
        Assert.Equal(reason, EndReasons.Find(subcode));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(5004)]
    [InlineData(540_001)]
    [InlineData(540_299)]
    [InlineData(560_700)]
    [InlineData(550_486)]
    public void A_subcode_that_means_nothing_is_not_found(int subcode) => Assert.Null(EndReasons.Find(subcode));

    [Fact]
    public void Each_cause_is_a_sentence_of_its_own() =>
        Assert.Equal(
            EndReasons.All.Count,
            EndReasons.All.Select(reason => reason.Cause).Where(cause => cause.EndsWith('.')).Distinct().Count());
}
