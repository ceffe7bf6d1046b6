using System.Collections.Immutable;

namespace Hookswitch.Calling.Rules;

/// <summary>
/// What follows for a conversation of many from what has just happened in it: who ends by it, which invitations have failed, for whom it
/// waits, what rosters show. One function, so that each rule says its own alone.
/// </summary>
internal static class Consequences
{
    /// <param name="before">Before the decision.</param>
    /// <param name="caused">With what the decision caused so far.</param>
    public static ImmutableArray<ConversationEvent> Of(Conversation before, Conversation caused, DateTimeOffset now, Timeouts timeouts)
    {
        var unfolding = new Unfolding(caused);
        do
        {
            unfolding.Add(FailedInvitations(before, unfolding.State));
            unfolding.Add(GoingAside.InVain(before, unfolding.State));
        }
        while (unfolding.Add(Ends(unfolding.State)));

        unfolding.Add(MediaOperations.Abandoned(unfolding.State));
        unfolding.Add(MediaOperations.Forsaken(unfolding.State));
        unfolding.Add(MediaOperations.NoLongerWatched(unfolding.State));
        unfolding.Add(Waits(unfolding.State, now, timeouts));
        unfolding.Add(Messages(unfolding.State, now));
        unfolding.Add(EndedOperations(before, unfolding.State));
        unfolding.Add(RosterChange(before, unfolding.State));
        unfolding.Add(unfolding.State is { HasEnded: false } last && !last.LiveLegs.Any() ? [new ConversationEnded()] : []);
        return unfolding.Events;
    }

    // An invitation has failed once nothing is called for it any longer: with the reason of the one that gave up last.
    private static IEnumerable<ConversationEvent> FailedInvitations(Conversation before, Conversation state)
    {
        if (!state.Invitations.Any(one => one.IsOpen))
        {
            return [];
        }

        var (called, isEmpty) = (state.Legs.ToLookup(leg => leg.Participant), !state.InsideLegs.Any());
        return from invitation in state.Invitations
               where invitation.IsOpen
               let line = called[invitation.Participant]
               where invitation.Replaces is null ? !line.Any(leg => leg.IsLive) : isEmpty
               let last = line.LastOrDefault(leg => before.Find(leg.Id) is not { IsLive: false }) ?? line.LastOrDefault()
               select new InvitationFailed(invitation.Participant, Reasons.NotReached(last));
    }

    // All that end for the same state end together; what follows from their end follows next.
    private static IEnumerable<ConversationEvent> Ends(Conversation state)
    {
        var inside = Inside.Of(state);
        return from leg in state.LiveLegs
               where !leg.IsDeparting
               let reason = Ends(state, leg, inside)
               where reason is not null
               select new LegTerminated(leg.Id, reason);
    }

    // The order of the lines is their precedence: end-reasons.md, "Several legs at once". What the rules end directly comes before.
    private static EndReason? Ends(Conversation state, Leg leg, Inside inside) =>
        state.Terms!.EndsWithInitiator && !state.Legs[0].IsLive ? EndReasons.InitiatorLeft
        : leg.State < LegState.Established ? CallerIsGone(state, leg, inside)
        : !leg.IsInside ? null
        : NoHostIsLeft(state, leg, inside) ? EndReasons.NoPotentialHost
        : OnlyHiddenAreLeft(leg, inside) ? EndReasons.OnlyHiddenParticipants
        : state.Kind == ConversationKind.GroupCall && inside.IsAlone(leg) ? IsAloneInGroupCall(state, leg)
        : null;

    private static EndReason? CallerIsGone(Conversation state, Leg callee, Inside inside) =>
        inside.Count > 0 ? null : Reasons.GivenUpBy(callee.CalledBy is { } by ? state.Find(by) : null);

    private static bool NoHostIsLeft(Conversation state, Leg leg, Inside inside) =>
        leg.MetHost && inside.HostCount == 0 && (leg.RequiresHost || state.Terms!.RequiresHost);

    // A person may wait for others to come back, recorded or not.
    private static bool OnlyHiddenAreLeft(Leg leg, Inside inside) =>
        leg.MetOthers && IsApplication(leg) && inside.IsAlone(leg) && (leg.Hidden || inside.Count > 1);

    private static EndReason? IsAloneInGroupCall(Conversation state, Leg leg) =>
        state.Invitations.Any(one => one.IsOpen) ? null
        : leg.MetOthers ? IsEscalatedInVain(state) ? null : EndReasons.OnlyOneParticipantLeft
        : state.Invitations.IsEmpty || state.Invitations.Any(one => one.HasJoined) ? null // the join time will show
        : state.Invitations.All(one => HasDeclined(one.Failure)) ? EndReasons.DeclinedByAll
        : EndReasons.NobodyJoined;

    // A bot that hides once somebody was called in talks on with its party when nobody came.
    private static bool IsEscalatedInVain(Conversation state) =>
        !state.Invitations.Any(one => one.HasJoined)
        && state.InsideLegs.Any(leg => leg is { Hidden: true, Bot.Options.HideBotAfterEscalation: true });

