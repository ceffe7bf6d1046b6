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

    private readonly ConcurrentDictionary<(CallId, AppId), TaskCompletionSource> _held = new();

    /// <summary>Holds until the response to a request of that application was written. Whose call it is, is not known yet.</summary>
    public void Until(HttpResponse response, CallId call, AppId application)
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _held[(call, application)] = held;
        response.OnCompleted(() =>
        {
            held.TrySetResult();
            _held.TryRemove(KeyValuePair.Create((call, application), held));
            return Task.CompletedTask;
        });
    }

    /// <summary>Ends when the notifications of that application's call may leave.</summary>
    public Task Released(CallId call, AppId application) =>
        _held.TryGetValue((call, application), out var held) ? Task.WhenAny(held.Task, Task.Delay(Longest, TimeProvider.System)) : Task.CompletedTask;
}
