namespace Hookswitch.Calling;

/// <summary>A participant hears music instead of the others.</summary>
public sealed record HoldMusicStarted(LegId Leg, HoldMusic Music) : ConversationEvent;

/// <summary>The participant is back among the others.</summary>
public sealed record HoldMusicStopped(LegId Leg) : ConversationEvent;

/// <summary>Someone said something into the phone.</summary>
/// <param name="Sound">The name of what the phone speaks.</param>
public sealed record PhoneSpoke(LegId Leg, string Sound) : ConversationEvent;
