using System.Globalization;
using Hookswitch.Calling;

namespace Hookswitch.Load;

/// <summary>Something that must never happen, and did.</summary>
/// <param name="Invariant">I1 to I8.</param>
/// <param name="Call">Null: it is about no call.</param>
/// <param name="Evidence">What was seen, and when.</param>
internal sealed record Violation(string Invariant, string? Call, string Evidence)
{
    public override string ToString() => Call is null ? $"{Invariant}: {Evidence}" : $"{Invariant}, call {Call}: {Evidence}";
}

/// <summary>Holds a history against what a server promises, whatever happens to it. Pure: it knows nothing of the server but its words.</summary>
/// <remarks>The invariants are named as <c>docs/testing.md</c> names them.</remarks>
internal static class HistoryChecker
{
    /// <summary>
    /// What a bot took so long before a crash is not told again: by then it was noted. It takes 20 ms and a commit; the rest is for machines that have
    /// more to do than they can.
    /// </summary>
    public static readonly TimeSpan NotedWithin = TimeSpan.FromSeconds(2);

    /// <summary>What a server sent before its end may arrive, and so be recorded, so long after it.</summary>
    private static readonly TimeSpan Straggling = TimeSpan.FromSeconds(0.5);

    /// <summary>States in the order in which a call goes through them. A call that is transferred or held goes back: of others nothing is asked.</summary>
    private static readonly string[] Order = ["incoming", "establishing", "ringing", "established", "terminating", "terminated"];

    public static IReadOnlyList<Violation> Check(IReadOnlyList<HistoryEntry> history)
    {
        var seen = new SeenCalls(history);
        return
        [
            .. Ends(seen), .. AfterTheEnd(seen), .. ToldAgain(seen), .. OutOfOrder(seen), .. Missing(seen), .. FromNowhere(seen), .. Undead(seen),
            .. Unexplained(seen), .. Leaked(seen), .. Miscounted(seen),
        ];
    }

    /// <summary>I1: every call that was acknowledged ends, and its end is one notification.</summary>
    private static IEnumerable<Violation> Ends(SeenCalls seen)
    {
        foreach (var call in seen.Calls)
        {
            var ends = call.Notified.Where(one => one.IsFinal).Select(one => one.Id).Distinct().ToArray();
            if (ends.Length > 1)
            {
                yield return new("I1", call.Id, $"it ended {ends.Length} times: {string.Join(", ", ends)}");
            }

            // What was never acknowledged may still be known to its bot, and then it ends as well.
            if (ends.Length == 0 && seen.IsClosed)
            {
                yield return new("I1", call.Id, call.Origin is { } origin
                    ? $"it was acknowledged {At(origin)}, and never ended; its bot was told: {call.Told}"
                    : $"its bot was told of it, and never that it ended: {call.Told}");
            }

            if (ends.Length == 1 && seen.IsClosed && !call.Notified.Any(one => one.IsFinal && one.IsAccepted))
            {
                yield return new("I1", call.Id, "its end was told, never taken, and not told again");
            }
        }
    }

    /// <summary>I2: after the end of a call nothing new is told of it.</summary>
    private static IEnumerable<Violation> AfterTheEnd(SeenCalls seen) =>
        from call in seen.Calls
        let end = call.Notified.FirstOrDefault(one => one is { IsFinal: true, IsAccepted: true })
        where end is not null
        from late in call.FirstDeliveries
        where late.At > end.At
        select new Violation("I2", call.Id, $"'{late.Change} {late.State}' ({late.Id}) came {At(late)}, after the end was taken {At(end)}");

    /// <summary>I2: what a bot took is told again only if the server was killed before it could note that. One that is asked to end notes it.</summary>
    private static IEnumerable<Violation> ToldAgain(SeenCalls seen)
    {
        foreach (var call in seen.Calls)
        {
            foreach (var deliveries in call.Notified.GroupBy(one => one.Id))
            {
                foreach (var (before, again) in deliveries.Zip(deliveries.Skip(1)))
                {
                    if (before.IsAccepted && !seen.ServerEnds.Any(end => end.End == ServerEnd.Killed && end.Since <= again.At && before.At <= end.At + Straggling && before.At >= end.Since - NotedWithin))
                    {
                        yield return new("I2", call.Id,
                            $"'{again.Change} {again.State}' ({again.Id}) was taken {At(before)} and told again {At(again)}, and no server was killed shortly after the first");
                    }
                }
            }
        }
    }

    /// <summary>I3: states are told in the order in which a call goes through them.</summary>
    private static IEnumerable<Violation> OutOfOrder(SeenCalls seen) =>
        from call in seen.Calls
        let told = call.FirstDeliveries.Where(one => Array.IndexOf(Order, one.State) >= 0)
        from pair in told.Zip(told.Skip(1))
        where Array.IndexOf(Order, pair.First.State) > Array.IndexOf(Order, pair.Second.State)
        select new Violation("I3", call.Id, $"'{pair.Second.State}' {At(pair.Second)} follows '{pair.First.State}' {At(pair.First)}");

    /// <summary>I3: what the store says is what was told, all of it and in that order.</summary>
    private static IEnumerable<Violation> Missing(SeenCalls seen)
    {
        foreach (var owed in seen.Owed)
        {
            var told = seen.Find(owed.Call)?.FirstDeliveries.Select(one => one.Id).ToArray() ?? [];
            if (!told.SequenceEqual(owed.Notifications))
            {
                yield return new("I3", owed.Call, $"told was [{string.Join(", ", told)}], and by the store it is [{string.Join(", ", owed.Notifications)}]");
            }
        }
    }

