namespace Hookswitch.Graph;

/// <summary>What a bot sends to have prompts played. Graph, call: playPrompt.</summary>
public sealed record PlayPromptRequest
{
    public IReadOnlyList<Prompt>? Prompts { get; init; }

    /// <summary>They are played again and again, until they are cancelled. Of beta.</summary>
    public bool? Loop { get; init; }

    public string? ClientContext { get; init; }
}

/// <summary>What a bot sends to have an answer recorded. Graph, call: recordResponse.</summary>
public sealed record RecordResponseRequest
{
    public IReadOnlyList<Prompt>? Prompts { get; init; }

    public bool? BargeInAllowed { get; init; }

    public int? InitialSilenceTimeoutInSeconds { get; init; }

    public int? MaxSilenceTimeoutInSeconds { get; init; }

    public int? MaxRecordDurationInSeconds { get; init; }

    public bool? PlayBeep { get; init; }

    public IReadOnlyList<string>? StopTones { get; init; }

    public string? ClientContext { get; init; }
}

/// <summary>What a bot sends to have tones sent. Graph, call: sendDtmfTones.</summary>
public sealed record SendDtmfTonesRequest
{
    public IReadOnlyList<Tone>? Tones { get; init; }

    public int? DelayBetweenTonesMs { get; init; }

    public string? ClientContext { get; init; }
}

/// <summary>What a bot sends to let a participant hear music instead of the others. Graph, participant: startHoldMusic.</summary>
public sealed record StartHoldMusicRequest
{
    public Prompt? CustomPrompt { get; init; }

    public string? ClientContext { get; init; }
}
