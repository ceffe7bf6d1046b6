using Hookswitch.Graph;
using Hookswitch.Identity;
using Hookswitch.Resources;

namespace Hookswitch.Api;

/// <summary>What a bot asked for, as the <c>commsOperation</c> resource: the <c>Location</c> of an answer points there.</summary>
internal static class OperationsApi
{
    public static void MapOperations(this IEndpointRouteBuilder calls)
    {
        calls.MapGet("/{id}/operations", List);
        calls.MapGet("/{id}/operations/{operation}", Get);
    }

    /// <summary>Lists what the bot asked for in this call. 200.</summary>
    /// <remarks>By Graph's schema: no page describes it.</remarks>
    private static async Task<IResult> List(string id, HttpContext context, Caller caller, CallRequests calls) =>
        CallRequests.Forbidden(caller)
        ?? await calls.Find(context, caller, id, (call, conversation, leg) => GraphAnswers.Ok(new OperationList
        {
            ODataContext = $"{GraphAnswers.Root(context)}/$metadata#communications/calls('{call}')/operations",
            Value = OperationResource.Of(conversation, leg),
        }));

    /// <summary>Reads how far something is that the bot asked for. 200.</summary>
    /// <remarks>By Graph's schema: no page describes it.</remarks>
    private static async Task<IResult> Get(string id, string operation, HttpContext context, Caller caller, CallRequests calls) =>
        CallRequests.Forbidden(caller)
        ?? await calls.Find(context, caller, id, (call, conversation, leg) =>
            Guid.TryParse(operation, out var guid) && conversation.FindOperation(guid) is { } found && found.Leg == leg.Id
                ? GraphAnswers.Ok(OperationResource.Of(conversation, found) with
                {
                    ODataContext = $"{GraphAnswers.Root(context)}/$metadata#communications/calls('{call}')/operations/$entity",
                })
                : GraphError.NoSuchOperation);
}
