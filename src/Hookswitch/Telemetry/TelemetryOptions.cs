using OpenTelemetry.Exporter;

namespace Hookswitch.Telemetry;

/// <summary>Where traces, metrics and logs go.</summary>
internal sealed record TelemetryOptions
{
    /// <summary>The collector; null: nothing is exported, and OpenTelemetry has no part in the server.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>How it is spoken to. The default of the OpenTelemetry SDK.</summary>
    public OtlpExportProtocol Protocol { get; init; } = OtlpExportProtocol.Grpc;
}

/// <summary>What is logged, and how it is written.</summary>
internal sealed record LogOptions
{
    /// <summary>One JSON object a line, with the ids that a line belongs to; else text for people.</summary>
    public bool IsJson { get; init; }

    /// <summary>From which level on.</summary>
    public LogLevel Level { get; init; } = LogLevel.Information;
}
