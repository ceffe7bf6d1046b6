using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Hookswitch.Bench.Meetings;

/// <summary>The webhooks of the bots of meetings: counts what they are told, and says when each of them has heard of someone.</summary>
internal sealed class Tally : IAsyncDisposable
{
    /// <summary>A roster of some hundred people.</summary>
    private const int MaxBody = 4 * 1024 * 1024;

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<int, bool> _told = new();
    private long _count;
    private long _bytes;
    private byte[] _whom = [];
    private int _bots;
    private TaskCompletionSource _allTold = new();

    private Tally(WebApplication app) => _app = app;

    /// <summary>Webhooks that came, and the bytes of their bodies.</summary>
    public (long Count, long Bytes) Total => (Interlocked.Read(ref _count), Interlocked.Read(ref _bytes));

    public static async Task<Tally> Start(CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = MaxBody);
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var tally = new Tally(app);
        app.Run(tally.Receive);
        await app.StartAsync(cancellation);
        return tally;
    }

    public string Callback(int bot) => string.Create(CultureInfo.InvariantCulture, $"{_app.Urls.First()}/{bot}");

    /// <summary>Ends when that many bots have been told something in which that text stands.</summary>
    public Task WhenToldOf(string text, int bots)
    {
        _told.Clear();
        (_bots, _allTold) = (bots, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        Volatile.Write(ref _whom, Encoding.UTF8.GetBytes(text));
        return _allTold.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task Receive(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        Interlocked.Increment(ref _count);
        Interlocked.Add(ref _bytes, body.Length);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        var (whom, bot) = (Volatile.Read(ref _whom), int.Parse(context.Request.Path.Value.AsSpan(1), CultureInfo.InvariantCulture));
        if (whom.Length > 0 && body.GetBuffer().AsSpan(0, (int)body.Length).IndexOf(whom) >= 0 && _told.TryAdd(bot, true) && _told.Count == _bots)
        {
            _allTold.TrySetResult();
        }
    }
}
