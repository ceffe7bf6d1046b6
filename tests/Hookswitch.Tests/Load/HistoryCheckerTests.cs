using Hookswitch.Calling;
using Hookswitch.Load;

namespace Hookswitch.Tests.Load;

/// <summary>The checker finds what must never happen, and nothing else.</summary>
public sealed class HistoryCheckerTests
{
    private const string Bot = "bot";
    private const string Other = "other";

    private readonly List<HistoryEntry> _history = [];
    private long _number;

    [Fact]
    public void A_call_that_goes_as_it_should_is_fine()
    {
        Call("a");
        Close();

        Assert.Empty(Found());
    }

    [Fact]
    public void An_incoming_call_that_its_bot_rejects_is_fine()
    {
        Ask(Deed.Dial, Outcome.Acknowledged, "a");
        Tell("a", "incoming", change: "created", incoming: true);
        Ask(Deed.Reject, Outcome.Acknowledged, "a");
        Tell("a", "terminated", change: "deleted", reason: null, incoming: true);
        Close();

        Assert.Empty(Found());
    }

    [Fact]
    public void A_call_whose_creation_was_lost_may_be_or_not()
    {
        var number = Ask(Deed.Create, Outcome.Ambiguous);
        Ask(Deed.Create, Outcome.Ambiguous);
        Tell("a", "establishing", cause: number);
        Tell("a", "terminated", change: "deleted", cause: number, reason: EndReasons.ConversationEnded);
        Add(new Counted(1, 0, 1));
        Close();

        Assert.Empty(Found());
    }

    [Fact]
    public void What_was_taken_just_before_a_crash_may_be_told_again()
    {
        var number = Ask(Deed.Create, Outcome.Acknowledged, "a");
        var establishing = Tell("a", "establishing", cause: number);
        Add(new ServerEnded(ServerEnd.Killed, Next));
        Tell("a", "establishing", cause: number, id: establishing);
        Tell("a", "terminated", change: "deleted", cause: number, reason: EndReasons.ConversationEnded);
        Close();

        Assert.Empty(Found());
    }

    [Fact]
    public void What_was_not_taken_is_told_again()
    {
        var number = Ask(Deed.Create, Outcome.Acknowledged, "a");
        var establishing = Tell("a", "establishing", cause: number, answer: 503);
        Tell("a", "establishing", cause: number, id: establishing);
        Tell("a", "terminated", change: "deleted", cause: number, reason: EndReasons.ConversationEnded);
        Close();

        Assert.Empty(Found());
    }

    [Fact]
    public void A_call_that_still_runs_is_fine_as_long_as_nothing_is_over()
    {
        Ask(Deed.Create, Outcome.Acknowledged, "a");

        Assert.Empty(Found());
    }

    [Fact]
    public void A_call_that_never_ends_breaks_I1()
    {
        Tell("a", "established", cause: Ask(Deed.Create, Outcome.Acknowledged, "a"));
        Close();

        Assert.Equal(["I1 a"], Found());
    }

    [Fact]
    public void A_call_of_which_nothing_is_ever_told_breaks_I1()
    {
        Ask(Deed.Create, Outcome.Acknowledged, "a");
        Close();

        Assert.Equal(["I1 a"], Found());
    }

    [Fact]
    public void A_call_that_ends_twice_breaks_I1_and_I2()
    {
        var number = Call("a");
        Tell("a", "terminated", change: "deleted", cause: number, reason: EndReasons.ConversationEnded);
        Close();

        Assert.Equal(["I1 a", "I2 a"], Found());
    }

    [Fact]
    public void An_end_that_nobody_took_breaks_I1()
    {
        Tell("a", "terminated", change: "deleted", cause: Ask(Deed.Create, Outcome.Acknowledged, "a"), reason: EndReasons.ConversationEnded, answer: 500);
        Close();

        Assert.Equal(["I1 a"], Found());
    }

