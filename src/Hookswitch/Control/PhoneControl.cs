using Hookswitch.Calling;
using Hookswitch.Conversations;
using Hookswitch.Phones;
using Directory = Hookswitch.Phones.Directory;

namespace Hookswitch.Control;

/// <summary>Whom a phone is to dial, and what it does once it is answered.</summary>
internal sealed record DialBody
{
    /// <summary>An application's client id.</summary>
    public string? To { get; init; }

    /// <summary>Steps after the answer. Left out: it stays until someone hangs up.</summary>
    public IReadOnlyList<StepEntry>? Script { get; init; }
}

/// <summary>Drives the phones of users and numbers.</summary>
internal static class PhoneControl
{
    private static readonly (string Path, string Verb, PhoneAction Action)[] Actions =
    [
        ("ring", "ring", PhoneAction.Ring),
        ("answer", "answer", PhoneAction.Answer),
        ("decline", "decline", PhoneAction.Decline),
        ("hangUp", "hang up", PhoneAction.HangUp),
    ];

    public static void MapPhones(this IEndpointRouteBuilder control)
    {
        control.MapPost("/phones/{id}/dial", Dial);
        foreach (var (path, verb, action) in Actions)
        {
            control.MapPost($"/phones/{{id}}/{path}", (string id, PhoneLines lines, IGrainFactory grains, CancellationToken cancellation) =>
                Act(id, action, verb, lines, grains, cancellation));
        }
    }

    private static Task<IResult> Dial(string id, HttpRequest request, Directory directory, IGrainFactory grains) =>
        ControlBody.Read<DialBody>(request, async body =>
        {
            if (Caller(id, directory) is not { } caller)
            {
                return ControlProblem.Of(404, $"No number '{id}' is registered. Register it with PUT /control/numbers/{id}.");
            }

            var to = new AppId(body.To ?? throw new DirectoryEntryException("to", "is missing: name an application"));
            if (directory.FindApplication(to) is not { Callback: { } callback } application)
            {
                return ControlProblem.Of(
                    409, $"The application '{to}' takes no calls: it has no callback. Register one with PUT /control/applications/{to} and its callbackUri.");
            }

            var script = DirectoryReading.Script(body.Script ?? [], "script");
            var call = CallId.From(Guid.NewGuid());
            var bot = Routing.Bot(application, callback, application.Tenant) with { Leg = call.Leg };
            var reply = await grains.Send(call.Conversation, new PlaceCall(
                Guid.NewGuid(), new Party(LegIds.Draw(), Guid.NewGuid(), caller, Bot: null, script), bot.Identity, [bot]));
            return reply.Unavailable || reply.Refusal is not null
                ? ControlProblem.Of(503, "The call could not be stored. Try again.")
                : TypedResults.Created($"{ControlDoor.Root}/calls/{call}", new { id = call.ToString() });
        });

    // The newest call in which the phone can do that.
    private static async Task<IResult> Act(
        string id, PhoneAction action, string verb, PhoneLines lines, IGrainFactory grains, CancellationToken cancellation)
    {
        var legs = await lines.Of(id, cancellation);
        foreach (var leg in legs)
        {
            var reply = await grains.Send(leg.Conversation, new PhoneActed(leg.Leg, action));
            if (reply.Unavailable)
            {
                return ControlProblem.Of(503, "What the phone did could not be stored. Try again.");
            }

            if (reply.Refusal is null)
            {
                return TypedResults.NoContent();
            }
        }

        return ControlProblem.Of(
            409, legs.Count == 0 ? $"'{id}' has no call now." : $"No phone of '{id}' is in a state in which it can {verb}.");
    }

    private static Calling.Identity? Caller(string id, Directory directory) =>
        id.StartsWith('+') ? directory.FindNumber(id)?.Identity : directory.UserOrDefault(id).Identity;
}
