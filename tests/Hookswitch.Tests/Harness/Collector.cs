using System.Collections.Concurrent;
using System.Text;
using Hookswitch.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Exporter;

namespace Hookswitch.Tests.Harness;

/// <summary>Takes what a server exports over OTLP on HTTP. In protobuf texts stand as they are.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Collector(WebApplication app) => _app = app;

    public ConcurrentQueue<(string Path, string Text)> All { get; } = [];

    /// <summary>What sends it here.</summary>
    public TelemetryOptions Options => new() { Endpoint = new Uri(_app.Urls.First()), Protocol = OtlpExportProtocol.HttpProtobuf };

    public static async Task<Collector> Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        var collector = new Collector(builder.Build());
        collector._app.Urls.Add("http://127.0.0.1:0");
        collector._app.MapPost("/{**path}", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            collector.All.Enqueue((request.Path, Encoding.Latin1.GetString(body.ToArray())));
            return Results.Ok();
        });
        await collector._app.StartAsync();
        return collector;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
