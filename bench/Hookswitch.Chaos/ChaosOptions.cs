namespace Hookswitch.Chaos;

/// <summary>How much is done to the server, and while how much it has to do.</summary>
/// <param name="Kills">How often it is killed; with <paramref name="Double"/> twice each time.</param>
/// <param name="Calls">Under way at a time.</param>
/// <param name="Double">It is killed a second time while it starts.</param>
/// <param name="Seed">Of the moments and the calls.</param>
/// <param name="Folder">Below which it keeps its data.</param>
internal sealed record ChaosOptions(int Kills, int Calls, bool Double, int Seed, string Folder);
