using Hookswitch.Calling;
using Hookswitch.Calling.Rules;
using Hookswitch.Conversations;
using Hookswitch.Identity;
using Hookswitch.Journal;
using Hookswitch.Notifications;
using Hookswitch.Resources;
using Hookswitch.Telemetry;
using Hookswitch.Time;

namespace Hookswitch.Api;

/// <summary>Sends a bot's commands to its call, and turns what became of them into an answer.</summary>
internal sealed class CallRequests(IGrainFactory grains, ResponseHold hold, CallJournal journal, CallClock clock)
{
    /// <summary>Sends a command to the call that a path names.</summary>
    /// <param name="answer">What the bot gets when it took effect.</param>
    public Task<IResult> Send(HttpContext context, Caller caller, string id, Func<LegId, Command> command, IResult answer) =>
        Send(context, caller, id, command, (_, _) => answer);

    /// <summary>The same, with an answer that shows what became of the call.</summary>
    public async Task<IResult> Send(
        HttpContext context, Caller caller, string id, Func<LegId, Command> command, Func<CallId, Leg, IResult> answer)
    {
        if (!CallId.TryParse(id, out var call))
        {
            return GraphError.CallNotFound; // no server of ours has given it out
        }

        var reply = await Send(context, caller, call, command(call.Leg));
        return Refused(reply) ?? answer(call, reply.Conversation.Find(call.Leg)!);
    }

    /// <summary>Sends what starts an operation to the call that a path names. 200 with the operation, and where it can be read again.</summary>
    /// <param name="command">From the leg and the id that was drawn for the operation.</param>
    /// <param name="status">With which it is answered.</param>
    public async Task<IResult> Operate(
        HttpContext context, Caller caller, string id, string? clientContext, Func<LegId, Guid, Command> command,
        int status = StatusCodes.Status200OK)
    {
        if (InvitedParties.Length(clientContext, "clientContext") is { } problem)
        {
            return problem;
        }

        if (!CallId.TryParse(id, out var call))
        {
            return GraphError.CallNotFound;
        }

        var operation = Guid.NewGuid();
        var reply = await Send(context, caller, call, command(call.Leg, operation));
        if (Refused(reply) is { } refused)
        {
            return refused;
        }

        var resource = OperationResource.Of(reply.Conversation, reply.Conversation.FindOperation(operation)!);
        context.Response.Headers.Location = $"{GraphAnswers.Root(context)}{OperationResource.Path(call, operation)}";
        return GraphAnswers.Of(resource with { ODataContext = $"{GraphAnswers.Root(context)}/$metadata#{OperationResource.TypeName(resource)}" }, status);
    }

    /// <summary>The same, for what needs no more of a body than the client's context.</summary>
    public async Task<IResult> Operate(
        HttpContext context, Caller caller, string id, Func<LegId, Guid, string?, Command> command, int status = StatusCodes.Status200OK)
    {
        var body = await RequestBody.ReadOptional<Graph.ContextRequest>(context.Request);
        return body.Error
            ?? Forbidden(caller)
            ?? await Operate(
                context, caller, id, body.Value!.ClientContext, (leg, operation) => command(leg, operation, body.Value.ClientContext), status);
    }

    /// <summary>Sends a command to a call. What it causes is told once the response was written.</summary>
    public async Task<Reply> Send(HttpContext context, Caller caller, CallId call, Command command)
    {
        About(context, call);
        hold.Until(context.Response, call, caller.Application);
        var reply = await grains.Send(call.Conversation, command);
        Note(context, caller, call, reply.Conversation);
        return reply;
    }

    /// <summary>Reads the call that a path names.</summary>
    /// <param name="show">Makes the answer of the caller's live call.</param>
    public async Task<IResult> Find(HttpContext context, Caller caller, string id, Func<CallId, Conversation, Leg, IResult> show)
    {
        if (!CallId.TryParse(id, out var call))
        {
            return GraphError.CallNotFound;
        }

        About(context, call);
        var reply = await grains.Read(call.Conversation);
        Note(context, caller, call, reply.Conversation);
        return Refused(reply)
            ?? (Owned.Find(reply.Conversation, call.Leg, caller.Application) is { } leg ? show(call, reply.Conversation, leg) : GraphError.CallNotFound);
    }

    /// <summary>What a bot gets when a command took no effect; null: it did.</summary>
    public static GraphError? Refused(Reply reply) =>
        reply.Unavailable ? GraphError.StoreUnavailable
        : reply.Refusal is { } refusal ? GraphError.From(refusal)
        : null;

    /// <summary>What an application lacks; null: nothing.</summary>
    public static GraphError? Forbidden(Caller caller, Permission? missing = null) =>
        caller.IsDelegated ? GraphError.OnlyApplications
        : missing is { } permission ? GraphError.MissingPermission(permission)
        : null;

    private static void About(HttpContext context, CallId call)
    {
        if (context.Features.Get<Subject>() is { } subject)
        {
            subject.Call = call;
        }
    }

    // Of the owner alone: ids that others try are nothing of the call's.
    private void Note(HttpContext context, Caller caller, CallId call, Conversation conversation)
    {
        if (conversation.Find(call.Leg)?.Bot?.Application != caller.Application)
        {
            return;
        }

        var (request, at, journaled) = (context.Request, clock.Now, new JournaledCall(call, caller.Application, conversation.CallChain));
        context.Response.OnCompleted(() =>
        {
            journal.Add(journaled, new JournaledRequest(
                at, request.Method, request.Path, context.Response.StatusCode, context.Features.Get<RequestIds>()?.Request ?? ""));
            return Task.CompletedTask;
        });
    }
}
