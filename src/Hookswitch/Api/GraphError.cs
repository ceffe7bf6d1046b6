using System.Text.Json;
using Hookswitch.Calling;
using Hookswitch.Graph;
using Hookswitch.Identity;
using Hookswitch.Phones;

namespace Hookswitch.Api;

/// <summary>An answer that is an error. One list: <c>end-reasons.md</c>, "HTTP errors of the API".</summary>
internal sealed record GraphError(int Status, string Code, string Message) : IResult
{
    public static readonly GraphError CallNotFound = new(404, "8522", "Call not found.");

    public static readonly GraphError MeetingNotFound = new(404, "NotFound", "Meeting not found: not in this tenant, or not with this user.");

    public static readonly GraphError CallNotEstablished = new(400, "8501", "The action needs an established call.");

    public static readonly GraphError Conflict = new(409, "8519", "The action conflicts with the state of the call.");

    public static readonly GraphError OnlyApplications = new(
        403, "7500", "The token speaks for a user. Only applications may call: use a token for application permissions (client credentials).");

    public static readonly GraphError TooLarge = new(413, "BadRequest", $"The body is larger than {GraphProtocol.MaxBody} bytes.");

    public static readonly GraphError NotJson = new(415, "BadRequest", "The body must be application/json.");

    public static readonly GraphError StoreUnavailable = new(
        503, "ServiceUnavailable", "The server cannot store calls now. Whether this request took effect is unknown: read the call before you repeat it.")
    {
        RetryAfterSeconds = 1,
    };

    public static readonly GraphError TooBusy = new(
        503, "ServiceUnavailable", "The server has more to do than it can. Nothing was done: try again when the time of Retry-After is over.")
    {
        RetryAfterSeconds = 1,
    };

    public static readonly GraphError Internal = new(500, "UnknownError", "The server failed. Its log tells more under this request-id.");

    public int? RetryAfterSeconds { get; private init; }

    /// <summary>No token, or one that does not validate.</summary>
    public static GraphError Unauthorized(string problem) => new(401, "InvalidAuthenticationToken", problem);

    /// <summary>Whether the token is good cannot be said now.</summary>
    public static GraphError AuthorityUnavailable(string problem) => new(503, "ServiceUnavailable", problem) { RetryAfterSeconds = (int)ExternalAuthority.RetryAfter.TotalSeconds };

