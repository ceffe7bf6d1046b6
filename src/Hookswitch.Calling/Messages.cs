namespace Hookswitch.Calling;

/// <summary>What one conversation has to tell another, until it is answered. It may come several times, and does no more than once.</summary>
/// <param name="To">Null: the conversation of <paramref name="Room"/>, which begins with it where none lives.</param>
/// <param name="Taken">What the sender is told when it was taken; null: nothing, the answer comes of itself.</param>
/// <param name="Refused">What the sender is told when it can never be taken.</param>
public sealed record Message(ConversationId? To, MeetingTerms? Room, Command Command, Command? Taken, Command Refused)
{
    /// <summary>All that a conversation has to tell others now: an effect of its state, the same after a crash.</summary>
    public static IEnumerable<Message> From(ConversationId id, Conversation conversation) =>
        conversation.HasEnded
            ? []
            :
            [
                .. conversation.Legs.Where(leg => leg.IsDeparting).Select(leg => Arrival(conversation, leg, leg.Departure!)),
                .. from invitation in conversation.Invitations
                   where invitation is { IsOpen: true, Replaces: not null }
                   select Replacement(id, conversation, invitation.By, invitation.Participant, invitation.Replaces!.Value),
                .. conversation.Transfer is { Replaces: { } replaced } transfer
                    ? [Replacement(id, conversation, transfer.By, transfer.Participant, replaced)]
                    : Enumerable.Empty<Message>(),
            ];

    private static Message Arrival(Conversation conversation, Leg leg, Departure departure) => new(
        departure.To, departure.Room,
        new Arrive(
            conversation.CallChain,
            new Party(departure.Leg, departure.Participant, leg.Identity, Bot: null, new Script(leg.Script))
            {
                Habits = leg.Habits,
                Role = leg.Role,
                Hidden = leg.Hidden,
                OutsideDefaultGroup = leg.CalledOutsideDefaultGroup,
            },
            departure.Room)
        {
            Muted = leg.Muted,
            OnHold = leg.OnHold,
            Meets = departure.Meets,
            Timeouts = conversation.Timeouts,
        },
        new DepartureAnswered(leg.Id, Arrived: true),
        new DepartureAnswered(leg.Id, Arrived: false));

    private static Message Replacement(ConversationId id, Conversation conversation, LegId by, Guid participant, CallId replaced) => new(
        replaced.Conversation, Room: null,
        new Release(replaced.Leg, conversation.Find(by)!.Bot!.Application, id, participant),
        Taken: null,
        new ReplacementRefused(participant));
}
