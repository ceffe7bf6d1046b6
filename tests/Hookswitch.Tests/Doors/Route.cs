using System.Text.RegularExpressions;
using Hookswitch.Tests.Harness;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hookswitch.Tests.Doors;

/// <summary>What a path leads to, and by that who may take it.</summary>
internal enum RouteKind
{
    /// <summary>Nobody has said: a test that meets it fails.</summary>
    Unknown,

    /// <summary>A call and what belongs to it: its owner's alone.</summary>
    Call,

    /// <summary>The creation of a call.</summary>
    NewCall,

    /// <summary>The quality of a call that the body names.</summary>
    Quality,

    /// <summary>Something that Graph has and this server does not offer.</summary>
    NotOffered,

    /// <summary>A meeting: its tenant's.</summary>
    Meeting,

    /// <summary>The creation of a meeting in the tenant of whoever asks.</summary>
    NewMeeting,

    /// <summary>The search for a meeting of the tenant of whoever asks.</summary>
    MeetingSearch,

    /// <summary>Several requests in one.</summary>
    Batch,

    /// <summary>A recording, which opens with a token of its own.</summary>
    Recording,

    /// <summary>For programs on this machine.</summary>
    Control,

    /// <summary>What gives out tokens for a secret.</summary>
    TokenEndpoint,

    /// <summary>For everyone: keys, metadata, health.</summary>
    Public,
}

/// <summary>One way in, as the running server has it.</summary>
/// <param name="Pattern">With the names of its parameters: /v1.0/communications/calls/{id}.</param>
internal sealed partial record Route(string Method, string Pattern)
{
    private static readonly string[] NotOffered =
    [
        "addLargeGalleryView", "startRecording", "startTranscription", "stopRecording", "stopTranscription", "configureMixer", "lowerAllHands",
        "lowerHand", "muteAll", "reportSyntheticMedia",
    ];

    private static readonly string[] Open =
    [
        "/alive", "/health", "/common/discovery/instance", "/{tenant}/.well-known/openid-configuration", "/{tenant}/v2.0/.well-known/openid-configuration",
        "/{tenant}/discovery/keys", "/{tenant}/discovery/v2.0/keys", "/v1/.well-known/OpenIdConfiguration", "/v1/.well-known/openid-configuration",
        "/v1/.well-known/keys",
    ];

    /// <summary>The last segment of the path, without its namespace.</summary>
    public string Last => Pattern.Split('/')[^1].Replace("microsoft.graph.", "", StringComparison.Ordinal);

    /// <summary>Below a call: what it is done to; /{id}/participants/{participant}/mute.</summary>
    public string BelowCalls => CallPath().Match(Pattern) is { Success: true } match ? match.Groups["below"].Value : "";

    public bool IsGraph => Pattern.StartsWith("/v1.0/", StringComparison.Ordinal) || Pattern.StartsWith("/beta/", StringComparison.Ordinal);

    public RouteKind Kind => Pattern switch
    {
        _ when Pattern.StartsWith("/control/", StringComparison.Ordinal) => RouteKind.Control,
        _ when IsGraph && CallPath().IsMatch(Pattern) => KindOfCall,
        _ when IsGraph && Pattern.EndsWith("/onlineMeetings/{id}", StringComparison.Ordinal) => RouteKind.Meeting,
        _ when IsGraph && Last == "onlineMeetings" => Method == "POST" ? RouteKind.NewMeeting : RouteKind.MeetingSearch,
        _ when IsGraph && Last == "$batch" => RouteKind.Batch,
        "/recordings/{operation}" => RouteKind.Recording,
        "/{tenant}/oauth2/v2.0/token" or "/{tenant}/oauth2/token" => RouteKind.TokenEndpoint,
        _ when Method == "GET" && Open.Contains(Pattern) => RouteKind.Public,
        _ => RouteKind.Unknown,
    };

    private RouteKind KindOfCall => (Method, BelowCalls) switch
    {
        ("POST", "") => RouteKind.NewCall,
        ("POST", "/logTeleconferenceDeviceQuality" or "/microsoft.graph.logTeleconferenceDeviceQuality") => RouteKind.Quality,
        var (_, below) when below.Split('/').Any(segment => NotOffered.Contains(segment.Replace("microsoft.graph.", "", StringComparison.Ordinal))) => RouteKind.NotOffered,
        var (_, below) when below.StartsWith("/{id}", StringComparison.Ordinal) => RouteKind.Call,
        _ => RouteKind.Unknown,
    };

    /// <summary>Every route of a server, in each of its spellings. One that takes every method is there with two.</summary>
    public static IReadOnlyList<Route> All(TestServer server) =>
    [
        .. (from endpoint in server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"]
            from spelling in Spellings(new Route(method, Normal(endpoint.RoutePattern.RawText!)))
            select spelling).Distinct().OrderBy(one => one.Pattern, StringComparer.Ordinal),
    ];

    // Calls have a former address, and actions a name with their namespace: what is mapped once is reached by each of them.
    private static IEnumerable<Route> Spellings(Route route)
    {
        string[] patterns = [route.Pattern, route.Pattern.Replace("/beta/communications/calls", "/beta/app/calls", StringComparison.Ordinal)];
        foreach (var pattern in patterns)
        {
            yield return route with { Pattern = pattern };
            if (route is { Method: "POST", Kind: RouteKind.Call or RouteKind.Quality or RouteKind.NotOffered } && route.Last != "audioRoutingGroups")
            {
                yield return route with { Pattern = $"{pattern[..pattern.LastIndexOf('/')]}/microsoft.graph.{route.Last}" };
            }
        }
    }

    public override string ToString() => $"{Method} {Pattern}";

    private static string Normal(string pattern) => $"/{pattern.Trim('/').Replace("/{**rest}", "", StringComparison.Ordinal)}";

    [GeneratedRegex("^/(v1.0/communications|beta/communications|beta/app)/calls(?<below>/.*)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CallPath();
}
