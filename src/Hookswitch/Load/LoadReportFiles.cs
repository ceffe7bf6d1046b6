using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;

namespace Hookswitch.Load;

/// <summary>A report for programs: as JSON, and as the JUnit XML that CI systems show.</summary>
internal static class LoadReportFiles
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private static readonly (string Id, string Sentence)[] Invariants =
    [
        ("I1", "Every acknowledged call ends, and its end is one notification"),
        ("I2", "Nothing new is told of a call after its end"),
        ("I3", "Each call's notifications come in order, and all of them"),
        ("I4", "Nobody is told of a call that was never asked for"),
        ("I5", "A call whose DELETE was acknowledged is never seen alive"),
        ("I6", "Every end has a reason of the catalogue"),
        ("I7", "Nobody hears of the calls of others, or gets at them"),
        ("I8", "What was created lives or has ended"),
    ];

    public static async Task WriteJson(LoadReport report, string file)
    {
        await using var stream = File.Create(file);
        await JsonSerializer.SerializeAsync(stream, report, Json);
    }

    /// <summary>A test case for each invariant, and one for the calls themselves.</summary>
    public static void WriteJunit(LoadReport report, string file)
    {
        var cases = Invariants
            .Select(one => Case($"{one.Id}: {one.Sentence}", report.Violations.Where(violation => violation.Invariant == one.Id).Select(violation => $"{violation}")))
            .Prepend(Case("All calls came and went", report is { Failed: 0 } && report.Acknowledged == report.Requested
                ? []
                : [string.Create(CultureInfo.InvariantCulture, $"{report.Acknowledged} of {report.Requested} were acknowledged, {report.Failed} failed")]))
            .ToArray();
        new XDocument(new XElement(
            "testsuite", new XAttribute("name", "hookswitch load"), new XAttribute("tests", cases.Length),
            new XAttribute("failures", cases.Count(one => one.HasElements)), new XAttribute("time", report.Seconds), cases)).Save(file);
    }

    private static XElement Case(string name, IEnumerable<string> failures) => new(
        "testcase", new XAttribute("classname", "hookswitch.load"), new XAttribute("name", name),
        failures.Select(failure => new XElement("failure", new XAttribute("message", failure))));
}
