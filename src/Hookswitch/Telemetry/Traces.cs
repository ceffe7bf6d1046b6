using System.Diagnostics;
using System.Globalization;
using Hookswitch.Calling;
using Hookswitch.Notifications;

namespace Hookswitch.Telemetry;

/// <summary>
/// The spans of one way through the server: request, decision, commit, and each attempt to tell a bot of it. Nobody listens: each is null, and
/// nothing is allocated. Names and attributes: OpenTelemetry's semantic conventions for HTTP; what is our own begins with hookswitch.
/// </summary>
internal static class Traces
{
    public const string Name = "Hookswitch";

    private const string Other = "_OTHER";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>The span in which the caller is. Null: none, or nobody listens.</summary>
    public static Activity? Current => Source.HasListeners() && Activity.Current is { } span && span.Source == Source ? span : null;

    /// <summary>A request to the API: goes on with the client's trace. One of a batch is a part of the batch's.</summary>
    public static Activity? Request(HttpRequest request, bool isPart)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var method = MethodOf(request);
        return (isPart ? Source.StartActivity(method) : Start(method, ActivityKind.Server, Incoming(request.Headers)))
            ?.SetTag("http.request.method", method);
    }

    /// <summary>Ends it with what became of the request.</summary>
    public static void Answered(this Activity span, HttpContext context, Subject subject)
    {
        var (status, route) = (context.Response.StatusCode, (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText);
        span.DisplayName = route is null ? MethodOf(context.Request) : $"{MethodOf(context.Request)} {route}";
        span.SetTag("http.route", route).SetTag("http.response.status_code", status);
        foreach (var (key, value) in subject.Tags)
        {
            span.SetTag(key, value);
        }

        if (status >= StatusCodes.Status500InternalServerError)
        {
            Fail(span, Text(status));
        }

        span.Stop();
    }

    /// <summary>The rules decide on a command.</summary>
    /// <param name="cause">Null: nobody asked, a deadline has passed or a phone did something. A trace of its own.</param>
    public static Activity? Decision(TraceParent? cause, ConversationId conversation, Command command) =>
        Source.HasListeners()
            ? Start($"decide {command.GetType().Name}", ActivityKind.Internal, cause?.Context ?? default)?
                .SetTag("hookswitch.command", command.GetType().Name).SetTag(Subject.ConversationTag, $"{conversation}")
            : null;

    /// <summary>Says what was decided.</summary>
    public static void Decided(this Activity span, Decision decision)
    {
        span.SetTag("hookswitch.events", decision.Events.Length);
        if (decision.Refusal is { } refusal)
        {
            span.SetTag("hookswitch.refusal", $"{refusal}");
        }
    }

    /// <summary>Events are on their way to the disk: they wait, then they are written with others.</summary>
    public static Activity? Commit(ActivityContext decision, ConversationId conversation, int events) =>
        Source.HasListeners()
            ? Start("commit", ActivityKind.Internal, decision)?.SetTag(Subject.ConversationTag, $"{conversation}").SetTag("hookswitch.events", events)
            : null;

    /// <summary>The wait is over: the group is being written.</summary>
    public static void Writing(this Activity commit, int group) =>
        commit.SetTag("hookswitch.store.group.size", group).AddEvent(new ActivityEvent("write"));

    /// <summary>A bot is told once. Of the address only the host is said: the rest is the bot's own.</summary>
    public static Activity? Attempt(Notification notification, CallbackAddress address, int attempt)
    {
        if (!Source.HasListeners() || Start("POST", ActivityKind.Client, notification.Commit.Span) is not { } span)
        {
            return null;
        }

        span.SetTag("http.request.method", "POST").SetTag(Subject.CallTag, $"{notification.Call}")
            .SetTag(Subject.ConversationTag, $"{notification.Call.Conversation}").SetTag(Subject.ApplicationTag, $"{notification.Bot.Application}")
            .SetTag("hookswitch.notification.id", notification.Id.ToString("D")).SetTag("hookswitch.attempt", attempt);
        return address.Uri is { } uri ? span.SetTag("server.address", uri.Host).SetTag("server.port", uri.Port) : span;
    }

    /// <summary>Ends an attempt with what it came to.</summary>
    /// <param name="verdict">What follows.</param>
    public static void Judged(this Activity attempt, CallbackAnswer answer, string verdict)
    {
        attempt.SetTag("hookswitch.verdict", verdict);
        if (answer.Status is { } status)
        {
            attempt.SetTag("http.response.status_code", status);
        }

        if (answer.Status is null or >= StatusCodes.Status400BadRequest)
        {
            Fail(attempt, answer.Status is { } bad ? Text(bad) : "no_answer");
        }

        attempt.Stop();
    }

    /// <summary>It came to nothing.</summary>
    public static void Fail(this Activity span, string error) => span.SetTag("error.type", error).SetStatus(ActivityStatusCode.Error);

    // What happens to be current where this runs began something else: the parent is who is said to be it.
    private static Activity? Start(string name, ActivityKind kind, ActivityContext parent)
    {
        Activity.Current = null;
        return Source.StartActivity(name, kind, parent);
    }

    private static ActivityContext Incoming(IHeaderDictionary headers) =>
        ActivityContext.TryParse(headers.TraceParent, headers.TraceState, isRemote: true, out var context) ? context : default;

    // A client may write anything there.
    private static string MethodOf(HttpRequest request) => request.Method is "GET" or "POST" or "PATCH" or "PUT" or "DELETE" ? request.Method : Other;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A span of this server as it goes along with a command into its conversation. W3C Trace Context.</summary>
[GenerateSerializer]
[Immutable]
internal sealed record TraceParent([property: Id(0)] string Id, [property: Id(1)] string? State)
{
    /// <summary>Of the caller. Null: it is in no span, or nobody listens.</summary>
    public static TraceParent? Current => Traces.Current is { Id: { } id } span ? new TraceParent(id, span.TraceStateString) : null;

    public ActivityContext Context => ActivityContext.TryParse(Id, State, out var context) ? context : default;
}
