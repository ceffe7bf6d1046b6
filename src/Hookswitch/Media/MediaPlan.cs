using System.Collections.Immutable;
using Hookswitch.Calling;

namespace Hookswitch.Media;

/// <summary>What has to be made ready, or told, before a party's sound can go on.</summary>
/// <param name="Leg">Whose bot asked for it.</param>
/// <param name="For">The party whose sound it is.</param>
internal sealed record MediaJob(LegId Leg, LegId For, Operation Operation)
{
    /// <summary>Nothing has to be made ready: this became of it.</summary>
    public Finished? Told { get; init; }
}

/// <summary>Brings a room to what was committed.</summary>
internal static class MediaPlan
{
    /// <summary>In larger rooms phones remember less of what they hear.</summary>
    private const int Few = 16;

    private const string Stopped = "The server was stopped while it ran.";

    /// <summary>Whom each hears, where not everybody hears everybody; empty: everybody does.</summary>
    public static IReadOnlyDictionary<LegId, LegId[]> Sources(Conversation conversation) => conversation.IsAllToAll
        ? ImmutableDictionary<LegId, LegId[]>.Empty
        : conversation.InsideLegs.ToDictionary(leg => leg.Id, leg => conversation.HeardBy(leg).Select(heard => heard.Id).ToArray());

    /// <param name="sources">Whom each hears; empty: everybody. Null: as before.</param>
    public static IReadOnlyList<MediaJob> Follow(
        ConversationId id, Parties parties, ImmutableArray<ConversationEvent> events, Conversation after,
        IReadOnlyDictionary<LegId, LegId[]>? sources, MediaLoader loader, PastEars past)
    {
        Leave(parties, party => after.Find(party.Leg.Id) is not { IsInside: true }, past);
        Enter(parties, after);
        foreach (var party in parties.All)
        {
            party.IsCutOff = after.Awaits(DeadlineKind.MediaStart, party.Leg.Id) || after.Awaits(DeadlineKind.MediaLoss, party.Leg.Id);
            party.Socket ??= loader.Connect(id, party.Leg);
            if (sources is not null)
            {
                party.Sources = sources.TryGetValue(party.Leg.Id, out var heard) ? [.. heard.Select(parties.Find).OfType<MediaParty>()] : null;
            }
        }

        parties.Stopped.RemoveWhere(operation => after.FindOperation(operation) is not { IsOver: false });

        foreach (var @event in events)
        {
            Follow(parties, @event, loader);
        }

        MediaJob[] jobs = [.. parties.All.SelectMany(party => Turn(party, events, after)), .. Music(parties, after)];
        foreach (var party in parties.All)
        {
            party.IsNew = false;
        }

        return jobs;
    }

    private static void Enter(Parties parties, Conversation after)
    {
        foreach (var leg in after.InsideLegs)
        {
            if (parties.Find(leg.Id) is { } party)
            {
                party.Leg = leg;
            }
            else
            {
                parties.All.Add(new MediaParty(leg, parties.All.Count < Few ? Ear.Memory : Ear.ShortMemory));
            }
        }
    }

    /// <summary>Those who are gone say and hear nothing more.</summary>
    public static int Leave(Parties parties, Predicate<MediaParty> isGone, PastEars past)
    {
        foreach (var party in parties.All.Where(party => isGone(party)))
        {
            party.Socket?.Stop();
            if (party.Ear is { } ear)
            {
                past.Add(party.Leg.Identity.Id, ear);
            }
        }

        return parties.All.RemoveAll(isGone);
    }

    private static void Follow(Parties parties, ConversationEvent @event, MediaLoader loader)
    {
        switch (@event)
        {
            case PhoneSpoke spoke when parties.Find(spoke.Leg) is { } party && loader.Find(spoke.Sound) is { } samples:
                party.Say(new Sound(samples));
                break;
            case TonePressed pressed when parties.Find(pressed.Leg) is { IsCutOff: false, Leg: { OnHold: false, Music: null } } presser:
                foreach (var other in parties.All.Where(party => party != presser && party.Sources?.Contains(presser) != false))
                {
                    other.Task?.Press(pressed.Tone);
                    other.Socket?.Press(pressed.Tone);
                }

                break;
        }
    }

    // One operation after the other. Whose bot has just come, and had begun before, was under way when the server stopped.
    private static IEnumerable<MediaJob> Turn(MediaParty party, ImmutableArray<ConversationEvent> events, Conversation after)
    {
        var current = after.MediaOf(party.Leg.Id);
        if (party.Turn == current?.Id)
        {
            yield break;
        }

        (party.Turn, party.Task) = (current?.Id, null);
        if (current is not null)
        {
            yield return new MediaJob(party.Leg.Id, party.Leg.Id, current)
            {
                Told = !party.IsNew || Begins(party.Leg.Id, current, events, after)
                    ? null
                    : new Finished(party.Leg.Id, current.Id, MediaResult.Failed, Stopped),
            };
        }
    }

    private static bool Begins(LegId leg, Operation current, ImmutableArray<ConversationEvent> events, Conversation after) => events.Any(one => one switch
    {
        OperationStarted e => e.Operation == current.Id,
        OperationEnded e => after.FindOperation(e.Operation) is { Work: not null and not HoldMusicWork } ended && ended.Leg == leg,
        _ => false,
    });

    private static IEnumerable<MediaJob> Music(Parties parties, Conversation after)
    {
        foreach (var party in parties.All.Where(party => party.MusicOf != party.Leg.Music?.Operation))
        {
            (party.MusicOf, party.Music) = (party.Leg.Music?.Operation, null);
            if (party.Leg.Music is { } music)
            {
                var start = after.FindOperation(music.Operation)
                    ?? new Operation(music.Operation, music.By, OperationKind.StartHoldMusic, ClientContext: null, []) { IsOver = true };
                yield return new MediaJob(music.By, party.Leg.Id, start with { Work = new HoldMusicWork(music.File) });
            }
        }

        foreach (var stop in after.Operations.Where(one => one is { Kind: OperationKind.StopHoldMusic, IsOver: false } && parties.Stopped.Add(one.Id)))
        {
            yield return new MediaJob(stop.Leg, stop.Leg, stop) { Told = new Finished(stop.Leg, stop.Id, MediaResult.Completed, Detail: null) };
        }
    }
}
