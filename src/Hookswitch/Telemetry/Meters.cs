using System.Diagnostics;
using System.Diagnostics.Metrics;
using Hookswitch.Calling;
using Hookswitch.Notifications;

namespace Hookswitch.Telemetry;

/// <summary>The instruments of the server: what is counted and measured. <c>docs/operations.md</c> lists them.</summary>
/// <remarks>Nobody listens: each measurement is a look at a flag.</remarks>
internal sealed class Meters(Meter meter)
{
    public const string Name = "Hookswitch";

    private static readonly InstrumentAdvice<double> WriteTimes = new() { HistogramBucketBoundaries = [.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 5] };

    // To the four hours after which a notification is given up.
    private static readonly InstrumentAdvice<double> Lags = new() { HistogramBucketBoundaries = [.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 14400] };

    private static readonly InstrumentAdvice<long> GroupSizes = new() { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] };

    private readonly Counter<long> _created = meter.CreateCounter<long>("hookswitch.calls.created", "{call}", "Calls of bots that began.");
    private readonly Counter<long> _ended = meter.CreateCounter<long>("hookswitch.calls.ended", "{call}", "Calls of bots that ended, by reason.");

    private readonly Counter<long> _attempts = meter.CreateCounter<long>(
        "hookswitch.notification.attempts", "{attempt}", "Attempts to tell a bot, by what followed.");

    private readonly Counter<long> _retries = meter.CreateCounter<long>("hookswitch.notification.retries", "{attempt}", "Attempts that were not the first.");
    private readonly Counter<long> _deadLetters = meter.CreateCounter<long>("hookswitch.notification.dead_letters", "{notification}", "Notifications that were given up.");

    private readonly Histogram<double> _lag = meter.CreateHistogram(
        "hookswitch.notification.lag", "s", "From the commit of what a bot is told until it has taken it.", tags: null, Lags);

    private readonly Histogram<double> _commit = meter.CreateHistogram(
        "hookswitch.store.commit.duration", "s", "Writing one group, with its sync.", tags: null, WriteTimes);

    private readonly Histogram<long> _group = meter.CreateHistogram(
        "hookswitch.store.commit.size", "{write}", "Writes in one group.", tags: null, GroupSizes);

    /// <summary>Shows counts that are taken when somebody looks.</summary>
    /// <param name="calls">Calls of bots that live, by state.</param>
    /// <param name="circuits">Hosts that are asked no longer, as they give no answer.</param>
    public void Observe(Func<IEnumerable<KeyValuePair<string, int>>> calls, Func<int> circuits)
    {
        meter.CreateObservableUpDownCounter(
            "hookswitch.calls.live", () => calls().Select(one => new Measurement<int>(one.Value, KeyValuePair.Create("hookswitch.call.state", (object?)one.Key))),
            "{call}", "Calls of bots that live, by state.");
        meter.CreateObservableUpDownCounter("hookswitch.callback.circuits.open", circuits, "{host}", "Hosts that gave no answer too often.");
    }

    public void Created(CallDirection direction)
    {
        if (_created.Enabled)
        {
            _created.Add(1, KeyValuePair.Create("hookswitch.call.direction", (object?)direction.ToString().ToLowerInvariant()));
        }
    }

    public void Ended(EndReason reason)
    {
        if (_ended.Enabled)
        {
            _ended.Add(1, KeyValuePair.Create("hookswitch.end.code", (object?)reason.Code), KeyValuePair.Create("hookswitch.end.subcode", (object?)reason.Subcode));
        }
    }

    /// <summary>A bot was asked once.</summary>
    /// <param name="attempt">From 1; 0: a dead letter that is sent again.</param>
    public void Attempted(CallbackAnswer answer, string verdict, int attempt)
    {
        if (_attempts.Enabled)
        {
            var tags = new TagList { { "hookswitch.verdict", verdict } };
            if (answer.Status is { } status)
            {
                tags.Add("http.response.status_code", status);
            }

            _attempts.Add(1, tags);
        }

        if (attempt > 1)
        {
            _retries.Add(1);
        }
    }

    public void GaveUp() => _deadLetters.Add(1);

    /// <summary>A bot has taken what was committed so long ago.</summary>
    public void Delivered(TimeSpan lag) => _lag.Record(lag.TotalSeconds);

    /// <summary>A group was written.</summary>
    /// <param name="began">A timestamp of <see cref="Stopwatch"/>.</param>
    public void Committed(long began, int size)
    {
        _commit.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);
        _group.Record(size);
    }
}
