using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>What the bot wants to be told in a call. Graph, callOptions resource type.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "@odata.type")]
[JsonDerivedType(typeof(OutgoingCallOptions), "#microsoft.graph.outgoingCallOptions")]
[JsonDerivedType(typeof(IncomingCallOptions), "#microsoft.graph.incomingCallOptions")]
public abstract record CallOptions
{
    public bool? HideBotAfterEscalation { get; init; }

    public bool? IsContentSharingNotificationEnabled { get; init; }

    public bool? IsDeltaRosterEnabled { get; init; }

    public bool? IsInteractiveRosterEnabled { get; init; }
}

/// <summary>Options of a call that the bot places. Graph, outgoingCallOptions resource type.</summary>
public sealed record OutgoingCallOptions : CallOptions
{
    /// <summary>Not declared, but sent by clients: a guest need not wait in the lobby.</summary>
    public bool? AllowGuestToBypassLobby { get; init; }
}

/// <summary>Options of a call that the bot answers. Graph, incomingCallOptions resource type.</summary>
public sealed record IncomingCallOptions : CallOptions;
