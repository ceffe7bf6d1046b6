using System.Net.WebSockets;
using Hookswitch.Calling;

namespace Hookswitch.Media;

/// <summary>
/// The sound of one leg of a bot that hosts its own: connects to the bot, and again after a loss, until it is stopped or the bot refuses.
/// </summary>
/// <remarks>What is said and heard while there is no connection is lost. Members may be used by several threads, <see cref="Read"/> by one.</remarks>
internal sealed partial class MediaSocket
{
    private readonly Uri _address;
    private readonly MediaFacts _facts;
    private readonly Func<string> _authorization;
    private readonly Func<SocketChange, string?, Task> _changed;
    private readonly MediaSocketOptions _options;
    private readonly HttpMessageInvoker _http;
    private readonly ILogger _logger;

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping;
    private Task _told = Task.CompletedTask;
    private SocketChange? _change;
    private volatile MediaConnection? _connection;
    private bool _isStopped;
    private bool _isOver;
    private bool _wasConnected;
    private int _violations;

    /// <param name="authorization">What the bot is shown, each time it is connected to.</param>
    /// <param name="changed">Told of each change, one after the other, with details in words.</param>
    /// <param name="wasConnected">There was a connection already, of an earlier run of the server.</param>
    /// <param name="stopping">Of the server: all connections are cut.</param>
    public MediaSocket(
        Uri address, MediaFacts facts, Func<string> authorization, Func<SocketChange, string?, Task> changed, bool wasConnected, MediaSocketOptions options,
        HttpMessageInvoker http, ILogger logger, CancellationToken stopping)
    {
        (_address, _facts, _authorization, _changed, _wasConnected) = (address, facts, authorization, changed, wasConnected);
        (_options, _http, _logger) = (options, http, logger);
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Over = Task.Run(Run, CancellationToken.None);
    }

    /// <summary>Done when nothing more will be tried.</summary>
    public Task Over { get; }

    /// <summary>What the bot has said ahead.</summary>
    public int FramesAhead => _connection?.FramesAhead ?? 0;

    /// <summary>The next frame that the bot says. False: it says nothing. Does not wait, and allocates nothing.</summary>
    public bool Read(Span<short> frame) => _connection is { } connection && connection.Read(frame);

    /// <summary>The next frame that the bot hears. Does not wait, and allocates nothing.</summary>
    public void Write(ReadOnlySpan<short> frame) => _connection?.Write(frame);

    /// <summary>Someone else in the call pressed a key.</summary>
    public void Press(Tone tone) => _connection?.Press(tone);

    /// <summary>The call is over, or the bot has left it. Returns at once; the bot is told in the background. No change is told any more.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isStopped = true;
            if (_connection is { } connection)
            {
                connection.Stop();
            }
            else if (!_isOver)
            {
                _ = _stopping.CancelAsync();
            }
        }
    }

    private async Task Run()
    {
        try
        {
            var wait = _options.MinBackoff;
            while (!_stopping.IsCancellationRequested && !_isStopped)
            {
                var began = TimeProvider.System.GetTimestamp();
                if (!await Connect())
                {
                    return;
                }

                wait = TimeProvider.System.GetElapsedTime(began) >= _options.Steady ? _options.MinBackoff : wait;
                await Task.Delay(wait, TimeProvider.System, _stopping.Token);
                wait = wait * 2 < _options.MaxBackoff ? wait * 2 : _options.MaxBackoff;
            }
        }
        catch (OperationCanceledException)
        {
            // It is stopped: there is nobody to tell.
        }
        catch (Exception e)
        {
            LogFailure(e, _facts.Call);
        }
        finally
        {
            lock (_gate)
            {
                _isOver = true;
                _stopping.Dispose();
            }
        }
    }

    /// <summary>Makes one connection, and carries sound until it ends.</summary>
    /// <returns>Whether to try again.</returns>
    private async Task<bool> Connect()
    {
        using var socket = new ClientWebSocket();
        if (await Reach(socket) is { } unreachable)
        {
            Say(unreachable.Change, unreachable.Detail);
            return unreachable.Change == SocketChange.Lost;
        }

        var connection = new MediaConnection(socket, _options);
        if (await connection.Begin(MediaMessages.Start(_facts, _wasConnected), _stopping.Token) is { } refused)
        {
            Say(SocketChange.Refused, refused);
            return false;
        }

        if (!Join(connection))
        {
            return false;
        }

        var why = await connection.Carry(_stopping.Token);
        Leave(why);
        return !_isStopped && (!connection.IsViolated || ++_violations < _options.MaxViolations);
    }

    // Who answers for a bot that is down, as proxies do, is not the bot.
    private async Task<(SocketChange Change, string Detail)?> Reach(ClientWebSocket socket)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        timeout.CancelAfter(_options.ConnectTimeout);
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.KeepAliveInterval = TimeSpan.Zero; // frames flow all the time
        socket.Options.SetRequestHeader("Authorization", _authorization());
        socket.Options.SetRequestHeader("User-Agent", "Microsoft-Skype/3.0,(Calling/1.0)");
        try
        {
            await socket.ConnectAsync(_address, _http, timeout.Token);
            return null;
        }
        catch (Exception e) when (e is WebSocketException or HttpRequestException or IOException or OperationCanceledException
            && !_stopping.IsCancellationRequested)
        {
            return (int)socket.HttpStatusCode switch
            {
                0 => (SocketChange.Lost, e is OperationCanceledException ? "No connection in time." : (e.InnerException ?? e).Message),
                502 or 503 or 504 => (SocketChange.Lost, e.Message),
                _ => (SocketChange.Refused, e.Message),
            };
        }
    }

    private bool Join(MediaConnection connection)
    {
        lock (_gate)
        {
            if (_isStopped)
            {
                return false;
            }

            (_connection, _wasConnected) = (connection, true);
            Change(SocketChange.Connected, detail: null);
            return true;
        }
    }

    private void Leave(string why)
    {
        lock (_gate)
        {
            _connection = null;
            Change(SocketChange.Lost, why);
        }
    }

    private void Say(SocketChange change, string detail)
    {
        lock (_gate)
        {
            if (change != _change)
            {
                Change(change, detail);
            }
        }
    }

    // One after the other, and never again once it is stopped.
    private void Change(SocketChange change, string? detail)
    {
        if (!_isStopped && !_stopping.IsCancellationRequested)
        {
            _change = change;
            _told = _told.ContinueWith(_ => Told(change, detail), TaskScheduler.Default).Unwrap();
        }
    }

    private async Task Told(SocketChange change, string? detail)
    {
        try
        {
            await _changed(change, detail);
        }
        catch (Exception e)
        {
            LogFailure(e, _facts.Call);
        }
    }

    [LoggerMessage(LogLevel.Error, "The media socket of call {Call} failed.")]
    private partial void LogFailure(Exception exception, CallId call);
}
