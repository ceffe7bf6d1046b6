using System.Globalization;
using System.Text.Json.Nodes;

namespace Hookswitch.Load;

/// <summary>
/// One call of a phone to a bot that is not ours. What the bot is told, and what it answers, is what the server shows of the call: nobody stands between
/// the two.
/// </summary>
internal sealed class PhoneCall(LoadClient client, History history, TimeSpan patience)
{
    /// <summary>Between two looks at a call that is to end.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <returns>Whether the bot took the call, and was told that it ended.</returns>
    public async Task<bool> Run(string phone, string application, TimeSpan hold, TimeSpan planned, CancellationToken cancellation)
    {
        var dialled = await client.Dial(phone, application, hold, planned, cancellation);
        if (dialled is not { Outcome: Outcome.Acknowledged, Call: { } call })
        {
            return false;
        }

        var (begun, shown) = (history.Now, (JsonObject?)null);
        while (!IsTold(shown) && history.Now - begun < hold + patience)
        {
            await Task.Delay(shown is null ? hold + Look : Look, TimeProvider.System, cancellation);
            shown = await client.Look($"/control/calls/{call}", cancellation) ?? shown;
        }

        if (shown is null)
        {
            return false;
        }

        var zero = TimeProvider.System.GetUtcNow() - history.Now; // the wall clock is the only one that both have
        foreach (var attempt in shown["deliveries"]!.AsArray())
        {
            Add(attempt!.AsObject(), application, call, shown["reason"] as JsonObject, zero);
        }

        return IsTold(shown) && shown["requests"]!.AsArray().Any(one => (string?)one!["path"] is { } path && path.EndsWith("answer", StringComparison.Ordinal));
    }

    private static bool IsTold(JsonObject? shown) =>
        shown?["deliveries"]?.AsArray() is { Count: > 0 } deliveries && (string?)deliveries[^1]!["summary"] == "deleted terminated"
        && (string?)deliveries[^1]!["verdict"] is "delivered" or "giveup" or "stop";

    private void Add(JsonObject attempt, string application, string call, JsonObject? reason, DateTimeOffset zero)
    {
        var (words, at) = (((string)attempt["summary"]!).Split(' ', 2), DateTimeOffset.Parse((string)attempt["at"]!, CultureInfo.InvariantCulture));
        var answer = ((string)attempt["answer"]!).Split(' ')[0];
        history.Add(
            new Notified(
                (Guid)attempt["notification"]!, application, Cause: null, call, words[0], words[1], (int)attempt["attempt"]!,
                int.TryParse(answer, NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : null)
            {
                Reason = words[1] == "terminated" && reason?["code"] is not null
                    ? new ToldReason((int?)reason["code"], (int?)reason["subcode"], (string?)reason["message"])
                    : null,
            },
            at - zero);
    }
}
