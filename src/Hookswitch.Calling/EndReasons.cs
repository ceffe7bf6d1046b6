using System.Collections.Frozen;
using System.Globalization;

namespace Hookswitch.Calling;

/// <summary>Every way in which a leg can end. One row, one place: the wire, the docs and <c>explain</c> read it here.</summary>
/// <remarks>Source of code, subcode and message: Graph, Delete call, "Call end reason codes"; what stands there is <c>Documented</c>.</remarks>
public static class EndReasons
{
    private static readonly List<EndReason> Rows = []; // first: the rows below enter themselves as they are made

    // The bot.
    public static readonly EndReason ConversationEnded = Row(200, 5001,
        "The conversation has ended.",
        cause: "The conversation itself was ended: the bot hung up its peer-to-peer call, or an operator ended the conversation.");

    public static readonly EndReason EndedByBot = Row(200, 7000,
        "The conversation has ended by bot.",
        cause: "The bot hung up its leg of a group call or meeting; the others talk on.");

    public static readonly EndReason EndedByOtherBot = Row(200, 10550,
        "The conversation has ended by bot.",
        cause: "The other party of the peer-to-peer call is a bot, and it hung up.");

    public static readonly EndReason KeepAliveTimeout = Row(408, 8537,
        "Keep Alive timeout, cleaned up inactive call.",
        cause: "No keep-alive came within 45 minutes of the call's creation, of its answer or of the keep-alive before.",
        advice: "Send keepAlive for each active call every 15 to 45 minutes. No other request counts as one.");

    public static readonly EndReason Rejected = Untold(1,
        "The call was rejected.", cause: "The bot rejected the incoming call. Its notification carries no result.");

    public static readonly EndReason Redirected = Untold(5,
        "The call was redirected.", cause: "The bot redirected the incoming call to others. Its notification carries no result.");

    // The other party.
    public static readonly EndReason EndedForEveryone = Row(200, 4097,
        "Call ended by the other participant in the call.",
        cause: "A person ended the group call or meeting for everyone.");

    public static readonly EndReason Vanished = Untold(2,
        "The connection was lost.", cause: "The phone was gone without having hung up. It cannot be told so.");

    public static readonly EndReason Left = Untold(3,
        "The phone hung up.", cause: "The person left the group call or meeting.");

    public static readonly EndReason Moved = Untold(4,
        "The person went on to another conversation.", cause: "A breakout room was opened or closed, or a group call replaced the call.");

    public static readonly EndReason EndedByOtherParticipant = Row(200, 4521,
        "Call ended by the other participant in peer-to-peer call.",
        cause: "The person at the other end of the peer-to-peer call hung up, or gave up before it was answered.");

    public static readonly EndReason RemovedByPerson = Row(200, 5000,
        "Removed from the conversation by another participant.",
        cause: "A person removed this leg from the conversation.");

    public static readonly EndReason RemovedThroughApi = Row(200, 5300,
        "Participant was removed from the conversation by another participant.",
        cause: "An application removed this participant through the API.");

    public static readonly EndReason OtherParticipantLeft = Row(200, 18503,
        "The other participant in the peer-to-peer call left the conversation.",
        cause: "The other end of the peer-to-peer call is gone without having hung up.");

    public static readonly EndReason Transferred = Row(200, 7015,
        "Call ended as the transfer completed successfully.",
        cause: "The call was transferred and the target has accepted.");

    public static readonly EndReason AnsweredElsewhere = Beyond(487, 10003,
        "Call was accepted elsewhere.",
        cause: "Another phone or application of the callee answered first, or redirected the call.");

    public static readonly EndReason NotAnswered = Beyond(487, 10004,
        "Call was canceled on timeout because the target participant did not accept or reject the call in time.",
        cause: "The call rang until the ring time was over; it was neither accepted nor declined.",
        advice: "An incoming call must be answered, rejected or redirected within 15 seconds. An outgoing one: call again later.");

