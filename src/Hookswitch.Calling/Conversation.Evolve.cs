using System.Collections.Immutable;
using System.Diagnostics;

namespace Hookswitch.Calling;

public sealed partial record Conversation
{
    /// <summary>The only place where state changes. Total: what was committed can always be folded again.</summary>
    public static Conversation Evolve(Conversation state, ConversationEvent @event)
    {
        var next = @event switch
        {
            ConversationStarted e => state with
            {
                Kind = e.Kind,
                CallChain = e.CallChain,
                Targets = e.Targets,
                Timeouts = e.Timeouts,
                Terms = e.Terms,
                Expected = e.Expects,
            },
            LegAdded e => state with { Legs = state.Legs.Add(Added(e)) },
            LegRinging e => Rung(state.Move(e.Leg, LegSignal.Ring)),
            LegAccepted e => state.Move(e.Leg, LegSignal.Accept).Change(e.Leg, leg => leg with { Bot = Accepted(leg.Bot, e) }),
            PhoneAnswered e => state.Move(e.Leg, LegSignal.Accept),
            CallbackChanged e => state.Change(e.Leg, leg => leg with { Bot = leg.Bot is { } bot ? bot with { Callback = e.Callback } : null }),
            LegEstablished e => state.Move(e.Leg, LegSignal.Connect).Entered(e.Leg),
            MediaStarted e => state.Change(e.Leg, leg => leg with { MediaActive = true }),
            MediaStopped e => state.Change(e.Leg, leg => leg with { MediaActive = false }),
            RecordingStatusUpdated e => state.Change(e.Leg, leg => leg with { Recording = e.Status }),
            TonesSubscribed e => state.Change(e.Leg, leg => leg with { HearsTones = true }),
            TonePressed e => state.HearersOf(e.Leg).Aggregate(state, (heard, hearer) =>
                heard.Change(hearer.Id, leg => leg with { ToneCount = leg.ToneCount + 1 })),
            TransferStarted e => state.Move(e.Leg, LegSignal.Transfer) with
            {
                Transfer = new Transfer(e.Leg, e.Participant, e.Target) { Replaces = e.Replaces, Aside = e.Aside },
            },
            TransferAccepted e => state.Move(e.Leg, LegSignal.AcceptTransfer),
            TransferFailed e => state.Move(e.Leg, LegSignal.FailTransfer) with { Transfer = null },
            LegTerminating e => state.Move(e.Leg, LegSignal.HangUp),
            LegTerminated e => Terminated(state, e),
            ScriptAdvanced e => state.Change(e.Leg, leg => leg with { Script = leg.Script.IsEmpty ? [] : leg.Script.RemoveAt(0) }),
            DeadlineSet e => state with { Deadlines = With(state.Deadlines, new Deadline(e.Kind, e.Leg, e.At)) },
            DeadlineCleared e => state with { Deadlines = Without(state.Deadlines, e.Kind, e.Leg) },
            ConversationEnded => state with { Deadlines = [], HasEnded = true },
            _ => EvolveGroup(state, @event),
        };
        return next with { Version = state.Version + 1 };
    }

    // What happens only where several talk.
    private static Conversation EvolveGroup(Conversation state, ConversationEvent @event) => @event switch
    {
        ConversationWidened e => state.Widened(e.Terms),
        ParticipantInvited e => state with
        {
            Invitations = state.Invitations.Add(new Invitation(e.Participant, e.Identity, e.By)
            {
                Replaces = e.Replaces,
                OutsideDefaultGroup = e.OutsideDefaultGroup ?? false,
            }),
        },
        InvitationFailed e => state.Change(e.Participant, invitation => invitation with { Failure = e.Reason }),
        LegPutInLobby e => state.Move(e.Leg, LegSignal.Connect).Change(e.Leg, leg => leg with { InLobby = true }),
        LegAdmitted e => state.Change(e.Leg, leg => leg with { InLobby = false }).Entered(e.Leg),
        RoleChanged e => state.Change(e.Leg, leg => leg with { Role = e.Role }).Acquainted(),
        LegReleased e => state.Change(e.Leg, leg => leg with { Departure = e.Departure, MediaActive = false }).Unrouted(e.Leg) with
        {
            Deadlines = state.Deadlines.RemoveAll(deadline => deadline.Leg == e.Leg),
        },
        LegArrived e => state.Move(e.Leg, LegSignal.Connect).Entered(e.Leg),
        OperationStarted e => state with
        {
            Operations = Remembered(state.Operations).Add(
                new Operation(e.Operation, e.Leg, e.Kind, e.ClientContext, e.Participants) { Work = e.Work }),
        },
        OperationEnded e => state.FindOperation(e.Operation) is { } operation
            ? state with { Operations = state.Operations.Replace(operation, operation with { IsOver = true, Result = e.Result, Detail = e.Detail }) }
            : state,
        PhoneSpoke or RosterChanged => state,
        _ => EvolveSound(state, @event),
    };

    // Who hears and sees whom.
    private static Conversation EvolveSound(Conversation state, ConversationEvent @event) => @event switch
    {
        LegMuted e => state.Change(e.Leg, leg => leg with { Muted = true }),
        LegUnmuted e => state.Change(e.Leg, leg => leg with { Muted = false }),
        LegHeld e => state.Change(e.Leg, leg => leg with { OnHold = true }),
        LegResumed e => state.Change(e.Leg, leg => leg with { OnHold = false }),
        HoldMusicStarted e => state.Change(e.Leg, leg => leg with { Music = e.Music }),
        HoldMusicStopped e => state.Change(e.Leg, leg => leg with { Music = null }),
        RoutingGroupSet e => state.Change(e.Leg, leg => With(leg, e.Group)),
        RoutingGroupDeleted e => state.Change(e.Leg, leg => leg with { RoutingGroups = leg.RoutingGroups.RemoveAll(group => group.Id == e.Group) }),
        ScreenSharingRoleChanged e => state.Change(e.Leg, leg => leg with { ScreenSharing = e.Role }),
        _ => throw new UnreachableException($"No fold for {@event.GetType().Name}."), // a test folds every event type
    };

