using System.Text.RegularExpressions;
using Hookswitch.Calling;
using Hookswitch.Graph;
using Hookswitch.Identity;
using Hookswitch.Phones;
using Hookswitch.Time;
using Directory = Hookswitch.Phones.Directory;

namespace Hookswitch.Api;

/// <summary>The <c>onlineMeeting</c> resource: meetings of the directory, of the tenant of the token. Graph, onlineMeeting resource type.</summary>
internal static partial class OnlineMeetingsApi
{
    private const string JoinWebUrl = "joinWebUrl";
    private const string JoinMeetingId = "joinMeetingIdSettings/joinMeetingId";

    /// <summary>A link may have been encoded for a query twice over; nobody does it more often.</summary>
    private const int MaxEncodings = 4;

    /// <summary>Two of a million meetings could draw the same digits.</summary>
    private const int MaxDraws = 10;

    public static void MapOnlineMeetings(this IEndpointRouteBuilder routes)
    {
        foreach (var version in new[] { "/v1.0", "/beta" })
        {
            foreach (var path in new[] { "/communications/onlineMeetings", "/users/{user}/onlineMeetings" })
            {
                var meetings = routes.MapGroup(version + path);
                meetings.MapPost("/", Create);
                meetings.MapGet("/", Find);
                meetings.MapGet("/{id}", Get);
            }
        }
    }

    /// <summary>Enters a meeting into the directory. 201 with the meeting.</summary>
    /// <remarks>Graph, Create onlineMeeting.</remarks>
    private static async Task<IResult> Create(HttpContext context, Caller caller, Directory directory, CallClock clock)
    {
        var request = await RequestBody.Read<OnlineMeeting>(context.Request);
        var checkedBody = request.Then(Drawn);
        if (checkedBody is not { Value: { } meeting })
        {
            return checkedBody.Error!;
        }

        if (CallRequests.Forbidden(caller) is { } forbidden)
        {
            return forbidden;
        }

        for (var draw = 0; ; draw++)
        {
            try
            {
                directory.Put(meeting);
                return One(context, directory.FindMeeting(meeting.Id) ?? meeting, StatusCodes.Status201Created);
            }
            catch (DirectoryEntryException) when (draw < MaxDraws) // another meeting has the digits that were drawn
            {
                meeting = request.Then(Drawn).Value!;
            }
        }

        Checked<Meeting> Drawn(OnlineMeeting body) => OnlineMeetingOrder.From(body, User(context), caller, clock.Now);
    }

    /// <summary>Reads a meeting. 200.</summary>
    /// <remarks>Graph, Get onlineMeeting.</remarks>
    private static IResult Get(string id, HttpContext context, Caller caller, Directory directory) =>
        CallRequests.Forbidden(caller)
        ?? (directory.FindMeeting(id) is { } meeting && IsShown(meeting, context, caller)
            ? One(context, meeting, StatusCodes.Status200OK)
            : GraphError.MeetingNotFound);

    /// <summary>Finds the meeting of an invitation. 200 with a list of one meeting, or of none.</summary>
    /// <remarks>Graph, Get onlineMeeting: there is no list of all meetings.</remarks>
    private static IResult Find(HttpContext context, Caller caller, Directory directory)
    {
        if (CallRequests.Forbidden(caller) is { } forbidden)
        {
            return forbidden;
        }

        var filter = Filter().Match(context.Request.Query["$filter"].ToString());
        var (member, value) = (filter.Groups["member"].Value, filter.Groups["value"].Value.Replace("''", "'", StringComparison.Ordinal));
        if (!Is(member, JoinWebUrl) && !Is(member, JoinMeetingId))
        {
            return GraphError.BadFilter($"{JoinWebUrl} eq '…' and {JoinMeetingId} eq '…'");
        }

        var found = Is(member, JoinWebUrl)
            ? directory.Meetings.FirstOrDefault(meeting => Is(Decoded(meeting.JoinUrl), Decoded(value)))
            : directory.FindMeetingByJoinId(value);
        return TypedResults.Json(
            new OnlineMeetingList
            {
                ODataContext = ContextOf(context),
                Value = found is not null && IsShown(found, context, caller) ? [OnlineMeetingResource.Of(found)] : [],
            },
            GraphJson.TypeOf<OnlineMeetingList>());
    }

    private static IResult One(HttpContext context, Meeting meeting, int status) => TypedResults.Json(
        OnlineMeetingResource.Of(meeting) with { ODataContext = $"{ContextOf(context)}/$entity" }, GraphJson.TypeOf<OnlineMeeting>(), statusCode: status);

    // A thread of a group call is no meeting, and another tenant's meetings are nobody's business. A user's are those of the user's calendar.
    private static bool IsShown(Meeting meeting, HttpContext context, Caller caller) =>
        meeting.Kind == ConversationKind.Meeting
        && Is(meeting.Tenant, caller.Tenant)
        && (User(context) is not { } user
            || Is(user, meeting.Organizer?.Id ?? "")
            || meeting.CoOrganizers.Any(one => Is(user, one))
            || meeting.Attendees.Any(one => one.Identity.Kind == IdentityKind.User && Is(user, one.Identity.Id)));

    // Null: the path names nobody.
    private static string? User(HttpContext context) => (string?)context.GetRouteValue("user");

    private static string ContextOf(HttpContext context)
    {
        var version = context.Request.Path.StartsWithSegments("/v1.0") ? "v1.0" : "beta";
        var owner = User(context) is { } user ? $"users('{Uri.EscapeDataString(user)}')" : "communications";
        return $"{context.Request.Scheme}://{context.Request.Host}/{version}/$metadata#{owner}/onlineMeetings";
    }

    // Escaped letters have two spellings, and bots encode links that are encoded already.
    private static string Decoded(string link)
    {
        for (var i = 0; i < MaxEncodings && Uri.UnescapeDataString(link) is var decoded && decoded != link; i++)
        {
            link = decoded;
        }

        return link;
    }

    private static bool Is(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    // OData: one member, eq, and a text in which an apostrophe is doubled.
    [GeneratedRegex(@"^\s*(?<member>[A-Za-z/]+)\s+eq\s+'(?<value>([^']|'')*)'\s*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Filter();
}