    public static readonly EndReason Declined = Beyond(487, 10024,
        "Call was declined by all callee endpoints.",
        cause: "Every phone of the callee declined, or the bot that was called rejected.");

    public static readonly EndReason RefusedEntry = Beyond(200, 5854,
        "Call was denied to join from the lobby.",
        cause: "A person refused this leg entry from the lobby.");

    // The conversation.
    public static readonly EndReason EveryoneElseLeft = Row(200, 5002,
        "The conversation has ended as all other participants have left the call.",
        cause: "Everyone else left the meeting, and nobody came back within the alone time.");

    public static readonly EndReason DeclinedByAll = Row(200, 5003,
        "The conversation has ended.",
        cause: "Everyone whom the group call rang has declined.");

    public static readonly EndReason InitiatorLeft = Row(200, 5007,
        "The conversation has ended as the initiator of the group call left the conversation.",
        cause: "The group call ends with its initiator, and the initiator left.");

    public static readonly EndReason OnlyOneParticipantLeft = Row(200, 5010,
        "The conversation has ended as only one participant remained in the conversation.",
        cause: "The group call fell to one participant.");

    public static readonly EndReason NobodyInRoster = Row(200, 5012,
        "The conversation has ended as there are no participants in the incoming roster.",
        cause: "The bot joined the thread of a group call that is over.");

    public static readonly EndReason NobodyJoined = Row(200, 5013,
        "The conversation has ended as no one else has joined the group call.",
        cause: "Nobody else joined within the join time, or nobody who was called answered.");

    public static readonly EndReason NoPotentialHost = Row(200, 5014,
        "The conversation has ended because we were unable to determine a potential host for the group call.",
        cause: "The last participant who could host left, and the conversation is not allowed without one.",
        advice: "Set allowConversationWithoutHost in the meeting info when the bot may stay without a host.");

    public static readonly EndReason OnlyHiddenParticipants = Row(200, 5020,
        "The conversation has ended as there are no non-hidden participants in the incoming roster.",
        cause: "Only hidden participants, such as recording bots, remained.");

    public static readonly EndReason BreakoutRoomOver = Row(200, 5030,
        "The conversation has ended as the breakout room duration has elapsed.",
        cause: "The breakout room's time is over.");

    public static readonly EndReason LobbyTimeout = Row(200, 5855,
        "Participant waiting in lobby was removed from the conversation after lobby inactivity timeout.",
        cause: "Nobody admitted this leg from the lobby before the lobby time was over.");

    // The telephone network. The two rows stand for their families: see Pstn.
    public static readonly EndReason EndedByIncomingPstn = Row(200, 540000,
        "Call ended by the PSTN User.",
        cause: "The telephone user who had called in hung up.");

    public static readonly EndReason EndedByOutgoingPstn = Row(200, 560000,
        "Call ended by the PSTN User.",
        cause: "The telephone user who had been called hung up.");

    // Routing.
    public static readonly EndReason NoEndpoints = Row(480, 10037,
        "No callee endpoints were found.",
        cause: "The callee has no phone, or nobody of that id is known.",
        advice: "Check the user's id, and that a phone is registered for it.");

    public static readonly EndReason Unreachable = Row(480, 10076,
        "Callee could not be reached.",
        cause: "All phones of the callee are offline.");

    public static readonly EndReason NoRoute = Row(480, 10134,
        "Call rejected due to inability to route the call.",
        cause: "There is no route for the number or the target.",
        advice: "Register the number or the application in the directory.");

    public static readonly EndReason PrivateCallingDisabled = Row(480, 10199,
        "Call rejected as private calling is disabled for the user.",
        cause: "The callee's calling policy forbids private calls.");

    public static readonly EndReason ReplacedCallNotFound = Beyond(404, 10202,
        "The call to be replaced was not found.",
        cause: "The call that replacesCallId names was not there to be replaced.");

    // Time and media.
    public static readonly EndReason NotAcknowledged = Row(408, 1106,
        "An acknowledgement was not received for the call acceptance in the allotted time.",
        cause: "Whoever must confirm the acceptance of the call did not do so in time.");

