namespace Hookswitch.Notifications;

/// <summary>The callbacks of bots, as delivery reaches them.</summary>
internal interface ICallbacks
{
    /// <summary>Posts one notification. Never throws for what a callback does.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="attempt">From 1: its turn in the schedule.</param>
    /// <exception cref="OperationCanceledException">The server stops.</exception>
    Task<CallbackAnswer> Post(Notification notification, CallbackAddress address, int attempt, CancellationToken stopping);
}

/// <summary>A number between 0 and 1, by which waits vary.</summary>
internal delegate double Chance();
