using Hookswitch.Graph;
using Hookswitch.Identity;

namespace Hookswitch.Api;

/// <summary>What is shared in a call: nothing ever, as the phones of this server share nothing. Graph, contentSharingSession resource type.</summary>
internal static class ContentSharingApi
{
    public static void MapContentSharing(this IEndpointRouteBuilder calls)
    {
        calls.MapGet("/{id}/contentSharingSessions", List);
        calls.MapGet("/{id}/contentSharingSessions/{session}", Get);
    }

    /// <summary>Lists what is shared in a call. 200 with an empty list.</summary>
    /// <remarks>Graph, List contentSharingSessions.</remarks>
    private static async Task<IResult> List(string id, HttpContext context, Caller caller, CallRequests calls) =>
        CallRequests.Forbidden(caller)
        ?? await calls.Find(context, caller, id, (call, _, _) => GraphAnswers.Ok(new ContentSharingSessionList
        {
            ODataContext = $"{GraphAnswers.Root(context)}/$metadata#communications/calls('{call}')/contentSharingSessions",
            Value = [],
        }));

    /// <summary>Reads something that is shared. 404.</summary>
    /// <remarks>Graph, Get contentSharingSession.</remarks>
    private static async Task<IResult> Get(string id, HttpContext context, Caller caller, CallRequests calls) =>
        CallRequests.Forbidden(caller)
        ?? await calls.Find(context, caller, id, (_, _, _) => GraphError.NothingShared);
}