    public static readonly EndReason NoSignalling = Row(408, 10057,
        "Call timed out due to no signaling from callee endpoints.",
        cause: "The callee's phones were called, and none of them signalled anything in time.");

    public static readonly EndReason MediaLost = Row(410, 301005,
        "Media connectivity failure.",
        cause: "Media was flowing, and stopped for longer than the media time.");

    public static readonly EndReason MediaNeverStarted = Beyond(410, 301004,
        "Media connectivity failure.",
        cause: "The call was answered, and its media never started.");

    public static readonly EndReason BotMediaUnreachable = Row(500, 1005,
        "Server encountered connectivity error with Bot's media. Please check media connectivity between Bot and Microsoft.",
        cause: "App-hosted media: the bot's media address could not be reached, or its connection was lost.",
        advice: "Check that the server can connect to the address in the bot's media blob.");

    public static readonly EndReason BotMediaRefused = Beyond(500, 7112,
        "The media session with the bot could not be set up.",
        cause: "App-hosted media: the bot's media address was reached, and the session could not be set up.");

    /// <summary>Last: it closes the table, and throws at start-up when two rows share a subcode.</summary>
    public static readonly FrozenDictionary<int, EndReason> BySubcode = Rows.ToFrozenDictionary(row => row.Subcode);

    /// <summary>The rows in their order, without those that no bot is ever told.</summary>
    public static IReadOnlyList<EndReason> All { get; } = [.. Rows.Where(row => row.IsTold)];

    private const int IncomingPstn = 540_000;
    private const int OutgoingPstn = 560_000;

    /// <summary>
    /// The end of a call to or from the telephone network, by the SIP status with which it ended: 540xxx for calls that came in, 560xxx
    /// for calls that went out. A rule instead of hundreds of rows.
    /// </summary>
    /// <param name="direction">Seen from the bot: incoming for a telephone user who called.</param>
    /// <param name="sipStatus">RFC 3261, 21; 0: the telephone user hung up an answered call.</param>
    public static EndReason Pstn(CallDirection direction, int sipStatus)
    {
        var family = direction == CallDirection.Incoming ? IncomingPstn : OutgoingPstn;
        return sipStatus == 0
            ? BySubcode[family]
            : new EndReason(sipStatus, family + sipStatus,
                string.Create(CultureInfo.InvariantCulture, $"The call with the telephone network ended with SIP status {sipStatus}."),
                Cause: PstnCause(sipStatus));
    }

    /// <summary>Finds the reason that was stored, or that a person asks about. Null: no such subcode.</summary>
    public static EndReason? Find(int subcode) => BySubcode.GetValueOrDefault(subcode) ?? subcode switch
    {
        > IncomingPstn + 299 and < IncomingPstn + 700 => Pstn(CallDirection.Incoming, subcode - IncomingPstn),
        > OutgoingPstn + 299 and < OutgoingPstn + 700 => Pstn(CallDirection.Outgoing, subcode - OutgoingPstn),
        _ => null,
    };

    private static string PstnCause(int sipStatus) => sipStatus switch
    {
        404 => "The telephone network knows no such number.",
        480 => "The telephone user did not answer.",
        486 or 600 => "The telephone user was busy.",
        487 => "The caller gave up before the call was answered.",
        603 => "The telephone user declined.",
        _ => "The telephone network ended the call with that SIP status (RFC 3261, 21).",
    };

    private static EndReason Row(int code, int subcode, string message, string cause, string? advice = null) =>
        Enter(new EndReason(code, subcode, message, cause, advice) { Documented = true });

    private static EndReason Beyond(int code, int subcode, string message, string cause, string? advice = null) =>
        Enter(new EndReason(code, subcode, message, cause, advice));

    private static EndReason Untold(int number, string message, string cause) =>
        Enter(new EndReason(0, number, message, cause) { IsTold = false });

    private static EndReason Enter(EndReason row)
    {
        Rows.Add(row);
        return row;
    }
}
