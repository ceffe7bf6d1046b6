namespace Hookswitch.Bench;

/// <summary>How long and how hard is measured.</summary>
/// <param name="Rounds">Of each system, in turns.</param>
/// <param name="Connections">Cycles under way at a time; each has one request at a time.</param>
/// <param name="Bar">The share of the floor's cycles per second that the server must reach.</param>
/// <param name="Only">One system alone, for a profiler; null: both.</param>
/// <param name="Folder">Where both keep their data. On a disk in memory a sync costs nothing, and the figures say nothing.</param>
internal sealed record BenchOptions(int Rounds, TimeSpan Round, TimeSpan WarmUp, int Connections, double Bar, SystemKind? Only, string Folder)
{
    /// <summary>Fewer rounds than this are a smoke test.</summary>
    public const int EnoughRounds = 5;
}

/// <summary>What is measured.</summary>
internal enum SystemKind
{
    Floor,
    Server,
}
