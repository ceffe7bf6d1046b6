using System.Collections.Concurrent;
using System.Collections.Immutable;
using CsCheck;

namespace Hookswitch.Calling.Tests;

/// <summary>What holds of conversations of many, whatever comes, in whatever order.</summary>
public sealed class GroupLaws
{
    private const int Histories = 1_000;

    [Fact]
    public void No_command_makes_the_rules_throw() => Always(history => Assert.All(history.MomentsToTheEnd(), Assert.NotNull));

    [Fact]
    public void Each_leg_ends_at_most_once_with_a_reason_that_can_be_found() => Always(history =>
    {
        var ended = new HashSet<LegId>();
        Assert.All(Stored(history).OfType<LegTerminated>(), end =>
        {
            Assert.True(ended.Add(end.Leg), $"{end.Leg} ended twice.");
            Assert.Equal(end.Reason, EndReasons.Find(end.Reason.Subcode));
        });
    });

    [Fact]
    public void A_conversation_has_ended_when_no_leg_lives_and_only_then() => Each(moment =>
        Assert.Equal(moment.After.HasStarted && !moment.After.LiveLegs.Any(), moment.After.HasEnded));

    [Fact]
    public void Nothing_happens_after_the_end_of_a_conversation_and_it_waits_for_nothing() => Always(history =>
    {
        Assert.DoesNotContain(Stored(history).SkipLast(1), @event => @event is ConversationEnded);
        Assert.All(history.MomentsToTheEnd(), moment => Assert.True(!moment.After.HasEnded || moment.After.Deadlines.IsEmpty));
    });

    [Fact]
    public void Only_legs_that_live_here_are_waited_for_and_the_earliest_deadline_comes_first() => Each(moment =>
    {
        Assert.All(moment.After.Deadlines, deadline =>
            Assert.True(deadline.Leg is not { } leg || moment.After.Find(leg) is { IsLive: true, IsDeparting: false }, $"{deadline} is in vain."));
        Assert.Equal(moment.After.Deadlines.OrderBy(deadline => deadline.At), moment.After.Deadlines);
    });

    [Fact]
    public void A_command_that_is_refused_changes_nothing_and_a_wake_up_is_never_refused() => Each(moment =>
    {
        Assert.True(moment.Decision.Refusal is null || moment.Decision.Events.IsEmpty);
        Assert.True(moment.Command is not DeadlinePassed || moment.Decision.Refusal is null);
    });

    [Fact]
    public void What_is_stored_folds_again_to_the_same_state() => Always(history =>
        Assert.Equal(
            Printed.Of(history.MomentsToTheEnd().Last().After),
            Printed.Of(Conversation.Evolve(Conversation.None, Stored(history)))));

    [Fact]
    public void No_application_finds_the_call_of_another() => Each(moment =>
    {
        var (leg, application) = Actor(moment.Command);
        if (application != default && (moment.Before.Find(leg) is not { IsLive: true, Bot: { } bot } || bot.Application != application))
        {
            Assert.Equal(Refusal.CallNotFound, moment.Decision.Refusal);
        }
    });

    [Fact]
    public void An_invitation_is_open_as_long_as_someone_is_called_and_fails_or_is_kept_once() => Always(history =>
    {
        var failed = new HashSet<Guid>();
        foreach (var moment in history.MomentsToTheEnd())
        {
            Assert.All(moment.Decision.Events.OfType<InvitationFailed>(), one => Assert.True(failed.Add(one.Participant)));
            Assert.All(moment.After.Invitations, one => Assert.False(one is { HasJoined: true, Failure: not null }));
            Assert.All(moment.After.Invitations.Where(one => one is { IsOpen: true, Replaces: null }), one =>
                Assert.Contains(moment.After.LiveLegs, leg => leg.Participant == one.Participant && leg.State < LegState.Established));
        }
    });

    [Fact]
    public void An_operation_ends_once_as_soon_as_nobody_is_waited_for_while_its_bot_is_there() => Always(history =>
    {
        var ended = new HashSet<Guid>();
        foreach (var moment in history.MomentsToTheEnd())
        {
            Assert.All(moment.Decision.Events.OfType<OperationEnded>(), one => Assert.True(ended.Add(one.Operation)));
            Assert.All(moment.After.Operations.Where(one => one.Work is null && moment.After.Find(one.Leg)!.IsLive), one => Assert.Equal(
                one.IsOver, !one.Participants.Any(whom => moment.After.FindInvitation(whom) is { IsOpen: true }) || IsDoneAtOnce(one)));
        }
    });

