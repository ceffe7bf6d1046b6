using Hookswitch.Calling;
using Hookswitch.Graph;
using Hookswitch.Identity;
using Hookswitch.Notifications;

namespace Hookswitch.Api;

/// <summary>What a bot has the server play and record in its call. Reads a request into a command, and the answer into Graph's JSON.</summary>
internal static class MediaApi
{
    /// <summary>Maps the actions on the calls below a path.</summary>
    public static void MapMedia(this IEndpointRouteBuilder calls)
    {
        calls.MapPost("/{id}/playPrompt", PlayPrompt);
        calls.MapPost("/{id}/recordResponse", RecordResponse);
        calls.MapPost("/{id}/record", RecordResponse); // beta's older name
        calls.MapPost("/{id}/sendDtmfTones", SendDtmfTones);
        calls.MapPost("/{id}/cancelMediaProcessing", Cancel);
        calls.MapPost("/{id}/participants/{participant}/startHoldMusic", StartHoldMusic);
        calls.MapPost("/{id}/participants/{participant}/stopHoldMusic", StopHoldMusic);
    }

    /// <summary>Plays prompts. 200 with the operation, which runs; how it ended is notified.</summary>
    /// <remarks>Graph, call: playPrompt.</remarks>
    private static Task<IResult> PlayPrompt(string id, HttpContext context, Caller caller, CallRequests calls, AddressGuard guard) =>
        Start<PlayPromptRequest>(id, context, caller, calls, body => MediaOrder.From(body, guard));

    /// <summary>Records what the others say. 200 with the operation, which runs; how it ended, and where the recording is, is notified.</summary>
    /// <remarks>Graph, call: recordResponse.</remarks>
    private static Task<IResult> RecordResponse(string id, HttpContext context, Caller caller, CallRequests calls, AddressGuard guard) =>
        Start<RecordResponseRequest>(id, context, caller, calls, body => MediaOrder.From(body, RecordingsApi.Address(context.Request), guard));

    /// <summary>Sends tones. 200 with the operation, which runs; how it ended is notified.</summary>
    /// <remarks>Graph, call: sendDtmfTones.</remarks>
    private static Task<IResult> SendDtmfTones(string id, HttpContext context, Caller caller, CallRequests calls) =>
        Start<SendDtmfTonesRequest>(id, context, caller, calls, MediaOrder.From);

    /// <summary>Ends what is played and recorded, and what waits for its turn. 200 with the operation, which is completed.</summary>
    /// <remarks>Graph, call: cancelMediaProcessing.</remarks>
    private static Task<IResult> Cancel(string id, HttpContext context, Caller caller, CallRequests calls) =>
        calls.Operate(context, caller, id, (leg, operation, clientContext) => new CancelMedia(leg, caller.Application, operation, clientContext));

    /// <summary>Lets a participant hear music instead of the others. 202 with the operation, which runs; how it ended is notified.</summary>
    /// <remarks>Graph, participant: startHoldMusic.</remarks>
    private static async Task<IResult> StartHoldMusic(
        string id, string participant, HttpContext context, Caller caller, CallRequests calls, AddressGuard guard)
    {
        var body = (await RequestBody.ReadOptional<StartHoldMusicRequest>(context.Request)).Then(sent => Checked(sent, guard));
        if (body is not { Value: { } request })
        {
            return body.Error!;
        }

        var music = request.CustomPrompt is MediaPrompt prompt ? PromptReading.From(prompt).File : null;
        return CallRequests.Forbidden(caller) ?? await calls.Operate(
            context, caller, id, request.ClientContext,
            (leg, operation) => new StartHoldMusic(
                leg, caller.Application, ParticipantsApi.IdOf(participant), music, operation, request.ClientContext),
            StatusCodes.Status202Accepted);
    }

    /// <summary>Brings a participant back among the others. 202 with the operation, which runs; how it ended is notified.</summary>
    /// <remarks>Graph, participant: stopHoldMusic.</remarks>
    private static Task<IResult> StopHoldMusic(string id, string participant, HttpContext context, Caller caller, CallRequests calls) =>
        calls.Operate(
            context, caller, id,
            (leg, operation, clientContext) => new StopHoldMusic(
                leg, caller.Application, ParticipantsApi.IdOf(participant), operation, clientContext),
            StatusCodes.Status202Accepted);

    private static async Task<IResult> Start<T>(
        string id, HttpContext context, Caller caller, CallRequests calls, Func<T, Checked<MediaOrder>> check)
        where T : class
    {
        var body = (await RequestBody.Read<T>(context.Request)).Then(check);
        if (body is not { Value: { } order })
        {
            return body.Error!;
        }

        return CallRequests.Forbidden(caller) ?? await calls.Operate(context, caller, id, order.ClientContext, (leg, operation) =>
            new StartMedia(leg, caller.Application, operation, order.ClientContext, order.Work));
    }

    private static Checked<StartHoldMusicRequest> Checked(StartHoldMusicRequest body, AddressGuard guard) =>
        PromptReading.Problem(body.CustomPrompt, "customPrompt", guard) is { } problem ? problem : body;
}
