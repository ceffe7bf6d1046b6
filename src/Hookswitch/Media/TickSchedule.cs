namespace Hookswitch.Media;

/// <summary>
/// Which ticks are due: one every 20 ms, counted from the start and not from the tick before, so that no delay adds up. Instants are
/// arguments, as lengths since any origin. For one thread at a time.
/// </summary>
internal sealed class TickSchedule
{
    /// <summary>After a stall as many ticks are caught up, and the rest is skipped: 200 ms is what a jitter buffer holds.</summary>
    public const int MaxCatchUp = 10;

    /// <summary>When the next tick is due.</summary>
    public TimeSpan Next { get; private set; }

    /// <summary>Ticks that were taken.</summary>
    public long Ticks { get; private set; }

    /// <summary>Ticks that were taken more than the time of one frame after they were due.</summary>
    public long LateTicks { get; private set; }

    /// <summary>Ticks that were never taken.</summary>
    public long SkippedTicks { get; private set; }

    /// <summary>Begins anew: the first tick is due at once. What was counted stays.</summary>
    public void Restart(TimeSpan now) => Next = now;

    /// <summary>Takes one tick if one is due; to be asked until none is.</summary>
    public bool TryTake(TimeSpan now)
    {
        if (now < Next)
        {
            return false;
        }

        var skipped = Math.Max(0, ((now - Next).Ticks / Pcm.FrameTime.Ticks) + 1 - MaxCatchUp);
        SkippedTicks += skipped;
        Next += skipped * Pcm.FrameTime;
        if (now - Next > Pcm.FrameTime)
        {
            LateTicks++;
        }

        Ticks++;
        Next += Pcm.FrameTime;
        return true;
    }
}
