using System.Net.Sockets;
using Hookswitch.Calling;
using Hookswitch.Conversations;
using Hookswitch.Identity;
using Hookswitch.Notifications;

namespace Hookswitch.Media;

/// <summary>Opens the sockets of bots that host their own sound. Their addresses are as hostile as those of callbacks, and guarded like them.</summary>
internal sealed partial class MediaSockets : IDisposable
{
    /// <summary>Of what is sent and not yet taken: two seconds of sound. More would hide that a bot takes nothing.</summary>
    private const int SendBytes = 64 * 1024;

    private readonly IGrainFactory _grains;
    private readonly CallbackTokens _tokens;
    private readonly MediaSocketOptions _options;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ILogger<MediaSockets> _logger;
    private readonly HttpMessageInvoker _http;

    public MediaSockets(
        IGrainFactory grains, CallbackTokens tokens, MediaSocketOptions options, AddressGuard guard, IHostApplicationLifetime lifetime,
        ILogger<MediaSockets> logger) =>
        (_grains, _tokens, _options, _lifetime, _logger, _http) = (grains, tokens, options, lifetime, logger, new HttpMessageInvoker(Guarded(guard)));

    /// <summary>Begins to connect to the bot of a leg; null: its media needs no socket.</summary>
    public MediaSocket? Open(ConversationId id, Leg leg)
    {
        if (leg.Bot is not { Media: AppHostedMedia { Socket: { } address } } bot)
        {
            return null;
        }

        var facts = new MediaFacts(new CallId(id, leg.Id), leg.Participant, bot.Application, bot.Tenant);
        return new MediaSocket(
            new Uri(address), facts, () => _tokens.Authorization(bot.Application, bot.Tenant), (change, detail) => Changed(id, leg.Id, change, detail),
            leg.MediaActive, _options, _http, _logger, _lifetime.ApplicationStopping);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>How bots are connected to.</summary>
    public static SocketsHttpHandler Guarded(AddressGuard guard)
    {
        var handler = guard.Handler();
        handler.ConnectCallback = (context, cancellation) => Connect(guard, context, cancellation);
        return handler;
    }

    private static async ValueTask<Stream> Connect(AddressGuard guard, SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var stream = await guard.Connect(context, cancellation);
        if (stream is NetworkStream { Socket: var socket })
        {
            socket.SendBufferSize = SendBytes;
        }

        return stream;
    }

    // Until it is stored, or the server stops.
    private async Task Changed(ConversationId id, LegId leg, SocketChange change, string? detail)
    {
        LogChange(new CallId(id, leg), change, ForeignText.Printable(detail ?? ""));
        await _grains.SendUntilStored(id, new MediaSocketChanged(leg, change), _lifetime.ApplicationStopping);
    }

    [LoggerMessage(LogLevel.Information, "The media socket of call {Call}: {Change}. {Detail}")]
    private partial void LogChange(CallId call, SocketChange change, string detail);
}
