using System.Diagnostics;

namespace Hookswitch.Bench.Load;

/// <summary>Which leg of a cycle a webhook is for.</summary>
internal enum Side
{
    Caller,
    Callee,
}

/// <summary>One of the connections: the cycle that is under way there, and what it waits to be told.</summary>
internal sealed class Slot(int number)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource<string> _created = New<string>();
    private TaskCompletionSource _established = New();
    private TaskCompletionSource<long> _terminating = New<long>();
    private TaskCompletionSource _over = New();
    private int _caller;
    private int _callee;

    public int Number => number;

    /// <summary>The callee's bot was told of its incoming call: its id.</summary>
    public Task<string> Created => _created.Task;

    /// <summary>The caller's bot was told that it is connected.</summary>
    public Task Established => _established.Task;

    /// <summary>Both bots were told everything.</summary>
    public Task Over => _over.Task;

    /// <summary>What came and what did not, for people.</summary>
    public string Progress => $"{_caller} of {Traffic.WebhooksOfCaller} webhooks came for the caller, {_callee} of {Traffic.WebhooksOfCallee} for the callee";

    public void Begin()
    {
        lock (_lock)
        {
            (_created, _established, _terminating, _over) = (New<string>(), New(), New<long>(), New());
            (_caller, _callee) = (0, 0);
        }
    }

    /// <summary>When the caller's bot was told that its call is being ended: a time stamp of <see cref="Stopwatch"/>.</summary>
    public Task<long> Terminating => _terminating.Task;

    public void Told(Side side, Told told)
    {
        lock (_lock)
        {
            if (side == Side.Caller)
            {
                _caller++;
                if (told.IsTerminating)
                {
                    _terminating.TrySetResult(Stopwatch.GetTimestamp());
                }

                if (told.IsEstablished)
                {
                    _established.TrySetResult();
                }
            }
            else
            {
                _callee++;
                if (told.Created is { } call)
                {
                    _created.TrySetResult(call);
                }
            }

            if (_caller >= Traffic.WebhooksOfCaller && _callee >= Traffic.WebhooksOfCallee)
            {
                _over.TrySetResult();
            }
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource<T> New<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>What the load reads of a notification: as little as it needs, as it shares the machine with what is measured.</summary>
/// <param name="Created">The id of an incoming call that is announced; null: it says something else.</param>
internal readonly record struct Told(string? Created, bool IsEstablished, bool IsTerminating)
{
    private const int IdLength = 36;

    public static Told Read(ReadOnlySpan<byte> body) => new(
        body.IndexOf("\"changeType\":\"created\""u8) >= 0 ? IdIn(body) : null, body.IndexOf("\"state\":\"established\""u8) >= 0,
        body.IndexOf("\"state\":\"terminating\""u8) >= 0);

    private static string IdIn(ReadOnlySpan<byte> body)
    {
        var path = "/communications/calls/"u8;
        var at = body.IndexOf(path);
        return at < 0 || body.Length < at + path.Length + IdLength
            ? throw new BenchFailureException("A webhook announces a call and does not name it.")
            : System.Text.Encoding.ASCII.GetString(body.Slice(at + path.Length, IdLength));
    }
}
