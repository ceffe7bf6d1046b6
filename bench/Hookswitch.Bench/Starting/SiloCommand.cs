using System.CommandLine;
using Hookswitch.Conversations;

namespace Hookswitch.Bench.Starting;

/// <summary>The verb with which the benchmark starts a bare silo: the server's Orleans, and a web server with one route. No store, no keys, no API.</summary>
internal static class SiloCommand
{
    public static Command Create()
    {
        var command = new Command("silo", "A bare silo alone. The benchmark starts it.");
        command.SetAction(async (_, cancellation) =>
        {
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore();
            builder.Services.AddRoutingCore();
            builder.UseOrleans(ConversationSilo.Configure);
            await using var app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            app.MapGet("/alive", () => "alive");
            await app.StartAsync(cancellation);
            await Console.Out.WriteLineAsync($"The silo listens on {app.Urls.First()}");
            await app.WaitForShutdownAsync(cancellation);
        });
        return command;
    }
}
