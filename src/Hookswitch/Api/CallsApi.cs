using Hookswitch.Calling;
using Hookswitch.Graph;
using Hookswitch.Identity;
using Hookswitch.Phones;
using Hookswitch.Resources;
using Microsoft.AspNetCore.Http.HttpResults;
using Directory = Hookswitch.Phones.Directory;

namespace Hookswitch.Api;

/// <summary>The <c>call</c> resource. Reads a request into a command, and the answer into Graph's JSON; holds no rule.</summary>
internal static class CallsApi
{
    /// <summary>Ids are drawn at random from 60 bits; a server would need a billion calls to draw one twice even once.</summary>
    private const int MaxDraws = 3;

    public static void MapCalls(this IEndpointRouteBuilder routes)
    {
        foreach (var path in new[] { "/v1.0/communications/calls", "/beta/communications/calls", $"{DeprecatedPaths.App}/calls" })
        {
            var calls = routes.MapGroup(path);
            calls.MapPost("/", Create);
            calls.MapGet("/{id}", Get);
            calls.MapDelete("/{id}", Delete);
            calls.MapAction("answer", Answer);
            calls.MapAction("reject", Reject);
            calls.MapAction("keepAlive", KeepAlive);
            calls.MapNotOffered();
        }
    }

    /// <summary>Maps an action in both of its spellings: plain, and qualified by its namespace.</summary>
    private static void MapAction(this IEndpointRouteBuilder calls, string name, Delegate action)
    {
        calls.MapPost($"/{{id}}/{name}", action);
        calls.MapPost($"/{{id}}/microsoft.graph.{name}", action);
    }

    /// <summary>Places a call. 201 with the call, which is <c>establishing</c>.</summary>
    /// <remarks>Graph, Create call.</remarks>
    private static async Task<IResult> Create(HttpContext context, Caller caller, CallRequests calls, Directory directory, Routing routing)
    {
        var body = (await RequestBody.Read<Call>(context.Request)).Then(CallOrder.From);
        if (body is not { Value: { } order })
        {
            return body.Error!;
        }

        if (CallRequests.Forbidden(caller, Permissions.MissingToPlace(caller.Permissions, order.Terms.Media)) is { } forbidden)
        {
            return forbidden;
        }

        if (order.Tenant is { } tenant && !tenant.Equals(caller.Tenant, StringComparison.OrdinalIgnoreCase))
        {
            return GraphError.TenantMismatch;
        }

        if (order.Source is { } source && directory.Provision(source.Id, caller.Application, source.DisplayName).Application != caller.Application)
        {
            return GraphError.SourceInvalid;
        }

        var application = directory.ApplicationOrDefault(caller.Application);
        for (var draw = 0; ; draw++)
        {
            var call = CallId.From(Guid.NewGuid());
            var route = routing.Find(order.Target);
            var reply = await calls.Send(context, caller, call, new PlaceCall(
                Guid.NewGuid(), Placer(call, order, application, caller, context), route.Target, route.Callees, route.Unreachable)
            {
                Timeouts = route.Timeouts,
            });
            if (reply.Refusal == Refusal.ConversationExists && draw < MaxDraws)
            {
                continue;
            }

            return CallRequests.Refused(reply) is { } refused ? refused : Created(context, call, reply.Conversation);
        }
    }

    /// <summary>Reads a call. 200.</summary>
    /// <remarks>Graph, Get call.</remarks>
    private static async Task<IResult> Get(string id, HttpContext context, Caller caller, CallRequests calls) =>
        CallRequests.Forbidden(caller)
        ?? await calls.Find(context, caller, id, (call, conversation, leg) => Found(context, call, conversation, leg));

    /// <summary>Hangs up. In a group only the caller's leg goes; the conversation goes on.</summary>
    /// <remarks>Graph, Delete call: 204 without a body. Permissions were checked when the call was created.</remarks>
    private static async Task<IResult> Delete(string id, HttpContext context, Caller caller, CallRequests calls) =>
        CallRequests.Forbidden(caller)
        ?? await calls.Send(context, caller, id, leg => new HangUp(leg, caller.Application), TypedResults.NoContent());

