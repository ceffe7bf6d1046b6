using System.Collections;
using OpenTelemetry;
using OpenTelemetry.Resources;

namespace Hookswitch.Telemetry;

/// <summary>Exports what the server tells of itself to a collector, over OTLP. Where none is named nothing of OpenTelemetry is in the server.</summary>
internal static class Export
{
    /// <summary>Variables of the environment whose names begin so are for every program alike. OpenTelemetry, environment variable specification.</summary>
    private const string StandardPrefix = "OTEL_";

    private const string ServiceNameVariable = "OTEL_SERVICE_NAME";

    private const string ServiceName = "hookswitch";

    /// <summary>Of the platform: http.server.request.duration (requests by status), connections, and the process itself.</summary>
    private static readonly string[] PlatformMeters = ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    public static void Add(WebApplicationBuilder builder, TelemetryOptions options)
    {
        if (options.Endpoint is not { } endpoint)
        {
            return;
        }

        // Headers, intervals, samplers and attributes are the SDK's own settings, under their standard names.
        builder.Configuration.AddInMemoryCollection(
            from DictionaryEntry variable in Environment.GetEnvironmentVariables()
            let name = (string)variable.Key
            where name.StartsWith(StandardPrefix, StringComparison.Ordinal)
            select KeyValuePair.Create(name, (string?)variable.Value));
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(
                Environment.GetEnvironmentVariable(ServiceNameVariable) ?? ServiceName,
                serviceVersion: typeof(Export).Assembly.GetName().Version?.ToString(fieldCount: 3)))
            .WithTracing(tracing => tracing.AddSource(Traces.Name))
            .WithMetrics(metrics => metrics.AddMeter([Meters.Name, .. PlatformMeters]))
            .WithLogging(configureBuilder: null, logging => (logging.IncludeScopes, logging.IncludeFormattedMessage) = (true, true))
            .UseOtlpExporter(options.Protocol, endpoint);
    }
}
