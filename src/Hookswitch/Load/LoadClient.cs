using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hookswitch.Load;

/// <summary>The bots' way to the server, and that of those who play the phones. Records each request with its outcome; never throws for what the server does.</summary>
/// <param name="patience">How long an answer is waited for.</param>
internal sealed class LoadClient(Uri server, History history, TimeSpan patience) : IDisposable
{
    private const string Calls = "/v1.0/communications/calls";

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private static readonly string AnswerBody =
        """{"acceptedModalities":["audio"],"mediaConfig":{"@odata.type":"#microsoft.graph.serviceHostedMediaConfig"}}""";

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly ConcurrentDictionary<string, string> _tokens = new();
    private long _numbers;

    /// <summary>The number of the next request.</summary>
    public long NextNumber() => Interlocked.Increment(ref _numbers);

    public Task<Requested> Create(long number, string application, string user, string callback, TimeSpan? planned, CancellationToken cancellation) =>
        Send(new Requested(number, Deed.Create, application, Outcome.Unsent) { Planned = planned ?? history.Now }, HttpMethod.Post, Calls,
            new JsonObject
            {
                ["callbackUri"] = callback,
                ["requestedModalities"] = new JsonArray("audio"),
                ["mediaConfig"] = new JsonObject { ["@odata.type"] = "#microsoft.graph.serviceHostedMediaConfig" },
                ["targets"] = new JsonArray(new JsonObject { ["identity"] = new JsonObject { ["user"] = new JsonObject { ["id"] = user } } }),
            }.ToJsonString(),
            cancellation);

    public Task<Requested> Answer(string application, string call, CancellationToken cancellation) =>
        Send(About(Deed.Answer, application, call), HttpMethod.Post, $"{Calls}/{call}/answer", AnswerBody, cancellation);

    public Task<Requested> Reject(string application, string call, CancellationToken cancellation) =>
        Send(About(Deed.Reject, application, call), HttpMethod.Post, $"{Calls}/{call}/reject", """{"reason":"busy"}""", cancellation);

    public Task<Requested> Delete(string application, string call, TimeSpan? planned, CancellationToken cancellation) =>
        Send(About(Deed.Delete, application, call) with { Planned = planned ?? history.Now }, HttpMethod.Delete, $"{Calls}/{call}", body: null, cancellation);

    public Task<Requested> Get(string application, string call, CancellationToken cancellation) =>
        Send(About(Deed.Get, application, call), HttpMethod.Get, $"{Calls}/{call}", body: null, cancellation);

    /// <summary>Has a phone call an application.</summary>
    /// <param name="hold">After the answer, until the phone hangs up.</param>
    public Task<Requested> Dial(string phone, string application, TimeSpan hold, TimeSpan? planned, CancellationToken cancellation) =>
        Send(new Requested(NextNumber(), Deed.Dial, application, Outcome.Unsent) { Planned = planned ?? history.Now }, HttpMethod.Post,
            $"/control/phones/{Uri.EscapeDataString(phone)}/dial",
            new JsonObject
            {
                ["to"] = application,
                ["script"] = new JsonArray(new JsonObject { ["do"] = "hangUp", ["after"] = System.Xml.XmlConvert.ToString(hold) }),
            }.ToJsonString(),
            cancellation);

    /// <summary>What the server shows people. Recorded nowhere.</summary>
    /// <returns>Null: there was no such answer.</returns>
    public async Task<JsonObject?> Look(string path, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server, path));
        var (status, body, _) = await Exchange(request, cancellation);
        return status == 200 ? JsonNode.Parse(body)!.AsObject() : null;
    }

    /// <summary>What a path answers. Recorded nowhere.</summary>
    /// <returns>Null: there was no answer.</returns>
    public async Task<int?> Status(string path, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server, path));
        return (await Exchange(request, cancellation)).Status;
    }

    /// <summary>Registers where an application is told of its incoming calls.</summary>
    /// <exception cref="UsageException">The server does not let itself be told.</exception>
    public async Task Register(string application, string callback, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(server, $"/control/applications/{application}"))
        {
            Content = Content(new JsonObject { ["callbackUri"] = callback }.ToJsonString()),
        };
        var (status, body, problem) = await Exchange(request, cancellation);
        if (status is not (>= 200 and < 300))
        {
            throw new UsageException($"{server} did not register the application {application}: {(status is null ? problem ?? "nobody listens there" : Encoding.UTF8.GetString(body))}");
        }
    }

    /// <summary>Gets the token of an application, which is kept: it outlives a crash of the server.</summary>
    /// <exception cref="UsageException">There is none to be had.</exception>
    public async Task Authorize(string application, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, "/common/oauth2/v2.0/token"))
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = application,
                ["client_secret"] = "any",
                ["scope"] = "https://graph.microsoft.com/.default",
            }),
        };
        var (status, body, problem) = await Exchange(request, cancellation);
        _tokens[application] = status == 200
            ? $"Bearer {(string?)JsonNode.Parse(body)!["access_token"]}"
            : throw new UsageException($"{server} gave no token for {application}: {(status is null ? problem ?? "nobody listens there" : Encoding.UTF8.GetString(body))}");
    }

    public void Dispose() => _http.Dispose();

    private Requested About(Deed deed, string application, string call) =>
        new(NextNumber(), deed, application, Outcome.Unsent) { Call = call, Planned = history.Now };

    private async Task<Requested> Send(Requested request, HttpMethod method, string path, string? body, CancellationToken cancellation)
    {
        using var message = new HttpRequestMessage(method, new Uri(server, path)) { Content = body is null ? null : Content(body) };
        if (request.Deed != Deed.Dial)
        {
            message.Headers.TryAddWithoutValidation("Authorization", _tokens[request.Application]);
        }

        var sent = history.Now;
        var (status, answer, problem) = await Exchange(message, cancellation);
        var (id, state, code) = status is null ? default : Read(answer);
        return history.Add(request with
        {
            Outcome = status switch
            {
                null => problem is null ? Outcome.Unsent : Outcome.Ambiguous,
                >= 200 and < 300 => Outcome.Acknowledged,
                >= 500 => Outcome.Ambiguous,
                _ => Outcome.Refused,
            },
            Call = request.Call ?? id,
            Sent = sent,
            Status = status,
            State = state,
            Problem = problem ?? code,
        });
    }

    /// <returns>Without a status the problem says why there is none; null: nobody took the connection.</returns>
    private async Task<(int? Status, byte[] Body, string? Problem)> Exchange(HttpRequestMessage request, CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(patience);
        try
        {
            using var response = await _http.SendAsync(request, timeout.Token);
            return ((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(timeout.Token), null);
        }
        catch (OperationCanceledException)
        {
            return (null, [], cancellation.IsCancellationRequested ? "given up" : $"no answer within {patience.TotalSeconds} s");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return (null, [], e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused } ? null : e.InnerException?.Message ?? e.Message);
        }
    }

    private static (string? Id, string? State, string? Code) Read(byte[] answer)
    {
        try
        {
            return answer.Length > 0 && JsonNode.Parse(answer) is JsonObject body
                ? ((string?)body["id"], (string?)body["state"], (string?)body["error"]?["code"])
                : default;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (null, null, "an answer that is no JSON of Graph");
        }
    }

    private static ByteArrayContent Content(string json) => new(Encoding.UTF8.GetBytes(json)) { Headers = { ContentType = Json } };
}
