using System.Diagnostics;

namespace Hookswitch.Calling.Rules;

/// <summary>
/// What bots want the server to do with sound. One thing at a time for each bot, in the order in which it asked; the shell does it, and
/// says what became of it.
/// </summary>
internal static class MediaOperations
{
    /// <summary>What may wait for its turn.</summary>
    private const int MaxWaiting = 50;

    /// <summary>The shell is asked this often whether it still does what it was to do: it may have been stopped in between.</summary>
    private static readonly TimeSpan Watch = TimeSpan.FromSeconds(30);

    public static Decision Decide(Conversation conversation, StartMedia command, DateTimeOffset now) =>
        Member.ActOnMedia(conversation, command.Leg, command.Application, leg =>
        {
            var cancelled = command.Work is RecordWork { BargesIn: true } ? conversation.WaitingMediaOf(leg.Id).ToArray() : [];
            return cancelled.Length == 0 && conversation.WaitingMediaOf(leg.Id).Count() >= MaxWaiting
                ? Refusal.TooMuchMedia
                :
                [
                    .. cancelled.Select(Cancel),
                    new OperationStarted(command.Operation, leg.Id, KindOf(command.Work), command.ClientContext, []) { Work = command.Work },
                    .. Watched(conversation, leg.Id, now),
                ];
        });

    public static Decision Decide(Conversation conversation, CancelMedia command) =>
        Member.ActOnMedia(conversation, command.Leg, command.Application, leg =>
            Member.Done(
                command.Operation, leg, OperationKind.CancelMediaProcessing, command.ClientContext, [],
                [.. conversation.WaitingMediaOf(leg.Id).Select(Cancel), .. Unwatched(conversation, leg.Id, conversation.WaitingMediaOf(leg.Id))]));

    // The order of the lines is their precedence. One participant at a time: Graph, participant: startHoldMusic.
    public static Decision Decide(Conversation conversation, StartHoldMusic command, DateTimeOffset now) =>
        Member.Act(conversation, command.Leg, command.Application, own => Participants.Inside(conversation, command.Participant) switch
        {
            null => Refusal.ParticipantNotFound,
            { } held when held.Id == own.Id => Refusal.ThatIsTheCallItself,
            _ when conversation.InsideLegs.Any(leg => leg.Music is not null) => Refusal.ConflictsWithCallState,
            { } held =>
            [
                new OperationStarted(command.Operation, own.Id, OperationKind.StartHoldMusic, command.ClientContext, [held.Participant])
                {
                    Work = new HoldMusicWork(command.Music),
                },
                new HoldMusicStarted(held.Id, new HoldMusic(own.Id, command.Operation, command.Music)),
                .. Watched(conversation, own.Id, now),
            ],
        });

    public static Decision Decide(Conversation conversation, StopHoldMusic command, DateTimeOffset now) =>
        Member.Act(conversation, command.Leg, command.Application, own => Participants.Inside(conversation, command.Participant) switch
        {
            null => Refusal.ParticipantNotFound,
            { Music: null } => Refusal.ConflictsWithCallState,
            { } held =>
            [
                new OperationStarted(command.Operation, own.Id, OperationKind.StopHoldMusic, command.ClientContext, [held.Participant])
                {
                    Work = new HoldMusicWork(Music: null),
                },
                new HoldMusicStopped(held.Id),
                .. Watched(conversation, own.Id, now),
            ],
        });

    /// <summary>The shell says what became of something. It may say it more than once, and too late.</summary>
    public static Decision Decide(Conversation conversation, MediaEnded command) =>
        conversation.Find(command.Leg) is { IsLive: true } leg
        && conversation.FindOperation(command.Operation) is { IsOver: false, Work: not null } operation
        && operation.Leg == leg.Id
            ?
            [
                new OperationEnded(operation.Id, IsTold: true) { Result = command.Result, Detail = command.Detail },
                .. command.Result == MediaResult.Completed ? [] : Unheld(conversation, operation),
                .. Unwatched(conversation, leg.Id, [operation]),
            ]
            : [];

    /// <summary>Whether the shell still does what it was to do is asked again.</summary>
    public static IEnumerable<ConversationEvent> Ask(LegId leg, DateTimeOffset now) => [new DeadlineSet(DeadlineKind.MediaWatch, leg, now + Watch)];

    /// <summary>Nobody hears the music of a bot that is gone.</summary>
    public static IEnumerable<ConversationEvent> Abandoned(Conversation conversation) =>
        from leg in conversation.LiveLegs
        where leg.Music is { } music && conversation.Find(music.By) is not { IsLive: true }
        select new HoldMusicStopped(leg.Id);

    /// <summary>Music that is not yet heard, and by nobody any more will be: its participant has left, or is back among the others.</summary>
    public static IEnumerable<ConversationEvent> Forsaken(Conversation conversation) =>
        from operation in conversation.Operations
        where operation is { Kind: OperationKind.StartHoldMusic, IsOver: false }
            && conversation.Find(operation.Leg) is { IsLive: true }
            && !conversation.InsideLegs.Any(leg => leg.Music?.Operation == operation.Id)
        select Cancel(operation);

    /// <summary>Nobody asks any longer about a bot for which nothing is done.</summary>
    public static IEnumerable<ConversationEvent> NoLongerWatched(Conversation conversation) =>
        from leg in conversation.LiveLegs
        where conversation.Awaits(DeadlineKind.MediaWatch, leg.Id) && !IsBusy(conversation, leg, [])
        select new DeadlineCleared(DeadlineKind.MediaWatch, leg.Id);

    private static OperationEnded Cancel(Operation operation) => new(operation.Id, IsTold: true) { Result = MediaResult.Cancelled };

    private static IEnumerable<ConversationEvent> Watched(Conversation conversation, LegId leg, DateTimeOffset now) =>
        conversation.Awaits(DeadlineKind.MediaWatch, leg) ? [] : Ask(leg, now);

    // Once nothing is left to be done.
    private static IEnumerable<ConversationEvent> Unwatched(Conversation conversation, LegId leg, IEnumerable<Operation> over) =>
        conversation.Awaits(DeadlineKind.MediaWatch, leg) && !IsBusy(conversation, conversation.Find(leg)!, over)
            ? [new DeadlineCleared(DeadlineKind.MediaWatch, leg)]
            : [];

    // Sound is carried for its bot, or is to be.
    private static bool IsBusy(Conversation conversation, Leg leg, IEnumerable<Operation> over) =>
        leg.Bot is { BringsMedia: false }
        || conversation.Operations.Any(one => one is { IsOver: false, Work: not null } && one.Leg == leg.Id && !over.Contains(one))
        || conversation.LiveLegs.Any(other => other.Music?.By == leg.Id);

    // Who was to hear music that cannot be played is back among the others.
    private static IEnumerable<ConversationEvent> Unheld(Conversation conversation, Operation operation) =>
        operation.Kind == OperationKind.StartHoldMusic
            ? conversation.LiveLegs
                .Where(leg => leg.Music?.Operation == operation.Id)
                .Select(leg => new HoldMusicStopped(leg.Id))
            : [];

    private static OperationKind KindOf(MediaWork work) => work switch
    {
        PlayWork => OperationKind.PlayPrompt,
        RecordWork => OperationKind.RecordResponse,
        ToneWork => OperationKind.SendDtmfTones,
        _ => throw new UnreachableException($"{work.GetType().Name} waits for no turn."),
    };
}