    /// <summary>Whoever starts a server again finds out of what it was to do what it no longer does.</summary>
    [Fact]
    public void What_is_done_with_sound_is_watched_until_its_end_is_told() => Each(moment =>
        Assert.All(moment.After.LiveLegs, leg => Assert.Equal(
            leg is { Bot.BringsMedia: false, State: >= LegState.Established, InLobby: false } || moment.After.Operations.Any(one => one is { IsOver: false, Work: not null } && one.Leg == leg.Id)
                || moment.After.LiveLegs.Any(other => other.Music?.By == leg.Id),
            moment.After.Awaits(DeadlineKind.MediaWatch, leg.Id))));

    [Fact]
    public void Music_is_heard_by_one_at_a_time_and_of_nobody_who_is_gone() => Each(moment =>
    {
        var holders = moment.After.LiveLegs.Select(leg => leg.Music?.By).OfType<LegId>().ToArray();
        Assert.InRange(holders.Length, 0, 1);
        Assert.All(holders, holder => Assert.True(moment.After.Find(holder)!.IsLive));
    });

    [Fact]
    public void Rosters_are_told_at_most_once_in_a_decision_and_of_nobody_but_those_who_changed() => Each(moment =>
    {
        var told = moment.Decision.Events.OfType<RosterChanged>().SelectMany(one => one.Participants).ToArray();
        var (before, after) = (moment.Before.IsPeerToPeer ? [] : Shown(moment.Before.Roster), moment.After.IsPeerToPeer ? [] : Shown(moment.After.Roster));
        var changed = before.Keys.Union(after.Keys).Where(one => before.GetValueOrDefault(one) != after.GetValueOrDefault(one));
        var hidden = moment.After.IsPeerToPeer
            ? []
            : moment.After.InsideLegs.Where(leg => leg.Hidden && moment.Before.Find(leg.Id) is not { IsInside: true }).Select(leg => leg.Participant);

        Assert.InRange(moment.Decision.Events.Count(@event => @event is RosterChanged), 0, 1);
        Assert.Equal(changed.Union(hidden).Order(), told.Order());
    });

    /// <summary>A bot keeps what it was told. Whoever is named itself is shown all that it may see; the others are shown who is named.</summary>
    [Fact]
    public void What_a_bot_was_told_of_its_roster_is_who_is_there() => Always(history =>
    {
        var told = new Dictionary<LegId, Dictionary<Guid, string?>>();
        foreach (var moment in history.MomentsToTheEnd())
        {
            foreach (var bot in moment.After.LiveLegs.Where(leg => leg is { Bot: not null, IsConnected: true } && !moment.After.IsPeerToPeer))
            {
                var (seen, now) = (told.GetValueOrDefault(bot.Id) ?? [], Shown(moment.After.RosterOf(bot)));
                foreach (var changed in moment.Decision.Events.OfType<RosterChanged>())
                {
                    seen = changed.Participants.Contains(bot.Participant) ? now : Told(seen, now, changed.Participants);
                }

                told[bot.Id] = seen;
                Assert.Equal(now.OrderBy(one => one.Key), seen.OrderBy(one => one.Key));
            }
        }
    });

    [Fact]
    public void When_all_deadlines_have_passed_the_conversation_is_over_or_people_talk() => Always(history =>
    {
        var last = history.MomentsToTheEnd().Last().After;
        Assert.True(
            !last.HasStarted || last.HasEnded || (last.LiveLegs.All(leg => leg is { Bot: null, IsInside: true }) && last.InsideLegs.Count(leg => last.IsPeerToPeer || !leg.Hidden) > 1),
            Printed.Of(last));
    });

