using System.Collections.Immutable;

namespace Hookswitch.Calling.Rules;

/// <summary>How a bot passes on a call that it has not answered. Graph, call: redirect.</summary>
internal static class Redirecting
{
    // The order of the lines is their precedence. A bot redirects for its whole line: what else is behind it is called no longer.
    public static Decision Decide(Conversation conversation, Redirect command, DateTimeOffset now, Timeouts timeouts) =>
        Owned.Find(conversation, command.Leg, command.Application) switch
        {
            null => Refusal.CallNotFound,
            { IsPending: false } => Refusal.ConflictsWithCallState,
            { Identity.Kind: not IdentityKind.ApplicationInstance } when command.Targets.Any(one => one.Identity.Kind == IdentityKind.Phone) =>
                Refusal.NumberNeedsResourceAccount,
            { } leg =>
            [
                .. command.Callback is { } callback ? [new CallbackChanged(leg.Id, callback)] : Enumerable.Empty<ConversationEvent>(),
                new LegTerminated(leg.Id, EndReasons.Redirected),
                .. conversation.PendingLegs
                    .Where(other => other.Id != leg.Id && (conversation.IsPeerToPeer || other.Participant == leg.Participant))
                    .Select(other => new LegTerminated(other.Id, EndReasons.AnsweredElsewhere)),
                .. conversation.IsPeerToPeer
                    ? ForCaller(conversation, leg, command, now, timeouts)
                    : ForGroup(leg, command, now, timeouts),
            ],
        };

    private static IEnumerable<ConversationEvent> ForCaller(
        Conversation conversation, Leg leg, Redirect command, DateTimeOffset now, Timeouts timeouts) =>
        Callees(command) is { IsEmpty: false } callees
            ? PassingOn.Call(
                conversation, leg, conversation.Waiting.Id, leg.CalledFor ?? conversation.Caller.Id, callees, command.Ring, now, timeouts)
            : Answering.NobodyCame(conversation, command.Targets[0].Unreachable!);

    // Whoever comes instead of the bot is the participant that was invited.
    private static IEnumerable<ConversationEvent> ForGroup(Leg leg, Redirect command, DateTimeOffset now, Timeouts timeouts) =>
        Callees(command) is { IsEmpty: false } callees
            ? callees.SelectMany(callee => GroupCalling.Call(
                callee with { Participant = leg.Participant, Hidden = leg.Hidden, OutsideDefaultGroup = leg.CalledOutsideDefaultGroup }, leg.CalledBy, command.Ring, now, timeouts))
            : [new InvitationFailed(leg.Participant, command.Targets[0].Unreachable!)];

    private static ImmutableArray<Party> Callees(Redirect command) => [.. command.Targets.SelectMany(one => one.Callees)];
}
