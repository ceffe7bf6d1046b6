using System.Collections.Immutable;

namespace Hookswitch.Bench;

/// <summary>What one request of a cycle makes durable, answers and causes: what the floor does without thinking.</summary>
/// <param name="Rows">Events that the server appends for it.</param>
/// <param name="RowBytes">Of one of their bodies, on average.</param>
/// <param name="Status">Of the answer.</param>
/// <param name="AnswerBytes">The body of the answer.</param>
internal sealed record Step(int Rows, int RowBytes, int Status, int AnswerBytes, ImmutableArray<Webhook> ToCaller, ImmutableArray<Webhook> ToCallee);

/// <summary>One notification: what it says, and how long its body is.</summary>
internal sealed record Webhook(string Change, string State, int Bytes);

/// <summary>
/// One cycle, as the server shows it on the wire and in its store. Counted on a server; a run checks that the webhooks are still as many
/// and as long.
/// </summary>
internal static class Traffic
{
    /// <summary>By how much bodies may differ from the table: addresses and tenants are longer or shorter by a few bytes.</summary>
    public const double Tolerance = 0.01;

    public static readonly Step Create = new(
        Rows: 5, RowBytes: 254, Status: 201, AnswerBytes: 1273,
        ToCaller: [new("updated", "establishing", 389)],
        ToCallee: [new("created", "incoming", 1280)]);

    public static readonly Step Answer = new(
        Rows: 7, RowBytes: 53, Status: 202, AnswerBytes: 0,
        ToCaller: [new("updated", "established", 411), new("updated", "established", 468)],
        ToCallee: [new("updated", "establishing", 389), new("updated", "established", 411), new("updated", "established", 468)]);

    public static readonly Step Delete = new(
        Rows: 4, RowBytes: 27, Status: 204, AnswerBytes: 0,
        ToCaller: [new("updated", "terminating", 335), new("deleted", "terminated", 459)],
        ToCallee: [new("deleted", "terminated", 467)]);

    public static int WebhooksOfCaller { get; } = All.Sum(step => step.ToCaller.Length);

    public static int WebhooksOfCallee { get; } = All.Sum(step => step.ToCallee.Length);

    public static int WebhookBytes { get; } = All.Sum(step => step.ToCaller.Concat(step.ToCallee).Sum(one => one.Bytes));

    private static IEnumerable<Step> All => [Create, Answer, Delete];
}
