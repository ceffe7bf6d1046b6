namespace Hookswitch.Calling;

/// <summary>A bot wants something played, recorded or sent as tones: it waits its turn. Graph, call: playPrompt, recordResponse, sendDtmfTones.</summary>
public sealed record StartMedia(LegId Leg, AppId Application, Guid Operation, string? ClientContext, MediaWork Work) : Command;

/// <summary>A bot wants nothing played or recorded any longer. Graph, call: cancelMediaProcessing.</summary>
public sealed record CancelMedia(LegId Leg, AppId Application, Guid Operation, string? ClientContext) : Command;

/// <summary>A bot lets a participant hear music instead of the others. Graph, participant: startHoldMusic.</summary>
/// <param name="Music">Null: the server's own.</param>
public sealed record StartHoldMusic(
    LegId Leg, AppId Application, Guid Participant, MediaFile? Music, Guid Operation, string? ClientContext) : Command;

/// <summary>The participant is back among the others. Graph, participant: stopHoldMusic.</summary>
public sealed record StopHoldMusic(LegId Leg, AppId Application, Guid Participant, Guid Operation, string? ClientContext) : Command;

/// <summary>The connection to a bot that hosts its own sound has changed. May come again.</summary>
public sealed record MediaSocketChanged(LegId Leg, SocketChange Change) : Command;

/// <summary>What becomes of the connection to a bot that hosts its own sound.</summary>
public enum SocketChange
{
    Connected,

    /// <summary>It was there, or could not be made: it is tried again until the time for it is over.</summary>
    Lost,

    /// <summary>The bot was reached, and does not want to exchange sound.</summary>
    Refused,
}

/// <summary>What was to be done with sound is done, or cannot be.</summary>
/// <param name="Leg">Whose bot asked for it.</param>
/// <param name="Detail">In words; null: the result says it all.</param>
public sealed record MediaEnded(LegId Leg, Guid Operation, MediaResult Result, string? Detail) : Command;
