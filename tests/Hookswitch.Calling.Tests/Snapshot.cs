using System.Runtime.CompilerServices;

namespace Hookswitch.Calling.Tests;

/// <summary>Holds a text against the one that was accepted. <c>ACCEPT=1 dotnet test</c> accepts what there is now.</summary>
internal static class Snapshot
{
    public static void Match(string actual, [CallerMemberName] string name = "", [CallerFilePath] string test = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(test)!, "Expected", $"{name}.txt");
        if (string.Equals(Environment.GetEnvironmentVariable("ACCEPT"), "1", StringComparison.Ordinal))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        Assert.True(File.Exists(path), $"{path} is missing. Run the tests with ACCEPT=1, and read what it wrote.");
        Assert.Equal(File.ReadAllText(path), actual, ignoreLineEndingDifferences: true);
    }
}
