using static Hookswitch.Calling.Tests.Parties;

namespace Hookswitch.Calling.Tests;

/// <summary>What bots want done with sound, and its turn.</summary>
public sealed class MediaOperationTests
{
    private static readonly Guid TheSecondOperation = Guid.Parse("00000000-0000-4000-8000-00000000a002");

    private static readonly Given Call = new(BotCallsUser, PhoneAnswers);
    private static readonly Given Meeting = new(
        Joins(Bot(TheBot, Contoso)), Joins(Bot(TheOtherBot, Fabrikam)), Joins(Person(ThePhone)), Joins(Person(TheSecondPhone)));

    private static readonly PlayWork Prompts = new([new Prompt(new MediaFile("https://bot.example/hello.wav", "hello"))], Loop: false);
    private static readonly RecordWork Answer = new(Prompt: null, "https://graph.example/recordings", Chain);

    private static readonly StartMedia Plays = new(TheBot, Contoso, TheOperation, "context", Prompts);
    private static readonly StartMedia Records = new(TheBot, Contoso, TheSecondOperation, "answer", Answer);
    private static readonly MediaEnded Played = new(TheBot, TheOperation, MediaResult.Completed, Detail: null);
    private static readonly CancelMedia Cancels = new(TheBot, Contoso, Invited, ClientContext: null);
    private static readonly StartHoldMusic Holds = new(TheBot, Contoso, ParticipantOf(ThePhone), Music: null, TheOperation, "hold");
    private static readonly StopHoldMusic Fetches = new(TheBot, Contoso, ParticipantOf(ThePhone), TheSecondOperation, "fetch");

    [Fact]
    public void What_is_asked_for_runs_and_is_watched() =>
        Call.When(Plays).Then(
            new OperationStarted(TheOperation, TheBot, OperationKind.PlayPrompt, "context", []) { Work = Prompts },
            new DeadlineSet(DeadlineKind.MediaWatch, TheBot, Noon + Seconds(30)));

    [Fact]
    public void When_it_is_over_the_bot_is_told() =>
        Call.And(Plays).When(Played).Then(
            new OperationEnded(TheOperation, IsTold: true) { Result = MediaResult.Completed },
            new DeadlineCleared(DeadlineKind.MediaWatch, TheBot));

    [Fact]
    public void It_is_over_once() => Call.And(Plays, Played).When(Played).Then();

    [Fact]
    public void One_thing_is_done_at_a_time_in_the_order_in_which_it_was_asked_for()
    {
        var both = Call.And(Plays, Records);

        Assert.Equal(TheOperation, both.Conversation.MediaOf(TheBot)!.Id);
        Assert.Equal(TheSecondOperation, both.And(Played).Conversation.MediaOf(TheBot)!.Id);
        both.When(Played).Then(new OperationEnded(TheOperation, IsTold: true) { Result = MediaResult.Completed });
    }

    [Fact]
    public void A_recording_that_may_barge_in_cancels_all_before_it() =>
        Call.And(Plays).When(Records with { Work = Answer with { BargesIn = true } }).Then(
            new OperationEnded(TheOperation, IsTold: true) { Result = MediaResult.Cancelled },
            new OperationStarted(TheSecondOperation, TheBot, OperationKind.RecordResponse, "answer", []) { Work = Answer with { BargesIn = true } });

    [Fact]
    public void Cancelling_ends_what_runs_and_what_waits() =>
        Call.And(Plays, Records).When(Cancels).Then(
            new OperationStarted(Invited, TheBot, OperationKind.CancelMediaProcessing, ClientContext: null, []),
            new OperationEnded(TheOperation, IsTold: true) { Result = MediaResult.Cancelled },
            new OperationEnded(TheSecondOperation, IsTold: true) { Result = MediaResult.Cancelled },
            new DeadlineCleared(DeadlineKind.MediaWatch, TheBot),
            new OperationEnded(Invited, IsTold: false));

    [Fact]
    public void Cancelling_nothing_is_done_at_once() =>
        Call.When(Cancels).Then(
            new OperationStarted(Invited, TheBot, OperationKind.CancelMediaProcessing, ClientContext: null, []),
            new OperationEnded(Invited, IsTold: false));

    [Fact]
    public void Whether_it_is_still_done_is_asked_as_long_as_it_runs() =>
        Call.And(Plays).After(Seconds(30)).WhenDeadlinePasses().Then(new DeadlineSet(DeadlineKind.MediaWatch, TheBot, Noon + Seconds(60)));

