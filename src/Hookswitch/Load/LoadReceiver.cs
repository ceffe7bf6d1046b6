using System.Collections.Concurrent;
using System.Globalization;
using Hookswitch.Graph;
using Hookswitch.Identity;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Hookswitch.Load;

/// <summary>The webhooks of bots: takes each notification, records it, and tells whoever waits for it.</summary>
internal sealed class LoadReceiver : IAsyncDisposable
{
    /// <summary>The notifications of two people in a call have a tenth of this.</summary>
    private const int MaxBody = 64 * 1024;

    private readonly WebApplication _app;
    private readonly History _history;
    private readonly ConcurrentDictionary<long, CallWatch> _created = new();
    private readonly ConcurrentDictionary<string, CallWatch> _incoming = new();

    private LoadReceiver(WebApplication app, History history) => (_app, _history) = (app, history);

    /// <summary>Raised when an application is called, once for each call.</summary>
    public event Action<CallWatch>? Called;

    public static async Task<LoadReceiver> Start(History history, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = MaxBody);
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var receiver = new LoadReceiver(app, history);
        app.MapPost("/{application}/{cause:long?}", receiver.Receive);
        await app.StartAsync(cancellation);
        return receiver;
    }

    /// <summary>Where an application is told of incoming calls.</summary>
    public string Callback(string application) => $"{_app.Urls.First()}/{application}";

    /// <summary>Where an application is told of a call that it creates.</summary>
    public string Callback(string application, long number) => string.Create(CultureInfo.InvariantCulture, $"{Callback(application)}/{number}");

    /// <summary>What will be told of the call that a request creates.</summary>
    public CallWatch Watch(string application, long number) => _created[number] = new CallWatch(application);

    /// <summary>Nobody waits for it any longer.</summary>
    public void Forget(long number) => _created.TryRemove(number, out _);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task<IResult> Receive(string application, long? cause, HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        if (Read(application, cause, request, body.ToArray()) is not { } notified)
        {
            return TypedResults.BadRequest();
        }

        notified = _history.Add(notified);
        if (cause is { } number)
        {
            _created.GetValueOrDefault(number)?.Tell(notified);
        }
        else if (_incoming.TryAdd(notified.Call, new CallWatch(application)))
        {
            _incoming[notified.Call].Tell(notified);
            Called?.Invoke(_incoming[notified.Call]);
        }
        else
        {
            _incoming[notified.Call].Tell(notified);
        }

        return TypedResults.StatusCode(notified.Answer!.Value);
    }

    private static Notified? Read(string application, long? cause, HttpRequest request, byte[] body)
    {
        CommsNotification? told;
        try
        {
            told = GraphJson.Read(body, GraphJson.TypeOf<CommsNotifications>()).Value is [var one] ? one : null;
        }
        catch (MalformedBodyException)
        {
            return null;
        }

        // Also of the resources of a call: /communications/calls/{id}/participants.
        var path = told?.ResourceUrl?.Split('/') ?? [];
        if (path.Length < 4 || !Guid.TryParse(request.Headers["X-Microsoft-Skype-Message-ID"], out var id))
        {
            return null;
        }

        _ = int.TryParse(request.Headers["X-Hookswitch-Attempt"], NumberStyles.None, CultureInfo.InvariantCulture, out var attempt);
        return new Notified(
            id, application, cause, path[3], $"{told!.ChangeType}".ToLowerInvariant(), $"{told.ResourceData}".ToLowerInvariant(), attempt,
            StatusCodes.Status202Accepted)
        {
            Audience = Audience(request),
            Reason = told.ResourceData?.Call?.ResultInfo is { } info ? new ToldReason(info.Code?.Value, info.Subcode?.Value, info.Message) : null,
        };
    }

    // Whether it is signed is for others to test: here counts for whom it is.
    private static string? Audience(HttpRequest request) =>
        BearerToken.Of(request) is { } token && new JsonWebTokenHandler().CanReadToken(token) ? new JsonWebToken(token).Audiences.FirstOrDefault() : null;
}

/// <summary>What a bot waits to be told of one call.</summary>
internal sealed class CallWatch(string application)
{
    private readonly TaskCompletionSource<Notified> _first = New();
    private readonly TaskCompletionSource<Notified> _established = New();
    private readonly TaskCompletionSource<Notified> _ended = New();

    public string Application => application;

    public Task<Notified> First => _first.Task;

    public Task<Notified> Established => _established.Task;

    public Task<Notified> Ended => _ended.Task;

    public void Tell(Notified notified)
    {
        _first.TrySetResult(notified);
        if (notified.State == "established")
        {
            _established.TrySetResult(notified);
        }

        if (notified.IsFinal)
        {
            _ended.TrySetResult(notified);
        }
    }

    private static TaskCompletionSource<Notified> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
