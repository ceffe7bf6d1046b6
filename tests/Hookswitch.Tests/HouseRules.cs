using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Hookswitch.Tests;

/// <summary>What the compiler cannot check of the server.</summary>
public sealed partial class HouseRules
{
    private const int MaxLines = 400;

    /// <summary>Rooms at which nothing points: what they know, nobody else depends on.</summary>
    private static readonly string[] Doors = ["Api", "Control", "Cli"];

    [Fact]
    public void Nothing_points_at_the_rooms_that_face_outwards() => Assert.All(Sources("src/Hookswitch"), file =>
    {
        var room = file.Room;
        if (room is "Server.cs" or "Program.cs")
        {
            return;
        }

        var used = Usings().Matches(file.Text).Select(match => match.Groups["room"].Value).Where(Doors.Contains);
        Assert.All(used, door => Assert.True(door == room, $"{file.Name} uses {door}."));
    });

    [Fact]
    public void The_wire_contract_and_the_core_know_nothing_of_each_other()
    {
        Assert.DoesNotContain(typeof(Graph.Call).Assembly.GetReferencedAssemblies(), one => one.Name!.StartsWith("Hookswitch", StringComparison.Ordinal));
        Assert.DoesNotContain(typeof(Calling.Leg).Assembly.GetReferencedAssemblies(), one => one.Name!.StartsWith("Hookswitch", StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_is_a_namespace() => Assert.All(Sources("src/Hookswitch").Where(file => file.Name.Contains('/', StringComparison.Ordinal)), file =>
        Assert.Contains($"namespace Hookswitch.{file.Room};", file.Text, StringComparison.Ordinal));

    [Fact]
    public void No_file_is_longer_than_a_thought() => Assert.All(Sources("src").Concat(Sources("tests")).Concat(Sources("bench")), file =>
        Assert.True(file.Text.Count(one => one == '\n') <= MaxLines, $"{file.Name} wants to be two files."));

    [Fact]
    public void Every_type_says_what_it_is() => Assert.All(Sources("src").Concat(Sources("bench")), file =>
        Assert.All(Types().Matches(file.Text).AsEnumerable(), type => Assert.True(
            Documented().IsMatch(file.Text[..type.Index]), $"{file.Name}: {type.Value.Trim()} has no sentence.")));

    [Fact]
    public void Nothing_is_left_open() => Assert.All(Sources("src").Concat(Sources("tests")).Concat(Sources("bench")), file =>
        Assert.False(Open().IsMatch(file.Text), $"{file.Name} leaves something open."));

    private static IEnumerable<(string Name, string Room, string Text)> Sources(string folder, [CallerFilePath] string here = "")
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../..", folder));
        return from path in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
               let name = Path.GetRelativePath(root, path).Replace('\\', '/')
               select (name, name.Split('/')[0], File.ReadAllText(path));
    }

    [GeneratedRegex(@"^using (static )?Hookswitch\.(?<room>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Usings();

    [GeneratedRegex(@"^(public|internal) (static |sealed |abstract |readonly )*(class|record|struct|interface|enum) .*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Types();

    [GeneratedRegex(@"(</\w+>|\])\s*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Documented();

    [GeneratedRegex("TO" + "DO|FIX" + "ME|HA" + "CK|Not" + "ImplementedException", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Open();
}
