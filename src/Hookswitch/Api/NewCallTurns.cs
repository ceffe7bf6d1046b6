using System.Threading.RateLimiting;

namespace Hookswitch.Api;

/// <summary>
/// New calls have turns, a few at a time: what they cause is most of what the server has to do, and calls that live must come to their end for there to
/// be room for others. When too many wait, one more is refused.
/// </summary>
/// <param name="waiting">So many may wait for their turn; 0: nobody has to.</param>
internal sealed class NewCallTurns(int waiting) : IDisposable
{
    /// <summary>For each processor. More of them make larger commits, and keep what they cause from its turn.</summary>
    private const int AtOnce = 4;

    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = waiting > 0 ? Places : int.MaxValue,
        QueueLimit = waiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>That have their turn at the same time.</summary>
    public static int Places => AtOnce * Environment.ProcessorCount;

    /// <summary>Whether a request would be refused. To be asked before anything is done for it: what is refused must cost next to nothing.</summary>
    public bool Refuses(HttpRequest request) =>
        IsNewCall(request) && _limiter.GetStatistics() is { CurrentAvailablePermits: 0, CurrentQueuedCount: var queued } && queued >= waiting;

    /// <summary>Waits for a turn. To be taken when all is read: nobody else waits for a client that is slow.</summary>
    /// <returns>Null: too many wait. Else to be disposed of when the call was created.</returns>
    /// <exception cref="OperationCanceledException">The client waits no longer.</exception>
    public async ValueTask<IDisposable?> Take(CancellationToken cancellation)
    {
        var lease = await _limiter.AcquireAsync(permitCount: 1, cancellation);
        if (lease.IsAcquired)
        {
            return lease;
        }

        lease.Dispose();
        return null;
    }

    public void Dispose() => _limiter.Dispose();

    private static bool IsNewCall(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.Path.Value!.AsSpan().TrimEnd('/').EndsWith("/calls", StringComparison.OrdinalIgnoreCase);
}
