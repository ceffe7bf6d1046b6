using Hookswitch.Calling;
using Hookswitch.Graph;
using Hookswitch.Identity;
using Hookswitch.Phones;
using Hookswitch.Resources;

namespace Hookswitch.Api;

/// <summary>Who takes part in a call: the <c>participant</c> resource. Reads a request into a command, and the answer into Graph's JSON.</summary>
internal static class ParticipantsApi
{
    /// <summary>Maps the participants of the calls below a path.</summary>
    public static void MapParticipants(this IEndpointRouteBuilder calls)
    {
        calls.MapGet("/{id}/participants", List);
        calls.MapGet("/{id}/participants/{participant}", Get);
        calls.MapDelete("/{id}/participants/{participant}", Delete);
        calls.MapPost("/{id}/participants/invite", Invite);
        calls.MapPost("/{id}/participants/{participant}/mute", Mute);
        calls.MapPost("/{id}/participants/{participant}/admitFromLobby", Admit);
        calls.MapPost("/{id}/participants/{participant}/removeFromLobby", Deny);
        calls.MapPost("/{id}/participants/admitAllFromLobby", AdmitAll);
    }

    /// <summary>Lists who the bot sees in the call. 200.</summary>
    /// <remarks>Graph, List participants.</remarks>
    private static async Task<IResult> List(string id, HttpContext context, Caller caller, CallRequests calls) =>
        CallRequests.Forbidden(caller)
        ?? await calls.Find(context, caller, id, (call, conversation, leg) => leg.State < LegState.Established
            ? GraphError.CallNotEstablished
            : GraphAnswers.Ok(new ParticipantList
            {
                ODataContext = $"{GraphAnswers.Root(context)}/$metadata#communications/calls('{call}')/participants",
                Value = ParticipantResource.Roster(conversation, leg),
            }));

    /// <summary>Reads one participant. 200.</summary>
    /// <remarks>Graph, Get participant.</remarks>
    private static async Task<IResult> Get(string id, string participant, HttpContext context, Caller caller, CallRequests calls) =>
        CallRequests.Forbidden(caller)
        ?? await calls.Find(context, caller, id, (call, conversation, leg) =>
            leg.State < LegState.Established ? GraphError.CallNotEstablished
            : Guid.TryParse(participant, out var guid) && conversation.RosterOf(leg).FirstOrDefault(one => one.Participant == guid) is { } found
                ? GraphAnswers.Ok(ParticipantResource.Of(conversation, found, leg.Bot!) with
                {
                    ODataContext = $"{GraphAnswers.Root(context)}/$metadata#communications/calls('{call}')/participants/$entity",
                })
            : GraphError.From(Refusal.ParticipantNotFound));

    /// <summary>Removes someone, or takes an invitation back. 204.</summary>
    /// <remarks>Graph, Delete participant.</remarks>
    private static async Task<IResult> Delete(string id, string participant, HttpContext context, Caller caller, CallRequests calls) =>
        CallRequests.Forbidden(caller)
        ?? await calls.Send(
            context, caller, id, leg => new RemoveParticipant(leg, caller.Application, IdOf(participant)), TypedResults.NoContent());

    /// <summary>Calls others into the call. 200 with the operation; how it ended is notified.</summary>
    /// <remarks>Graph, participant: invite.</remarks>
    private static async Task<IResult> Invite(string id, HttpContext context, Caller caller, CallRequests calls, Routing routing)
    {
        var body = (await RequestBody.Read<InviteRequest>(context.Request)).Then(Checked);
        if (body is not { Value: { } request })
        {
            return body.Error!;
        }

        var invited = InvitedParties.From(request.Participants!);
        return CallRequests.Forbidden(caller) ?? await calls.Operate(context, caller, id, request.ClientContext, (leg, operation) => new Invite(
            leg, caller.Application, operation, request.ClientContext, [.. invited.Select(one => one.Routed(routing))],
            MeetingThreads.OfGroupCall(caller.Tenant)));
    }

    /// <summary>Mutes someone for all. 200 with the operation, which is completed.</summary>
    /// <remarks>Graph, participant: mute.</remarks>
    private static Task<IResult> Mute(string id, string participant, HttpContext context, Caller caller, CallRequests calls) =>
        calls.Operate(context, caller, id, (leg, operation, clientContext) =>
            new MuteParticipant(leg, caller.Application, IdOf(participant), operation, clientContext));

    /// <summary>Lets someone in who waits in the lobby. 200 with the operation, which is completed.</summary>
    /// <remarks>Graph beta, participant: admitFromLobby.</remarks>
    private static Task<IResult> Admit(string id, string participant, HttpContext context, Caller caller, CallRequests calls) =>
        calls.Operate(context, caller, id, (leg, operation, clientContext) =>
            new AdmitFromLobby(leg, caller.Application, IdOf(participant), operation, clientContext));

    /// <summary>Lets all in who wait in the lobby. 200 with the operation, which is completed.</summary>
    /// <remarks>Graph beta, participant: admitAllFromLobby.</remarks>
    private static Task<IResult> AdmitAll(string id, HttpContext context, Caller caller, CallRequests calls) =>
        calls.Operate(context, caller, id, (leg, operation, clientContext) =>
            new AdmitFromLobby(leg, caller.Application, Participant: null, operation, clientContext));

    /// <summary>Refuses someone entry who waits in the lobby. 200 with the operation, which is completed.</summary>
    /// <remarks>Graph beta, participant: removeFromLobby.</remarks>
    private static Task<IResult> Deny(string id, string participant, HttpContext context, Caller caller, CallRequests calls) =>
        calls.Operate(context, caller, id, (leg, operation, clientContext) =>
            new RemoveFromLobby(leg, caller.Application, IdOf(participant), operation, clientContext));

    private static Checked<InviteRequest> Checked(InviteRequest body) =>
        InvitedParties.Problem(body.Participants, "participants") is { } problem ? problem
        : body.Participants!.Any(one => one.ReplacesCallId is not null) && body.Participants!.Count > 1
            ? GraphError.InvalidArgument("participants", "must name one participant alone where replacesCallId is given")
        : body;

    /// <summary>The id in a path. What is no id is nobody's.</summary>
    public static Guid IdOf(string participant) => Guid.TryParse(participant, out var id) ? id : Guid.Empty;
}
