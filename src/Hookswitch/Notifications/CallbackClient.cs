using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Hookswitch.Identity;
using Hookswitch.Telemetry;

namespace Hookswitch.Notifications;

/// <summary>Posts one notification to one callback, and reads what it says. Never throws for what a callback does.</summary>
internal sealed class CallbackClient : ICallbacks, IDisposable
{
    /// <summary>More than any bot answers; what lies beyond is not read.</summary>
    private const int MaxAnswer = 64 * 1024;

    /// <summary>Of an answer, what people are shown.</summary>
    private const int MaxDetail = 200;

    /// <summary>Connections to one host for each notification that may be under way to it: an answer that goes on and on is still read for a while.</summary>
    private const int ConnectionsPerPlace = 2;

    private static readonly MediaTypeHeaderValue Json = new("application/json", "utf-8");

    private readonly DeliveryOptions _options;
    private readonly CallbackTokens _tokens;
    private readonly AddressGuard _guard;
    private readonly HttpMessageInvoker _http;

    public CallbackClient(DeliveryOptions options, CallbackTokens tokens, AddressGuard guard)
    {
        _options = options;
        _tokens = tokens;
        _guard = guard;
        var handler = guard.Handler();
        handler.ConnectTimeout = options.ConnectTimeout;
        handler.MaxConnectionsPerServer = options.PerHost * ConnectionsPerPlace;
        handler.MaxResponseDrainSize = MaxAnswer;
        handler.PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1);
        _http = new HttpMessageInvoker(handler);
    }

    /// <summary>A body, as it goes over the wire.</summary>
    public static byte[] Serialize(Graph.CommsNotifications body) =>
        JsonSerializer.SerializeToUtf8Bytes(body, Graph.GraphJson.TypeOf<Graph.CommsNotifications>());

    public async Task<CallbackAnswer> Post(Notification notification, CallbackAddress address, int attempt, CancellationToken stopping)
    {
        var span = Traces.Attempt(notification, address, attempt);
        try
        {
            var answer = await Ask(notification, address, attempt, span, stopping);
            return span is null ? answer : answer with { Span = span };
        }
        catch // the server stops
        {
            span?.Dispose();
            throw;
        }
    }

    private async Task<CallbackAnswer> Ask(Notification notification, CallbackAddress address, int attempt, Activity? span, CancellationToken stopping)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        timeout.CancelAfter(_options.AttemptTimeout); // real time: a callback does not follow the manual clock
        try
        {
            using var request = Request(notification, address, attempt, span);
            using var response = await _http.SendAsync(request, timeout.Token);
            return new CallbackAnswer((int)response.StatusCode, await Detail(response, timeout.Token))
            {
                RetryAfter = RetryAfter(response.Headers.RetryAfter),
                Location = Location(request.RequestUri!, response),
            };
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return new CallbackAnswer(null, string.Create(CultureInfo.InvariantCulture, $"no answer within {_options.AttemptTimeout.TotalSeconds} s"));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or UriFormatException)
        {
            var forbidden = e as ForbiddenAddressException ?? e.InnerException as ForbiddenAddressException;
            return new CallbackAnswer(null, (forbidden ?? e).Message) { IsForbidden = forbidden is not null };
        }
    }

    public void Dispose() => _http.Dispose();

    // Headers as public captures have them: wire.md 1.3. With a Content-Length: bots do not read bodies in chunks.
    private HttpRequestMessage Request(Notification notification, CallbackAddress address, int attempt, Activity? span)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address.Uri ?? throw new UriFormatException($"{address.Text} is no address."))
        {
            Content = new ByteArrayContent(Serialize(notification.Body)) { Headers = { ContentType = Json } },
        };
        var chain = notification.CallChain.ToString("D");
        request.Headers.TryAddWithoutValidation("Authorization", _tokens.Authorization(notification.Bot.Application, notification.Bot.Tenant));
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", "Microsoft-Skype/3.0,(Calling/1.0)");
        request.Headers.TryAddWithoutValidation("X-Microsoft-Skype-Chain-ID", chain);
        request.Headers.TryAddWithoutValidation("X-Microsoft-Skype-Message-ID", notification.Id.ToString("D"));
        request.Headers.TryAddWithoutValidation("X-Hookswitch-Attempt", attempt.ToString(CultureInfo.InvariantCulture));
        if (span is not null) // W3C Trace Context: what the bot does about it belongs to the same trace
        {
            request.Headers.TryAddWithoutValidation("traceparent", span.Id);
            request.Headers.TryAddWithoutValidation("tracestate", span.TraceStateString);
        }

        if (!notification.IsIncomingCall)
        {
            request.Headers.TryAddWithoutValidation("Scenario-Id", notification.Bot.Scenario?.ToString("D") ?? chain);
        }

        return request;
    }

    private static async Task<string> Detail(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.NotModified)
        {
            return "";
        }

        var (buffer, read) = (new byte[MaxDetail], 0);
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
            while (read < MaxDetail && await stream.ReadAsync(buffer.AsMemory(read), cancellation) is > 0 and var more)
            {
                read += more;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException)
        {
            // The status has said what counts, whatever becomes of the words.
        }

        return ForeignText.Printable(Encoding.UTF8.GetString(buffer, 0, read));
    }

    private static TimeSpan? RetryAfter(RetryConditionHeaderValue? header) => header switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - TimeProvider.System.GetUtcNow(),
        _ => null,
    };

    private string? Location(Uri asked, HttpResponseMessage response) =>
        response.Headers.Location is { } location && new Uri(asked, location).AbsoluteUri is { } address && _guard.Refuse(address) is null
            ? address
            : null;
}
