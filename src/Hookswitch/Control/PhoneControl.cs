using Hookswitch.Calling;
using Hookswitch.Conversations;
using Hookswitch.Phones;
using Directory = Hookswitch.Phones.Directory;

namespace Hookswitch.Control;

/// <summary>Details of what a phone is to do now.</summary>
internal sealed record ActBody
{
    /// <summary>With refuse: the SIP status.</summary>
    public int? Status { get; init; }

    /// <summary>With press: 0 to 9, *, # or a to d.</summary>
    public string? Key { get; init; }

    /// <summary>Of what is done to another: the id of a participant, a user or an application. Left out: as the action says.</summary>
    public string? Participant { get; init; }
}

/// <summary>Drives the phones of users and numbers.</summary>
internal static class PhoneControl
{
    public static void MapPhones(this IEndpointRouteBuilder control)
    {
        control.MapPost("/phones/{id}/dial", DialControl.Dial);
        control.MapPost("/phones/{id}/goOffline", (string id, PhoneLines lines, Directory directory, IGrainFactory grains, CancellationToken cancellation) =>
            GoOffline(id, lines, directory, grains, cancellation));
        control.MapPost("/phones/{id}/goOnline", (string id, Directory directory) =>
        {
            SetOffline(id, offline: false, directory);
            return TypedResults.NoContent();
        });
        foreach (var (word, action) in PhoneWords.Actions)
        {
            control.MapPost($"/phones/{{id}}/{word}", (
                string id, HttpRequest request, PhoneLines lines, IGrainFactory grains, CancellationToken cancellation) =>
                ControlBody.Read<ActBody>(request, body => Act(id, word, Acted(action, body), body.Participant, lines, grains, cancellation)));
        }
    }

    private static Func<LegId, PhoneActed> Acted(PhoneAction action, ActBody body)
    {
        int? status = action == PhoneAction.Refuse ? DirectoryReading.Status(body.Status, "status") : null;
        Tone? tone = action == PhoneAction.Press ? DirectoryReading.Key(body.Key, "key") : null;
        return leg => new PhoneActed(leg, action) { SipStatus = status, Tone = tone };
    }

    // The newest call in which the phone can do that.
    private static async Task<IResult> Act(
        string id, string word, Func<LegId, PhoneActed> acted, string? other, PhoneLines lines, IGrainFactory grains,
        CancellationToken cancellation)
    {
        var legs = await lines.Of(id, cancellation);
        foreach (var leg in legs)
        {
            var named = other is null ? null : await Named(leg.Conversation, other, grains);
            if (other is not null && named is null)
            {
                continue;
            }

            var reply = await grains.Send(leg.Conversation, acted(leg.Leg) with { Participant = named });
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
            409, legs.Count == 0 ? $"'{id}' has no call now." : $"No phone of '{id}' is in a state in which it can {word}.");
    }

    private static async Task<Guid?> Named(ConversationId conversation, string other, IGrainFactory grains) =>
        (await grains.Read(conversation)).Conversation.LiveLegs.FirstOrDefault(leg => MeetingControl.Is(leg, other))?.Participant;

    // Whoever is talked to is gone; whoever only rings is not missed.
    private static async Task<IResult> GoOffline(
        string id, PhoneLines lines, Directory directory, IGrainFactory grains, CancellationToken cancellation)
    {
        SetOffline(id, offline: true, directory);
        foreach (var leg in await lines.Of(id, cancellation))
        {
            await grains.Send(leg.Conversation, new PhoneActed(leg.Leg, PhoneAction.Vanish));
        }

        return TypedResults.NoContent();
    }

    private static void SetOffline(string id, bool offline, Directory directory)
    {
        if (directory.FindNumber(id) is { } number)
        {
            directory.Put(number with { Line = Switched(number.Line) });
        }
        else
        {
            var user = directory.UserOrDefault(id);
            directory.Put(user with { Line = Switched(user.Line) });
        }

        Line Switched(Line line) => line with { Phones = [.. line.Phones.Select(phone => phone with { IsOffline = offline })] };
    }
}