    /// <summary>Accepts an incoming call. 202; the rest is notified.</summary>
    /// <remarks>Graph, call: answer.</remarks>
    private static async Task<IResult> Answer(string id, HttpContext context, Caller caller, CallRequests calls)
    {
        var body = (await RequestBody.Read<AnswerRequest>(context.Request)).Then(AnswerOrder.From);
        if (body is not { Value: { } order })
        {
            return body.Error!;
        }

        return CallRequests.Forbidden(caller, Permissions.MissingToAnswer(caller.Permissions, order.Terms.Media))
            ?? await calls.Send(
                context, caller, id,
                leg => new Answer(leg, caller.Application, order.Callback, order.Terms.Media)
                {
                    Modalities = order.Terms.Modalities,
                    Options = order.Terms.Options,
                    Scenario = context.Features.Get<RequestIds>()?.Scenario,
                },
                TypedResults.StatusCode(StatusCodes.Status202Accepted));
    }

    /// <summary>Declines an incoming call. 202.</summary>
    /// <remarks>Graph, call: reject.</remarks>
    private static async Task<IResult> Reject(string id, HttpContext context, Caller caller, CallRequests calls)
    {
        var body = await RequestBody.ReadOptional<RejectRequest>(context.Request);
        return body.Error
            ?? CallOrder.CallbackProblem(body.Value!.CallbackUri, required: false)
            ?? CallRequests.Forbidden(caller)
            ?? await calls.Send(
                context, caller, id, leg => new Reject(leg, caller.Application, body.Value.CallbackUri),
                TypedResults.StatusCode(StatusCodes.Status202Accepted));
    }

    /// <summary>Keeps a call from being cleaned up. 200, and its body is not read: some clients announce one and send none.</summary>
    /// <remarks>Graph, call: keepAlive.</remarks>
    private static async Task<IResult> KeepAlive(string id, HttpContext context, Caller caller, CallRequests calls) =>
        CallRequests.Forbidden(caller)
        ?? await calls.Send(context, caller, id, leg => new KeepAlive(leg, caller.Application), TypedResults.Ok());

    private static Party Placer(CallId call, CallOrder order, Application application, Caller caller, HttpContext context)
    {
        return new Party(
            call.Leg, Guid.NewGuid(), order.Source ?? application.Identity,
            new Bot(caller.Application, caller.Tenant, order.Callback)
            {
                Style = application.Style,
                QuotedCodes = application.QuotedCodes,
                Scenario = context.Features.Get<RequestIds>()?.Scenario,
                Media = order.Terms.Media,
                Modalities = order.Terms.Modalities,
                Subject = order.Subject,
                Options = order.Terms.Options,
            },
            Script.None);
    }

    // The call as it was placed: what became of it since is notified.
    private static JsonHttpResult<Call> Created(HttpContext context, CallId call, Conversation conversation)
    {
        context.Response.Headers.Location = $"{Root(context)}{CallResource.Path(call)}";
        var placed = CallResource.Of(call.Conversation, conversation, conversation.Find(call.Leg)!) with
        {
            ODataContext = $"{Root(context)}/$metadata#app/calls/$entity",
            State = CallState.Establishing,
            MediaState = null,
        };
        return TypedResults.Json(placed, GraphJson.EntityOf<Call>(), statusCode: StatusCodes.Status201Created);
    }

    // Graph's own context of a read names app in beta alone.
    private static JsonHttpResult<Call> Found(HttpContext context, CallId call, Conversation conversation, Leg leg)
    {
        var path = context.Request.Path.StartsWithSegments("/v1.0") ? "communications/calls" : "app/calls";
        var found = CallResource.Of(call.Conversation, conversation, leg) with { ODataContext = $"{Root(context)}/$metadata#{path}/$entity" };
        return TypedResults.Json(found, GraphJson.EntityOf<Call>());
    }

    private static string Root(HttpContext context) =>
        $"{context.Request.Scheme}://{context.Request.Host}{(context.Request.Path.StartsWithSegments("/v1.0") ? "/v1.0" : "/beta")}";
}
