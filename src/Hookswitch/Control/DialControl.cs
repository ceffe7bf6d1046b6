using Hookswitch.Calling;
using Hookswitch.Conversations;
using Hookswitch.Phones;
using Directory = Hookswitch.Phones.Directory;

namespace Hookswitch.Control;

/// <summary>Whom a phone is to dial, and what it does then.</summary>
internal sealed record DialBody
{
    /// <summary>An application's client id, a resource account, a number, or a user whose line has applications.</summary>
    public string? To { get; init; }

    /// <summary>Steps after the answer. Left out: it stays until someone hangs up.</summary>
    public IReadOnlyList<StepEntry>? Script { get; init; }

    /// <summary>After which it gives up waiting for an answer: an ISO 8601 duration. Left out: it waits.</summary>
    public string? GiveUpAfter { get; init; }
}

/// <summary>Lets phones dial.</summary>
internal static class DialControl
{
    public static Task<IResult> Dial(
        string id, HttpRequest request, Directory directory, Routing routing, Timeouts timeouts, IGrainFactory grains) =>
        ControlBody.Read<DialBody>(request, async body =>
        {
            if (Caller(id, body, directory) is not { } caller)
            {
                var kind = id.StartsWith('+') ? "number" : "user";
                return ControlProblem.Of(404, $"No {kind} '{id}' is registered. Register it with PUT /control/{kind}s/{id}.");
            }

            var to = body.To ?? throw new DirectoryEntryException("to", "is missing: name an application");
            var route = Target(to, directory) is { } target ? routing.Find(target) : null;
            if (route?.Callees.FirstOrDefault(one => one.Bot is not null) is not { } bot)
            {
                return ControlProblem.Of(
                    409, $"No application takes calls at '{to}': register one with PUT /control/applications/{to} and its callbackUri.");
            }

            var (party, test) = caller;
            var conduct = test?.Calls;
            var conversation = NewIds.Call().Conversation;
            var reply = await grains.Send(conversation, new PlaceCall(
                Guid.NewGuid(), party, route.Target,
                [.. route.Callees, .. conduct?.SharesLine is { } phone ? [Routing.OfPhone(route.Target, phone)] : Array.Empty<Party>()])
            {
                Timeouts = conduct is null ? null : test!.Times(timeouts),
            });
            var call = new CallId(conversation, bot.Leg);
            return reply.Unavailable || reply.Refusal is not null
                ? ControlProblem.Of(503, "The call could not be stored. Try again.")
                : TypedResults.Created($"{ControlDoor.Root}/calls/{call}", new { id = call.ToString() });
        });

    // A script in the body goes before what a test identity does by itself.
    private static (Party Party, TestIdentity? Test)? Caller(string id, DialBody body, Directory directory)
    {
        var patience = body.GiveUpAfter is { } text ? ControlBody.Duration(text, "giveUpAfter") : (TimeSpan?)null;
        var script = body.Script is { } steps ? DirectoryReading.Script(steps, "script") : null;
        var isNumber = id.StartsWith('+');
        var (registered, test) = isNumber
            ? (directory.FindNumber(id)?.Identity, TestIdentity.OfNumber(id))
            : (directory.FindUser(id)?.Identity, TestIdentity.OfUser(id));
        if (registered is null && script is null && test is { Calls: { } conduct })
        {
            var party = test.Party(conduct);
            return (party with { Patience = patience ?? party.Patience }, test);
        }

        return (registered ?? (isNumber ? null : directory.UserOrDefault(id)?.Identity)) is { } identity
            ? (new Party(NewIds.Leg(), Guid.NewGuid(), identity, Bot: null, script ?? Script.None) { Patience = patience }, null)
            : null;
    }

    // In development everyone is there; only those who are registered are dialled, so that a slip is noticed.
    private static Calling.Identity? Target(string to, Directory directory) =>
        to.StartsWith('+') ? new Calling.Identity(IdentityKind.Phone, to)
        : directory.FindApplication(new AppId(to)) is { } application ? application.Identity
        : directory.FindApplicationInstance(to) is { } instance ? instance.Identity
        : directory.FindUser(to)?.Identity;
}
