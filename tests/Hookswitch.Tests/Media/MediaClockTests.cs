using System.Collections.Concurrent;
using Hookswitch.Media;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hookswitch.Tests.Media;

/// <summary>The thread of the media clock. When it ticks is tested with its schedule; here nothing depends on how fast the machine is.</summary>
public sealed class MediaClockTests
{
    /// <summary>For hangs only.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void It_ticks_between_start_and_stop_on_one_thread_of_its_own()
    {
        var (threads, ticks) = (new ConcurrentBag<Thread>(), new CountdownEvent(3));
        using var clock = new MediaClock(
            () =>
            {
                threads.Add(Thread.CurrentThread);
                if (!ticks.IsSet)
                {
                    ticks.Signal();
                }
            },
            NullLogger.Instance);
        Assert.Equal(0, clock.Ticks);
        clock.Start();
        clock.Start();
        Assert.True(ticks.Wait(Patience));
        var thread = Assert.Single(threads.Distinct());
        Assert.True(thread.IsBackground);
        clock.Stop();
        clock.Stop();
        Assert.True(thread.Join(Patience)); // nothing is left that could wake up
        Assert.Equal(threads.Count, clock.Ticks);
    }

    [Fact]
    public void It_can_be_started_again_also_before_its_thread_saw_that_it_was_stopped()
    {
        var (ticks, failures, inside) = (new SemaphoreSlim(0), new Failures(), 0);
        using var clock = new MediaClock(
            () =>
            {
                Assert.Equal(1, Interlocked.Increment(ref inside));
                ticks.Release();
                Interlocked.Decrement(ref inside);
            },
            failures);
        for (var round = 0; round < 20; round++)
        {
            clock.Start();
            Assert.True(ticks.Wait(Patience));
            clock.Stop();
        }

        clock.Dispose();
        Assert.Empty(failures.Seen);
    }

    [Fact]
    public void A_tick_that_throws_is_logged_and_the_next_one_comes()
    {
        var (ticks, failures) = (new CountdownEvent(3), new Failures());
        using var clock = new MediaClock(
            () =>
            {
                if (!ticks.IsSet)
                {
                    ticks.Signal();
                    throw new InvalidOperationException("Planted.");
                }
            },
            failures);
        clock.Start();
        Assert.True(ticks.Wait(Patience));
        clock.Dispose();
        Assert.Single(failures.Seen); // the others within a second are not logged
    }

    [Fact]
    public void A_tick_can_stop_and_dispose_of_it()
    {
        using var stopped = new ManualResetEventSlim();
        MediaClock? clock = null;
        clock = new MediaClock(
            () =>
            {
                clock!.Dispose();
                stopped.Set();
            },
            NullLogger.Instance);
        clock.Start();
        Assert.True(stopped.Wait(Patience));
        Assert.Throws<ObjectDisposedException>(clock.Start);
        Assert.Equal(1, clock.Ticks);
    }

    private sealed class Failures : ILogger
    {
        public ConcurrentQueue<Exception> Seen { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Seen.Enqueue(exception!);
    }
}
