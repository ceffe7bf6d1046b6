using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Xml;
using Hookswitch.Calling;
using Hookswitch.Identity;
using Hookswitch.Notifications;
using Hookswitch.Storage;
using Hookswitch.Time;
using OpenTelemetry.Exporter;

namespace Hookswitch;

/// <summary>
/// One setting: its name on the command line (<c>--timeouts.ring</c>), in a file (<c>{"timeouts":{"ring":…}}</c>) and in the environment
/// (<c>HOOKSWITCH__TIMEOUTS__RING</c>) is the same. One row, one place: help, documentation and validation read it here.
/// </summary>
/// <param name="Argument">What its value is called in help.</param>
/// <param name="Meaning">A sentence, with the source of the default where it has one.</param>
/// <param name="Show">The value as it would be written.</param>
internal sealed record Setting(
    string Name, string Argument, string Meaning, Func<ServerOptions, string> Show, Func<ServerOptions, string, ServerOptions> Apply)
{
    public const string EnvironmentPrefix = "HOOKSWITCH__";

    public const string ControlKeyName = "control.key";

    public const string ControlKeyFileName = "control.keyFile";

    public const string TelemetryEndpointName = "telemetry.endpoint";

    public const string TelemetryProtocolName = "telemetry.protocol";

    public static readonly ImmutableArray<Setting> All =
    [
        new("urls", "URLS", "The addresses to open, separated by semicolons; port 0 takes a free one. No other port is opened.",
            options => string.Join(';', options.Urls), (options, text) => options with { Urls = Addresses(text, options.Mode) }),
        new("data", "DIR", "The folder of the store and the keys. One server at a time holds it.",
            options => options.Data, (options, text) => options with { Data = Path.GetFullPath(text) }),
        new("clock", "KIND", "system, or manual: it stands still until POST /control/clock/advance moves it.",
            options => options.Clock == ClockKind.Manual ? "manual" : "system", (options, text) => options with { Clock = Clock(text) }),
        new("directory", "FILE", "A JSON file with the applications, users, numbers and meetings that are registered to begin with.",
            options => options.Directory ?? "", (options, text) => options with { Directory = Path.GetFullPath(text) }),
        new("fixtures", "DIR", "A folder of JSON files that answer other paths of Graph: GET /v1.0/users/x/manager is users/x/manager.json.",
            options => options.Fixtures ?? "", (options, text) => options with { Fixtures = Path.GetFullPath(text) }),
        Timeout("timeouts.keepAlive", "Without a keep-alive, until a call is cleaned up (408/8537). Graph, call: keepAlive.",
            timeouts => timeouts.KeepAlive, (timeouts, time) => timeouts with { KeepAlive = time }),
        Timeout("timeouts.answer", "In which a bot must answer or reject an incoming call (then 487/10004). Graph, call: answer.",
            timeouts => timeouts.Answer, (timeouts, time) => timeouts with { Answer = time }),
        Timeout("timeouts.ring", "From the first ring until nobody will answer (487/10004). Undocumented: our choice.",
            timeouts => timeouts.Ring, (timeouts, time) => timeouts with { Ring = time }),
        Timeout("timeouts.signalling", "In which one phone of the callee must signal something (else 408/10057). Undocumented: our choice.",
            timeouts => timeouts.Signalling, (timeouts, time) => timeouts with { Signalling = time }),
        Timeout("timeouts.acknowledgement", "In which a phone must confirm that the call was accepted (else 408/1106). Undocumented: our choice.",
            timeouts => timeouts.Acknowledgement, (timeouts, time) => timeouts with { Acknowledgement = time }),
        Timeout("timeouts.mediaStart", "In which media must flow once a call is established (else 410/301004). Undocumented: our choice.",
            timeouts => timeouts.MediaStart, (timeouts, time) => timeouts with { MediaStart = time }),
        Timeout("timeouts.mediaLoss", "For which media may stop before the call is given up (410/301005). Undocumented: our choice.",
            timeouts => timeouts.MediaLoss, (timeouts, time) => timeouts with { MediaLoss = time }),
        Timeout("timeouts.inviteRing", "For which an invite rings (then 487/10004). Undocumented: our choice, the SDK gives up at 30 s.",
            timeouts => timeouts.InviteRing, (timeouts, time) => timeouts with { InviteRing = time }),
        Timeout("timeouts.join", "In which somebody else must join a group call or a meeting (else 200/5013). Undocumented: our choice.",
            timeouts => timeouts.Join, (timeouts, time) => timeouts with { Join = time }),
        Timeout("timeouts.alone", "In which somebody must come back to whoever is alone in a meeting (else 200/5002). Undocumented: our choice.",
            timeouts => timeouts.Alone, (timeouts, time) => timeouts with { Alone = time }),
        Timeout("timeouts.lobby", "In which someone must let in whoever waits in the lobby (else 200/5855). Undocumented: our choice.",
            timeouts => timeouts.Lobby, (timeouts, time) => timeouts with { Lobby = time }),
        Delivery("delivery.attemptTimeout", "In which a callback must have answered a notification.",
            delivery => delivery.AttemptTimeout, (delivery, time) => delivery with { AttemptTimeout = time }),
        Delivery("delivery.connectTimeout", "In which a callback must have accepted the connection.",
            delivery => delivery.ConnectTimeout, (delivery, time) => delivery with { ConnectTimeout = time }),
        Delivery("delivery.giveUpAfter", "Since the first attempt, until a notification becomes a dead letter.",
            delivery => delivery.GiveUpAfter, (delivery, time) => delivery with { GiveUpAfter = time }),
        new("delivery.perHost", "COUNT", "How many notifications are under way to one host at a time; applications take turns for the places.",
            options => Shown(options.Delivery.PerHost),
            (options, text) => options with { Delivery = options.Delivery with { PerHost = Count(text, least: 1) } }),
        new("delivery.issuer", "URI", "The issuer of the tokens that notifications carry.",
            options => options.Delivery.Issuer, (options, text) => options with { Delivery = options.Delivery with { Issuer = text } }),
        Kept("retention.calls", "For which a call can still be looked at (GET /control/calls) once its conversation has ended.",
            retention => retention.Calls, (retention, time) => retention with { Calls = time }),
        Kept("retention.deadLetters", "For which a notification that was given up can still be sent again.",
            retention => retention.DeadLetters, (retention, time) => retention with { DeadLetters = time }),
        new("cloud", "NAME", $"The national cloud as which it appears: {string.Join(", ", Clouds.All.Select(cloud => cloud.Name))}.",
            options => options.Cloud.Name, (options, text) => options with { Cloud = CloudOf(text) }),
        new("identity.authority", "URI", "An OpenID provider whose access tokens are taken, instead of the server's own.",
            options => options.Authority?.ToString() ?? "", (options, text) => options with { Authority = Authority(text) }),
        new("identity.audiences", "LIST", "For whom access tokens may be, separated by semicolons. Not set: Graph in its cloud.",
            options => string.Join(';', options.Audiences), (options, text) => options with { Audiences = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) }),
        new(ControlKeyName, "KEY", "What the control API is to be asked with: Authorization: Bearer KEY. In production there must be one, of 32 characters or more.",
            options => options is { ControlKey: { } key, ControlKeyFile: null } ? $"{key}" : "", (options, text) => options with { ControlKey = ControlKey.Of(text) }),
        new(ControlKeyFileName, "FILE", "The file in which that key is instead, so that no list of processes shows it.",
            options => options.ControlKeyFile ?? "", (options, text) => options with { ControlKey = ControlKey.Read(text), ControlKeyFile = Path.GetFullPath(text) }),
        new("tls.certificate", "FILE", "The certificate with which https addresses are served, in PEM, its chain behind it. Not set: that of development.",
            options => options.Certificate ?? "", (options, text) => options with { Certificate = Path.GetFullPath(text) }),
        new("tls.key", "FILE", "The private key of that certificate, in PEM, not encrypted. Not set: it is in the same file.",
            options => options.CertificateKey ?? "", (options, text) => options with { CertificateKey = Path.GetFullPath(text) }),
        new("network.allow", "LIST", "Private networks, such as 10.1.0.0/16;fd12::/32, to which production connects for callbacks, prompts, media and the OpenID provider.",
            options => string.Join(';', options.Network.Allowed), (options, text) => options with { Network = options.Network with { Allowed = Networks(text) } }),
        new("network.ports", "LIST", "The ports to which it connects for them, separated by semicolons. Not set: any in development; in production 443.",
            options => string.Join(';', options.Network.Ports), (options, text) => options with { Network = options.Network with { Ports = Ports(text) } }),
        new("limits.requests", "COUNT", "Requests of one application in 10 s (then 429); 0: no limit. In production 130000. Graph, throttling limits.",
            options => Shown(options.Limits.Requests), (options, text) => options with { Limits = options.Limits with { Requests = Count(text) } }),
        new("limits.calls", "COUNT", "Calls that one application creates in 10 s (then 429); 0: no limit. In production 100. Undocumented: our choice.",
            options => Shown(options.Limits.Calls), (options, text) => options with { Limits = options.Limits with { Calls = Count(text) } }),
        new("limits.waiting", "COUNT", "Requests for new calls that wait while others are worked on (then 503); 0: none waits, and none is refused.",
            options => Shown(options.Limits.Waiting), (options, text) => options with { Limits = options.Limits with { Waiting = Count(text) } }),
        new(TelemetryEndpointName, "URI", "The OpenTelemetry collector to which traces, metrics and logs go, such as http://127.0.0.1:4317. Not set: OTEL_EXPORTER_OTLP_ENDPOINT, or none.",
            options => options.Telemetry.Endpoint?.ToString() ?? "", (options, text) => options with { Telemetry = options.Telemetry with { Endpoint = Collector(text) } }),
        new(TelemetryProtocolName, "PROTOCOL", "How it is spoken to: grpc (port 4317), or http (protobuf, port 4318). Not set: OTEL_EXPORTER_OTLP_PROTOCOL, or grpc.",
            options => options.Telemetry.Protocol == OtlpExportProtocol.Grpc ? "grpc" : "http",
            (options, text) => options with { Telemetry = options.Telemetry with { Protocol = Protocol(text) } }),
        new("logging.format", "FORMAT", "text for people, or json: one object a line, with the ids of request, application, call and conversation.",
            options => options.Log.IsJson ? "json" : "text", (options, text) => options with { Log = options.Log with { IsJson = IsJson(text) } }),
        new("logging.level", "LEVEL", "From which level on the server logs: trace, debug, information, warning, error, critical or none.",
            options => options.Log.Level.ToString().ToLowerInvariant(), (options, text) => options with { Log = options.Log with { Level = Level(text) } }),
        new("run.passOn", "BOOL", "true: hookswitch run lets a bot reach other hosts than those that lead here; false: it is refused them.",
            options => options.PassOn ? "true" : "false", (options, text) => options with { PassOn = Flag(text) }),
    ];

    /// <summary>A value as errors name it.</summary>
    public string Quote(string value) => Name == ControlKeyName ? "what it is" : $"'{value}'";

    private static Setting Timeout(string name, string meaning, Func<Timeouts, TimeSpan> get, Func<Timeouts, TimeSpan, Timeouts> set) => new(
        name, "DURATION", meaning, options => XmlConvert.ToString(get(options.Timeouts)),
        (options, text) => options with { Timeouts = set(options.Timeouts, Duration(text)) });

    private static Setting Delivery(
        string name, string meaning, Func<DeliveryOptions, TimeSpan> get, Func<DeliveryOptions, TimeSpan, DeliveryOptions> set) => new(
        name, "DURATION", meaning, options => XmlConvert.ToString(get(options.Delivery)),
        (options, text) => options with { Delivery = set(options.Delivery, Duration(text)) });

    private static Setting Kept(string name, string meaning, Func<Retention, TimeSpan> get, Func<Retention, TimeSpan, Retention> set) => new(
        name, "DURATION", meaning, options => XmlConvert.ToString(get(options.Retention)),
        (options, text) => options with { Retention = set(options.Retention, Duration(text, LongestKept)) });

    private static TimeSpan Duration(string text) => Duration(text, LongestDuration);

    private static TimeSpan Duration(string text, TimeSpan longest)
    {
        var duration = text.StartsWith('P') && TryIso(text, out var iso) ? iso
            : text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var plain) ? plain
            : throw new FormatException("it must be a duration such as PT45M or 00:45:00.");
        return duration <= TimeSpan.Zero ? throw new FormatException("it must be longer than nothing.")
            : duration > longest ? throw new FormatException($"it must be {XmlConvert.ToString(longest)} at most.")
            : duration;
    }

    /// <summary>Nothing here makes sense for longer, and timers of the system end at 49 days.</summary>
    private static readonly TimeSpan LongestDuration = TimeSpan.FromDays(7);

    private static readonly TimeSpan LongestKept = TimeSpan.FromDays(3650);

    private static bool TryIso(string text, out TimeSpan duration)
    {
        try
        {
            duration = XmlConvert.ToTimeSpan(text);
            return true;
        }
        catch (FormatException)
        {
            duration = default;
            return false;
        }
    }

    private static ClockKind Clock(string text) => text.ToUpperInvariant() switch
    {
        "SYSTEM" => ClockKind.System,
        "MANUAL" => ClockKind.Manual,
        _ => throw new FormatException("it must be system or manual."),
    };

    private static Cloud CloudOf(string text) =>
        Clouds.All.FirstOrDefault(cloud => cloud.Name.Equals(text, StringComparison.OrdinalIgnoreCase))
        ?? throw new FormatException($"there is no such cloud. Known are {string.Join(", ", Clouds.All.Select(cloud => cloud.Name))}.");

    private static Uri Authority(string text) =>
        AddressGuard.Development.Refuse(text) is { } problem ? throw new FormatException($"it {problem}.") : new Uri(text);

    private static Uri Collector(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https", UserInfo: "" }
        ? uri
        : throw new FormatException("it must be an http or https address such as http://127.0.0.1:4317.");

    private static OtlpExportProtocol Protocol(string text) => text.ToUpperInvariant() switch
    {
        "GRPC" => OtlpExportProtocol.Grpc,
        "HTTP" or "HTTP/PROTOBUF" => OtlpExportProtocol.HttpProtobuf, // the latter as the standard variable names it
        _ => throw new FormatException("it must be grpc or http."),
    };

    private static bool IsJson(string text) => text.ToUpperInvariant() switch
    {
        "TEXT" => false,
        "JSON" => true,
        _ => throw new FormatException("it must be text or json."),
    };

    private static LogLevel Level(string text) => Enum.TryParse<LogLevel>(text, ignoreCase: true, out var level) && Enum.IsDefined(level) && !char.IsAsciiDigit(text[0])
        ? level
        : throw new FormatException("it must be trace, debug, information, warning, error, critical or none.");

    private static bool Flag(string text) => bool.TryParse(text, out var flag) ? flag : throw new FormatException("it must be true or false.");

    private static string[] Parts(string text) => text.Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static ImmutableArray<IPNetwork> Networks(string text) =>
        [.. Parts(text).Select(one => IPNetwork.TryParse(one, out var network)
            ? network
            : throw new FormatException($"'{one}' is no network such as 10.1.0.0/16."))];

    private static ImmutableArray<int> Ports(string text) =>
        [.. Parts(text).Select(one => int.TryParse(one, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= IPEndPoint.MaxPort
            ? port
            : throw new FormatException($"'{one}' is no port."))];

    private static string Shown(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static int Count(string text, int least = 0) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= least
            ? count
            : throw new FormatException($"it must be a whole number, {least} or more.");

    private static string[] Addresses(string text, Mode mode)
    {
        var addresses = Parts(text);
        if (addresses.Length == 0)
        {
            throw new FormatException("it must name an address.");
        }

        return Array.Find(addresses, address => AddressProblem(address, mode) is not null) is { } bad
            ? throw new FormatException($"'{bad}' {AddressProblem(bad, mode)}")
            : addresses;
    }

    private static string? AddressProblem(string address, Mode mode) =>
        !Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")
            ? "is no http or https address such as http://127.0.0.1:5080."
        : uri.PathAndQuery != "/" ? "must not have a path: the API is below /v1.0 and /beta there."
        : uri is { Host: "localhost", Port: 0 } ? "has no free port for both of its addresses: name 127.0.0.1."
        : mode == Mode.Production || IsLoopback(address) ? null
        : "is open to others: development mode listens on this machine only.";

    /// <summary>
    /// Whether the web server listens on this machine alone. For a name other than localhost it does so on every interface; for "loopback" too, which
    /// <see cref="Uri"/> takes for localhost.
    /// </summary>
    public static bool IsLoopback(string address) =>
        AddressGuard.IsLoopback(BindingAddress.Parse(address).Host);
}