    private static bool HasDeclined(EndReason? failure) =>
        failure == EndReasons.Declined || failure == Reasons.DeclinedOnNetwork;

    private static bool IsApplication(Leg leg) =>
        leg.Bot is not null || leg.Identity.Kind is IdentityKind.Application or IdentityKind.ApplicationInstance;

    /// <summary>Whoever is alone waits for somebody to join, or to come back.</summary>
    private static IEnumerable<ConversationEvent> Waits(Conversation state, DateTimeOffset now, Timeouts timeouts)
    {
        var inside = Inside.Of(state);
        var waiting = state.Deadlines
            .Where(deadline => deadline.Kind is DeadlineKind.Join or DeadlineKind.Alone)
            .Select(deadline => (deadline.Kind, deadline.Leg))
            .ToHashSet();
        foreach (var leg in state.InsideLegs)
        {
            var isAlone = inside.IsAlone(leg);
            var (joins, comesBack) = (isAlone && !leg.MetOthers, isAlone && leg.MetOthers && state.Kind != ConversationKind.GroupCall);
            foreach (var (kind, waits, time) in new[] { (DeadlineKind.Join, joins, timeouts.Join), (DeadlineKind.Alone, comesBack, timeouts.Alone) })
            {
                if (waits != waiting.Contains((kind, leg.Id)))
                {
                    yield return waits ? new DeadlineSet(kind, leg.Id, now + time) : new DeadlineCleared(kind, leg.Id);
                }
            }
        }
    }

    private static IEnumerable<ConversationEvent> Messages(Conversation state, DateTimeOffset now)
    {
        var hasMessages = state.Legs.Any(leg => leg.IsDeparting)
            || state.Invitations.Any(one => one is { IsOpen: true, Replaces: not null })
            || state.Transfer is { IsConsultative: true };
        return hasMessages == state.Awaits(DeadlineKind.Message, leg: null) ? []
            : hasMessages ? Moving.Repeat(now)
            : [new DeadlineCleared(DeadlineKind.Message, Leg: null)];
    }

    private static IEnumerable<ConversationEvent> EndedOperations(Conversation before, Conversation state) =>
        from operation in state.Operations
        where operation is { IsOver: false, Work: null }
            && state.Find(operation.Leg) is { IsLive: true }
            && operation.Participants.All(one => state.FindInvitation(one) is not { IsOpen: true })
        select new OperationEnded(operation.Id, IsTold: before.FindOperation(operation.Id) is not null);

    // Hidden ones are named when they come, so that they themselves are told who is there.
    private static IEnumerable<ConversationEvent> RosterChange(Conversation before, Conversation state)
    {
        var shown = before.IsPeerToPeer ? [] : before.Roster.ToDictionary(leg => leg.Id);
        ImmutableArray<Guid> changed =
        [
            .. from leg in state.Legs
               let was = shown.GetValueOrDefault(leg.Id)
               where leg.IsListed
                   ? was is null || Shown(was) != Shown(leg)
                   : was is not null || (leg is { Hidden: true, IsInside: true } && before.Find(leg.Id) is not { IsInside: true })
               select leg.Participant,
        ];
        return changed.IsEmpty ? [] : [new RosterChanged(changed)];
    }

    private static (bool InLobby, bool Muted, bool OnHold, bool HearsMusic, MeetingRole Role, RecordingStatus? Recording, ScreenSharingRole Sharing)
        Shown(Leg leg) =>
        (leg.InLobby, leg.Muted, leg.OnHold, leg.Music is not null, leg.Role, leg.Recording, leg.ScreenSharing);

    /// <summary>Who is inside, counted once for all legs.</summary>
    private readonly record struct Inside(int Count, int VisibleCount, int HostCount)
    {
        public static Inside Of(Conversation state) => state.InsideLegs.Aggregate(new Inside(), (inside, leg) => new Inside(
            inside.Count + 1, inside.VisibleCount + (leg.Hidden ? 0 : 1), inside.HostCount + (state.CanHost(leg) ? 1 : 0)));

        /// <summary>Whether nobody else is there whom rosters show.</summary>
        public bool IsAlone(Leg leg) => VisibleCount == (leg.Hidden ? 0 : 1);
    }

    /// <summary>Events, and the state to which they lead.</summary>
    private sealed class Unfolding(Conversation state)
    {
        private readonly ImmutableArray<ConversationEvent>.Builder _events = ImmutableArray.CreateBuilder<ConversationEvent>();

        public Conversation State { get; private set; } = state;

        public ImmutableArray<ConversationEvent> Events => _events.ToImmutable();

        /// <returns>Whether anything follows.</returns>
        public bool Add(IEnumerable<ConversationEvent> events)
        {
            var added = events.ToArray(); // all from the same state
            _events.AddRange(added);
            State = Conversation.Evolve(State, added);
            return added.Length > 0;
        }
    }
}
