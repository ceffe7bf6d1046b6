using System.Collections.Immutable;

namespace Hookswitch.Calling.Rules;

/// <summary>How others are called into a conversation of many.</summary>
internal static class GroupCalling
{
    public static Decision Decide(Conversation conversation, PlaceGroupCall command, DateTimeOffset now, Timeouts timeouts) =>
        conversation.HasStarted ? Refusal.ConversationExists
        : command.Caller.Bot is { } bot && command.Invitees.Any(one => IsItself(one.Identity, bot.Application)) ? Refusal.ThatIsTheCallItself
        :
            [
                .. Joining.Start(command.CallChain, command.Terms, [.. command.Invitees.Select(one => one.Identity)], command.Timeouts, now),
                Placing.Add(command.Caller, CallDirection.Outgoing),
                .. Joining.KeepAlive(command.Caller, now, timeouts),
                .. Joining.Enter(command.Caller, now, timeouts),
                .. command.Invitees.SelectMany(one => Call(one, command.Caller.Leg, ring: null, now, timeouts)),
            ];

    // The order of the lines is their precedence. One more may be called into a peer-to-peer call, which becomes a group call by it.
    public static Decision Decide(Conversation conversation, Invite command, DateTimeOffset now, Timeouts timeouts) =>
        Owned.Find(conversation, command.Leg, command.Application) switch
        {
            null => Refusal.CallNotFound,
            { InLobby: true } => Refusal.CallIsInLobby,
            _ when conversation.Transfer is not null => Refusal.ConflictsWithCallState,
            { IsInside: false } => Refusal.CallNotEstablished,
            _ when conversation.IsPeerToPeer && command.Invitees.Length > 1 => Refusal.CallIsNotGroup,
            { } leg when command.Invitees.Any(one => IsSame(one.Identity, leg.Identity) || IsItself(one.Identity, command.Application)) =>
                Refusal.ThatIsTheCallItself,
            { Identity.Kind: not IdentityKind.ApplicationInstance } when command.Invitees.Any(one => one.Identity.Kind == IdentityKind.Phone) =>
                Refusal.NumberNeedsResourceAccount,
            _ when command.Invitees.Any(one => Participates(conversation, one.Identity)) || AreTwice(command.Invitees) => Refusal.AlreadyParticipates,
            _ when conversation.LiveLegs.Count() + command.Invitees.Length > Conversation.MaxParticipants => Refusal.ConversationFull,
            { } leg =>
            [
                .. conversation.IsPeerToPeer ? Widen(conversation, command.Terms) : [],
                new OperationStarted(
                    command.Operation, leg.Id, OperationKind.Invite, command.ClientContext, [.. command.Invitees.Select(one => one.Participant)]),
                .. command.Invitees.SelectMany(one => Call(one, leg.Id, timeouts.InviteRing, now, timeouts)),
            ],
        };

    /// <summary>One who was called has accepted: the other phones of the same line ring no longer.</summary>
    public static IEnumerable<ConversationEvent> Accept(Conversation conversation, Leg callee, DateTimeOffset now, Timeouts timeouts) =>
    [
        .. conversation.PendingLegs
            .Where(leg => leg.Participant == callee.Participant && leg.Id != callee.Id)
            .Select(leg => new LegTerminated(leg.Id, EndReasons.AnsweredElsewhere)),
        .. from kind in new[] { DeadlineKind.Signalling, DeadlineKind.Ring }
           where conversation.Awaits(kind, callee.Id)
           select new DeadlineCleared(kind, callee.Id),
        .. callee is { Bot: null, Habits.Acknowledges: false }
            ?
            [
                new PhoneAnswered(callee.Id),
                .. GoingAside.IsCalled(conversation, callee) ? GoingAside.Accept(conversation) : [],
                new DeadlineSet(DeadlineKind.Acknowledgement, callee.Id, now + timeouts.Acknowledgement),
            ]
            : Connect(conversation, callee, now, timeouts),
    ];

    /// <summary>One who has accepted, and has confirmed it, comes in; or goes aside with one who is there.</summary>
    public static IEnumerable<ConversationEvent> Connect(Conversation conversation, Leg callee, DateTimeOffset now, Timeouts timeouts) =>
        GoingAside.IsCalled(conversation, callee) ? GoingAside.Connect(conversation, callee) : Joining.Enter(callee, now, timeouts);

    // In a group a bot's sound waits for nobody's.
    private static IEnumerable<ConversationEvent> Widen(Conversation conversation, MeetingTerms terms) =>
    [
        new ConversationWidened(terms),
        .. conversation.InsideLegs.Where(leg => leg is { Bot.BringsMedia: true, MediaActive: false }).Select(leg => new MediaStarted(leg.Id)),
    ];

    /// <param name="ring">For which it rings in all; null: as in any call, since the first ring.</param>
    private static IEnumerable<ConversationEvent> Call(Invitee invitee, LegId by, TimeSpan? ring, DateTimeOffset now, Timeouts timeouts)
    {
        yield return new ParticipantInvited(invitee.Participant, invitee.Identity, by)
        {
            Replaces = invitee.Replaces,
            OutsideDefaultGroup = invitee.OutsideDefaultGroup ? true : null,
        };
        if (invitee.Unreachable is { } reason)
        {
            yield return new InvitationFailed(invitee.Participant, reason);
            yield break;
        }

        foreach (var called in invitee.Callees.SelectMany(callee =>
            Call(
                callee with { Participant = invitee.Participant, Hidden = invitee.Hidden, OutsideDefaultGroup = invitee.OutsideDefaultGroup },
                by, ring, now, timeouts)))
        {
            yield return called;
        }
    }

    /// <summary>One of those behind the line of someone who is invited is called.</summary>
    /// <param name="calledFor">With whom it is to go aside; null: with nobody.</param>
    public static IEnumerable<ConversationEvent> Call(
        Party callee, LegId? by, TimeSpan? ring, DateTimeOffset now, Timeouts timeouts, LegId? calledFor = null) =>
    [
        Placing.Add(callee, CallDirection.Incoming) with { CalledBy = by, CalledFor = calledFor },
        callee.Bot is not null
            ? new DeadlineSet(DeadlineKind.Answer, callee.Leg, now + timeouts.Answer)
            : new DeadlineSet(DeadlineKind.Signalling, callee.Leg, now + timeouts.Signalling),
        .. ring is { } wait ? [new DeadlineSet(DeadlineKind.Ring, callee.Leg, now + wait)] : Enumerable.Empty<ConversationEvent>(),
        .. Phones.Begin(callee.Leg, callee.Script.Steps, now),
    ];

    public static bool Participates(Conversation conversation, Identity identity) =>
        conversation.LiveLegs.Any(leg => IsSame(leg.Identity, identity))
        || conversation.Invitations.Any(one => one.IsOpen && IsSame(one.Identity, identity));

    private static bool AreTwice(ImmutableArray<Invitee> invitees) =>
        invitees.DistinctBy(one => (one.Identity.Kind, one.Identity.Id.ToUpperInvariant())).Count() < invitees.Length;

    private static bool IsItself(Identity identity, AppId application) =>
        identity.Kind == IdentityKind.Application && new AppId(identity.Id) == application;

    private static bool IsSame(Identity one, Identity other) =>
        one.Kind == other.Kind && one.Id.Equals(other.Id, StringComparison.OrdinalIgnoreCase);
}
