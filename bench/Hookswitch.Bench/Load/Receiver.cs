using System.Buffers;
using System.Globalization;

namespace Hookswitch.Bench.Load;

/// <summary>The bots' webhooks, those of the floor and those of the server: takes each, notes what it says, answers 202.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    /// <summary>No body is half as long.</summary>
    private const int MaxBody = 8 * 1024;

    private readonly WebApplication _app;
    private readonly Slot[] _slots;
    private long _held;
    private long _count;
    private long _bytes;

    private Receiver(WebApplication app, int connections) =>
        (_app, _slots) = (app, [.. Enumerable.Range(0, connections).Select(number => new Slot(number))]);

    public IReadOnlyList<Slot> Slots => _slots;

    /// <summary>Webhooks that came, and the bytes of their bodies.</summary>
    public (long Count, long Bytes) Total => (Interlocked.Read(ref _count), Interlocked.Read(ref _bytes));

    /// <summary>The path for calls that are merely held.</summary>
    public const string Held = "/held";

    /// <summary>Webhooks that came for those.</summary>
    public long HeldCount => Interlocked.Read(ref _held);

    public string Address => _app.Urls.First();

    public static async Task<Receiver> Start(int connections, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = MaxBody);
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var receiver = new Receiver(app, connections);
        app.Run(receiver.Receive);
        await app.StartAsync(cancellation);
        return receiver;
    }

    /// <summary>Where one side of a slot is told: <c>/caller/17</c>.</summary>
    public string Callback(Side side, int slot) => Address + Path(side, slot);

    public static string Path(Side side, int slot) =>
        string.Create(CultureInfo.InvariantCulture, $"/{(side == Side.Caller ? "caller" : "callee")}/{slot}");

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task Receive(HttpContext context)
    {
        if (context.Request.Path == Held)
        {
            Interlocked.Increment(ref _held);
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            return;
        }

        if (context.Request.ContentLength is not (> 0 and <= MaxBody) || Find(context.Request.Path.Value!) is not var (side, slot))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest; // the sender gives up, and the cycle fails by its patience
            return;
        }

        var buffer = ArrayPool<byte>.Shared.Rent((int)context.Request.ContentLength.Value);
        try
        {
            var body = buffer.AsMemory(0, (int)context.Request.ContentLength.Value);
            await context.Request.Body.ReadExactlyAsync(body, context.RequestAborted);
            Interlocked.Increment(ref _count);
            Interlocked.Add(ref _bytes, body.Length);
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            slot.Told(side, Told.Read(body.Span));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private (Side Side, Slot Slot)? Find(string path)
    {
        var slash = path.LastIndexOf('/');
        return int.TryParse(path.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < _slots.Length
            ? (path.StartsWith("/caller", StringComparison.Ordinal) ? Side.Caller : Side.Callee, _slots[number])
            : null;
    }
}
