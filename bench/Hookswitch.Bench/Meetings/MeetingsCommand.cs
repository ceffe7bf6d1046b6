using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Hookswitch.Bench.Meetings;

/// <summary><c>meetings</c>: what one join costs in meetings of several sizes, and what a long stream costs to load.</summary>
internal static class MeetingsCommand
{
    private const int Joins = 20;
    private const int LongStream = 10_000;

    /// <summary>Loading takes longer: the store should keep snapshots.</summary>
    private static readonly TimeSpan LoadLimit = TimeSpan.FromMilliseconds(100);

    /// <summary>For hangs only.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly (int Participants, int Bots)[] Meetings = [(10, 1), (10, 20), (50, 1), (50, 20), (200, 1), (200, 20)];

    public static Command Create()
    {
        var folder = BenchCommand.Folder();
        var command = new Command("meetings", "Time and bytes of one join in meetings of several sizes; time to load a stream of 10,000 events.") { folder };
        command.SetAction((parsed, cancellation) => Run(parsed.GetValue(folder)!, cancellation));
        return command;
    }

    private static Task<int> Run(string parent, CancellationToken cancellation) => Benchmark.WithFolder(parent, async folder =>
    {
        await using var tally = await Tally.Start(cancellation);
        string[] calls;
        await using (var server = await Launch(folder, cancellation))
        {
            var driver = await MeetingDriver.Start(server.Address, tally, cancellation);
            await MeasureJoins(driver, tally, cancellation);
            calls = [await WriteLongStream(driver, "first", cancellation), await WriteLongStream(driver, "second", cancellation)];
        }

        return await MeasureLoad(folder, tally, calls, cancellation) ? BenchCommand.Met : BenchCommand.Missed;
    });

    private static Task<ChildProcess> Launch(string folder, CancellationToken cancellation) => ChildProcess.Start(
        [Path.Combine(AppContext.BaseDirectory, "hookswitch.dll"), "dev", "--urls", "http://127.0.0.1:0", "--data", folder], cancellation);

    private static async Task MeasureJoins(MeetingDriver driver, Tally tally, CancellationToken cancellation)
    {
        var table = new Table().AddColumns("participants", "bots", "one join, median", "bare POSTs of the same", "webhooks", "bytes");
        foreach (var column in table.Columns)
        {
            column.RightAligned();
        }

        await Measure(driver, tally, "warm-up", (20, 5), cancellation);
        foreach (var meeting in Meetings)
        {
            var (join, bare, webhooks, bytes) = await Measure(
                driver, tally, string.Create(CultureInfo.InvariantCulture, $"m{meeting.Participants}b{meeting.Bots}"), meeting, cancellation);
            table.AddRow(
                $"{meeting.Participants}", $"{meeting.Bots}", string.Create(CultureInfo.InvariantCulture, $"{join.TotalMilliseconds:f1} ms"),
                string.Create(CultureInfo.InvariantCulture, $"{bare.TotalMilliseconds:f1} ms"), $"{webhooks}",
                string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:f0} KiB"));
        }

        AnsiConsole.Write(table);
    }

