using System.Net;
using Hookswitch.Calling;
using Hookswitch.Identity;
using Hookswitch.Notifications;
using Hookswitch.Storage;
using Hookswitch.Telemetry;
using Hookswitch.Time;

namespace Hookswitch;

/// <summary>All settings of a server. <see cref="Setting"/> says of each what it means and how it is written.</summary>
internal sealed record ServerOptions
{
    /// <summary>The verb says it, and no setting.</summary>
    public Mode Mode { get; init; }

    /// <summary>Every address that is opened; there is no other.</summary>
    public IReadOnlyList<string> Urls { get; init; } = ["http://127.0.0.1:5080", "https://127.0.0.1:5443"];

    /// <summary>The national cloud as which it appears.</summary>
    public Cloud Cloud { get; init; } = Clouds.Global;

    /// <summary>Who gives out access tokens; null: the server itself.</summary>
    public Uri? Authority { get; init; }

    /// <summary>For whom access tokens may be; empty: Graph in its cloud.</summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];

    /// <summary>The data folder; empty: a temporary one.</summary>
    public string Data { get; init; } = DefaultData();

    public ClockKind Clock { get; init; }

    /// <summary>Where the manual clock starts; null: now.</summary>
    public DateTimeOffset? ClockStart { get; init; }

    /// <summary>A file that says who is registered to begin with; null: nobody.</summary>
    public string? Directory { get; init; }

    /// <summary>The folder of JSON files that answer paths at which nothing else is; null: there is none.</summary>
    public string? Fixtures { get; init; }

    public Timeouts Timeouts { get; init; } = new();

    public DeliveryOptions Delivery { get; init; } = new();

    public Retention Retention { get; init; } = new();

    /// <summary>Where it connects to on behalf of others.</summary>
    public NetworkPolicy Network { get; init; } = new();

    /// <summary>How names of others are resolved. By the system, unless a test knows better.</summary>
    public Resolve Resolve { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>How much an application may ask for.</summary>
    public LimitOptions Limits { get; init; } = new();

    /// <summary>With what the control API is asked; null: it needs no key.</summary>
    public ControlKey? ControlKey { get; init; }

    /// <summary>Where that key was; null: in the settings.</summary>
    public string? ControlKeyFile { get; init; }

    /// <summary>The file of settings, when the key of the control API is in it.</summary>
    public string? SettingsWithSecret { get; init; }

    /// <summary>With what it listens on https, in PEM; null: the certificate of development.</summary>
    public string? Certificate { get; init; }

    /// <summary>The key of that certificate; null: it is in the same file.</summary>
    public string? CertificateKey { get; init; }

    public TelemetryOptions Telemetry { get; init; } = new();

    public LogOptions Log { get; init; } = new();

    /// <summary>Whether the proxy of <c>hookswitch run</c> passes hosts on that do not lead to the server.</summary>
    public bool PassOn { get; init; }

    /// <summary>The defaults of a mode.</summary>
    public static ServerOptions Of(Mode mode) => mode == Mode.Production
        ? new ServerOptions { Mode = mode, Network = NetworkPolicy.Production, Limits = LimitOptions.Production }
        : new ServerOptions();

    private static string DefaultData() =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "hookswitch");
}