    /// <summary>I4: nobody is told of a call that does not go back to a request which took effect, or may have.</summary>
    private static IEnumerable<Violation> FromNowhere(SeenCalls seen)
    {
        foreach (var call in seen.Calls.Where(call => call.Origin is null))
        {
            var (first, cause) = (call.Notified[0], seen.CauseOf(call));
            if (first.Cause is not null && (cause is null || cause.Outcome != Outcome.Ambiguous))
            {
                yield return new("I4", call.Id,
                    $"'{first.Change} {first.State}' came {At(first)}; the request of its callback {(cause is null ? "was never made" : $"ended {Told(cause)}")}");
            }
        }

        var unknown = seen.Calls.Where(call => call.Origin is null);
        foreach (var ofRequest in unknown.Where(call => call.Notified[0].Cause is not null).GroupBy(call => call.Notified[0].Cause).Where(calls => calls.Count() > 1))
        {
            yield return new("I4", ofRequest.First().Id, $"one request made {ofRequest.Count()} calls");
        }

        foreach (var ofApplication in unknown.Where(call => call.Notified[0].Cause is null).GroupBy(call => call.Notified[0].Application))
        {
            var possible = seen.Requests.Count(one => one is { Deed: Deed.Dial, Outcome: Outcome.Ambiguous } && one.Application == ofApplication.Key);
            if (ofApplication.Count() > possible)
            {
                yield return new("I4", ofApplication.Last().Id, $"{ofApplication.Count()} calls came in that no phone is known to have made; at most {possible} can have been");
            }
        }
    }

    /// <summary>I5: a call whose end was acknowledged is never seen alive.</summary>
    private static IEnumerable<Violation> Undead(SeenCalls seen) =>
        from call in seen.Calls
        let deleted = call.Requests.FirstOrDefault(one => one is { Deed: Deed.Delete, Outcome: Outcome.Acknowledged })
        where deleted is not null
        from read in call.Requests
        where read is { Deed: Deed.Get, Outcome: Outcome.Acknowledged, State: not ("terminating" or "terminated") } && read.Sent >= deleted.At
        select new Violation("I5", call.Id, $"DELETE was acknowledged {At(deleted)}, and GET answered '{read.State}' {At(read)}");

    /// <summary>I6: a call ends for a reason of the catalogue. One that its bot rejected ends without one.</summary>
    private static IEnumerable<Violation> Unexplained(SeenCalls seen) =>
        from call in seen.Calls
        let rejected = call.Requests.Any(one => one is { Deed: Deed.Reject, Outcome: Outcome.Acknowledged or Outcome.Ambiguous })
        from end in call.Notified.Where(one => one.IsFinal).DistinctBy(one => one.Id)
        where end.Reason is { } reason ? !IsKnown(reason) : !rejected
        select new Violation("I6", call.Id, end.Reason is { } told
            ? $"it ended with {told.Code}/{told.Subcode} '{told.Message}', which is no reason {At(end)}"
            : $"it ended without a reason {At(end)}");

    /// <summary>I7: nobody hears of the calls of others, or gets at them.</summary>
    private static IEnumerable<Violation> Leaked(SeenCalls seen)
    {
        foreach (var call in seen.Calls)
        {
            foreach (var strange in call.Notified.Where(one => one.Application != call.Owner || (one.Audience is { } audience && audience != call.Owner)))
            {
                yield return new("I7", call.Id, $"it is of {call.Owner}; '{strange.State}' came to {strange.Application} with a token for {strange.Audience} {At(strange)}");
            }

            foreach (var strange in call.Requests.Where(one => one.Application != call.Owner && one.Outcome == Outcome.Acknowledged))
            {
                yield return new("I7", call.Id, $"it is of {call.Owner}; {strange.Deed} of {strange.Application} got {strange.Status} {At(strange)}");
            }
        }
    }

    /// <summary>I8: what was created lives or has ended, and is neither less nor more than clients know of.</summary>
    private static IEnumerable<Violation> Miscounted(SeenCalls seen)
    {
        foreach (var counted in seen.Counts)
        {
            if (counted.Created != counted.Live + counted.Terminated)
            {
                yield return new("I8", null, $"{counted.Created} created, {counted.Live} live, {counted.Terminated} terminated {At(counted)}");
            }

            var makers = seen.Requests.Where(one => one.Deed is Deed.Create or Deed.Dial && one.At <= counted.At).ToArray();
            var (least, possible) = (makers.Count(one => one.Outcome == Outcome.Acknowledged), makers.Count(one => one.Outcome == Outcome.Ambiguous));
            if (counted.Created < least || counted.Created > least + possible)
            {
                yield return new("I8", null, $"{counted.Created} created {At(counted)}; acknowledged were {least}, and {possible} more may have been");
            }

            if (seen.IsClosed && counted.Live > 0 && counted == seen.Counts[^1])
            {
                yield return new("I8", null, $"{counted.Live} calls live when all were over {At(counted)}");
            }
        }
    }

    private static bool IsKnown(ToldReason told) =>
        told.Subcode is { } subcode && EndReasons.Find(subcode) is { IsTold: true } reason && told.Code == reason.Code
        && (told.Message == reason.Message || told.Message == reason.ObservedMessage);

    private static string Told(Requested request) => $"{request.Outcome} ({request.Status?.ToString(CultureInfo.InvariantCulture) ?? request.Problem}) {At(request)}";

    private static string At(HistoryEntry entry) => string.Create(CultureInfo.InvariantCulture, $"at {entry.At.TotalSeconds:0.000} s");
}
