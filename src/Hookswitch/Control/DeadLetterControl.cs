using System.Text.Json.Nodes;
using Hookswitch.Calling;
using Hookswitch.Notifications;
using Hookswitch.Storage;

namespace Hookswitch.Control;

/// <summary>Which dead letters are meant: those of which all that is named is true.</summary>
internal sealed record DeadLetterFilter
{
    public static readonly IReadOnlySet<string> Names = new HashSet<string>(StringComparer.Ordinal) { "call", "host", "since", "until" };

    /// <summary>The id of a call.</summary>
    public string? Call { get; init; }

    /// <summary>Of the address, with its port unless it is the scheme's own.</summary>
    public string? Host { get; init; }

    /// <summary>Given up then or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Given up before.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The address to which they are sent; not set: that of each letter.</summary>
    public string? To { get; init; }

    public bool Matches(DeadLetter letter) =>
        (Call is null || letter.Call.ToString().Equals(Call, StringComparison.OrdinalIgnoreCase))
        && (Host is null || (Uri.TryCreate(letter.Address, UriKind.Absolute, out var address) && address.Authority.Equals(Host, StringComparison.OrdinalIgnoreCase)))
        && (Since is null || letter.At >= Since)
        && (Until is null || letter.At < Until);
}

/// <summary>Shows what could not be delivered, and sends it once more.</summary>
internal static class DeadLetterControl
{
    public static void MapDeadLetters(this IEndpointRouteBuilder control)
    {
        control.MapGet("/deadLetters", List);
        control.MapPost("/deadLetters/redeliver", Redeliver);
        control.MapPost("/deadLetters/{id}/redeliver", RedeliverOne);
    }

    private static async Task<IResult> List(
        HttpRequest request, string? call, string? host, DateTimeOffset? since, DateTimeOffset? until, IEventStore store, CancellationToken cancellation)
    {
        if (request.Query.Keys.FirstOrDefault(name => !DeadLetterFilter.Names.Contains(name)) is { } unknown)
        {
            return ControlProblem.Of(400, $"'{unknown}' is no filter. There are: {string.Join(", ", DeadLetterFilter.Names)}.");
        }

        var filter = new DeadLetterFilter { Call = call, Host = host, Since = since, Until = until };
        return TypedResults.Ok((await store.DeadLetters(cancellation)).Where(filter.Matches).Select(letter => new
        {
            letter.Id,
            Call = letter.Call.ToString(),
            letter.Sequence,
            letter.At,
            letter.Address,
            letter.Why,
            Body = JsonNode.Parse(letter.Body),
        }));
    }

    private static Task<IResult> Redeliver(
        HttpRequest request, IEventStore store, Redelivery redelivery, AddressGuard guard, CancellationToken cancellation) =>
        ControlBody.Read<DeadLetterFilter>(request, async filter => Problem(filter, guard)
            ?? Answer(await redelivery.Send((await store.DeadLetters(cancellation)).Where(filter.Matches), filter.To, cancellation)));

    private static async Task<IResult> RedeliverOne(string id, IEventStore store, Redelivery redelivery, CancellationToken cancellation) =>
        Guid.TryParse(id, out var wanted) && (await store.DeadLetters(cancellation)).FirstOrDefault(letter => letter.Id == wanted) is { } letter
            ? Answer(await redelivery.Send([letter], to: null, cancellation))
            : ControlProblem.Of(404, $"There is no dead letter '{id}': it was delivered, or is kept no longer.");

    private static IResult? Problem(DeadLetterFilter filter, AddressGuard guard) =>
        filter.Call is { } call && !CallId.TryParse(call, out _) ? ControlProblem.Of(400, "'call' is no id of a call.")
        : filter.To is { } to && guard.Refuse(to) is { } problem ? ControlProblem.Of(400, $"'to' {problem}.")
        : null;

    private static IResult Answer(IReadOnlyList<Redelivered> sent) => TypedResults.Ok(new
    {
        Delivered = sent.Count(one => one.Delivered),
        Failed = sent.Count(one => !one.Delivered),
        Letters = sent.Select(one => new { one.Letter.Id, Call = one.Letter.Call.ToString(), one.Letter.Sequence, one.Delivered, one.Answer }),
    });
}
