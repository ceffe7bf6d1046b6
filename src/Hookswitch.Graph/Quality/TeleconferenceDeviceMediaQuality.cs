using System.Text.Json.Serialization;

namespace Hookswitch.Graph;

/// <summary>How one channel of media was. Graph, teleconferenceDeviceMediaQuality resource type.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "@odata.type")]
[JsonDerivedType(typeof(TeleconferenceDeviceAudioQuality), "#microsoft.graph.teleconferenceDeviceAudioQuality")]
[JsonDerivedType(typeof(TeleconferenceDeviceVideoQuality), "#microsoft.graph.teleconferenceDeviceVideoQuality")]
[JsonDerivedType(typeof(TeleconferenceDeviceScreenSharingQuality), "#microsoft.graph.teleconferenceDeviceScreenSharingQuality")]
public abstract record TeleconferenceDeviceMediaQuality
{
    public int? ChannelIndex { get; init; }

    public TimeSpan? MediaDuration { get; init; }

    public long? NetworkLinkSpeedInBytes { get; init; }

    public string? LocalIPAddress { get; init; }

    public int? LocalPort { get; init; }

    public string? RemoteIPAddress { get; init; }

    public int? RemotePort { get; init; }

    public long? InboundPackets { get; init; }

    public long? OutboundPackets { get; init; }

    public double? AverageInboundPacketLossRateInPercentage { get; init; }

    public double? AverageOutboundPacketLossRateInPercentage { get; init; }

    public double? MaximumInboundPacketLossRateInPercentage { get; init; }

    public double? MaximumOutboundPacketLossRateInPercentage { get; init; }

    public TimeSpan? AverageInboundRoundTripDelay { get; init; }

    public TimeSpan? AverageOutboundRoundTripDelay { get; init; }

    public TimeSpan? MaximumInboundRoundTripDelay { get; init; }

    public TimeSpan? MaximumOutboundRoundTripDelay { get; init; }

    public TimeSpan? AverageInboundJitter { get; init; }

    public TimeSpan? AverageOutboundJitter { get; init; }

    public TimeSpan? MaximumInboundJitter { get; init; }

    public TimeSpan? MaximumOutboundJitter { get; init; }
}

/// <summary>How a channel of sound was. Graph, teleconferenceDeviceAudioQuality resource type.</summary>
public sealed record TeleconferenceDeviceAudioQuality : TeleconferenceDeviceMediaQuality;

/// <summary>How a channel of pictures was. Graph, teleconferenceDeviceVideoQuality resource type.</summary>
public record TeleconferenceDeviceVideoQuality : TeleconferenceDeviceMediaQuality
{
    public double? AverageInboundBitRate { get; init; }

    public double? AverageOutboundBitRate { get; init; }

    public double? AverageInboundFrameRate { get; init; }

    public double? AverageOutboundFrameRate { get; init; }
}

/// <summary>How a channel of shared screens was. Graph, teleconferenceDeviceScreenSharingQuality resource type.</summary>
public sealed record TeleconferenceDeviceScreenSharingQuality : TeleconferenceDeviceVideoQuality;
