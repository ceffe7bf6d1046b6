using System.Threading.RateLimiting;
using Hookswitch.Calling;
using Hookswitch.Identity;

namespace Hookswitch.Api;

/// <summary>Holds applications to what they may ask for, each by itself. On real time: it is the machine that is spared.</summary>
internal sealed class RequestLimits(LimitOptions options) : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly PartitionedRateLimiter<AppId>? _requests = Limiter(options.Requests);
    private readonly PartitionedRateLimiter<AppId>? _calls = Limiter(options.Calls);

    /// <summary>Counts a request; what is wrong when there were too many. Null: nothing.</summary>
    public GraphError? Request(Caller caller) => Count(_requests, caller);

    /// <summary>Counts a call that is to be created; what is wrong when there were too many. Null: nothing.</summary>
    public GraphError? Call(Caller caller) => Count(_calls, caller);

    public void Dispose()
    {
        _requests?.Dispose();
        _calls?.Dispose();
    }

    private static GraphError? Count(PartitionedRateLimiter<AppId>? limiter, Caller caller)
    {
        if (limiter is null)
        {
            return null;
        }

        using var lease = limiter.AttemptAcquire(caller.Application);
        return lease.IsAcquired ? null
            : GraphError.TooManyRequests(lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : Window);
    }

    private static PartitionedRateLimiter<AppId>? Limiter(int most) => most == 0
        ? null
        : PartitionedRateLimiter.Create<AppId, AppId>(application => RateLimitPartition.GetFixedWindowLimiter(
            application, _ => new FixedWindowRateLimiterOptions { PermitLimit = most, Window = Window }));
}
