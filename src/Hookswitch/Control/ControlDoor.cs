using System.Net;
using Hookswitch.Identity;
using Hookswitch.Notifications;
using Hookswitch.Storage;
using Microsoft.Net.Http.Headers;

namespace Hookswitch.Control;

/// <summary>
/// Who may use the control API: who has its key, from wherever; without a key, only programs on this machine. A web page that someone has open
/// here must not drive it, so a foreign Origin, a foreign Host (DNS rebinding) and bodies that a form could send are refused.
/// </summary>
/// <param name="key">Null: none is needed.</param>
internal sealed class ControlDoor(RequestDelegate next, ControlKey? key)
{
    public const string Root = "/control";

    public async Task InvokeAsync(HttpContext context)
    {
        if (Problem(context) is { } problem)
        {
            await problem.ExecuteAsync(context);
            return;
        }

        try
        {
            await next(context);
        }
        catch (StoreUnavailableException e) when (!context.Response.HasStarted)
        {
            await ControlProblem.Of(503, e.Message).ExecuteAsync(context);
        }
    }

    private IResult? Problem(HttpContext context)
    {
        var request = context.Request;
        if (key is not null && (BearerToken.Of(request) is not { } token || !key.Matches(token)))
        {
            context.Response.Headers.WWWAuthenticate = BearerToken.Scheme;
            return ControlProblem.Of(401, "The control API needs its key: Authorization: Bearer KEY. It is the setting control.key.");
        }

        if (key is null && !(AddressGuard.IsLoopback(request.Host.Host) && IsLocal(context.Connection.RemoteIpAddress)))
        {
            return ControlProblem.Of(403, $"The control API is for programs on this machine; '{request.Host}' is not a loopback host.");
        }

        if (request.Headers.Origin.Any(origin => !(Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Authority == request.Host.Value)))
        {
            return ControlProblem.Of(403, "The control API does not take requests from web pages of other origins.");
        }

        return ControlBody.IsSent(request) && !NoFormSends(request.ContentType)
            ? ControlProblem.Of(415, $"The body must be application/json, or {SoundControl.Wav} where it is a sound.")
            : null;
    }

    // Null: a connection that has no address, as in tests without a network.
    private static bool IsLocal(IPAddress? remote) => remote is null || IPAddress.IsLoopback(remote);

    private static bool NoFormSends(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)
            || type.MediaType.Equals(SoundControl.Wav, StringComparison.OrdinalIgnoreCase));
}

/// <summary>An answer of the control API that is an error. RFC 9457.</summary>
internal static class ControlProblem
{
    public static IResult Of(int status, string detail) => TypedResults.Problem(detail, statusCode: status);
}
