using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Hookswitch.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace Hookswitch.Tests.Harness;

/// <summary>What one server counts and measures, whatever runs beside it.</summary>
internal sealed class Measured : IDisposable
{
    /// <summary>For what is made by hand.</summary>
    public static readonly Meters ByNobody = new(new Meter("Hookswitch.Tests"));

    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Series, double Value)> _all = [];
    private readonly ConcurrentQueue<string> _looked = [];

    public Measured(TestServer server)
    {
        var factory = server.Services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Meters.Name && instrument.Meter.Scope == factory)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>The sum of each series so far: its name and its attributes.</summary>
    public IEnumerable<string> Sums => _all.GroupBy(one => one.Series).Select(one => $"{one.Key} {one.Sum(measured => measured.Value)}").Order(StringComparer.Ordinal);

    /// <summary>Every measurement of one instrument without attributes.</summary>
    public IEnumerable<double> Of(string name) => _all.Where(one => one.Series == name).Select(one => one.Value);

    /// <summary>What is counted when somebody looks: now.</summary>
    public IEnumerable<string> Look()
    {
        _looked.Clear();
        _listener.RecordObservableInstruments();
        return _looked.Order(StringComparer.Ordinal);
    }

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = string.Join(' ', [instrument.Name, .. tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")]);
        if (instrument.IsObservable)
        {
            _looked.Enqueue($"{series} {value}");
        }
        else
        {
            _all.Enqueue((series, value));
        }
    }
}
