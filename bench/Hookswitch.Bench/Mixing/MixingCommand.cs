using System.Diagnostics;
using System.Globalization;
using Hookswitch.Calling;
using Hookswitch.Media;
using Spectre.Console;
using Command = System.CommandLine.Command;

namespace Hookswitch.Bench.Mixing;

/// <summary><c>mixing</c>: what 20 ms of sound cost, and how much of it one core carries in time.</summary>
internal static class MixingCommand
{
    private const int Rounds = 9;

    /// <summary>The compiler has optimized what ran this long.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.7);

    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(100);
    private static readonly int[] Sizes = [3, 10, 100];

    public static Command Create()
    {
        var command = new Command("mixing", "Time of one frame of sound: mixing beside bare loops, tones, and conversations that one core mixes in time.");
        command.SetAction((_, cancellation) => Run(cancellation));
        return command;
    }

    private static async Task<int> Run(CancellationToken cancellation)
    {
        var random = new Random(1);
        short[] noise = [.. Enumerable.Range(0, 1000 * Pcm.FrameSamples).Select(_ => (short)random.Next(-12_000, 12_000))];
        MeasureMixing(noise);
        MeasureTones(noise);
        await MeasureClock(cancellation);
        var (kept, missed) = await ClockRamp.Run(noise, cancellation);
        AnsiConsole.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"One thread mixes [bold]{kept:n0}[/] conversations of three without a late tick{(missed is { } over ? string.Create(CultureInfo.InvariantCulture, $", {over:n0} not") : ", and more were not tried")}.");
        return BenchCommand.Met;
    }

    private static void MeasureMixing(short[] noise)
    {
        var table = Right(new Table().AddColumns("parties", "bare loops", "mixer", "of the floor"));
        foreach (var parties in Sizes)
        {
            short[][] voices = [.. noise.Chunk(Pcm.FrameSamples).Take(parties)];
            short[][] heard = [.. voices.Select(_ => new short[Pcm.FrameSamples])], floorHeard = [.. voices.Select(_ => new short[Pcm.FrameSamples])];
            var (mixer, sums) = (new Mixer(), new int[Pcm.FrameSamples]);
            var (floor, mixing) = Compare(() => BareMix.Tick(voices, floorHeard, sums), () => Mix(mixer, voices, heard));
            if (!heard.Zip(floorHeard).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second)))
            {
                throw new BenchFailureException("The mixer and the floor disagree.");
            }

            table.AddRow($"{parties}", Micro(floor), Micro(mixing), string.Create(CultureInfo.InvariantCulture, $"{mixing / floor:f2}"));
        }

        AnsiConsole.Write(table);
    }

    private static void Mix(Mixer mixer, short[][] voices, short[][] heard)
    {
        mixer.Clear();
        foreach (var voice in voices)
        {
            mixer.Add(voice);
        }

        for (var party = 0; party < voices.Length; party++)
        {
            mixer.Take(voices[party], heard[party]);
        }
    }

    private static void MeasureTones(short[] noise)
    {
        var (detector, at, second) = (new ToneDetector(), 0, TimeSpan.FromSeconds(1));
        var copy = new short[Pcm.FrameSamples];
        var (floor, hearing) = Compare(
            () => noise.AsSpan(0, Pcm.FrameSamples).CopyTo(copy),
            () =>
            {
                detector.Hear(noise.AsSpan(at, Pcm.FrameSamples));
                at = (at + Pcm.FrameSamples) % noise.Length;
            });
        var (_, rendering) = Compare(() => { }, () => DtmfTones.Render(Tone.Tone5, second));
        var table = Right(new Table().AddColumns("one frame", "time"));
        table.AddRow("copying it (floor)", Micro(floor));
        table.AddRow("listening for keys", Micro(hearing));
        table.AddRow("making a key's tone", Micro(rendering * (Pcm.FrameTime / second)));
        AnsiConsole.Write(table);
    }

    private static async Task MeasureClock(CancellationToken cancellation)
    {
        var table = Right(new Table().AddColumns("50 ticks a second", "late: median", "p99", "most", "of one core"));
        foreach (var (name, of) in new (string, Func<CancellationToken, Task<ClockLateness.Figures>>)[]
        {
            ("PeriodicTimer (floor)", ClockLateness.OfPeriodicTimer), ("media clock", ClockLateness.OfMediaClock),
        })
        {
            var figures = await of(cancellation);
            table.AddRow(name, Milli(figures.Median), Milli(figures.Slow), Milli(figures.Slowest), figures.Processor.ToString("p1", CultureInfo.InvariantCulture));
        }

        AnsiConsole.Write(table);
    }

    /// <returns>The medians of rounds in turns, in seconds for one call.</returns>
    private static (double Floor, double Ours) Compare(Action floor, Action ours)
    {
        Time(floor, WarmUp);
        Time(ours, WarmUp);
        var times = Enumerable.Range(0, Rounds).Select(_ => (Floor: Time(floor, Round), Ours: Time(ours, Round))).ToArray();
        return (times.Select(time => time.Floor).Order().ElementAt(Rounds / 2), times.Select(time => time.Ours).Order().ElementAt(Rounds / 2));
    }

    private static double Time(Action work, TimeSpan length)
    {
        const int batch = 64; // so that reading the clock does not count
        var (watch, calls) = (Stopwatch.StartNew(), 0);
        while (watch.Elapsed < length)
        {
            for (var i = 0; i < batch; i++)
            {
                work();
            }

            calls += batch;
        }

        return watch.Elapsed.TotalSeconds / calls;
    }

    private static Table Right(Table table)
    {
        foreach (var column in table.Columns.Skip(1))
        {
            column.RightAligned();
        }

        return table;
    }

    private static string Micro(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e6:f2} µs");

    private static string Milli(double milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:f2} ms");
}