    [Fact]
    public void News_of_a_call_that_is_over_breaks_I2()
    {
        Tell("a", "participants", cause: Call("a"));
        Close();

        Assert.Equal(["I2 a"], Found());
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 5)]
    public void What_was_taken_and_is_told_again_with_no_crash_shortly_after_breaks_I2(bool crashed, int secondsLater)
    {
        var number = Ask(Deed.Create, Outcome.Acknowledged, "a");
        var establishing = Tell("a", "establishing", cause: number);
        if (crashed)
        {
            var at = _history[^1].At + TimeSpan.FromSeconds(secondsLater);
            _history.Add(new ServerEnded(ServerEnd.Killed, at) { At = at });
        }

        Tell("a", "establishing", cause: number, id: establishing);
        Tell("a", "terminated", change: "deleted", cause: number, reason: EndReasons.ConversationEnded);
        Close();

        Assert.Equal(["I2 a"], Found());
    }

    [Fact]
    public void States_in_a_wrong_order_break_I3()
    {
        var number = Ask(Deed.Create, Outcome.Acknowledged, "a");
        Tell("a", "established", cause: number);
        Tell("a", "establishing", cause: number);
        Tell("a", "terminated", change: "deleted", cause: number, reason: EndReasons.ConversationEnded);
        Close();

        Assert.Equal(["I3 a"], Found());
    }

    [Fact]
    public void A_notification_that_is_in_the_store_and_never_came_breaks_I3()
    {
        var number = Ask(Deed.Create, Outcome.Acknowledged, "a");
        var (first, last) = (Tell("a", "establishing", cause: number), Tell("a", "terminated", change: "deleted", cause: number, reason: EndReasons.ConversationEnded));
        Add(new Owed("a", [first, last]));
        Assert.Empty(Found());

        Add(new Owed("a", [first, Guid.NewGuid(), last]));

        Assert.Equal(["I3 a"], Found());
    }

    [Theory]
    [InlineData(Outcome.Refused)]
    [InlineData(Outcome.Unsent)]
    [InlineData(null)]
    public void News_of_a_call_that_nobody_made_break_I4(object? outcome)
    {
        var number = outcome is Outcome known ? Ask(Deed.Create, known) : 1000;
        Tell("a", "terminated", change: "deleted", cause: number, reason: EndReasons.ConversationEnded);
        Close();

        Assert.Equal(["I4 a"], Found());
    }

    [Fact]
    public void Two_calls_of_one_request_break_I4()
    {
        var number = Call("a");
        Tell("b", "terminated", change: "deleted", cause: number, reason: EndReasons.ConversationEnded);
        Close();

        Assert.Equal(["I4 b"], Found());
    }

    [Fact]
    public void Two_calls_of_one_request_that_was_lost_break_I4()
    {
        var number = Ask(Deed.Create, Outcome.Ambiguous);
        Tell("a", "terminated", change: "deleted", cause: number, reason: EndReasons.ConversationEnded);
        Tell("b", "terminated", change: "deleted", cause: number, reason: EndReasons.ConversationEnded);
        Close();

        Assert.Equal(["I4 a"], Found());
    }

    [Fact]
    public void An_incoming_call_that_no_phone_made_breaks_I4()
    {
        Ask(Deed.Dial, Outcome.Refused);
        Tell("a", "terminated", change: "deleted", incoming: true, reason: EndReasons.EndedByOtherParticipant);
        Close();

        Assert.Equal(["I4 a"], Found());
    }

    [Fact]
    public void A_call_that_lives_after_its_DELETE_was_acknowledged_breaks_I5()
    {
        Call("a");
        Ask(Deed.Get, Outcome.Refused, "a");
        Assert.Empty(Found());

        Ask(Deed.Get, Outcome.Acknowledged, "a", state: "established");

        Assert.Equal(["I5 a"], Found());
    }

    [Theory]
    [InlineData(200, 4711, "The conversation has ended.")]
    [InlineData(487, 5001, "The conversation has ended.")]
    [InlineData(200, 5001, "The conversation is over.")]
    public void A_reason_that_is_not_in_the_catalogue_breaks_I6(int code, int subcode, string message)
    {
        Tell("a", "terminated", change: "deleted", cause: Ask(Deed.Create, Outcome.Acknowledged, "a"), told: new ToldReason(code, subcode, message));
        Close();

        Assert.Equal(["I6 a"], Found());
    }

    [Fact]
    public void An_end_without_a_reason_breaks_I6()
    {
        Tell("a", "terminated", change: "deleted", cause: Ask(Deed.Create, Outcome.Acknowledged, "a"));
        Close();

        Assert.Equal(["I6 a"], Found());
    }

    [Fact]
    public void News_at_the_callback_of_another_application_break_I7()
    {
        Tell("a", "established", cause: Call("a", end: false), application: Other);

        Assert.Equal(["I7 a"], Found());
    }

    [Fact]
    public void A_token_for_another_application_breaks_I7()
    {
        Tell("a", "established", cause: Call("a", end: false), audience: Other);

        Assert.Equal(["I7 a"], Found());
    }

    [Fact]
    public void Another_application_that_reads_the_call_breaks_I7()
    {
        Call("a", end: false);
        Ask(Deed.Get, Outcome.Refused, "a", application: Other);
        Assert.Empty(Found());

        Ask(Deed.Get, Outcome.Acknowledged, "a", application: Other, state: "established");

        Assert.Equal(["I7 a"], Found());
    }

    [Theory]
    [InlineData(2, 1, 0)] // one is neither
    [InlineData(1, 0, 1)] // one that was acknowledged is missing
    [InlineData(3, 0, 3)] // one more than anybody asked for
    [InlineData(2, 1, 1)] // one lives when all is over
    public void Counters_that_do_not_add_up_break_I8(int created, int live, int terminated)
    {
        Call("a");
        Call("b");
        Add(new Counted(created, live, terminated));
        Close();

        Assert.NotEmpty(Found());
        Assert.All(Found(), one => Assert.Equal("I8 ", one));
    }

    [Fact]
    public async Task A_history_that_is_written_and_read_again_is_the_same()
    {
        Call("a");
        Add(new ServerStarted());
        Add(new ServerEnded(ServerEnd.Stopped, Next));
        Add(new Owed("a", [Guid.NewGuid()]));
        Add(new Counted(1, 0, 1));
        Close();
        var (history, file) = (new History(), Path.GetTempFileName());
        _history.ForEach(entry => history.Add(entry));

        await history.Save(file);
        var read = await History.Read(file, TestContext.Current.CancellationToken);

        Assert.Equivalent(history.Entries, read, strict: true);
        File.Delete(file);
    }

    private List<string> Found() => [.. HistoryChecker.Check(_history).Select(one => $"{one.Invariant} {one.Call}")];

    /// <summary>A whole call: its bot creates it and hangs up.</summary>
    private long Call(string call, bool end = true)
    {
        var number = Ask(Deed.Create, Outcome.Acknowledged, call);
        Tell(call, "establishing", cause: number);
        Tell(call, "established", cause: number);
        if (end)
        {
            Ask(Deed.Delete, Outcome.Acknowledged, call);
            Tell(call, "terminating", cause: number);
            Tell(call, "terminated", change: "deleted", cause: number, reason: EndReasons.ConversationEnded);
        }

        return number;
    }

    private long Ask(Deed deed, Outcome outcome, string? call = null, string application = Bot, string? state = null)
    {
        Add(new Requested(++_number, deed, application, outcome) { Call = call, State = state, Sent = Next });
        return _number;
    }

    private Guid Tell(
        string call, string state, string change = "updated", long? cause = null, bool incoming = false, EndReason? reason = null, ToldReason? told = null,
        Guid? id = null, int? answer = 202, string application = Bot, string? audience = Bot)
    {
        var notified = new Notified(id ?? Guid.NewGuid(), application, incoming ? null : cause, call, change, state, 1, answer)
        {
            Audience = audience,
            Reason = told ?? (reason is null ? null : new ToldReason(reason.Code, reason.Subcode, reason.Message)),
        };
        Add(notified);
        return notified.Id;
    }

    private TimeSpan Next => TimeSpan.FromMilliseconds(_history.Count);

    private void Close() => Add(new Closed());

    private void Add(HistoryEntry entry) => _history.Add(entry with { At = Next });
}
