namespace Hookswitch.Calling;

/// <summary>How long calling waits. One place, each configurable; where Graph documents no value, it is our choice and says so.</summary>
public sealed record Timeouts
{
    /// <summary>Without a keep-alive, until the call is cleaned up (408/8537). Graph, call: keepAlive: 45 min.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromMinutes(45);

    /// <summary>In which a bot must answer, reject or redirect an incoming call (then 487/10004). Graph, call: answer: 15 s.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>From a phone's first ring until nobody will answer (487/10004). Undocumented; calls were seen to ring about a minute.</summary>
    public TimeSpan Ring { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>For which an invite rings (then 487/10004). Undocumented, our choice: the SDK gives up at 30 s.</summary>
    public TimeSpan InviteRing { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>In which one phone of the callee must signal something (else 408/10057). Undocumented, our choice: 15 s.</summary>
    public TimeSpan Signalling { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>In which a phone must confirm that the call was accepted (else 408/1106). Undocumented, our choice: 10 s.</summary>
    public TimeSpan Acknowledgement { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>In which media must flow once a call is established (else 410/301004). Undocumented, our choice: 15 s.</summary>
    public TimeSpan MediaStart { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>For which media may stop before the call is given up (410/301005). Undocumented, our choice: 30 s.</summary>
    public TimeSpan MediaLoss { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>In which somebody else must join a group call or a meeting (else 200/5013). Undocumented, our choice: 2 min.</summary>
    public TimeSpan Join { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>In which somebody must come back to whoever is alone in a meeting (else 200/5002). Undocumented, our choice: 5 min.</summary>
    public TimeSpan Alone { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>In which someone must let in whoever waits in the lobby (else 200/5855). Undocumented, our choice: 30 min.</summary>
    public TimeSpan Lobby { get; init; } = TimeSpan.FromMinutes(30);
}
