namespace Hookswitch.Calling.Tests;

public sealed class LegsTests
{
    [Fact]
    public void The_life_of_a_leg()
    {
        var signals = Enum.GetValues<LegSignal>();
        var rows =
            from state in Enum.GetValues<LegState>()
            let cells = signals.Select(signal => $"{Legs.Next(state, signal)?.ToString() ?? "-",-13}")
            select $"{state,-13}{string.Concat(cells)}".TrimEnd() + "\n";
        Snapshot.Match($"{"",-13}{string.Concat(signals.Select(signal => $"{signal,-13}"))}".TrimEnd() + "\n" + string.Concat(rows));
    }
}
