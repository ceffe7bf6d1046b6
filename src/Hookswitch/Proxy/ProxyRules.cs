using Hookswitch.Identity;

namespace Hookswitch.Proxy;

/// <summary>What the proxy does with a host.</summary>
internal enum Course
{
    /// <summary>To this server: the bot takes it for Graph.</summary>
    Lead,

    /// <summary>To the host itself.</summary>
    PassOn,

    Refuse,
}

/// <summary>Which hosts lead to the server, which are passed on, and which are refused.</summary>
internal sealed record ProxyRules(Cloud Cloud, bool PassesOn)
{
    public Course Of(string host) =>
        Contains(Cloud, host) ? Course.Lead
        : PassesOn && CloudOf(host) is null ? Course.PassOn
        : Course.Refuse;

    /// <summary>Why a host is refused, and what to do about it.</summary>
    public string Explain(string host) => CloudOf(host) is { } other
        ? $"'{host}' belongs to the cloud {other.Name}, and this server is {Cloud.Name}: --cloud {other.Name} makes it that one."
        : $"'{host}' is no host of Graph ({string.Join(", ", Cloud.Hosts)}), and others are not passed on unless you say so: --run.passOn true.";

    // Never to the real Graph: what is for tests does not belong there.
    private static Cloud? CloudOf(string host) => Clouds.All.FirstOrDefault(cloud => Contains(cloud, host));

    private static bool Contains(Cloud cloud, string host) => cloud.Hosts.Contains(host, StringComparer.OrdinalIgnoreCase);
}