    /// <summary>Fills a meeting, and lets one more person join and leave again and again.</summary>
    /// <returns>Of one join: until every bot was told of it; the same POSTs sent by nobody but an HTTP client; and what they were.</returns>
    private static async Task<(TimeSpan Join, TimeSpan Bare, long Webhooks, long Bytes)> Measure(
        MeetingDriver driver, Tally tally, string name, (int Participants, int Bots) size, CancellationToken cancellation)
    {
        var meeting = await driver.Create(name, cancellation);
        for (var bot = 0; bot < size.Bots; bot++)
        {
            await driver.JoinBot(meeting, bot, cancellation);
        }

        var people = Math.Max(0, size.Participants - size.Bots);
        for (var person = 1; person <= people; person++)
        {
            await driver.JoinPerson(meeting, person, cancellation);
        }

        var (times, webhooks, bytes) = (new List<TimeSpan>(), 0L, 0L);
        for (var join = 0; join < Joins; join++)
        {
            await Quiet(tally, cancellation);
            var (newcomer, before, watch) = (900_000 + join, tally.Total, Stopwatch.StartNew());
            var told = tally.WhenToldOf(MeetingDriver.Person(newcomer), size.Bots);
            await driver.JoinPerson(meeting, newcomer, cancellation);
            await told.WaitAsync(Patience, cancellation);
            times.Add(watch.Elapsed);
            await Quiet(tally, cancellation);
            (webhooks, bytes) = (tally.Total.Count - before.Count, tally.Total.Bytes - before.Bytes);
            await driver.LeavePerson(newcomer, cancellation);
        }

        for (var person = 1; person <= people; person++)
        {
            await driver.LeavePerson(person, cancellation); // a person is in one meeting at a time
        }

        return (Median(times), await Bare(tally, size.Bots, (int)(bytes / Math.Max(1, webhooks)), cancellation), webhooks, bytes);
    }

    private static async Task<TimeSpan> Bare(Tally tally, int bots, int bytes, CancellationToken cancellation)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var (body, times) = (new byte[bytes], new List<TimeSpan>());
        for (var round = 0; round < Joins; round++)
        {
            var watch = Stopwatch.StartNew();
            await Task.WhenAll(Enumerable.Range(0, bots).Select(async bot =>
            {
                using var content = new ByteArrayContent(body);
                using var response = await http.PostAsync(tally.Callback(bot), content, cancellation);
            }));
            times.Add(watch.Elapsed);
        }

        return Median(times);
    }

    // Rosters that still wait would count for the next join.
    private static async Task Quiet(Tally tally, CancellationToken cancellation)
    {
        for (var before = -1L; before != tally.Total.Count;)
        {
            before = tally.Total.Count;
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellation);
        }
    }

    /// <returns>The id of a call in that conversation.</returns>
    private static async Task<string> WriteLongStream(MeetingDriver driver, string name, CancellationToken cancellation)
    {
        var meeting = await driver.Create(name, cancellation);
        var call = await driver.JoinBot(meeting, bot: 0, cancellation);
        await driver.JoinPerson(meeting, 1, cancellation);
        for (var events = 0; events < LongStream;)
        {
            for (var i = 0; i < 100; i++)
            {
                await driver.JoinPerson(meeting, 2, cancellation);
                await driver.LeavePerson(2, cancellation);
            }

            events = (await driver.Read($"/control/calls/{call}", cancellation))!["events"]!.AsArray().Count;
        }

        return call;
    }

    // A process that has just started has loaded nothing: the first one it loads tells what compiling costs, the second what loading does.
    private static async Task<bool> MeasureLoad(string folder, Tally tally, string[] calls, CancellationToken cancellation)
    {
        var times = calls.Select(_ => new List<TimeSpan>()).ToArray();
        for (var start = 0; start < 3; start++)
        {
            await using var server = await Launch(folder, cancellation);
            var driver = await MeetingDriver.Start(server.Address, tally, cancellation);
            for (var i = 0; i < calls.Length; i++)
            {
                var watch = Stopwatch.StartNew();
                await driver.Read($"/control/conversations/{calls[i]}", cancellation);
                times[i].Add(watch.Elapsed);
            }
        }

        var (first, second) = (Median(times[0]), Median(times[1]));
        AnsiConsole.MarkupLineInterpolated(
            CultureInfo.InvariantCulture, $"A conversation of at least {LongStream:n0} events is loaded in [bold]{second.TotalMilliseconds:f0} ms[/]; the first one after a start in {first.TotalMilliseconds:f0} ms.");
        AnsiConsole.MarkupLineInterpolated(
            CultureInfo.InvariantCulture, $"The limit of {LoadLimit.TotalMilliseconds:f0} ms is {(second <= LoadLimit ? "met" : "not met")}.");
        return second <= LoadLimit;
    }

    private static TimeSpan Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);
}
