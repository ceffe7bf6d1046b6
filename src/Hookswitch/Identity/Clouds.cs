using System.Collections.Immutable;

namespace Hookswitch.Identity;

/// <summary>What a cloud does not offer. Graph, the pages of the operations; <c>spec.md</c> 1.1 and 1.3.</summary>
/// <param name="Version">Null: neither version.</param>
/// <param name="Method">Null: whatever the method.</param>
/// <param name="Operation">The segment of its path; null: nothing at all is offered.</param>
/// <param name="Name">What the documentation calls it.</param>
internal sealed record Lack(string? Version, string? Method, string? Operation, string Name)
{
    /// <summary>The call itself: no segment of its own.</summary>
    public const string Call = "";

    /// <summary>What Global alone has, in both versions.</summary>
    /// <remarks>By the schema of the US government's cloud, which does not tell L4 and L5 apart.</remarks>
    public static readonly ImmutableArray<Lack> OfGovernments =
    [
        new("beta", "DELETE", Call, "Delete call"),
        .. from operation in new[] { "addLargeGalleryView", "audioRoutingGroups", "contentSharingSessions", "reportSyntheticMedia", "sendDtmfTones" }
           select new Lack(Version: null, Method: null, operation, operation),
    ];

    public bool Covers(string version, string method, IReadOnlyList<string> operations) =>
        (Version is null || Version.Equals(version, StringComparison.OrdinalIgnoreCase))
        && (Method is null || Method.Equals(method, StringComparison.OrdinalIgnoreCase))
        && (Operation is null || operations.Contains(Operation, StringComparer.OrdinalIgnoreCase));
}

/// <summary>A national cloud: under which names bots look for it, and what its tokens say.</summary>
/// <param name="Name">As Graph's documentation and settings write it.</param>
/// <param name="Graph">The host of the API.</param>
/// <param name="Logins">The hosts of its token endpoint, the one in use first: they are one authority under several names.</param>
/// <param name="Issuer">The host in the <c>iss</c> of its access tokens.</param>
/// <param name="Keys">The hosts where bots look for the keys of notifications.</param>
internal sealed record Cloud(string Name, string Graph, ImmutableArray<string> Logins, string Issuer, ImmutableArray<string> Keys)
{
    /// <summary>The application as which notifications are signed. The Communications SDK trusts these two.</summary>
    public string CallingService { get; init; } = "26a18ebc-cdf7-4a6a-91cb-beb352805e81";

    public ImmutableArray<Lack> Lacks { get; init; } = [];

    /// <summary>The address and the application id of Graph: tokens are asked for either.</summary>
    public ImmutableArray<string> Audiences => [$"https://{Graph}", "00000003-0000-0000-c000-000000000000"];

    /// <summary>Every name that a bot of this cloud hard-codes.</summary>
    public ImmutableArray<string> Hosts => [Graph, .. Logins, .. Keys];

    public string IssuerOf(string tenant) => $"https://{Issuer}/{tenant}/";
}

/// <summary>The clouds in which Graph runs. Graph, National cloud deployments; <c>spec.md</c> 8.</summary>
internal static class Clouds
{
    // What the Communications SDK and the samples hard-code, and the documentation of the Bot Framework.
    private static readonly ImmutableArray<string> CallbackKeys = ["api.aps.skype.com", "login.botframework.com"];

    public static readonly Cloud Global = new(
        "Global", "graph.microsoft.com",
        ["login.microsoftonline.com", "login.windows.net", "login.microsoft.com", "sts.windows.net"], "sts.windows.net", CallbackKeys);

    /// <summary>GCC High.</summary>
    public static readonly Cloud UsGovL4 = new(
        "UsGovL4", "graph.microsoft.us",
        ["login.microsoftonline.us", "login.usgovcloudapi.net"], "sts.windows.net", [.. CallbackKeys, "login.botframework.azure.us"])
    {
        CallingService = "e736143e-5e30-4821-9609-0b032986a3a3",
        Lacks = Lack.OfGovernments,
    };

    /// <summary>DoD.</summary>
    public static readonly Cloud UsGovL5 = UsGovL4 with { Name = "UsGovL5", Graph = "dod-graph.microsoft.us" };

    public static readonly Cloud China21Vianet = new(
        "China21Vianet", "microsoftgraph.chinacloudapi.cn",
        ["login.partner.microsoftonline.cn", "login.chinacloudapi.cn"], "sts.chinacloudapi.cn", [.. CallbackKeys, "pma.teams.microsoftonline.cn"])
    {
        Lacks = [new(Version: null, Method: null, Operation: null, "the calls API")],
    };

    public static readonly ImmutableArray<Cloud> All = [Global, UsGovL4, UsGovL5, China21Vianet];

    /// <summary>Every name that a bot of any cloud hard-codes, each once.</summary>
    public static ImmutableArray<string> Hosts => [.. All.SelectMany(cloud => cloud.Hosts).Distinct(StringComparer.Ordinal)];
}
