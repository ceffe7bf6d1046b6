namespace Hookswitch.Media;

/// <summary>How long is waited for bots that host their own sound, and how much is kept for them. All by real time, as media goes.</summary>
internal sealed record MediaSocketOptions
{
    /// <summary>For the connection, TLS and the upgrade together.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After the start was said, until the bot is to be ready.</summary>
    public TimeSpan ReadyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A bot that takes nothing for so long is gone.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For the closing handshake; then the connection is cut.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Before the first further try. Doubled with each, up to <see cref="MaxBackoff"/>.</summary>
    public TimeSpan MinBackoff { get; init; } = TimeSpan.FromMilliseconds(250);

    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A connection that held so long was a good one: after its loss the waits begin anew.</summary>
    public TimeSpan Steady { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A bot that has broken the protocol so often in a call is not connected to again.</summary>
    public int MaxViolations { get; init; } = 3;

    /// <summary>What a bot may say ahead: two minutes, 3.8 MB. Then no more is read from the connection until there is room.</summary>
    public int MaxFramesAhead { get; init; } = 2 * 60 * 50;

    /// <summary>Marks that wait for their turn; more are not read until there is room.</summary>
    public int MaxMarks { get; init; } = 256;

    /// <summary>What waits to be sent: a second. Of more the oldest is dropped.</summary>
    public int MaxFramesBehind { get; init; } = 50;

    /// <summary>Tones and marks that wait to be sent. Of more the newest are dropped.</summary>
    public int MaxTextsBehind { get; init; } = 256;
}
