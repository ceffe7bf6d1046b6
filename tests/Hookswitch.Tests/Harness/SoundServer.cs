using System.Collections.Concurrent;
using Hookswitch.Media;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Hookswitch.Tests.Harness;

/// <summary>Where a bot keeps its prompts.</summary>
internal sealed class SoundServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, RequestDelegate> _answers = new();

    private SoundServer(WebApplication app) => _app = app;

    /// <summary>How often each path was asked for.</summary>
    public ConcurrentDictionary<string, int> Asked { get; } = new();

    public static async Task<SoundServer> Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        var server = new SoundServer(builder.Build());
        server._app.Urls.Add("http://127.0.0.1:0");
        server._app.MapGet("/{name}", (string name, HttpContext context) =>
        {
            server.Asked.AddOrUpdate(name, 1, (_, count) => count + 1);
            return server._answers.TryGetValue(name, out var answer) ? answer(context) : Results.NotFound().ExecuteAsync(context);
        });
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Puts a WAV there.</summary>
    /// <returns>Its address.</returns>
    public string Put(string name, short[] samples)
    {
        var wav = new MemoryStream();
        WavFile.Write(wav, samples);
        return Put(name, wav.ToArray());
    }

    public string Put(string name, byte[] file) => Put(name, Results.Bytes(file, "audio/wav").ExecuteAsync);

    /// <summary>Whoever asks for that name is answered so.</summary>
    public string Put(string name, RequestDelegate answer)
    {
        _answers[name] = answer;
        return Address(name);
    }

    public string Address(string name) => $"{_app.Urls.First()}/{name}";

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
