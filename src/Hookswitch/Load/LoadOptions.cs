namespace Hookswitch.Load;

/// <summary>What load is put on a server, and whose word is listened to.</summary>
/// <param name="Server">The server's address.</param>
/// <param name="Calls">In all.</param>
/// <param name="Rate">Calls that begin in a second, whatever became of those before.</param>
/// <param name="Hold">Between the answer and the hang-up.</param>
/// <param name="Concurrency">Calls under way at a time, at most; those beyond wait, and their latency with them.</param>
internal sealed record LoadOptions(Uri Server, int Calls, double Rate, TimeSpan Hold, int Concurrency)
{
    /// <summary>The webhook of the bot that is called. Null: the load plays the bots itself.</summary>
    public string? Bot { get; init; }

    /// <summary>The client id of the bot that is called; of the bots that call, when the load plays them.</summary>
    public required string Application { get; init; }

    /// <summary>How long anything is waited for. After that a call has failed.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);
}
