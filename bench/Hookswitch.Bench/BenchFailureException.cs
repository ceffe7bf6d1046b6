namespace Hookswitch.Bench;

/// <summary>The run is worth nothing: an answer that is no 2xx, a webhook too many or one that did not come, a process that did not start.</summary>
internal sealed class BenchFailureException(string message) : Exception(message);