    [Fact]
    public void Whoever_is_on_the_way_is_told_of_until_it_is_answered() => Each(moment =>
    {
        if (!moment.After.HasEnded)
        {
            var waits = moment.After.Legs.Any(leg => leg.IsDeparting) || moment.After.Invitations.Any(one => one is { IsOpen: true, Replaces: not null })
                || moment.After.Transfer is { IsConsultative: true };
            Assert.Equal(waits, moment.After.Awaits(DeadlineKind.Message, leg: null));
            Assert.Equal(waits, Message.From(new ConversationId(1), moment.After).Any());
        }
    });

    [Fact]
    public void Only_those_inside_hear_and_nobody_hears_who_is_muted_or_holds() => Each(moment =>
        Assert.All(moment.After.Legs, hearer => Assert.All(moment.After.HeardBy(hearer), heard => Assert.True(
            heard.Id != hearer.Id && hearer is { IsInside: true, OnHold: false } && heard is { IsInside: true, OnHold: false, Muted: false }))));

    /// <summary>Else the laws would say little.</summary>
    [Fact]
    public void Everything_that_happens_where_several_talk_happens_in_some_history()
    {
        var happened = new ConcurrentDictionary<Type, bool>();
        Coverage.Until(
            () => Always(history => Assert.All(Stored(history), @event => happened[@event.GetType()] = true)),
            () => StoredShapesTests.KindsOf(typeof(ConversationEvent)).Except([.. happened.Keys, typeof(CallbackChanged)]));
    }

    [Fact]
    public void Whoever_is_on_the_way_is_ended_by_the_answer_alone() => Each(moment =>
        Assert.All(moment.Before.Legs.Where(leg => leg.IsDeparting), leg =>
            Assert.True(moment.Command is DepartureAnswered || moment.After.Find(leg.Id)!.IsDeparting, $"{moment.Command} ends {leg.Id}.")));

    private static void Always(Action<GroupHistory> law) => GroupHistory.Any.Sample(law, iter: Histories);

    private static void Each(Action<Moment> law) => Always(history => Assert.All(history.MomentsToTheEnd(), law));

    private static IEnumerable<ConversationEvent> Stored(GroupHistory history) =>
        history.MomentsToTheEnd().SelectMany(moment => moment.Decision.Events);

    private static bool IsDoneAtOnce(Operation operation) => operation.Kind != OperationKind.Invite;

    private static Dictionary<Guid, string?> Shown(IEnumerable<Leg> roster) =>
        roster.ToDictionary(leg => leg.Participant, string? (leg) => $"{leg.InLobby} {leg.Muted} {leg.OnHold} {leg.Role} {leg.Recording} {leg.ScreenSharing} {leg.Music is not null}");

    private static Dictionary<Guid, string?> Told(
        Dictionary<Guid, string?> seen, Dictionary<Guid, string?> now, ImmutableArray<Guid> participants) =>
        seen.Where(one => !participants.Contains(one.Key)).Concat(now.Where(one => participants.Contains(one.Key))).ToDictionary();

    private static (LegId Leg, AppId Application) Actor(Command command) => command switch
    {
        HangUp c => (c.Leg, c.Application),
        UpdateRecordingStatus c => (c.Leg, c.Application),
        StartMedia c => (c.Leg, c.Application),
        CancelMedia c => (c.Leg, c.Application),
        StartHoldMusic c => (c.Leg, c.Application),
        StopHoldMusic c => (c.Leg, c.Application),
        SubscribeToTones c => (c.Leg, c.Application),
        KeepAlive c => (c.Leg, c.Application),
        Answer c => (c.Leg, c.Application),
        Reject c => (c.Leg, c.Application),
        Redirect c => (c.Leg, c.Application),
        TransferCall c => (c.Leg, c.Application),
        Invite c => (c.Leg, c.Application),
        RemoveParticipant c => (c.Leg, c.Application),
        MuteParticipant c => (c.Leg, c.Application),
        Mute c => (c.Leg, c.Application),
        Unmute c => (c.Leg, c.Application),
        CreateRoutingGroup c => (c.Leg, c.Application),
        UpdateRoutingGroup c => (c.Leg, c.Application),
        DeleteRoutingGroup c => (c.Leg, c.Application),
        ChangeScreenSharingRole c => (c.Leg, c.Application),
        AdmitFromLobby c => (c.Leg, c.Application),
        RemoveFromLobby c => (c.Leg, c.Application),
        _ => default,
    };
}
