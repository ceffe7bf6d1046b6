using System.Collections.Immutable;

namespace Hookswitch.Calling.Rules;

/// <summary>How someone joins a meeting or a group call.</summary>
internal static class Joining
{
    public static Decision Decide(Conversation conversation, Join command, DateTimeOffset now, Timeouts timeouts) => conversation switch
    {
        { HasEnded: true } => Refusal.ConversationOver,
        { HasStarted: false } => [.. Begin(command, now, timeouts)],
        _ when conversation.Terms?.Thread != command.Terms.Thread => Refusal.ConversationExists,
        _ when conversation.LiveLegs.Count() >= Conversation.MaxParticipants => Refusal.ConversationFull,
        _ => [.. Come(conversation.Terms, command, now, timeouts)],
    };

    /// <summary>A conversation of many begins.</summary>
    public static IEnumerable<ConversationEvent> Start(
        Guid callChain, MeetingTerms terms, ImmutableArray<Identity> targets, Timeouts? timeouts, DateTimeOffset now) =>
    [
        new ConversationStarted(terms.Kind, callChain, targets) { Timeouts = timeouts, Terms = terms },
        .. terms.EndsAfter is { } time ? [new DeadlineSet(DeadlineKind.End, Leg: null, now + time)] : Enumerable.Empty<ConversationEvent>(),
    ];

    /// <summary>The leg is connected.</summary>
    public static IEnumerable<ConversationEvent> Enter(Leg leg, DateTimeOffset now, Timeouts timeouts) =>
        [new LegEstablished(leg.Id), .. Media.Enter(leg.Id, leg.Bot, leg.BringsMedia, now, timeouts)];

    /// <inheritdoc cref="Enter(Leg, DateTimeOffset, Timeouts)"/>
    public static IEnumerable<ConversationEvent> Enter(Party party, DateTimeOffset now, Timeouts timeouts) =>
        [new LegEstablished(party.Leg), .. Media.Enter(party.Leg, party.Bot, party.BringsMedia, now, timeouts)];

    public static IEnumerable<ConversationEvent> KeepAlive(Party party, DateTimeOffset now, Timeouts timeouts) =>
        party.Bot is null ? [] : [new DeadlineSet(DeadlineKind.KeepAlive, party.Leg, now + timeouts.KeepAlive)];

    /// <summary>What that party may do: what the meeting says of it, or else what it brings.</summary>
    public static MeetingRole RoleOf(Party party, MeetingTerms? terms) =>
        party.Identity.Kind != IdentityKind.User ? party.Role
        : terms?.Organizer is { } organizer && IsOne(party, organizer.Id) ? MeetingRole.Organizer
        : terms?.CoOrganizers.Any(id => IsOne(party, id)) == true ? MeetingRole.CoOrganizer
        : party.Role;

    // A group call into which nobody calls is the empty conversation of one that is over.
    private static IEnumerable<ConversationEvent> Begin(Join command, DateTimeOffset now, Timeouts timeouts) =>
    [
        .. Start(command.CallChain, command.Terms, [], command.Timeouts, now),
        .. command.Company.SelectMany(one => ComeIn(one, command.Terms, requiresHost: false, now, timeouts)),
        .. command is { Terms.Kind: ConversationKind.GroupCall, Company.IsEmpty: true }
            ? [Placing.Add(command.Party, CallDirection.Outgoing), new LegTerminated(command.Party.Leg, EndReasons.NobodyInRoster)]
            : Come(command.Terms, command, now, timeouts),
    ];

    private static IEnumerable<ConversationEvent> Come(MeetingTerms terms, Join command, DateTimeOffset now, Timeouts timeouts) =>
        Waits(command, terms)
            ?
            [
                Placing.Add(command.Party with { Role = RoleOf(command.Party, terms) }, CallDirection.Outgoing) with
                {
                    RequiresHost = command.RequiresHost ? true : null,
                },
                .. KeepAlive(command.Party, now, timeouts),
                new LegPutInLobby(command.Party.Leg),
                new DeadlineSet(DeadlineKind.Lobby, command.Party.Leg, now + timeouts.Lobby),
            ]
            : ComeIn(command.Party, terms, command.RequiresHost, now, timeouts);

    private static IEnumerable<ConversationEvent> ComeIn(
        Party party, MeetingTerms terms, bool requiresHost, DateTimeOffset now, Timeouts timeouts) =>
    [
        Placing.Add(party with { Role = RoleOf(party, terms) }, CallDirection.Outgoing) with
        {
            RequiresHost = requiresHost ? true : null,
        },
        .. KeepAlive(party, now, timeouts),
        .. Enter(party, now, timeouts),
        .. Phones.Begin(party.Leg, party.Script.Steps, now),
    ];

    // Graph, lobbyBypassSettings.
    private static bool Waits(Join command, MeetingTerms terms)
    {
        var (party, isOrganizer) = (command.Party, RoleOf(command.Party, terms) >= MeetingRole.CoOrganizer);
        if (isOrganizer || (command.BypassesLobby && party.Identity.Kind == IdentityKind.Guest))
        {
            return false;
        }

        return terms.Lobby switch
        {
            LobbyBypass.Everyone => false,
            LobbyBypass.OrganizationAndFederated => IsAnonymous(party),
            LobbyBypass.Organization or LobbyBypass.OrganizationExcludingGuests => IsAnonymous(party) || !IsOfTenant(party, terms),
            LobbyBypass.Invited => party.Identity.Kind == IdentityKind.Guest || !terms.Invited.Any(id => IsOne(party, id)),
            _ => true,
        };
    }

    private static bool IsAnonymous(Party party) => party.Identity.Kind is IdentityKind.Guest or IdentityKind.Phone;

    // An application takes part with the rights of a user of the tenant for which its token is.
    private static bool IsOfTenant(Party party, MeetingTerms terms) =>
        string.Equals(party.Bot?.Tenant ?? party.Identity.Tenant, terms.Thread.Tenant, StringComparison.OrdinalIgnoreCase);

    private static bool IsOne(Party party, string id) => party.Identity.Id.Equals(id, StringComparison.OrdinalIgnoreCase);
}
