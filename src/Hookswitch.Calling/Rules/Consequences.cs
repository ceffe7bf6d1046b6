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
            unfolding.Add(FailedInvitations(unfolding.State));
        }
        while (unfolding.Add(NextEnd(unfolding.State)));

        unfolding.Add(Waits(unfolding.State, now, timeouts));
        unfolding.Add(Messages(unfolding.State, now));
        unfolding.Add(EndedOperations(before, unfolding.State));
        unfolding.Add(RosterChange(before, unfolding.State));
        unfolding.Add(unfolding.State is { HasEnded: false } last && !last.LiveLegs.Any() ? [new ConversationEnded()] : []);
        return unfolding.Events;
    }

    // An invitation has failed once nothing is called for it any longer: with the reason of the one that gave up last.
    private static IEnumerable<ConversationEvent> FailedInvitations(Conversation state) =>
        from invitation in state.Invitations
        where invitation.IsOpen
        let legs = state.Legs.Where(leg => leg.Participant == invitation.Participant).ToArray()
        where invitation.Replaces is null ? !legs.Any(leg => leg.IsLive) : !state.InsideLegs.Any()
        let last = legs.LastOrDefault()?.EndReason ?? EndReasons.ConversationEnded
        select new InvitationFailed(invitation.Participant, last.IsTold ? last : EndReasons.Declined);

    private static IEnumerable<ConversationEvent> NextEnd(Conversation state)
    {
        foreach (var leg in state.LiveLegs.Where(leg => !leg.IsDeparting))
        {
            if (Ends(state, leg) is { } reason)
            {
                return [new LegTerminated(leg.Id, reason)];
            }
        }

        return [];
    }

    // The order of the lines is their precedence: end-reasons.md, "Several legs at once". What the rules end directly comes before.
    private static EndReason? Ends(Conversation state, Leg leg) =>
        state.Terms!.EndsWithInitiator && !state.Legs[0].IsLive ? EndReasons.InitiatorLeft
        : leg.IsPending ? CallerIsGone(state, leg)
        : !leg.IsInside ? null
        : NoHostIsLeft(state, leg) ? EndReasons.NoPotentialHost
        : OnlyHiddenAreLeft(state, leg) ? EndReasons.OnlyHiddenParticipants
        : state.Kind == ConversationKind.GroupCall ? IsAloneInGroupCall(state, leg)
        : null;

    private static EndReason? CallerIsGone(Conversation state, Leg callee) =>
        state.InsideLegs.Any() ? null
        : callee.CalledBy is { } by && state.Find(by) is { } caller ? Reasons.HungUpBy(caller)
        : EndReasons.EndedByOtherParticipant;

    private static bool NoHostIsLeft(Conversation state, Leg leg) =>
        leg is { RequiresHost: true, MetHost: true } && !state.CanHost(leg) && !Others(state, leg).Any(state.CanHost);

    // A person may wait for others to come back, recorded or not.
    private static bool OnlyHiddenAreLeft(Conversation state, Leg leg) =>
        leg.MetOthers && IsApplication(leg) && Others(state, leg).All(other => other.Hidden) && (leg.Hidden || Others(state, leg).Any());

    private static EndReason? IsAloneInGroupCall(Conversation state, Leg leg)
    {
        if (Others(state, leg).Any(other => !other.Hidden) || state.Invitations.Any(one => one.IsOpen))
        {
            return null;
        }

        return leg.MetOthers ? EndReasons.OnlyOneParticipantLeft
            : state.Invitations.IsEmpty ? null
            : state.Invitations.All(one => HasDeclined(one.Failure)) ? EndReasons.DeclinedByAll
            : EndReasons.NobodyJoined;
    }

    private static bool HasDeclined(EndReason? failure) =>
        failure == EndReasons.Declined || failure == Reasons.DeclinedOnNetwork;

    private static bool IsApplication(Leg leg) =>
        leg.Bot is not null || leg.Identity.Kind is IdentityKind.Application or IdentityKind.ApplicationInstance;

    private static IEnumerable<Leg> Others(Conversation state, Leg leg) => state.InsideLegs.Where(other => other.Id != leg.Id);

    /// <summary>Whoever is alone waits for somebody to join, or to come back.</summary>
    private static IEnumerable<ConversationEvent> Waits(Conversation state, DateTimeOffset now, Timeouts timeouts)
    {
        var visible = state.InsideLegs.Count(leg => !leg.Hidden);
        foreach (var leg in state.InsideLegs)
        {
            var isAlone = visible == (leg.Hidden ? 0 : 1);
            var (joins, comesBack) = (isAlone && !leg.MetOthers, isAlone && leg.MetOthers && state.Kind != ConversationKind.GroupCall);
            foreach (var (kind, waits, time) in new[] { (DeadlineKind.Join, joins, timeouts.Join), (DeadlineKind.Alone, comesBack, timeouts.Alone) })
            {
                if (waits != state.Awaits(kind, leg.Id))
                {
                    yield return waits ? new DeadlineSet(kind, leg.Id, now + time) : new DeadlineCleared(kind, leg.Id);
                }
            }
        }
    }

    private static IEnumerable<ConversationEvent> Messages(Conversation state, DateTimeOffset now)
    {
        var hasMessages = state.Legs.Any(leg => leg.IsDeparting) || state.Invitations.Any(one => one is { IsOpen: true, Replaces: not null });
        return hasMessages == state.Awaits(DeadlineKind.Message, leg: null) ? []
            : hasMessages ? Moving.Repeat(now)
            : [new DeadlineCleared(DeadlineKind.Message, Leg: null)];
    }

    private static IEnumerable<ConversationEvent> EndedOperations(Conversation before, Conversation state) =>
        from operation in state.Operations
        where !operation.IsOver
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
                   ? was is null || (was.InLobby, was.Muted, was.Role) != (leg.InLobby, leg.Muted, leg.Role)
                   : was is not null || (leg is { Hidden: true, IsInside: true } && before.Find(leg.Id) is not { IsInside: true })
               select leg.Participant,
        ];
        return changed.IsEmpty ? [] : [new RosterChanged(changed)];
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
