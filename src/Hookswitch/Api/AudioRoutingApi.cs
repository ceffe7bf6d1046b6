using Hookswitch.Calling;
using Hookswitch.Graph;
using Hookswitch.Identity;
using Hookswitch.Resources;

namespace Hookswitch.Api;

/// <summary>The ways of sound that a bot makes between participants: the <c>audioRoutingGroup</c> resource.</summary>
internal static class AudioRoutingApi
{
    public static void MapAudioRouting(this IEndpointRouteBuilder calls)
    {
        calls.MapGet("/{id}/audioRoutingGroups", List);
        calls.MapPost("/{id}/audioRoutingGroups", Create);
        calls.MapGet("/{id}/audioRoutingGroups/{group}", Get);
        calls.MapPatch("/{id}/audioRoutingGroups/{group}", Update);
        calls.MapDelete("/{id}/audioRoutingGroups/{group}", Delete);
    }

    /// <summary>Lists those that the bot made in this call. 200.</summary>
    /// <remarks>Graph, List audioRoutingGroups.</remarks>
    private static async Task<IResult> List(string id, HttpContext context, Caller caller, CallRequests calls) =>
        CallRequests.Forbidden(caller)
        ?? await calls.Find(context, caller, id, (call, _, leg) => GraphAnswers.Ok(new AudioRoutingGroupList
        {
            ODataContext = Context(context, call),
            Value = RoutingGroupResource.Of(leg),
        }));

    /// <summary>Reads one. 200.</summary>
    /// <remarks>Graph, Get audioRoutingGroup.</remarks>
    private static async Task<IResult> Get(string id, string group, HttpContext context, Caller caller, CallRequests calls) =>
        CallRequests.Forbidden(caller)
        ?? await calls.Find(context, caller, id, (call, _, leg) => Shown(context, call, leg, group));

    /// <summary>Makes one. 200 with it.</summary>
    /// <remarks>Graph, Create audioRoutingGroup.</remarks>
    private static async Task<IResult> Create(string id, HttpContext context, Caller caller, CallRequests calls)
    {
        var body = (await RequestBody.Read<AudioRoutingGroup>(context.Request)).Then(RoutingGroupOrder.FromWhole);
        if (body is not { Value: { } order })
        {
            return body.Error!;
        }

        var group = new RoutingGroup(
            order.Id ?? Guid.NewGuid().ToString("D"), order.Mode!.Value, order.Sources!.Value, order.Receivers!.Value);
        return CallRequests.Forbidden(caller) ?? await calls.Send(
            context, caller, id, leg => new CreateRoutingGroup(leg, caller.Application, group),
            (call, leg) => Shown(context, call, leg, group.Id));
    }

    /// <summary>Changes what the body names of one. 200 with it.</summary>
    /// <remarks>Graph, Update audioRoutingGroup.</remarks>
    private static async Task<IResult> Update(string id, string group, HttpContext context, Caller caller, CallRequests calls)
    {
        var body = (await RequestBody.Read<AudioRoutingGroup>(context.Request)).Then(RoutingGroupOrder.From);
        if (body is not { Value: { } order })
        {
            return body.Error!;
        }

        return CallRequests.Forbidden(caller) ?? await calls.Send(
            context, caller, id,
            leg => new UpdateRoutingGroup(leg, caller.Application, group) { Mode = order.Mode, Sources = order.Sources, Receivers = order.Receivers },
            (call, leg) => Shown(context, call, leg, group));
    }

    /// <summary>Takes one away. 204.</summary>
    /// <remarks>Graph, Delete audioRoutingGroup.</remarks>
    private static async Task<IResult> Delete(string id, string group, HttpContext context, Caller caller, CallRequests calls) =>
        CallRequests.Forbidden(caller)
        ?? await calls.Send(context, caller, id, leg => new DeleteRoutingGroup(leg, caller.Application, group), TypedResults.NoContent());

    private static IResult Shown(HttpContext context, CallId call, Leg leg, string group) => leg.FindRoutingGroup(group) is { } found
        ? GraphAnswers.Ok(RoutingGroupResource.Of(found) with { ODataContext = $"{Context(context, call)}/$entity" })
        : GraphError.From(Refusal.RoutingGroupNotFound);

    private static string Context(HttpContext context, CallId call) =>
        $"{GraphAnswers.Root(context)}/$metadata#communications/calls('{call}')/audioRoutingGroups";
}
