using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Hookswitch.Graph;
using Hookswitch.Identity;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Hookswitch.Cli;

/// <summary>A notification as the bot received it.</summary>
internal sealed record ReceivedNotification(string Change, string State, Call? Call);

/// <summary>A real little bot: it speaks HTTP alone, gets a token, takes notifications and validates who sent them.</summary>
internal sealed class DemoBot : IAsyncDisposable
{
    private readonly Channel<ReceivedNotification> _received = Channel.CreateUnbounded<ReceivedNotification>();
    private readonly HttpClient _http;
    private readonly WebApplication _webhook;
    private readonly Timeline _timeline;
    private readonly string _tenant;
    private readonly string _application;
    private readonly string _secret;

    private DemoBot(HttpClient http, WebApplication webhook, string tenant, string application, string secret, Timeline timeline) =>
        (_http, _webhook, _tenant, _application, _secret, _timeline) = (http, webhook, tenant, application, secret, timeline);

    /// <summary>Where its notifications go.</summary>
    public string Callback => $"{_webhook.Urls.First()}/callback";

    public bool AllTokensValid { get; private set; } = true;

    public static async Task<DemoBot> Start(Uri server, string tenant, string application, string secret, Timeline timeline)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        var webhook = builder.Build();
        webhook.Urls.Add("http://127.0.0.1:0");
        var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server };
        var bot = new DemoBot(http, webhook, tenant, application, secret, timeline);
        webhook.MapPost("/callback", bot.Receive);
        await webhook.StartAsync();
        return bot;
    }

    /// <returns>The status.</returns>
    public async Task<int> GetToken(CancellationToken cancellation)
    {
        var path = $"/{_tenant}/oauth2/v2.0/token";
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = _application,
            ["client_secret"] = _secret,
            ["scope"] = "https://graph.microsoft.com/.default",
        });
        _timeline.Sent("POST", path, $"grant_type=client_credentials&client_id={_application}&client_secret=…&scope=https://graph.microsoft.com/.default");
        using var response = await _http.PostAsync(path, form, cancellation);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellation))!.AsObject();
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string?)answer["access_token"]);
        answer["access_token"] = "…";
        _timeline.Answered((int)response.StatusCode, answer.ToJsonString());
        return (int)response.StatusCode;
    }

    /// <summary>Creates a call.</summary>
    /// <param name="call">Whom it calls, or what it joins; the bot adds what all its calls have.</param>
    public async Task<(int Status, string? Id)> Create(Call call, CancellationToken cancellation)
    {
        var body = JsonSerializer.Serialize(
            call with
            {
                CallbackUri = Callback,
                RequestedModalities = [Modality.Audio],
                MediaConfig = call.MediaConfig ?? new ServiceHostedMediaConfig(),
            },
            GraphJson.TypeOf<Call>());
        var (status, answer) = await Send(HttpMethod.Post, "/beta/communications/calls", body, cancellation);
        return (status, status == 201 ? JsonSerializer.Deserialize(answer, GraphJson.TypeOf<Call>())?.Id : null);
    }

    /// <summary>Accepts an incoming call.</summary>
    /// <returns>The status.</returns>
    public async Task<int> Answer(string id, CancellationToken cancellation) => (await Send(
        HttpMethod.Post, $"/beta/communications/calls/{id}/answer",
        JsonSerializer.Serialize(
            new AnswerRequest { AcceptedModalities = [Modality.Audio], MediaConfig = new ServiceHostedMediaConfig() }, GraphJson.TypeOf<AnswerRequest>()),
        cancellation)).Status;

    /// <summary>Leaves a call to a user.</summary>
    /// <returns>The status.</returns>
    public async Task<int> Transfer(string id, string user, CancellationToken cancellation) => (await Send(
        HttpMethod.Post, $"/beta/communications/calls/{id}/transfer",
        JsonSerializer.Serialize(
            new TransferRequest { TransferTarget = new() { Identity = new() { User = new() { Id = user } } } }, GraphJson.TypeOf<TransferRequest>()),
        cancellation)).Status;

    /// <summary>Has itself registered for incoming calls, and a phone dial it.</summary>
    public async Task<(int Status, string? Id)> HaveDialled(string phone, CancellationToken cancellation)
    {
        await Send(HttpMethod.Put, $"/control/applications/{_application}", new JsonObject { ["callbackUri"] = Callback }.ToJsonString(), cancellation);
        var dial = new JsonObject { ["to"] = _application }.ToJsonString();
        var (status, answer) = await Send(HttpMethod.Post, $"/control/phones/{Uri.EscapeDataString(phone)}/dial", dial, cancellation);
        return (status, status == 201 ? (string?)JsonNode.Parse(answer)!["id"] : null);
    }

    /// <summary>Moves the server's clock.</summary>
    public Task Advance(string by, CancellationToken cancellation) =>
        Send(HttpMethod.Post, "/control/clock/advance", new JsonObject { ["by"] = by }.ToJsonString(), cancellation);

    /// <returns>The status.</returns>
    public async Task<int> Send(HttpMethod method, string path, CancellationToken cancellation) =>
        (await Send(method, path, "", cancellation)).Status;

    /// <summary>The next notification, once it is there.</summary>
    public ValueTask<ReceivedNotification> Next(CancellationToken cancellation) => _received.Reader.ReadAsync(cancellation);

    /// <summary>The next notification, if it is there.</summary>
    public bool TryNext([NotNullWhen(true)] out ReceivedNotification? next) => _received.Reader.TryRead(out next);

    public async ValueTask DisposeAsync()
    {
        await _webhook.StopAsync();
        await _webhook.DisposeAsync();
        _http.Dispose();
    }

    private async Task<(int Status, string Answer)> Send(HttpMethod method, string path, string body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body.Length > 0)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        _timeline.Sent(method.Method, path, body);
        using var response = await _http.SendAsync(request, cancellation);
        var answer = await response.Content.ReadAsStringAsync(cancellation);
        _timeline.Answered((int)response.StatusCode, answer);
        return ((int)response.StatusCode, answer);
    }

    private async Task<IResult> Receive(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        var valid = await Validates(request);
        AllTokensValid &= valid;
        var notification = JsonSerializer.Deserialize(body, GraphJson.TypeOf<CommsNotifications>())?.Value?.SingleOrDefault();
        var (change, state) = ($"{notification?.ChangeType}".ToLowerInvariant(), $"{notification?.ResourceData}".ToLowerInvariant());
        var status = valid ? StatusCodes.Status202Accepted : StatusCodes.Status403Forbidden;
        _timeline.Notification($"{change} {state}", body, valid, status);
        _received.Writer.TryWrite(new ReceivedNotification(change, state, notification?.ResourceData?.Call));
        return TypedResults.StatusCode(status);
    }

    // As the documentation asks of bots: the signature against the published keys, the audience, the lifetime. Graph, call notifications.
    private async Task<bool> Validates(HttpRequest request)
    {
        var configuration = JsonNode.Parse(await _http.GetStringAsync(OpenIdMetadata.CallbackConfiguration))!;
        var keys = new JsonWebKeySet(await _http.GetStringAsync((string)configuration["jwks_uri"]!));
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(
            request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal),
            new TokenValidationParameters
            {
                ValidIssuer = (string)configuration["issuer"]!,
                ValidAudience = _application,
                IssuerSigningKeys = keys.GetSigningKeys(),
                ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            });
        return result.IsValid && result.Claims.ContainsKey("tid");
    }
}
