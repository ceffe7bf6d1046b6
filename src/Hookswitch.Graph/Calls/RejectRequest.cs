using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>What a bot sends to reject an incoming call. Graph, call: reject.</summary>
public sealed record RejectRequest
{
    public RejectReason? Reason { get; init; }

    /// <summary>Null: the address the bot is registered with.</summary>
    public string? CallbackUri { get; init; }
}

/// <summary>Why a bot rejects. Graph, call: reject.</summary>
[JsonConverter(typeof(GraphEnum<RejectReason>))]
public enum RejectReason
{
    None,
    Busy,
    Forbidden,
    UnknownFutureValue,
}
