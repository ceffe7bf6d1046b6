using Hookswitch.Calling;
using Hookswitch.Conversations;
using Hookswitch.Graph;
using Hookswitch.Identity;
using Hookswitch.Notifications;
using Hookswitch.Phones;
using Hookswitch.Resources;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hookswitch.Api;

/// <summary>The <c>call</c> resource. Reads a request into a command, and the answer into Graph's JSON; holds no rule.</summary>
internal static class CallsApi
{
    public static void MapCalls(this IEndpointRouteBuilder routes)
    {
        foreach (var path in new[] { "/v1.0/communications/calls", "/beta/communications/calls" })
        {
            var calls = routes.MapGroup(path);
            calls.MapPost("/", Create);
            calls.MapGet("/{id}", Get);
            calls.MapDelete("/{id}", Delete);
            calls.MapPost("/{id}/answer", Answer);
            calls.MapPost("/{id}/reject", Reject);
            calls.MapPost("/{id}/redirect", Redirect);
            calls.MapPost("/{id}/transfer", Transfer);
            calls.MapPost("/{id}/keepAlive", KeepAlive);
            calls.MapPost("/{id}/mute", Mute);
            calls.MapPost("/{id}/unmute", Unmute);
            calls.MapPost("/{id}/subscribeToTone", SubscribeToTone);
            calls.MapPost("/{id}/updateRecordingStatus", UpdateRecordingStatus);
            calls.MapPost("/{id}/changeScreenSharingRole", ChangeScreenSharingRole);
            calls.MapMedia();
            calls.MapParticipants();
            calls.MapOperations();
            calls.MapContentSharing();
            calls.MapAudioRouting();
            calls.MapQuality();
            calls.MapNotOffered();
        }
    }

    /// <summary>Calls someone or several, or joins a meeting. 201 with the call, which is <c>establishing</c>.</summary>
    /// <remarks>Graph, Create call.</remarks>
    private static async Task<IResult> Create(HttpContext context, Caller caller, CallCreation creation, AddressGuard guard, RequestLimits limits)
    {
        if (limits.Call(caller) is { } tooMany)
        {
            return tooMany;
        }

        var body = (await RequestBody.Read<Call>(context.Request)).Then(sent => CallOrder.From(sent, guard));
        if (body is not { Value: { } order })
        {
            return body.Error!;
        }

        var created = await creation.Create(context, caller, order);
        return created.Error is { } error ? error : Created(context, order, created.Call, created.Conversation!);
    }

    /// <summary>Reads a call, or the members of it that are asked for. 200.</summary>
    /// <remarks>Graph, Get call.</remarks>
    private static async Task<IResult> Get(string id, HttpContext context, Caller caller, CallRequests calls)
    {
        var query = CallQuery.From(context.Request.Query);
        return query.Error
            ?? CallRequests.Forbidden(caller)
            ?? await calls.Find(context, caller, id, (call, conversation, leg) =>
                query.Value!.Answer(Found(context, call, conversation, leg), conversation, leg));
    }

    /// <summary>Hangs up. In a group only the caller's leg goes; the conversation goes on.</summary>
    /// <remarks>Graph, Delete call: 204 without a body. Permissions were checked when the call was created.</remarks>
    private static async Task<IResult> Delete(string id, HttpContext context, Caller caller, CallRequests calls) =>
        CallRequests.Forbidden(caller)
        ?? await calls.Send(context, caller, id, leg => new HangUp(leg, caller.Application), TypedResults.NoContent());

