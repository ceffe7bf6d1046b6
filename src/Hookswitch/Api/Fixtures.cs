using System.Text.Json;
using IoDirectory = System.IO.Directory;

namespace Hookswitch.Api;

/// <summary>
/// Answers what else a bot asks of Graph from JSON files: <c>GET /v1.0/users/x/calendar</c> from <c>users/x/calendar.json</c>. A folder of
/// the version goes before, and <c>_</c> stands for any segment. Files are read at each request, so that they can be edited meanwhile.
/// </summary>
internal sealed class Fixtures
{
    private const string Any = "_";

    /// <summary>More than Graph answers at once.</summary>
    private const int MaxFile = 4 * 1024 * 1024;

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private readonly string? _folder;

    private Fixtures(string? folder) => _folder = folder;

    /// <param name="folder">Null: there are none.</param>
    /// <exception cref="UsageException">There is no such folder.</exception>
    public static Fixtures Open(string? folder) => folder is null || IoDirectory.Exists(folder)
        ? new Fixtures(folder)
        : throw new UsageException($"The folder of fixtures {folder} is not there.");

    /// <summary>The answer to a request at which nothing else is.</summary>
    public IResult Answer(HttpRequest request)
    {
        if (_folder is null)
        {
            return GraphError.NoSuchResource(request.Path, "Pass --fixtures DIR to answer such paths from JSON files");
        }

        if (request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries) is not [var version, .. { Length: > 0 } segments])
        {
            return GraphError.NoSuchResource(request.Path);
        }

        var name = HttpMethods.IsGet(request.Method) ? $"{segments[^1]}.json" : $"{segments[^1]}.{request.Method}.json";
        var any = $"{Any}{name[segments[^1].Length..]}";
        try
        {
            var roots = Matches(IoDirectory.GetDirectories(_folder), version).Append(_folder);
            return roots.SelectMany(root => Below(root, segments.AsSpan(..^1).ToArray(), name, any)).FirstOrDefault() is { } file
                ? Content(file, HttpMethods.IsPost(request.Method) ? StatusCodes.Status201Created : StatusCodes.Status200OK)
                : GraphError.NoSuchResource(request.Path, $"The folder of fixtures has no {string.Join('/', [.. segments[..^1], name])}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return GraphError.BadFixture(name, e.Message.Replace(_folder, "", StringComparison.Ordinal));
        }
    }

    // A segment is compared with the names that are there, and never becomes part of a path: nothing leads out of the folder.
    private static IEnumerable<string> Below(string folder, string[] segments, string name, string any) => segments is [var next, .. var rest]
        ? Matches(IoDirectory.GetDirectories(folder), next, Any).SelectMany(one => Below(one, rest, name, any))
        : Matches(IoDirectory.GetFiles(folder), name, any);

    // As it is written goes before another case, and both before any.
    private static IEnumerable<string> Matches(IEnumerable<string> paths, string name, string? any = null) =>
        from path in paths
        let rank = Path.GetFileName(path) switch
        {
            var file when file.Equals(name, StringComparison.Ordinal) => 0,
            var file when file.Equals(name, StringComparison.OrdinalIgnoreCase) => 1,
            var file when file.Equals(any, StringComparison.OrdinalIgnoreCase) => 2,
            _ => -1,
        }
        where rank >= 0
        orderby rank, path
        select path;

    private IResult Content(string file, int status)
    {
        var name = Path.GetRelativePath(_folder!, file).Replace('\\', '/');
        if (new FileInfo(file).Length > MaxFile)
        {
            return GraphError.BadFixture(name, $"it is larger than {MaxFile} bytes");
        }

        try
        {
            var text = File.ReadAllBytes(file).AsMemory();
            text = text.Span.StartsWith(ByteOrderMark) ? text[ByteOrderMark.Length..] : text;
            JsonDocument.Parse(text).Dispose();
            return TypedResults.Text(text.Span, "application/json", status);
        }
        catch (JsonException e)
        {
            return GraphError.BadFixture(name, $"it is not JSON in line {e.LineNumber + 1}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return GraphError.BadFixture(name, "it cannot be opened");
        }
    }
}
