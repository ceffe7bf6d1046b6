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
    private const string Stopped = "The server was stopped while it ran.";

    public static IReadOnlyList<MediaJob> Follow(
        ConversationId id, Parties parties, ImmutableArray<ConversationEvent> events, Conversation after, MediaLoader loader, PastEars past)
    {
        Leave(parties, party => after.Find(party.Leg.Id) is not { } leg || !IsConnected(leg), past);
        foreach (var leg in after.Legs.Where(IsConnected))
        {
            if (parties.Find(leg.Id) is { } party)
            {
                party.Leg = leg;
            }
            else
            {
                parties.All.Add(new MediaParty(leg));
            }
        }

        var isAllToAll = after.IsAllToAll;
        foreach (var party in parties.All)
        {
            party.Sources = isAllToAll ? null : [.. after.HeardBy(party.Leg).Select(leg => parties.Find(leg.Id)).OfType<MediaParty>()];
            party.Socket ??= loader.Connect(id, party.Leg);
        }

        foreach (var known in parties.Finished.Keys.Where(operation => after.FindOperation(operation) is not { IsOver: false }).ToArray())
        {
            parties.Finished.Remove(known);
        }

        foreach (var @event in events)
        {
            Follow(parties, @event, loader);
        }

        return [.. parties.All.SelectMany(party => Turn(parties, party, events, after)), .. Music(parties, after)];
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

    // A bot that is about to leave its call to another talks on meanwhile.
    private static bool IsConnected(Leg leg) =>
        leg is { State: LegState.Established or LegState.Transferring or LegState.TransferAccepted, InLobby: false, Departure: null };

    private static void Follow(Parties parties, ConversationEvent @event, MediaLoader loader)
    {
        switch (@event)
        {
            case PhoneSpoke spoke when parties.Find(spoke.Leg) is { } party && loader.Find(spoke.Sound) is { } samples:
                party.Say(new Sound(samples));
                break;
            case TonePressed pressed:
                foreach (var other in parties.All.Where(party => party.Leg.Id != pressed.Leg))
                {
                    other.Socket?.Press(pressed.Tone);
                    other.Task?.Press(pressed.Tone);
                }

                break;
            case DeadlineSet { Kind: DeadlineKind.MediaWatch, Leg: { } asked }:
                parties.Find(asked)?.Socket?.Tell();
                break;
        }
    }

    // One operation after the other. One of which nothing is known here was under way when the server stopped.
    private static IEnumerable<MediaJob> Turn(
        Parties parties, MediaParty party, ImmutableArray<ConversationEvent> events, Conversation after)
    {
        if (after.MediaOf(party.Leg.Id) is not { } current)
        {
            (party.Turn, party.Task) = (null, null);
        }
        else if (parties.Finished.TryGetValue(current.Id, out var finished))
        {
            if (events.Any(one => one is DeadlineSet { Kind: DeadlineKind.MediaWatch }))
            {
                yield return new MediaJob(party.Leg.Id, party.Leg.Id, current) { Told = finished };
            }
        }
        else if (party.Turn != current.Id)
        {
            (party.Turn, party.Task) = (current.Id, null);
            yield return new MediaJob(party.Leg.Id, party.Leg.Id, current)
            {
                Told = Begins(party.Leg.Id, current, events, after) ? null : new Finished(party.Leg.Id, current.Id, MediaResult.Failed, Stopped),
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
        foreach (var party in parties.All)
        {
            if (party.Leg.HearsMusicOf is null)
            {
                (party.Music, party.AwaitsMusic) = (null, false);
            }
            else if (party is { Music: null, AwaitsMusic: false }
                && after.Operations.LastOrDefault(one => IsAbout(one, OperationKind.StartHoldMusic, party.Leg)) is { } start)
            {
                party.AwaitsMusic = true;
                yield return new MediaJob(start.Leg, party.Leg.Id, start);
            }
        }

        foreach (var stop in after.Operations.Where(one => one is { Kind: OperationKind.StopHoldMusic, IsOver: false }))
        {
            yield return new MediaJob(stop.Leg, stop.Leg, stop) { Told = new Finished(stop.Leg, stop.Id, MediaResult.Completed, Detail: null) };
        }
    }

    private static bool IsAbout(Operation operation, OperationKind kind, Leg leg) =>
        operation.Kind == kind && operation.Participants.Contains(leg.Participant);
}