    [Fact]
    public void In_a_group_it_runs_until_the_shell_says_that_it_is_over() =>
        Meeting.When(Plays).Then(
            new OperationStarted(TheOperation, TheBot, OperationKind.PlayPrompt, "context", []) { Work = Prompts },
            new DeadlineSet(DeadlineKind.MediaWatch, TheBot, Noon + Seconds(30)));

    [Fact]
    public void Too_much_does_not_wait() =>
        Call.And([.. Enumerable.Range(0, 50).Select(i => Plays with { Operation = ParticipantOf(new LegId(100 + i)) })])
            .When(Plays).ThenRefused(Refusal.TooMuchMedia);

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        new Given(BotCallsUser).When(Plays).ThenRefused(Refusal.CallNotEstablished);
        Call.When(Plays with { Application = Fabrikam }).ThenRefused(Refusal.CallNotFound);
        Call.When(Holds).ThenRefused(Refusal.CallIsNotGroup);
        Meeting.When(Holds with { Participant = Invited }).ThenRefused(Refusal.ParticipantNotFound);
        Meeting.When(Holds with { Participant = ParticipantOf(TheBot) }).ThenRefused(Refusal.ThatIsTheCallItself);
        Meeting.When(Fetches).ThenRefused(Refusal.ConflictsWithCallState);
        Meeting.And(Holds).When(Holds with { Participant = ParticipantOf(TheSecondPhone), Operation = Invited })
            .ThenRefused(Refusal.ConflictsWithCallState);
    }

    [Fact]
    public void Whoever_is_put_on_hold_is_shown_so_and_back_among_the_others()
    {
        Meeting.When(Holds).Then(
            new OperationStarted(TheOperation, TheBot, OperationKind.StartHoldMusic, "hold", [ParticipantOf(ThePhone)]) { Work = new HoldMusicWork(Music: null) },
            new HoldMusicStarted(ThePhone, new HoldMusic(TheBot, TheOperation, File: null)),
            new DeadlineSet(DeadlineKind.MediaWatch, TheBot, Noon + Seconds(30)),
            new RosterChanged([ParticipantOf(ThePhone)]));
        Meeting.And(Holds, Played).When(Fetches).Then(
            new OperationStarted(TheSecondOperation, TheBot, OperationKind.StopHoldMusic, "fetch", [ParticipantOf(ThePhone)]) { Work = new HoldMusicWork(Music: null) },
            new HoldMusicStopped(ThePhone),
            new RosterChanged([ParticipantOf(ThePhone)]));
    }

    [Fact]
    public void Music_that_is_not_heard_yet_is_cancelled_when_nobody_is_to_hear_it()
    {
        Meeting.And(Holds).When(Fetches).ThenOf(new OperationEnded(TheOperation, IsTold: true) { Result = MediaResult.Cancelled });
        Meeting.And(Holds).When(new PhoneActed(ThePhone, PhoneAction.HangUp))
            .ThenOf(new OperationEnded(TheOperation, IsTold: true) { Result = MediaResult.Cancelled });
    }

    [Fact]
    public void Whether_music_is_still_heard_is_asked_as_long_as_somebody_hears_it() =>
        Meeting.And(Holds, Played).Let(Minutes(1)).ThenAwaits(DeadlineKind.MediaWatch, TheBot);

    [Fact]
    public void Music_that_cannot_be_played_holds_nobody() =>
        Meeting.And(Holds).When(Played with { Result = MediaResult.NotDownloaded, Detail = "It answers 404." }).Then(
            new OperationEnded(TheOperation, IsTold: true) { Result = MediaResult.NotDownloaded, Detail = "It answers 404." },
            new HoldMusicStopped(ThePhone),
            new DeadlineCleared(DeadlineKind.MediaWatch, TheBot),
            new RosterChanged([ParticipantOf(ThePhone)]));

    [Fact]
    public void Nobody_hears_the_music_of_a_bot_that_is_gone() =>
        Meeting.And(Holds, Played).When(new HangUp(TheBot, Contoso)).ThenOf(new HoldMusicStopped(ThePhone));

    [Fact]
    public void A_phone_speaks_once_it_is_connected()
    {
        var speaks = new PhoneActed(ThePhone, PhoneAction.Speak) { Sound = "hello" };

        Call.When(speaks).Then(new PhoneSpoke(ThePhone, "hello"));
        new Given(BotCallsUser).When(speaks).ThenRefused(Refusal.PhoneCannotDoThat);
    }
}
