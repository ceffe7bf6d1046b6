namespace Hookswitch.Calling;

/// <summary>A transfer that is under way: a bot leaves its peer-to-peer call to another. Graph, call: transfer.</summary>
/// <param name="By">The bot's leg: it hears what becomes of it.</param>
/// <param name="Participant">The id of whoever comes over, where a call is replaced.</param>
public sealed record Transfer(LegId By, Guid Participant, Identity Target)
{
    /// <summary>The peer-to-peer call whose other party is to come over (a consultative transfer); null: the target is rung (a blind one).</summary>
    public CallId? Replaces { get; init; }

    public bool IsConsultative => Replaces is not null;
}

/// <summary>How a bot is told that its transfer has failed. No end reasons: its call goes on, and 7000 means something else there.</summary>
/// <remarks>Graph, call: transfer, notifications.</remarks>
public sealed record TransferFailure(int Code, int Subcode)
{
    private static readonly TransferFailure Blind = new(500, 7000);
    private static readonly TransferFailure Consultative = new(500, 7700);

    public static TransferFailure Of(bool isConsultative) => isConsultative ? Consultative : Blind;
}
