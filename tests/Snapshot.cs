using System.Runtime.CompilerServices;

namespace Hookswitch;

/// <summary>Compares a text with the one that is kept beside the test. <c>ACCEPT=1 dotnet test</c> writes it anew; read what it wrote.</summary>
internal static class Snapshot
{
    private static readonly bool Accept = string.Equals(Environment.GetEnvironmentVariable("ACCEPT"), "1", StringComparison.Ordinal);

    public static void Match(string actual, [CallerMemberName] string name = "", [CallerFilePath] string test = "")
    {
        var path = PathOf(name, test);
        if (Accept)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        Assert.True(File.Exists(path), $"{path} is missing. Run the tests with ACCEPT=1, and read what it wrote.");
        Assert.Equal(File.ReadAllText(path), actual, ignoreLineEndingDifferences: true);
    }

    /// <summary>The text that was accepted under that name.</summary>
    public static string Accepted(string name, [CallerFilePath] string test = "") => File.ReadAllText(PathOf(name, test));

    private static string PathOf(string name, string test) => Path.Combine(Path.GetDirectoryName(test)!, "Expected", $"{name}.txt");
}
