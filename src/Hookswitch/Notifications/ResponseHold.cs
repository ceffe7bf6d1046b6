using System.Collections.Concurrent;
using Hookswitch.Calling;

namespace Hookswitch.Notifications;

/// <summary>
/// Keeps what a bot's own request causes until the response to it was written: bots know a call only once they have its id. Held back
/// for a quarter of a second of real time at most, so that a bot that does not read its response misses nothing.
/// </summary>
internal sealed class ResponseHold
{
    public static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<CallId, TaskCompletionSource> _held = new();

    /// <summary>Holds until the response of that request was written.</summary>
    public void Until(HttpResponse response, CallId call)
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _held[call] = held;
        response.OnCompleted(() =>
        {
            held.TrySetResult();
            _held.TryRemove(KeyValuePair.Create(call, held));
            return Task.CompletedTask;
        });
    }

    /// <summary>Ends when the call's notifications may leave.</summary>
    public Task Released(CallId call) =>
        _held.TryGetValue(call, out var held) ? Task.WhenAny(held.Task, Task.Delay(Longest, TimeProvider.System)) : Task.CompletedTask;
}
