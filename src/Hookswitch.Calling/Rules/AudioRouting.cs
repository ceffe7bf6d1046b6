namespace Hookswitch.Calling.Rules;

/// <summary>Which ways of sound a bot makes between participants. They are its call's, and last as long as that. Graph, audioRoutingGroup.</summary>
internal static class AudioRouting
{
    // The order of the lines is their precedence.
    public static Decision Decide(Conversation conversation, CreateRoutingGroup command) =>
        Member.Act(conversation, command.Leg, command.Application, own =>
            own.FindRoutingGroup(command.Group.Id) is not null ? Refusal.RoutingGroupExists
            : own.RoutingGroups.Length >= Leg.MaxRoutingGroups ? Refusal.TooManyRoutingGroups
            : Set(conversation, own, command.Group));

    public static Decision Decide(Conversation conversation, UpdateRoutingGroup command) =>
        Member.Act(conversation, command.Leg, command.Application, own => own.FindRoutingGroup(command.Group) is { } group
            ? Set(conversation, own, group with
            {
                Mode = command.Mode ?? group.Mode,
                Sources = command.Sources ?? group.Sources,
                Receivers = command.Receivers ?? group.Receivers,
            })
            : Refusal.RoutingGroupNotFound);

    public static Decision Decide(Conversation conversation, DeleteRoutingGroup command) =>
        Member.Act(conversation, command.Leg, command.Application, own => own.FindRoutingGroup(command.Group) is { } group
            ? [new RoutingGroupDeleted(own.Id, group.Id)]
            : Refusal.RoutingGroupNotFound);

    private static Decision Set(Conversation conversation, Leg own, RoutingGroup group)
    {
        var (members, inside) = (group.Sources.AddRange(group.Receivers), conversation.InsideLegs.Select(leg => leg.Participant).ToHashSet());
        return !IsWellFormed(group) || members.Distinct().Count() < members.Length ? Refusal.RoutingGroupMalformed
            : !members.All(inside.Contains) ? Refusal.ParticipantNotFound
            : [new RoutingGroupSet(own.Id, group)];
    }

    private static bool IsWellFormed(RoutingGroup group) =>
        group.Sources.Length == 1 && (group.Mode == RoutingMode.OneToOne ? group.Receivers.Length == 1 : group.Receivers.Length >= 1);
}
