namespace Hookswitch.Graph;

/// <summary>What a bot sends for an operation that needs nothing more, such as to mute. Graph, participant: mute.</summary>
public sealed record ContextRequest
{
    public string? ClientContext { get; init; }
}
