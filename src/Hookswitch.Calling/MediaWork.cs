using System.Collections.Immutable;

namespace Hookswitch.Calling;

/// <summary>What the server is to do with sound because a bot asked for it: what an operation needs besides its kind. A closed set, stored for ever.</summary>
public abstract record MediaWork
{
    private protected MediaWork()
    {
    }
}

/// <summary>Prompts are played one after the other. Graph, call: playPrompt.</summary>
/// <param name="Loop">They begin again for ever.</param>
public sealed record PlayWork(ImmutableArray<Prompt> Prompts, bool Loop) : MediaWork;

/// <summary>A file that is played. Graph, mediaPrompt.</summary>
/// <param name="Times">How often, one after the other.</param>
public sealed record Prompt(MediaFile File, int Times = 1);

/// <summary>A prompt is played, and then what the bot hears is recorded. Graph, call: recordResponse.</summary>
/// <param name="Prompt">Null: it is recorded at once.</param>
/// <param name="Shelf">The address below which the recording is fetched.</param>
/// <param name="Key">With which it is fetched.</param>
public sealed record RecordWork(Prompt? Prompt, string Shelf, Guid Key) : MediaWork
{
    /// <summary>Whatever else is played or recorded for the bot is cancelled by it.</summary>
    public bool BargesIn { get; init; }

    /// <summary>A beep is heard before the recording begins.</summary>
    public bool Beeps { get; init; }

    /// <summary>Of silence at its beginning, after which there is nothing to record.</summary>
    public TimeSpan InitialSilence { get; init; }

    /// <summary>Of silence after something was heard, which ends it.</summary>
    public TimeSpan MaxSilence { get; init; }

    public TimeSpan MaxDuration { get; init; }

    /// <summary>The keys that end it.</summary>
    public ImmutableArray<Tone> StopTones { get; init; } = [];
}

/// <summary>Keys are heard as if the bot pressed them. Graph, call: sendDtmfTones.</summary>
/// <param name="Pause">Between two of them.</param>
public sealed record ToneWork(ImmutableArray<Tone> Tones, TimeSpan Pause) : MediaWork;

/// <summary>A participant hears music instead of the others. Graph, participant: startHoldMusic, stopHoldMusic.</summary>
/// <param name="Music">Null: the server's own.</param>
public sealed record HoldMusicWork(MediaFile? Music) : MediaWork;

/// <summary>What a participant hears instead of the others.</summary>
/// <param name="By">Whose bot wants it so.</param>
/// <param name="Operation">With which it began.</param>
/// <param name="File">Null: the server's own.</param>
public sealed record HoldMusic(LegId By, Guid Operation, MediaFile? File);

/// <summary>What became of <see cref="MediaWork"/>. Stored by name, for ever.</summary>
public enum MediaResult
{
    Completed,
    Cancelled,

    /// <summary>Silence after something was heard: the recording is complete.</summary>
    MaxSilence,

    /// <summary>Nothing was heard that could have been recorded.</summary>
    InitialSilence,

    /// <summary>A key was pressed that ends the recording.</summary>
    StopTone,

    /// <summary>The recording is as long as it may be.</summary>
    MaxDuration,

    /// <summary>A prompt is in no format that can be played.</summary>
    BadFormat,

    /// <summary>A prompt could not be fetched.</summary>
    NotDownloaded,

    /// <summary>The server could not do it, or was stopped while it ran.</summary>
    Failed,
}