    /// <summary>More than the application may ask for. Graph, throttling guidance.</summary>
    public static GraphError TooManyRequests(TimeSpan wait) => new(429, "TooManyRequests", "Too many requests: try again when the time of Retry-After is over.")
    {
        RetryAfterSeconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)),
    };

    /// <summary>The body is at fault, or one of its members, named by its path.</summary>
    public static GraphError InvalidArgument(string message) => new(400, "8523", message);

    public static GraphError InvalidArgument(string property, string problem) => InvalidArgument($"'{property}' {problem}.");

    public static readonly GraphError SourceInvalid = new(
        403, "7507", "Call source identity invalid: 'source.identity.applicationInstance' is no resource account of this application.");

    public static readonly GraphError TenantMismatch = new(
        403, "7505", "'tenantId' is not the tenant of the token. Ask for a token of that tenant.");

    public static GraphError MissingPermission(Permission permission) => new(
        403, "7504", $"Insufficient enterprise tenant permissions, cannot access this API. The permission {Permissions.RoleOf(permission)} is missing.");

    /// <summary>An operation that Graph has and this server does not offer.</summary>
    public static GraphError NotOffered(string operation) => new(405, "8520", $"This server does not offer {operation}.");

    /// <param name="hint">What could be done about it.</param>
    public static GraphError NoSuchResource(string path, string? hint = null) =>
        new(404, "ResourceNotFound", hint is null ? $"There is nothing at {path}." : $"There is nothing at {path}. {hint}.");

    /// <summary>A file that was to be the answer.</summary>
    public static GraphError BadFixture(string file, string problem) => new(500, "UnknownError", $"The fixture {file} cannot be sent: {problem}.");

    public static GraphError BadFilter(string filters) => new(400, "BadRequest", $"Meetings are found by $filter alone. There are: {filters}.");

    /// <param name="option">Of the query.</param>
    public static GraphError UnknownMember(string option, string name, IEnumerable<string> known) =>
        new(400, "BadRequest", $"'{option}' names '{name}', which it cannot. There are: {string.Join(", ", known)}.");

    public static GraphError MethodNotAllowed(string method, string path) => new(405, "BadRequest", $"{method} is not possible at {path}.");

    public static readonly GraphError NoSuchOperation = new(404, "8522", "No such operation was started in the call.");

    public static readonly GraphError NoSuchRecording = new(404, "8522", "There is no such recording, or it was discarded: it is kept for an hour.");

    public static readonly GraphError NestedBatch = new(400, "BadRequest", "A batch must not contain another.");

    /// <summary>Of a request of a batch: it was not run. Graph, JSON batching.</summary>
    public static GraphError FailedDependency(string id) => new(424, "FailedDependency", $"The request '{id}', on which this one depends, has failed.");

    public static readonly GraphError NothingShared = new(404, "8522", "No such content is shared in the call.");

    public static GraphError From(MeetingProblem problem) => problem switch
    {
        MeetingProblem.WrongToken => new(400, "8526", "'meetingInfo.token' is no token of a conversation, or is no longer good."),
        MeetingProblem.WrongJoinId => new(400, "8561", "'meetingInfo.joinMeetingId' or its passcode is wrong."),
        MeetingProblem.Cancelled => new(400, "8528", "The meeting of 'meetingInfo' was cancelled."),
        MeetingProblem.Over => new(400, "8528", "The meeting of 'meetingInfo' is over."),
        _ => new(
            404, "8527", "No meeting is at 'chatInfo.threadId' with that organizer. Create one with POST /users/{id}/onlineMeetings, or register it with PUT /control/meetings."),
    };

    public static GraphError From(Refusal refusal) => refusal switch
    {
        Refusal.CallNotFound => CallNotFound,
        Refusal.CallNotEstablished => CallNotEstablished,
        Refusal.MediaIsAppHosted => new(400, "8500", "Invalid media mode: the action needs serviceHostedMediaConfig, and the call has appHostedMediaConfig."),
        Refusal.TooMuchMedia => new(409, "8519", "The action conflicts with the state of the call: too much waits to be played or recorded already."),
        Refusal.MediaIsServiceHosted => new(400, "8500", "Invalid media mode: the action needs appHostedMediaConfig, and the call has serviceHostedMediaConfig."),
        Refusal.RoutingGroupNotFound => new(404, "8522", "The call has no such audio routing group."),
        Refusal.RoutingGroupExists => new(409, "8519", "The call has an audio routing group of that id already."),
        Refusal.TooManyRoutingGroups => new(409, "8519", $"The call has {Leg.MaxRoutingGroups} audio routing groups, which is as many as it can have."),
        Refusal.RoutingGroupMalformed => InvalidArgument(
            "An audio routing group has one source, and one receiver (oneToOne) or at least one (multicast). Nobody stands there twice."),
        Refusal.CallIsNotGroup => new(400, "8548", "The call is peer-to-peer: the action is one of group calls and meetings."),
        Refusal.CallIsInLobby => new(409, "8519", "The action conflicts with the state of the call: it waits in the lobby."),
        Refusal.ParticipantNotFound => new(404, "8558", "No such participant is present in the call."),
        Refusal.AlreadyParticipates => InvalidArgument("participants", "names someone who is in the call already, or is being called into it"),
        Refusal.ThatIsTheCallItself => InvalidArgument("That is the call's own application: a bot neither calls nor removes itself. It leaves by deleting its call."),
        Refusal.NotInLobby => new(409, "8519", "The participant does not wait in the lobby."),
        Refusal.MayNotJoinGroups => MissingPermission(Permission.JoinGroupCalls),
        Refusal.ConversationFull => new(409, "8519", $"The call is full: {Conversation.MaxParticipants} can be in it."),
        Refusal.TransfereeMissing => InvalidArgument("transferee", "is missing: of a group call one participant is transferred"),
        Refusal.TransfereeIsNoPerson => InvalidArgument("transferee", "is an application: only people are transferred"),
        Refusal.TargetParticipates => InvalidArgument("transferTarget", "names someone who is in the call already, or is being called into it"),
        Refusal.NumberNeedsResourceAccount =>
            InvalidArgument("The body names a number: only a call of a resource account (source.identity.applicationInstance) can call one."),
        _ => Conflict,
    };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = "application/json";
        if (RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (Status == 401)
        {
            response.Headers.WWWAuthenticate = "Bearer realm=\"\", authorization_uri=\"/common/oauth2/authorize\"";
        }

        var ids = httpContext.Features.Get<RequestIds>();
        var body = new ErrorResponse
        {
            Error = new ErrorBody
            {
                Code = Code,
                Message = Message,
                InnerError = new InnerError { Date = TimeProvider.System.GetUtcNow(), RequestId = ids?.Request, ClientRequestId = ids?.Client },
            },
        };
        return JsonSerializer.SerializeAsync(response.Body, body, GraphJson.TypeOf<ErrorResponse>(), httpContext.RequestAborted);
    }
}
