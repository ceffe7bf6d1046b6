namespace Hookswitch.Graph;

/// <summary>What a bot sends to answer an incoming call. Graph, call: answer.</summary>
public sealed record AnswerRequest
{
    /// <summary>Null: the address the bot is registered with.</summary>
    public string? CallbackUri { get; init; }

    public IReadOnlyList<Modality>? AcceptedModalities { get; init; }

    public MediaConfig? MediaConfig { get; init; }

    public IncomingCallOptions? CallOptions { get; init; }

    /// <summary>Only for recording by policy: how many the bot can record.</summary>
    public int? ParticipantCapacity { get; init; }
}
