using Hookswitch.Calling;
using Hookswitch.Conversations;
using Hookswitch.Identity;
using Hookswitch.Phones;
using Directory = Hookswitch.Phones.Directory;

namespace Hookswitch.Api;

/// <summary>A call that was created, or why it was not.</summary>
internal readonly record struct CreatedCall(CallId Call, Conversation? Conversation, GraphError? Error)
{
    public static implicit operator CreatedCall(GraphError error) => new(default, Conversation: null, error);
}

/// <summary>Creates what a bot's order asks for: a peer-to-peer call, a group call, or its leg of a meeting. Holds no rule of calling.</summary>
internal sealed class CallCreation(CallRequests calls, Directory directory, Routing routing, MeetingFinder meetings, ThreadDoor door, NewCallTurns turns)
{
    /// <summary>Ids are drawn at random from 60 bits; a server would need a billion calls to draw one twice even once.</summary>
    private const int MaxDraws = 3;

    public async Task<CreatedCall> Create(HttpContext context, Caller caller, CallOrder order)
    {
        if (Problem(caller, order) is { } problem)
        {
            return problem;
        }

        using var turn = await turns.Take(context.RequestAborted);
        if (turn is null)
        {
            return GraphError.TooBusy;
        }

        return order switch
        {
            { Meeting: { } wish } => await Join(context, caller, order, wish),
            { Targets: [var target] } => await Place(context, caller, order, call => PeerToPeer(call, target, order, caller, context)),
            _ => await Place(context, caller, order, call => Group(call, order, caller, context)),
        };
    }

    private GraphError? Problem(Caller caller, CallOrder order) =>
        CallRequests.Forbidden(caller, Permissions.MissingToCreate(order.Creation, caller.Permissions, order.Terms.Media)) is { } forbidden ? forbidden
        : order.Tenant is { } tenant && !tenant.Equals(caller.Tenant, StringComparison.OrdinalIgnoreCase) ? GraphError.TenantMismatch
        : order.Source is { } source && !directory.MayCallAs(source.Id, caller.Application) ? GraphError.SourceInvalid
        : null;

    private async Task<CreatedCall> Place(HttpContext context, Caller caller, CallOrder order, Func<CallId, Command> command)
    {
        for (var draw = 0; ; draw++)
        {
            var call = NewIds.Call();
            var reply = await calls.Send(context, caller, call, command(call));
            if (reply.Refusal != Refusal.ConversationExists || draw == MaxDraws)
            {
                return CallRequests.Refused(reply) is { } refused ? refused : new CreatedCall(call, reply.Conversation, Error: null);
            }
        }
    }

    private PlaceCall PeerToPeer(CallId call, InvitedParty target, CallOrder order, Caller caller, HttpContext context)
    {
        var route = routing.Find(target.Identity);
        return new PlaceCall(Guid.NewGuid(), Self(call.Leg, order, caller, context), route.Target, route.Callees, route.Unreachable)
        {
            Timeouts = route.Timeouts,
        };
    }

    private PlaceGroupCall Group(CallId call, CallOrder order, Caller caller, HttpContext context) =>
        new(Guid.NewGuid(), Self(call.Leg, order, caller, context), [.. order.Targets.Select(one => one.Routed(routing))],
            MeetingThreads.OfGroupCall(caller.Tenant, order.Subject))
        {
            Timeouts = routing.TimesOfGroup(order.Targets.Select(one => one.Identity)),
        };

    private async Task<CreatedCall> Join(HttpContext context, Caller caller, CallOrder order, MeetingWish wish)
    {
        var (found, problem) = await meetings.Find(wish.Address, caller.Tenant);
        if (found is null)
        {
            return GraphError.From(problem);
        }

        var leg = NewIds.Leg();
        var join = new Join(Guid.NewGuid(), Self(leg, order, caller, context), found.Terms)
        {
            Company = found.Company,
            Timeouts = found.Timeouts,
            RequiresHost = wish.RequiresHost,
            BypassesLobby = wish.BypassesLobby,
        };
        var (conversation, reply) = await door.Enter(found.Terms, id => calls.Send(context, caller, new CallId(id, leg), join));
        return CallRequests.Refused(reply) is { } refused
            ? refused
            : new CreatedCall(new CallId(conversation, leg), reply.Conversation, Error: null);
    }

    private Party Self(LegId leg, CallOrder order, Caller caller, HttpContext context)
    {
        var application = directory.ApplicationOrDefault(caller.Application);
        if (order.Source is { } source)
        {
            directory.Provision(source.Id, caller.Application, source.DisplayName);
        }

        return new Party(
            leg, Guid.NewGuid(), order.Meeting?.Guest ?? order.Source ?? application.Identity,
            new Bot(caller.Application, caller.Tenant, order.Callback)
            {
                Style = application.Style,
                QuotedCodes = application.QuotedCodes,
                ToldRinging = GraphAnswers.IsBeta(context.Request),
                Scenario = context.Features.Get<RequestIds>()?.Scenario,
                Media = order.Terms.Media,
                Modalities = order.Terms.Modalities,
                Subject = order.Subject,
                Options = order.Terms.Options,
            },
            Script.None);
    }
}
