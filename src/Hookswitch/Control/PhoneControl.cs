using Hookswitch.Calling;
using Hookswitch.Conversations;
using Hookswitch.Media;
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

    /// <summary>With speak: the name of a sound.</summary>
    public string? Sound { get; init; }

    /// <summary>Of what is done to another: the id of a participant, a user or an application. Left out: as the action says.</summary>
    public string? Participant { get; init; }
}

/// <summary>The keys that a phone has heard in the sound that was carried to it.</summary>
internal sealed record HeardKeysView(string Keys);

/// <summary>Drives the phones of users and numbers.</summary>
internal static class PhoneControl
{
    public static void MapPhones(this IEndpointRouteBuilder control)
    {
        control.MapPost("/phones/{id}/dial", DialControl.Dial);
        control.MapGet("/phones/{id}/heard", Heard);
        control.MapGet("/phones/{id}/heard/keys", HeardKeys);
        control.MapPost("/phones/{id}/goOffline", (string id, PhoneLines lines, Directory directory, IGrainFactory grains, CancellationToken cancellation) =>
            GoOffline(id, lines, directory, grains, cancellation));
        control.MapPost("/phones/{id}/goOnline", (string id, Directory directory) =>
            SetOffline(id, offline: false, directory) ?? TypedResults.NoContent());
        foreach (var (word, action) in PhoneWords.Actions)
        {
            control.MapPost($"/phones/{{id}}/{word}", (
                string id, HttpRequest request, PhoneLines lines, SoundShelf sounds, IGrainFactory grains, CancellationToken cancellation) =>
                ControlBody.Read<ActBody>(request, body => Act(id, word, Acted(action, body, sounds), body.Participant, lines, grains, cancellation)));
        }
    }

    private static Func<LegId, PhoneActed> Acted(PhoneAction action, ActBody body, SoundShelf sounds)
    {
        int? status = action == PhoneAction.Refuse ? DirectoryReading.Status(body.Status, "status") : null;
        Tone? tone = action == PhoneAction.Press ? DirectoryReading.Key(body.Key, "key") : null;
        var sound = action == PhoneAction.Speak ? DirectoryReading.Sound(body.Sound, "sound") : null;
        if (sound is not null && sounds.Find(sound) is null)
        {
            throw new DirectoryEntryException("sound", $"names '{sound}', which is not there: put it with PUT /control/sounds/{sound}");
        }

        return leg => new PhoneActed(leg, action) { SipStatus = status, Tone = tone, Sound = sound };
    }

    // A WAV of the last minute in which anything was carried to it.
    private static async Task<IResult> Heard(string id, PhoneLines lines, MediaRooms rooms, CancellationToken cancellation) =>
        rooms.EarOf(id, await lines.Of(id, cancellation)) is { } ear ? SoundControl.Of(ear.Heard) : NothingHeard(id);

    private static async Task<IResult> HeardKeys(string id, PhoneLines lines, MediaRooms rooms, CancellationToken cancellation) =>
        rooms.EarOf(id, await lines.Of(id, cancellation)) is { } ear
            ? TypedResults.Ok(new HeardKeysView(string.Concat(ear.Tones.Select(PhoneWords.Of))))
            : NothingHeard(id);

    private static IResult NothingHeard(string id) => ControlProblem.Of(404, $"Nothing was carried to a phone of '{id}' yet, or it is no longer remembered.");

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
        if (SetOffline(id, offline: true, directory) is { } unknown)
        {
            return unknown;
        }

        foreach (var leg in await lines.Of(id, cancellation))
        {
            await grains.Send(leg.Conversation, new PhoneActed(leg.Leg, PhoneAction.Vanish));
        }

        return TypedResults.NoContent();
    }

    // What is wrong; null: nothing.
    private static IResult? SetOffline(string id, bool offline, Directory directory)
    {
        if (directory.FindNumber(id) is { } number)
        {
            directory.Put(number with { Line = Switched(number.Line) });
            return null;
        }

        if (directory.UserOrDefault(id) is not { } user)
        {
            return ControlProblem.Of(404, $"No user '{id}' is registered. Register it with PUT /control/users/{id}.");
        }

        directory.Put(user with { Line = Switched(user.Line) });
        return null;

        Line Switched(Line line) => line with { Phones = [.. line.Phones.Select(phone => phone with { IsOffline = offline })] };
    }
}
