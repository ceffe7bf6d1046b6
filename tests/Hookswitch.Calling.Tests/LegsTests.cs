namespace Hookswitch.Calling.Tests;

public sealed class LegsTests
{
    [Fact]
    public void The_life_of_a_leg()
    {
        var signals = Enum.GetValues<LegSignal>();
        var rows =
            from state in Enum.GetValues<LegState>()
            let cells = signals.Select(signal => $"{Legs.Next(state, signal)?.ToString() ?? "-",-17}")
            select $"{state,-17}{string.Concat(cells)}".TrimEnd() + "\n";
        Snapshot.Match($"{"",-17}{string.Concat(signals.Select(signal => $"{signal,-17}"))}".TrimEnd() + "\n" + string.Concat(rows));
    }
}