    /// <summary>Accepts an incoming call. 202; the rest is notified.</summary>
    /// <remarks>Graph, call: answer.</remarks>
    private static async Task<IResult> Answer(string id, HttpContext context, Caller caller, CallRequests calls, AddressGuard guard)
    {
        var body = (await RequestBody.Read<AnswerRequest>(context.Request)).Then(sent => AnswerOrder.From(sent, guard));
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
                    MayJoinGroups = Permissions.MayJoinGroups(caller.Permissions),
                },
                TypedResults.StatusCode(StatusCodes.Status202Accepted));
    }

    /// <summary>Declines an incoming call. 202.</summary>
    /// <remarks>Graph, call: reject.</remarks>
    private static async Task<IResult> Reject(string id, HttpContext context, Caller caller, CallRequests calls, AddressGuard guard)
    {
        var body = await RequestBody.ReadOptional<RejectRequest>(context.Request);
        return body.Error
            ?? CallOrder.CallbackProblem(body.Value!.CallbackUri, guard, required: false)
            ?? CallRequests.Forbidden(caller)
            ?? await calls.Send(
                context, caller, id, leg => new Reject(leg, caller.Application, body.Value.CallbackUri),
                TypedResults.StatusCode(StatusCodes.Status202Accepted));
    }

    /// <summary>Passes an incoming call on. 202; the call of the bot has ended.</summary>
    /// <remarks>Graph, call: redirect.</remarks>
    private static async Task<IResult> Redirect(
        string id, HttpContext context, Caller caller, CallRequests calls, Routing routing, AddressGuard guard)
    {
        var body = (await RequestBody.Read<RedirectRequest>(context.Request)).Then(sent => RedirectOrder.From(sent, guard));
        if (body is not { Value: { } order })
        {
            return body.Error!;
        }

        return CallRequests.Forbidden(caller)
            ?? await calls.Send(
                context, caller, id,
                leg => new Redirect(leg, caller.Application, order.Callback, [.. order.Targets.Select(one => one.RoutedAlone(routing))], order.Ring),
                TypedResults.StatusCode(StatusCodes.Status202Accepted));
    }

    /// <summary>Leaves a peer-to-peer call to another, or one of a group call. 202; what becomes of it is notified.</summary>
    /// <remarks>Graph, call: transfer.</remarks>
    private static async Task<IResult> Transfer(string id, HttpContext context, Caller caller, CallRequests calls, Routing routing)
    {
        var body = (await RequestBody.Read<TransferRequest>(context.Request)).Then(TransferOrder.From);
        if (body is not { Value: { } order })
        {
            return body.Error!;
        }

        return CallRequests.Forbidden(caller)
            ?? await calls.Send(
                context, caller, id,
                leg => new TransferCall(leg, caller.Application, order.Target.RoutedAlone(routing))
                {
                    Transferee = order.Transferee,
                    Aside = NewIds.Call().Conversation,
                },
                TypedResults.StatusCode(StatusCodes.Status202Accepted));
    }

    /// <summary>Keeps a call from being cleaned up. 200, and its body is not read: some clients announce one and send none.</summary>
    /// <remarks>Graph, call: keepAlive.</remarks>
    private static async Task<IResult> KeepAlive(string id, HttpContext context, Caller caller, CallRequests calls) =>
        CallRequests.Forbidden(caller)
        ?? await calls.Send(context, caller, id, leg => new KeepAlive(leg, caller.Application), TypedResults.Ok());

    /// <summary>Mutes the bot itself for all. 200 with the operation, which is completed.</summary>
    /// <remarks>Graph, call: mute.</remarks>
    private static Task<IResult> Mute(string id, HttpContext context, Caller caller, CallRequests calls) =>
        calls.Operate(context, caller, id, (leg, operation, clientContext) => new Mute(leg, caller.Application, operation, clientContext));

    /// <summary>Unmutes the bot itself, whoever muted it. 200 with the operation, which is completed.</summary>
    /// <remarks>Graph, call: unmute.</remarks>
    private static Task<IResult> Unmute(string id, HttpContext context, Caller caller, CallRequests calls) =>
        calls.Operate(context, caller, id, (leg, operation, clientContext) => new Unmute(leg, caller.Application, operation, clientContext));

    /// <summary>From now on the bot is told which keys are pressed. 200 with the operation, which is completed.</summary>
    /// <remarks>Graph, call: subscribeToTone.</remarks>
    private static Task<IResult> SubscribeToTone(string id, HttpContext context, Caller caller, CallRequests calls) =>
        calls.Operate(context, caller, id, (leg, operation, clientContext) => new SubscribeToTones(leg, caller.Application, operation, clientContext));

    /// <summary>The bot says whether it records, and rosters show it. 200 with the operation, which is completed.</summary>
    /// <remarks>Graph, call: updateRecordingStatus.</remarks>
    private static async Task<IResult> UpdateRecordingStatus(string id, HttpContext context, Caller caller, CallRequests calls)
    {
        var body = (await RequestBody.Read<UpdateRecordingStatusRequest>(context.Request)).Then(RecordingOrder.From);
        if (body is not { Value: { } order })
        {
            return body.Error!;
        }

        return CallRequests.Forbidden(caller) ?? await calls.Operate(context, caller, id, order.ClientContext, (leg, operation) =>
            new UpdateRecordingStatus(leg, caller.Application, order.Status, operation, order.ClientContext));
    }

    /// <summary>The bot begins, or ceases, to share a screen with its own media, and rosters show it. 202.</summary>
    /// <remarks>Graph, call: changeScreenSharingRole.</remarks>
    private static async Task<IResult> ChangeScreenSharingRole(string id, HttpContext context, Caller caller, CallRequests calls)
    {
        var body = await RequestBody.Read<ChangeScreenSharingRoleRequest>(context.Request);
        return body is not { Value: { } request } ? body.Error!
            : request.Role is not { } role ? GraphError.InvalidArgument("role", "is missing")
            : CallRequests.Forbidden(caller) ?? await calls.Send(
                context, caller, id,
                leg => new ChangeScreenSharingRole(
                    leg, caller.Application, role == Graph.ScreenSharingRole.Sharer ? Calling.ScreenSharingRole.Sharer : Calling.ScreenSharingRole.Viewer),
                TypedResults.StatusCode(StatusCodes.Status202Accepted));
    }

    // The call as it was placed: what became of it since is notified.
    private static JsonHttpResult<Call> Created(HttpContext context, CallOrder order, CallId call, Conversation conversation)
    {
        context.Response.Headers.Location = $"{GraphAnswers.Root(context)}{CallResource.Path(call)}";
        var placed = CallResource.Of(call.Conversation, conversation, conversation.Find(call.Leg)!) with
        {
            ODataContext = $"{GraphAnswers.Root(context)}/$metadata#app/calls/$entity",
            State = CallState.Establishing,
            MediaState = null,
            MeetingInfo = order.Meeting?.Echo,
        };
        return TypedResults.Json(placed, GraphJson.EntityOf<Call>(), statusCode: StatusCodes.Status201Created);
    }

    // Graph's own context of a read names app in beta alone, and beta alone has a state for what rings.
    private static Call Found(HttpContext context, CallId call, Conversation conversation, Leg leg)
    {
        var (isBeta, found) = (GraphAnswers.IsBeta(context.Request), CallResource.Of(call.Conversation, conversation, leg));
        return found with
        {
            ODataContext = $"{GraphAnswers.Root(context)}/$metadata#{(isBeta ? "app" : "communications")}/calls/$entity",
            State = isBeta && leg is { State: LegState.Establishing, RingCount: > 0 } ? CallState.Ringing : found.State,
        };
    }
}
