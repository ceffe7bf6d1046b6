namespace Hookswitch.Calling.Rules;

/// <summary>Who is let in, and who is not.</summary>
internal static class Lobby
{
    public static Decision Decide(Conversation conversation, AdmitFromLobby command, DateTimeOffset now, Timeouts timeouts) =>
        Member.Act(conversation, command.Leg, command.Application, own =>
        {
            var waiting = Waiting(conversation, command.Participant).ToArray();
            return command.Participant is { } one && waiting.Length == 0
                ? Missing(conversation, one)
                : Member.Done(
                    command.Operation, own, command.Participant is null ? OperationKind.AdmitAllFromLobby : OperationKind.AdmitFromLobby,
                    command.ClientContext, waiting, waiting.SelectMany(leg => Admit(leg, now, timeouts)));
        });

    public static Decision Decide(Conversation conversation, RemoveFromLobby command) =>
        Member.Act(conversation, command.Leg, command.Application, own =>
            Waiting(conversation, command.Participant).FirstOrDefault() is { } leg
                ? Member.Done(
                    command.Operation, own, OperationKind.RemoveFromLobby, command.ClientContext, [leg],
                    [new LegTerminated(leg.Id, EndReasons.RefusedEntry)])
                : Missing(conversation, command.Participant));

    /// <summary>The leg is let in. What it does by itself it does from now on.</summary>
    public static IEnumerable<ConversationEvent> Admit(Leg leg, DateTimeOffset now, Timeouts timeouts) =>
    [
        new LegAdmitted(leg.Id),
        new DeadlineCleared(DeadlineKind.Lobby, leg.Id),
        .. Media.Enter(leg.Id, leg.Bot, leg.BringsMedia, now, timeouts),
        .. Phones.Begin(leg.Id, leg.Script, now),
    ];

    private static IEnumerable<Leg> Waiting(Conversation conversation, Guid? participant) => conversation.Legs.Where(leg =>
        leg is { IsLive: true, InLobby: true } && (participant is not { } one || leg.Participant == one));

    private static Refusal Missing(Conversation conversation, Guid participant) =>
        conversation.InsideLegs.Any(leg => leg.Participant == participant) ? Refusal.NotInLobby : Refusal.ParticipantNotFound;
}
