namespace Hookswitch.Calling.Rules;

/// <summary>Whether sound flows: of a phone, what it says of it; of a bot that hosts its own, whether the server reaches it.</summary>
internal static class Media
{
    /// <summary>A call is established: sound flows if every phone in it brings its own, or is waited for.</summary>
    public static IEnumerable<ConversationEvent> Begin(Leg[] legs, DateTimeOffset now, Timeouts timeouts)
    {
        var silent = legs.Where(leg => !leg.BringsMedia).ToArray();
        return silent.Length == 0
            ? legs.Select(leg => new MediaStarted(leg.Id))
            : silent.SelectMany(leg => Await(leg.Id, leg.Bot, now, timeouts));
    }

    /// <summary>One comes into a conversation of many: its sound flows, or is waited for.</summary>
    public static IEnumerable<ConversationEvent> Enter(LegId leg, Bot? bot, bool bringsMedia, DateTimeOffset now, Timeouts timeouts) =>
        bringsMedia ? [new MediaStarted(leg)] : Await(leg, bot, now, timeouts);

    /// <summary>One comes into a peer-to-peer call that is established: its sound flows, or is waited for, as that of the other may be.</summary>
    public static IEnumerable<ConversationEvent> Join(
        Conversation conversation, LegId leg, Bot? bot, bool bringsMedia, DateTimeOffset now, Timeouts timeouts) =>
        !bringsMedia ? Await(leg, bot, now, timeouts)
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

    /// <summary>The server has reached the bot that hosts its own sound, or no longer reaches it.</summary>
    public static Decision Decide(Conversation conversation, MediaSocketChanged command, DateTimeOffset now, Timeouts timeouts) =>
        conversation.Find(command.Leg) is { IsLive: true, Bot.BringsMedia: false } leg
            ? command.Change switch
            {
                SocketChange.Connected when Awaited(conversation, leg) is { } waited => [.. Start(conversation, leg, waited)],
                SocketChange.Lost when leg.MediaActive => [.. Lose(leg, now, timeouts)],
                SocketChange.Refused => [.. HangingUp.End(conversation, leg, EndReasons.BotMediaRefused, EndReasons.OtherParticipantLeft)],
                _ => [],
            }
            : [];

    /// <summary>It was waited for in vain.</summary>
    public static IEnumerable<ConversationEvent> GiveUp(Conversation conversation, Leg leg, EndReason phones) => leg.Bot is null
        ? HangingUp.End(conversation, leg, phones, phones)
        : HangingUp.End(conversation, leg, EndReasons.BotMediaUnreachable, EndReasons.OtherParticipantLeft);

    // Of a bot the shell is asked again and again whether it still reaches it: it may have been stopped in between.
    private static IEnumerable<ConversationEvent> Await(LegId leg, Bot? bot, DateTimeOffset now, Timeouts timeouts) =>
    [
        new DeadlineSet(DeadlineKind.MediaStart, leg, now + timeouts.MediaStart),
        .. bot is null ? [] : MediaOperations.Ask(leg, now),
    ];

    public static IEnumerable<ConversationEvent> Lose(Leg phone, DateTimeOffset now, Timeouts timeouts) =>
        [new MediaStopped(phone.Id), new DeadlineSet(DeadlineKind.MediaLoss, phone.Id, now + timeouts.MediaLoss)];
}
