using Hookswitch.Calling;
using Hookswitch.Calling.Rules;
using Hookswitch.Conversations;
using Hookswitch.Identity;
using Hookswitch.Journal;
using Hookswitch.Notifications;
using Hookswitch.Time;

namespace Hookswitch.Api;

/// <summary>Sends a bot's commands to its call, and turns what became of them into an answer.</summary>
internal sealed class CallRequests(IGrainFactory grains, ResponseHold hold, CallJournal journal, CallClock clock)
{
    /// <summary>Sends a command to the call that a path names.</summary>
    /// <param name="answer">What the bot gets when it took effect.</param>
    public async Task<IResult> Send(HttpContext context, string id, Func<LegId, Command> command, IResult answer)
    {
        if (!CallId.TryParse(id, out var call))
        {
            return GraphError.CallNotFound; // no server of ours has given it out
        }

        var reply = await Send(context, call, command(call.Leg));
        return Refused(reply) ?? answer;
    }

    /// <summary>Sends a command to a call. What it causes is told once the response was written.</summary>
    public Task<Reply> Send(HttpContext context, CallId call, Command command)
    {
        hold.Until(context.Response, call);
        Note(context, call);
        return grains.Send(call.Conversation, command);
    }

    /// <summary>Reads the call that a path names.</summary>
    /// <param name="show">Makes the answer of the caller's live call.</param>
    public async Task<IResult> Find(HttpContext context, string id, AppId application, Func<CallId, Conversation, Leg, IResult> show)
    {
        if (!CallId.TryParse(id, out var call))
        {
            return GraphError.CallNotFound;
        }

        Note(context, call);
        var reply = await grains.Read(call.Conversation);
        return Refused(reply)
            ?? (Owned.Find(reply.Conversation, call.Leg, application) is { } leg ? show(call, reply.Conversation, leg) : GraphError.CallNotFound);
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

    private void Note(HttpContext context, CallId call)
    {
        var (request, at) = (context.Request, clock.Now);
        context.Response.OnCompleted(() =>
        {
            journal.Add(call, new JournaledRequest(
                at, request.Method, request.Path, context.Response.StatusCode, context.Features.Get<RequestIds>()?.Request ?? ""));
            return Task.CompletedTask;
        });
    }
}