    /// <summary>Folds several events in their order.</summary>
    public static Conversation Evolve(Conversation state, IEnumerable<ConversationEvent> events) => events.Aggregate(state, Evolve);

    private static Leg Added(LegAdded added) =>
        new(added.Leg, added.Participant, added.Identity, added.Direction,
            added.Direction == CallDirection.Outgoing ? LegState.Establishing : LegState.Incoming)
        {
            Bot = added.Bot,
            Script = added.Script,
            Habits = added.Habits ?? PhoneHabits.Usual,
            CalledBy = added.CalledBy,
            CalledFor = added.CalledFor,
            Hidden = added.Hidden ?? false,
            CalledOutsideDefaultGroup = added.OutsideDefaultGroup ?? false,
            Role = added.Role ?? MeetingRole.Attendee,
            RequiresHost = added.RequiresHost ?? false,
        };

    // Who is called instead of a bot that leaves its call rings for nobody who waits to be connected.
    private static Conversation Rung(Conversation state) => state is { IsPeerToPeer: true, Legs: [{ State: LegState.Establishing } caller, ..] }
        ? state.Change(caller.Id, leg => leg with { RingCount = leg.RingCount + 1 })
        : state;

    private static Bot? Accepted(Bot? bot, LegAccepted e) => bot is null
        ? null
        : bot with
        {
            Callback = e.Callback,
            Media = e.Media,
            Modalities = e.Modalities,
            Options = e.Options,
            Scenario = e.Scenario ?? bot.Scenario,
        };

    private static Conversation Terminated(Conversation state, LegTerminated e) =>
        state.Move(e.Leg, LegSignal.End)
            .Change(e.Leg, leg => leg with { EndReason = e.Reason, MediaActive = false, Script = [] })
            .Unrouted(e.Leg) with
        {
            Deadlines = state.Deadlines.RemoveAll(deadline => deadline.Leg == e.Leg),
            Transfer = state.Transfer?.By == e.Leg ? null : state.Transfer,
        };

    // The two have met before one of them hides.
    private static ImmutableArray<Operation> Remembered(ImmutableArray<Operation> operations) =>
        operations.Count(one => one.IsOver) >= MaxFinishedOperations ? operations.Remove(operations.First(one => one.IsOver)) : operations;

    private Conversation Widened(MeetingTerms terms)
    {
        var widened = (this with { Kind = terms.Kind, Terms = terms }).Acquainted();
        return widened with
        {
            Legs = [.. widened.Legs.Select(leg => leg.Bot?.Options?.HideBotAfterEscalation == true ? leg with { Hidden = true } : leg)],
        };
    }

    /// <summary>A leg is inside. Whoever called it in has reached it.</summary>
    private Conversation Entered(LegId id) => IsPeerToPeer || Find(id) is not { } leg
        ? this
        : Change(leg.Participant, invitation => invitation with { HasJoined = true }).Acquainted();

    /// <summary>All who are inside have met each other, and whoever of them could host.</summary>
    private Conversation Acquainted()
    {
        var inside = Legs.Where(leg => leg.IsInside).ToArray();
        var (visible, hosts) = (inside.Count(leg => !leg.Hidden), inside.Count(CanHost));
        if (inside.All(leg => IsAcquainted(leg, visible, hosts)))
        {
            return this;
        }

        return this with
        {
            Legs = [.. Legs.Select(leg => leg.IsInside && !IsAcquainted(leg, visible, hosts)
                ? leg with { MetOthers = leg.MetOthers || SeesOthers(leg, visible), MetHost = leg.MetHost || SeesHost(leg, hosts) }
                : leg)],
        };
    }

    private bool IsAcquainted(Leg leg, int visible, int hosts) =>
        (leg.MetOthers || !SeesOthers(leg, visible)) && (leg.MetHost || !SeesHost(leg, hosts));

    private static bool SeesOthers(Leg leg, int visible) => visible > (leg.Hidden ? 0 : 1);

    private bool SeesHost(Leg leg, int hosts) => hosts > (CanHost(leg) ? 1 : 0);

    // What was committed is true: a signal that the table does not know leaves the leg as it is.
    private Conversation Move(LegId id, LegSignal signal) =>
        Change(id, leg => leg with { State = Calling.Legs.Next(leg.State, signal) ?? leg.State });

    private Conversation Change(LegId id, Func<Leg, Leg> change) =>
        Find(id) is { } leg ? this with { Legs = Legs.Replace(leg, change(leg)) } : this;

    private Conversation Change(Guid participant, Func<Invitation, Invitation> change) =>
        FindInvitation(participant) is { } invitation ? this with { Invitations = Invitations.Replace(invitation, change(invitation)) } : this;

    private static ImmutableArray<Deadline> With(ImmutableArray<Deadline> deadlines, Deadline added)
    {
        var others = Without(deadlines, added.Kind, added.Leg);
        var place = 0;
        while (place < others.Length && others[place].At <= added.At)
        {
            place++;
        }

        return others.Insert(place, added);
    }

    private static ImmutableArray<Deadline> Without(ImmutableArray<Deadline> deadlines, DeadlineKind kind, LegId? leg) =>
        deadlines.RemoveAll(deadline => deadline.Kind == kind && deadline.Leg == leg);
}
