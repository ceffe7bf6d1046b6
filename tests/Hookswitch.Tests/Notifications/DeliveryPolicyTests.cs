using Hookswitch.Calling;
using Hookswitch.Notifications;
using Hookswitch.Storage;

namespace Hookswitch.Tests.Notifications;

/// <summary>What follows from each answer of a callback.</summary>
public sealed class DeliveryPolicyTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_follows_from_each_answer()
    {
        (string Answer, CallbackAnswer Of)[] answers =
        [
            .. new[] { 200, 202, 204, 301, 302, 307, 308, 400, 401, 403, 404, 408, 409, 410, 429, 500, 501, 503, 599 }
                .Select(status => ($"{status}", new CallbackAnswer(status, "") { Location = "https://bot.example/elsewhere" })),
            ("302 nowhere", new CallbackAnswer(302, "")),
            ("none", new CallbackAnswer(null, "connection refused")),
            ("forbidden", new CallbackAnswer(null, "never connected to") { IsForbidden = true }),
        ];
        var rows =
            from answer in answers
            let first = Judge(Cursor(), Incoming, answer.Of)
            let moved = Judge(Cursor() with { Redirected = new Redirection("https://bot.example/", "https://bot.example/other") }, Incoming, answer.Of)
            let later = Judge(Cursor(), Update, answer.Of)
            let tooLate = Judge(Cursor() with { FirstAttemptAt = Noon.AddHours(-4), Attempts = 50 }, Update, answer.Of)
            select $"{answer.Answer,-12} {first,-10} {moved,-10} {later,-10} {tooLate,-10}".TrimEnd() + '\n';

        Snapshot.Match($"{"answer",-12} {"incoming",-10} {"redirected",-10} {"later",-10} after 4 h\n{string.Concat(rows)}");
    }

    [Theory]
    [InlineData(0, 0.0, 800)]
    [InlineData(0, 1.0, 1_200)]
    [InlineData(3, 0.5, 8_000)]
    [InlineData(6, 0.5, 60_000)]
    [InlineData(7, 0.5, 300_000)]
    [InlineData(40, 0.5, 300_000)]
    public void The_next_attempt_comes_by_the_schedule(int attempts, double chance, int milliseconds)
    {
        var (_, cursor) = DeliveryPolicy.After(
            Cursor() with { Attempts = attempts }, Update, new CallbackAnswer(500, ""), Noon, TimeSpan.FromHours(4), chance);

        Assert.Equal((attempts + 1, Noon.AddMilliseconds(milliseconds)), (cursor.Attempts, cursor.NextAttemptAt));
    }

    [Fact]
    public void A_failed_attempt_says_that_nothing_before_its_notification_is_still_to_be_told()
    {
        var (_, cursor) = DeliveryPolicy.After(Cursor(), Update, new CallbackAnswer(500, ""), Noon, TimeSpan.FromHours(4), 0.5);

        Assert.Equal(Update.Sequence - 1, cursor.Settled);
    }

    [Fact]
    public void What_was_delivered_leaves_no_trace_of_its_attempts()
    {
        var failed = Cursor() with { Attempts = 3, FirstAttemptAt = Noon, NextAttemptAt = Noon };

        var (_, cursor) = DeliveryPolicy.After(failed, Update, new CallbackAnswer(202, ""), Noon, TimeSpan.FromHours(4), 0.5);

        Assert.Equal(Cursor() with { Settled = Update.Sequence }, cursor);
    }

    private static Notification Update { get; } = new(
        new CallId(new ConversationId(1), new LegId(1)), 7, new Bot(new AppId("a"), "t", "https://bot.example/"), Guid.Empty, new Graph.CommsNotifications());

    private static Notification Incoming { get; } = Update with { IsIncomingCall = true };

    private static DeliveryCursor Cursor() => new(Update.Call, Head: 9, Settled: 5);

    private static Verdict Judge(DeliveryCursor cursor, Notification notification, CallbackAnswer answer) =>
        DeliveryPolicy.After(cursor, notification, answer, Noon, TimeSpan.FromHours(4), 0.5).Verdict;
}
