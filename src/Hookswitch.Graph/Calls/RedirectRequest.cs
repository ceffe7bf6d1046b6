namespace Hookswitch.Graph;

/// <summary>What a bot sends to pass an incoming call on. Graph, call: redirect.</summary>
public sealed record RedirectRequest
{
    /// <summary>All of them are called at once; the first to pick up has the call.</summary>
    public IReadOnlyList<InvitationParticipantInfo>? Targets { get; init; }

    /// <summary>In seconds.</summary>
    public int? Timeout { get; init; }

    /// <summary>Null: the address the bot is registered with.</summary>
    public string? CallbackUri { get; init; }
}
