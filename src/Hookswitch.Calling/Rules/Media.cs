namespace Hookswitch.Calling.Rules;

/// <summary>Whether sound flows. Until the server carries it, it is what the phone says of it.</summary>
internal static class Media
{
    /// <summary>A call is established: sound flows if every phone in it brings its own, or is waited for.</summary>
    public static IEnumerable<ConversationEvent> Begin(Leg[] legs, DateTimeOffset now, Timeouts timeouts)
    {
        var silent = legs.Where(leg => leg.Bot is null && !leg.Habits.BringsMedia).ToArray();
        return silent.Length == 0
            ? legs.Select(leg => new MediaStarted(leg.Id))
            : silent.Select(leg => new DeadlineSet(DeadlineKind.MediaStart, leg.Id, now + timeouts.MediaStart));
    }

    /// <summary>One comes into a peer-to-peer call that is established: its sound flows, or is waited for, as that of the other may be.</summary>
    public static IEnumerable<ConversationEvent> Join(
        Conversation conversation, LegId leg, bool bringsMedia, DateTimeOffset now, Timeouts timeouts) =>
        !bringsMedia ? [new DeadlineSet(DeadlineKind.MediaStart, leg, now + timeouts.MediaStart)]
        : conversation.Deadlines.Any(one => one.Kind == DeadlineKind.MediaStart) ? []
        : [new MediaStarted(leg)];

    /// <summary>The deadline by which the sound of a phone is waited for; null: it is not.</summary>
    public static DeadlineKind? Awaited(Conversation conversation, Leg phone) =>
        conversation.Awaits(DeadlineKind.MediaStart, phone.Id) ? DeadlineKind.MediaStart
        : conversation.Awaits(DeadlineKind.MediaLoss, phone.Id) ? DeadlineKind.MediaLoss
        : null;

    /// <summary>The sound of a phone that was waited for flows. The others hear of it once nobody is waited for.</summary>
    public static IEnumerable<ConversationEvent> Start(Conversation conversation, Leg phone, DeadlineKind waited)
    {
        if (!conversation.IsPeerToPeer)
        {
            return [new DeadlineCleared(waited, phone.Id), new MediaStarted(phone.Id)];
        }

        var othersAreSilent = conversation.Deadlines.Any(one => one.Kind == DeadlineKind.MediaStart && one.Leg != phone.Id);
        return
        [
            new DeadlineCleared(waited, phone.Id),
            new MediaStarted(phone.Id),
            .. othersAreSilent
                ? []
                : conversation.LiveLegs.Where(leg => leg.Id != phone.Id && !leg.MediaActive && !conversation.Awaits(DeadlineKind.MediaLoss, leg.Id))
                    .Select(leg => new MediaStarted(leg.Id)),
        ];
    }

    public static IEnumerable<ConversationEvent> Lose(Leg phone, DateTimeOffset now, Timeouts timeouts) =>
        [new MediaStopped(phone.Id), new DeadlineSet(DeadlineKind.MediaLoss, phone.Id, now + timeouts.MediaLoss)];
}
